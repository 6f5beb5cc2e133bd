"""What AWS shows of a set-up, pasted as text: found in it, told apart, and made a snapshot.

Any text comes in; nothing raises. ``documents_in`` finds the documents in a text, however they
were copied, and says what it passed over (``loose_json`` reads JSON as people write it,
``copied_ways`` undoes what editors, mails and APIs do to it, ``outputs`` knows what the AWS CLI
prints around a policy, ``kinds`` tells one policy from another). ``places`` finds out with a draft
which bucket or key each belongs to, and ``as_snapshot`` makes the snapshot: what was not pasted is
not known, and is named so. Open ``documents_in`` first.
"""
