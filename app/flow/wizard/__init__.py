"""The state that the window is drawn from, and all that changes it.

What the person types, chooses and presses comes in, and so does what AWS answers; one frozen
``SetupState`` goes out to the window after each change. Open ``state`` first: it holds the groups
of values that belong together, and says what stays of each when it is begun anew; a plan and what
became of it is in ``run_state``, what was typed and what AWS offers for it in ``details_state``.
``store`` is the one place that puts a new state in place of the present one and tells who listens,
and its methods are the edits and steps; what takes time or asks AWS is a coroutine in ``actions``
and the modules it is made of. ``pages`` lists the pages of each flow, when each is shown and what
Next waits for there: a new page is one line in such a list, a new flow one more list. ``session``
is what outlives the program. What somebody sends back comes in by ``answer_actions`` and leads on
(``sent_back``). Signing in at an access portal has a state of its own (``portal_state``, changed by
``portal``), since it may be begun and given up on several pages.
"""
