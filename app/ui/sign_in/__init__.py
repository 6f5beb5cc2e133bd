"""The ways to sign in to AWS, as the window offers them.

``sign_in_box`` (open it first) is what a page shows: it offers the ways, opens the panel of the
chosen one and hands out a ``SignInWay``. One way is one panel (``sign_in_panel`` says what each can
be asked): ``console_panel`` for what people sign in with to the AWS console (``console_waiting``
and ``kept_session`` are its parts), ``profile_panel`` for the profiles of the AWS tools,
``portal_panel`` for IAM Identity Center (with ``portal_place``, ``portal_waiting`` and
``portal_choice`` for its three stages), ``pasted_panel`` for credentials that are pasted
(``pasted_card`` shows what may be seen of them). ``sign_in_failure`` says why a sign-in in a
browser did not work, ``code_dialog`` asks for the code of an MFA device, whichever way
needs it.
"""
