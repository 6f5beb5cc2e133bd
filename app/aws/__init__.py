"""Everything that speaks to AWS through botocore.

A way to sign in (``access``) and a draft come in; a snapshot, an outcome of a change or an
``AwsFailure`` goes out, never an exception of botocore. Open ``account`` first: it is the
customer's account as the flows see it, and ``ubiquity`` is UbiQuity's own identity beside it.
``sessions`` and ``clients`` make botocore's sessions and clients; ``calls`` and ``transport`` turn
a blocking call into a value that is awaited. ``snapshot`` leads to the modules
that each read one thing (``role_facts``, ``policy_facts``, ``bucket_facts``, ``key_facts``,
``organization``, ``sample``), ``changes`` and ``present`` to what is written and read back.
``profiles`` tells what this computer's AWS tools have, and ``identity_center`` signs in at an
access portal.
"""
