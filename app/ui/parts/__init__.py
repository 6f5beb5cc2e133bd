"""What pages share: their frame, and the cards, callouts and boxes on them.

Open ``wizard_page`` first: what a page is, and what the window asks of it; ``guide_step`` is the
frame of Steps 1 to 3. Every part takes the ``PageContext`` (``page_context``), through which it
reaches the store, the actions and the tasks, and is redrawn by ``show_state``. ``field_binding``
joins a field with the store. ``intake`` is the one table of what the window opens. A part knows no
page; what only one page shows stays in that page.
"""
