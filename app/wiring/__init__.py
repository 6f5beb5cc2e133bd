"""Joins the layers: what flows need (``app.flow.ports``), made from those below the window.

The window and the commands ask for an ``Accounts``: ``computer_accounts`` has this computer's own
sign-ins, ``practice_accounts`` the practice AWS, ``rehearsal_accounts`` that with one finding
arranged in it. All three open an account with ``signing_in``: a way to sign in comes in, a
``SignedIn`` or the failure goes out; open it first. ``mfa_codes`` brings the question for a code
from AWS's thread to the person, ``computer_portals`` are the access portals, and ``installation``
looks at the parts of the program itself. ``process_notes`` is what a process notes of itself,
``newer_version`` how it asks for one. Nothing here imports Qt, and botocore, moto and keyring are
imported when they are first used.
"""
