"""The window, opened: the one room that sees all others, and joins them.

Open ``wizard`` first: it is what the command line calls, and ends when the window is closed. It
has ``qt`` run Qt (``no_window`` says where it can't), and ``live`` show the window as it was left;
``window`` is what each kind of start has in common, a window shown at once and joined to the rest
once it has been seen. Two modules fill what it is joined to: ``reach`` what the pages reach (AWS,
journals, exports), ``outside`` what the menus do (this computer). ``desktop`` makes the open window
a program among others: a second start, its place, its log, its crashes.

Beside ``live`` three more things are done in a window: ``rehearsal`` (``practice --scenario``),
``tour`` and ``self_check``; ``practice`` opens it for the latter two. What is imported in a
function is so because it may come only after the first paint (``tests/ui/test_first_paint.py``).
"""
