"""The looks of a button. A page has one primary button; a destructive one is never the default."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle

from app.ui.look.style_sheet import GRID, control_height
from app.ui.look.theme import tokens
from app.ui.widgets.indicators import paint_focus
from app.ui.widgets.pictures import paint_picture, picture_side
from app.ui.widgets.wrapped import text_width

_INSET: Final = 3.5
_LINK_INSET: Final = 2
"""Beside the words of a link there is room for the ring of the focus, and none besides: they
begin where the text above and below them does."""


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


class LinkButton(QPushButton):
    """A button that looks like a link, and may have a picture after its words."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(text)
        self.setObjectName(object_name)
        self.setProperty("look", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def picture(self) -> str:
        """Return the name of the picture after the words, or ``""``."""
        return ""

    def sizeHint(self) -> QSize:
        """Return the size of the words, the picture and the ring round both."""
        side = self._side()
        width = text_width(self.font(), self.text()) + (GRID // 2 + side if side else 0)
        return QSize(width + 2 * _LINK_INSET, control_height(self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a link is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words at the leading edge, the picture, and the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_use = tokens()
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(in_use.pressed if self.isDown() else in_use.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(in_use.accent if self.isEnabled() else in_use.disabled))
        words = text_width(self.font(), self.text())
        room = QRect(_LINK_INSET, 0, words, self.height())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self._placed(room), flags, self.text())
        side = self._side()
        if side:
            beside = QRect(room.right() + 1 + GRID // 2, (self.height() - side) // 2, side, side)
            paint_picture(painter, QRectF(self._placed(beside)), self.picture())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _side(self) -> int:
        return picture_side(self.fontMetrics().height()) if self.picture() else 0

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


def plain_button(text: str, object_name: str) -> QPushButton:
    """Return an ordinary button."""
    return _button(text, object_name, "plain")


def destructive_button(text: str, object_name: str) -> QPushButton:
    """Return a button that takes something away; ``text`` names what."""
    return _button(text, object_name, "destructive")


def link_button(text: str, object_name: str) -> QPushButton:
    """Return a button that stands in running text."""
    return LinkButton(text, object_name)


def _button(text: str, object_name: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(object_name)
    button.setProperty("look", look)
    button.setAutoDefault(False)
    return button
