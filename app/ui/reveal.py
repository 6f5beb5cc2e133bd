"""Bringing what has just appeared into sight."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.style_sheet import GRID


def reveal(widget: QWidget) -> None:
    """Scroll the page that holds ``widget`` until it is seen, once the layout has settled."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea) and widget.isVisible():
        above.ensureWidgetVisible(widget, 0, 2 * GRID)
