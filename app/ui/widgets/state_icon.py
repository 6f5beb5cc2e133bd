"""The picture of a state; its word stands beside it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.i18n import mark
from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.pictures import PICTURES, paint_picture, picture_side

STATE_WORDS: Final[dict[str, str]] = {
    "waiting": mark("To do"),
    "running": mark("In progress"),
    "done": mark("Done"),
    "failed": mark("Failed"),
    "skipped": mark("Skipped"),
    "undone": mark("Taken back"),
    "warning": mark("Warning"),
    "note": mark("Note"),
    "current": mark("Current"),
    "unknown": mark("Not known"),
}
"""What each state is called, before translation."""


class StateIcon(QWidget):
    """The picture of one state, as large as the text beside it, which says the state in words."""

    def __init__(self, state: str = "waiting") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state = ""
        unheard(self)
        self.set_state(state)

    @property
    def state(self) -> str:
        """The state that is shown."""
        return self._state

    def set_state(self, state: str) -> None:
        """Show ``state``, one of ``PICTURES``; KeyError for another."""
        if state not in PICTURES:
            raise KeyError(state)
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        """Return a square as high as a line of text."""
        side = picture_side(self.fontMetrics().height())
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a picture does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the state."""
        side = min(self.width(), self.height())
        painter = QPainter(self)
        paint_picture(painter, QRectF(0, 0, side, side), self._state)
        painter.end()
