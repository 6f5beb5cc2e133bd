"""What is checked of each field that a person fills in.

A text comes in as it was typed or pasted; a ``Checked`` goes out: the clean value, the problems as
codes (an error stops the value, a warning and a note don't), a better value to offer, and what the
text told about other fields. Nothing is changed unsaid. Open ``details`` first: it is the form
"Your details", and makes a draft of it once nothing is wrong. Each other module is one field, but
for ``bucket_set`` (rules over several buckets) and ``s3_address`` (addresses and ARNs of buckets
taken apart, for the fields that take them). ``role_answer`` is the ARN that an administrator sends
back.
"""
