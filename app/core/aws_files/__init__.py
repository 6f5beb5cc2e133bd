"""The two files of the AWS tools, ``config`` and ``credentials``, as people really have them.

The bytes of both come in; where each profile stands with its lines, and what is wrong with it,
goes out as values. ``decoding`` reads what editors save, ``lines`` takes a text apart as botocore
does but raises nothing and keeps the line numbers, ``whole_file`` knows what stops a file,
``profile_rules`` what stops a profile, and ``naming`` the profiles whose names are written so that
no AWS tool finds them. Open ``mistakes`` first: it asks them all.
"""
