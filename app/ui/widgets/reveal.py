"""Bringing what has just appeared into sight."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.look.style_sheet import GRID

_MARGIN: Final = 2 * GRID
_ROUNDS: Final = 3
"""Rounds of events in which the layouts inside each other settle."""


def reveal(widget: QWidget, then: Callable[[], None] | None = None) -> None:
    """Scroll the page that holds ``widget`` until it is seen, once the layout has settled.

    Where it is higher than what is seen of the page, its beginning is. ``then`` is done at once
    after that, before anything else happens.
    """
    _after(_ROUNDS, widget, then)


def _after(rounds: int, widget: QWidget, then: Callable[[], None] | None) -> None:
    if rounds:
        QTimer.singleShot(0, widget, lambda: _after(rounds - 1, widget, then))
        return
    _scroll_to(widget)
    if then is not None:
        then()


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if not isinstance(above, QScrollArea) or not widget.isVisible():
        return
    if widget.height() + 2 * _MARGIN <= above.viewport().height():
        above.ensureWidgetVisible(widget, 0, _MARGIN)
    else:
        _show_beginning(above, widget)


def _show_beginning(area: QScrollArea, widget: QWidget) -> None:
    """Scroll to the beginning of what is higher than the page: Qt would show its middle."""
    seen = area.viewport()
    top = widget.mapTo(seen, QPoint(0, 0)).y()
    if not 0 <= top <= seen.height() // 2:
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + top - _MARGIN)
