"""The plan that sets up UbiQuity's access: the least changes from what is there to what is needed.

In come a draft, a snapshot of the account and what a person chose; out comes a ``Plan``: the
changes in their order, what stands in the way, what may be chosen besides, and what others put
there and keeps its place. Pure: nothing is asked of AWS and nothing is written.

Open ``plan`` first: it makes the snapshot ``consistent``, collects the parts of ``role``,
``trust``, ``permissions`` and ``key`` in the order in which they are made, and lets the diagnosis
judge the account as it would be. Each of those asks what the policies really grant
(``connector_questions`` and ``granted``) and yields ``PlanPart`` values. ``remaining``, ``offers``
and ``left_alone`` then tell what the changes leave.
"""
