"""The menu bar, and the dialogs that open from it.

``menu_table`` (open it first) is all of the menus as data: a further entry is a further line. What
an entry does is a method of ``deeds``; ``menu_bar`` makes Qt's menus of both and keeps them as the
state is. What a menu reaches beyond the window comes in through ``outside``, so that tests give
something else. What somebody sent is opened through ``openings``, whether it was chosen in a menu,
dropped on the window or pasted (``drop_target``): a further kind of it is a further line there. The
dialogs stand on ``scroll_dialog``, which never grows beyond the screen.
"""
