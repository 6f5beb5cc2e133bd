"""Signing in with what people use for the AWS console: root, an IAM user, a federated user.

AWS Sign-In gives a program temporary credentials after a sign-in in the browser; it is what the
AWS CLI's ``aws login`` does, whose cache is shared, so that both programs know of a sign-in. A
session's ARN comes in; who signed in goes out, and a failure where AWS or the person says no. Open
``console`` first: it is what the flow of signing in calls. ``authorization`` is one sign-in up to
its code, ``tokens`` the exchange of that code, and ``dpop`` the proof that goes with it.
``login_cache`` is what is kept, and ``credentials`` gives botocore the keys of a session and renews
them. ``place`` says where to sign in in the place of AWS.

Sources: API reference of AWS Sign-In; botocore, ``LoginProvider`` and the model
``signin/2023-01-01``; AWS CLI v2, ``awscli/customizations/login`` (parameters of the link, cache).
"""
