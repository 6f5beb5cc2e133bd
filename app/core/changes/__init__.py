"""What can be done to an AWS account, kind by kind.

In comes a change as it was planned, or as a journal kept it; out come the requests that make it,
the permissions that they need, the snapshot as it would be afterwards, whether AWS has what the
change expects, and the changes that take it back.

Open ``rules`` first: it says what there is to know of a kind. ``role``, ``managed_policy``,
``attachment`` and ``key_policy`` say it of theirs, a row each, and ``kinds`` is the registry of the
rows. ``sides`` alone reads what a change has on its two sides, and gives it as types. The other
modules are small functions over the registry: ``requests``, ``needed_actions``, ``applied``,
``expectation``, ``undo`` and ``gone``. A new kind is a row here, a function in ``app.aws.present``
that reads what AWS has, and its words in ``app.core.wording.change_words``.
"""
