"""What somebody has to be allowed in AWS, and no more, to create, revoke or check a draft's set-up.

A draft and what is to be done come in; the least policy for it goes out. Nothing here lists
permissions of changes: they are those of the plans that any start of the account leads to
(``starts``), and of the reads of a snapshot (``reads``). Open ``least_policy`` first.
"""
