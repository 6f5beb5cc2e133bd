"""The safety protocol: the changes of a run are made, gone on with, or taken back.

A plan's changes come in as a ``Journal``; the same journal goes out, as the run ended, and on the
way the rows of ``progress`` tell how far each change is. Open ``applier`` first. It claims the
account, so that nothing else on this computer changes it meanwhile, and takes the steps one by
one (backwards for an undo), each in the hands of ``one_change``: what AWS has now is compared with
what the change expects; the step is journalled as begun; one request is sent; how it ended is
journalled (``step_notes``) before the next step is looked at. Where an answer is lost AWS is asked
what became of the request, where AWS is slow it is waited for (``patience``), and where anything
else is there than was planned for, nothing is overwritten and the run stays open. So the journal
(``live_run`` keeps it, ``async_journals`` off the event loop) tells after any crash what was done
or may have been, and the next start goes on or undoes from there.
``course`` is a run from the plan to how it ended, ``unfinished`` what to do about one that did not
end, and ``guide_steps`` does one step of the guide as such a run.
"""
