"""Use cases as asyncio code: the order of steps, for the window and the command line alike.

A use case takes a sign-in (``ports.SignedIn``) and the draft, and returns a value; it knows no
store, no terminal, no Qt and no boto3. What it needs of AWS and of the disk is in ``ports``. The
order is: sign in to the right account (``accounts``); read it, plan, and ask what the sign-in may
not do (``setting_up`` or ``revoking``: a ``review.Review``); see to what an earlier run left
(``run.unfinished``); once somebody agreed, carry out the run (``run``); prove it (``checking``,
``connection``). A snapshot from elsewhere (a file, say) enters after the reading, at
``setting_up.planned_setup`` and ``checking.checked_account``. ``wizard`` is the window's own: the
state it is drawn from, and actions that put into it what the use cases return. Open ``review``
first, then ``setting_up``.
"""
