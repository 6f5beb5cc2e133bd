"""IAM Identity Center: signing in at an AWS access portal, and the roles behind it.

The place of a portal comes in; accounts, roles and the end of a session go out, and a failure where
AWS or the person says no. Open ``portal`` first: it is what the flow of signing in calls.
``browser_sign_in`` and ``device_sign_in`` are the two ways to sign in, and ``registration`` is what
both need before. ``sessions`` renews what ``token_cache`` keeps, in the AWS CLI's own cache and
form, so that both programs share a sign-in. ``access`` is the sign-in as a plain value, and
``role_credentials`` gives botocore the keys of its role.
"""
