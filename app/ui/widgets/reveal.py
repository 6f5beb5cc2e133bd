"""Bringing what has just appeared into sight."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.look.style_sheet import GRID

_ROUNDS: Final = 3
"""Rounds of events in which the layouts inside each other settle."""


def reveal(widget: QWidget) -> None:
    """Scroll the page that holds ``widget`` until it is seen, once the layout has settled."""
    _after(_ROUNDS, widget)


def _after(rounds: int, widget: QWidget) -> None:
    if rounds:
        QTimer.singleShot(0, widget, lambda: _after(rounds - 1, widget))
    else:
        _scroll_to(widget)


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea) and widget.isVisible():
        above.ensureWidgetVisible(widget, 0, 2 * GRID)
