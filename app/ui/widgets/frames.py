"""Frames: what belongs together, with a card round it or without, and a line between areas."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import unheard


def card(*widgets: QWidget) -> QFrame:
    """Return a card that holds ``widgets`` one above the other."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    for widget in widgets:
        column.addWidget(widget)
    return frame


def stacked(*widgets: QWidget) -> QWidget:
    """Return what holds ``widgets`` one above the other, with nothing to be seen round them."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    for widget in widgets:
        column.addWidget(widget)
    return whole


def beside(wide: QWidget, *small: QWidget) -> QWidget:
    """Return what holds ``wide`` with all the room there is, and ``small`` beside its top."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    row.addWidget(wide, 1)
    for widget in small:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return whole


def divider(*, vertical: bool) -> QFrame:
    """Return a thin line between two areas of the window."""
    line = QFrame()
    unheard(line)
    line.setProperty("role", "divider-vertical" if vertical else "divider")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
