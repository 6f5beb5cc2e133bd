"""The set-up as the checks see it: whose role, which connectors, and every question answered.

A draft and a snapshot come in; a ``Setup`` goes out, which all checks are given. Open ``setup``
first. ``role_view`` tells which role it is, with its policies read; ``connector`` is one line of
the draft with what AWS has for it, ``bucket_key`` the key that its bucket encrypts with, and
``customer_policy`` the managed policy of the guide's Step 3. A ``question`` is one request to AWS
with what each side's policies say to it.
"""
