"""The plan that takes UbiQuity's access away, for one database or for all.

In come a snapshot of the account, the way that a person chose and, where there is one, the draft;
out comes a ``Plan`` as for setting up, and after it was carried out the ``proof`` that a fresh
reading of the account gives. Pure: the time before which sessions are ended comes in as well.

Open ``plan`` first: it decides between changing the trust policy and deleting the role, and keeps
what others use. ``ours`` says which statements of a policy are ours: ``policy`` takes them out of
the guide's policy and of inline ones, or deletes it, ``keys`` out of key policies. ``direct`` is
about who is let in past the role. ``begun`` reads what a run's journal tells of before, and
``account`` is what all of them look at, ``granted_buckets``
says whose keys to read where there is no draft, and ``remains`` what is left afterwards.
"""
