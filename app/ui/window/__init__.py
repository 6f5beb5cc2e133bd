"""The wizard's window: header, sidebar, pages and footer.

``wizard_window`` (open it first) puts them together, shows the page that the state names and moves
the focus to where work goes on. ``sidebar`` shows where the person is (``compact_bar`` where there
is little room), ``footer`` why Next waits and what is being done. Pages come in as a list; the
window knows them by ``WizardPage`` only.
"""
