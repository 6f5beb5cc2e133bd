"""The looks of a button. A page has one primary button; a destructive one is never the default."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from app.ui.look.theme import tokens

_INSET: Final = 3.5


class PrimaryButton(QPushButton):
    """The one button of a page that leads on, filled with the accent."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(text)
        self.setObjectName(object_name)
        self.setProperty("look", "primary")
        self.setDefault(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; a ring around a filled button would be seen by its inner line only."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().on_accent), 1.5))
        rect = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(rect, 3.5, 3.5)
        painter.end()


def plain_button(text: str, object_name: str) -> QPushButton:
    """Return an ordinary button."""
    return _button(text, object_name, "plain")


def destructive_button(text: str, object_name: str) -> QPushButton:
    """Return a button that takes something away; ``text`` names what."""
    return _button(text, object_name, "destructive")


def link_button(text: str, object_name: str) -> QPushButton:
    """Return a button that stands in running text."""
    button = _button(text, object_name, "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _button(text: str, object_name: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(object_name)
    button.setProperty("look", look)
    button.setAutoDefault(False)
    return button
