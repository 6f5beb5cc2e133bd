"""A check box whose words wrap."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.look.theme import tokens
from app.ui.widgets.indicators import indicator_side, paint_box, paint_focus
from app.ui.widgets.mirroring import mirrored
from app.ui.widgets.wrapped import WRAP, longest_word, text_height, text_width

_EDGE = GRID // 2


class CheckBox(QCheckBox):
    """A box and a sentence; a click on either ticks it. ``toggled`` and ``clicked`` as in Qt."""

    def __init__(self, text: str, object_name: str = "") -> None:
        super().__init__(text)
        self.setObjectName(object_name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the size with the words in one line."""
        width = self._text_left() + text_width(self.font(), self.text()) + _EDGE
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size that the longest word needs."""
        width = self._text_left() + longest_word(self.font(), self.text()) + _EDGE
        return QSize(width, CONTROL)

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are at ``width``."""
        room = width - self._text_left() - _EDGE
        return max(CONTROL, text_height(self.font(), self.text(), room) + 2 * _EDGE)

    def hitButton(self, pos: QPoint) -> bool:
        """Let the words be clicked like the box."""
        return self._used().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, words and focus."""
        painter = QPainter(self)
        side = indicator_side(self.fontMetrics().height())
        lines = text_height(self.font(), self.text(), self.width() - self._text_left() - _EDGE)
        top = (self.height() - lines) // 2
        first = top + (self.fontMetrics().height() - side) // 2
        box = self._placed(QRect(_EDGE, first, side, side))
        paint_box(
            painter,
            QRectF(box),
            checked=self.isChecked(),
            enabled=self.isEnabled(),
            hover=self.underMouse(),
        )
        room = QRect(self._text_left(), top, self.width() - self._text_left() - _EDGE, lines)
        painter.setPen(QColor(tokens().text if self.isEnabled() else tokens().disabled))
        painter.drawText(self._placed(room), WRAP | Qt.AlignmentFlag.AlignLeading, self.text())
        if self.hasFocus():
            paint_focus(painter, QRectF(self._used()), 6)
        painter.end()

    def _used(self) -> QRect:
        """Return where box and words are: a layout may have made the widget wider."""
        width = min(self.width(), self.sizeHint().width())
        return self._placed(QRect(0, 0, width, self.height()))

    def _placed(self, rect: QRect) -> QRect:
        return mirrored(rect, self.rect(), self.layoutDirection())

    def _text_left(self) -> int:
        return _EDGE + indicator_side(self.fontMetrics().height()) + GRID
