"""Frames: the card round what belongs together, and the line between two areas of the window."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

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
