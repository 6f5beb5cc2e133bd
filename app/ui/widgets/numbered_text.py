"""A read-only text, as high as its lines, with line numbers where it is a document of AWS."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.core.wording.characters import marked
from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.look.theme import tokens
from app.ui.look.typeface import fixed
from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.document_colours import DocumentColours

_WHOLE_LINES: Final = 60
"""A document of that many lines is shown whole (window.md); a longer one scrolls inside."""

_WRAPPED: Final = 3
"""How many times as high a document that is shown whole may be by the wrapping of its lines."""

_MOST_LINES: Final = 24
_LEAST_LINES: Final = 8
"""The bounds of what is seen at once of a document that scrolls inside."""

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


_STAY: Final = "\n\t"
"""What a document has of lines and indents."""


def _units(text: str) -> int:
    """Return how long ``text`` is to Qt, which counts UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Numbers(QWidget):
    """The column of line numbers; the text beside it paints it."""

    def __init__(self, text: "NumberedText") -> None:
        super().__init__(text)
        self._of = text
        unheard(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Have the numbers painted."""
        self._of.paint_numbers(self, event)


class NumberedText(QPlainTextEdit):
    """Shows a document; the keyboard moves through it, and Tab leaves it."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        unheard(self.viewport())
        self.setObjectName(object_name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        # JSON reads from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._exact = ""
        self._numbered = True
        self._numbers = _Numbers(self)
        self.colours = DocumentColours(self.document())
        self.updateRequest.connect(self._scrolled)
        self.blockCountChanged.connect(self._fit)
        self._fit_font()

    def number_lines(self, on: bool) -> None:
        """Show the numbers of the lines, as the console's editor does, or leave them out."""
        if on != self._numbered:
            self._numbered = on
            self._numbers.setVisible(on)
            self._fit()

    def show_text(self, text: str, values: Sequence[str]) -> None:
        """Show ``text`` with ``values`` marked; what can't be seen has its name in its place."""
        self._exact, shown = text, marked(text, _STAY)
        self.colours.prepare(shown, [marked(value, _STAY) for value in values])
        if shown != self.toPlainText():
            self.setPlainText(shown)
        else:
            self.colours.rehighlight()
        self._fit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as plain text: AWS takes neither colours nor marks."""
        data, cursor = QMimeData(), self.textCursor()
        data.setText(self._exact_between(cursor.selectionStart(), cursor.selectionEnd()))
        return data

    def _exact_between(self, start: int, end: int) -> str:
        """Return what stands between two of Qt's positions; half a mark is a whole one."""
        chars, position = [], 0
        for char in self._exact:
            width = _units(marked(char, _STAY))
            if position < end and position + width > start:
                chars.append(char)
            position += width
        return "".join(chars)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of the system's font."""
        super().changeEvent(event)
        kind = event.type()
        if not hasattr(self, "colours"):
            return  # Qt sends the first changes while the widget is being made
        if kind in {QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange}:
            self._fit_font()
        if kind in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.colours.rehighlight()
            self._numbers.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text, and the height to the wrapped lines."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self._numbers_width(), inside.height())
        )
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the height of the lines; a long document's is bounded, and it scrolls."""
        around = 2 * self.frameWidth() + 2 * round(self.document().documentMargin())
        # Without the last few pixels Qt counts the last line as half hidden, and scrolls.
        high = (self._height_of_whole() or self._height_at_once()) + around + GRID // 2
        return QSize(40 * GRID, max(CONTROL, high))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, at any width."""
        return QSize(20 * GRID, self.sizeHint().height())

    def paint_numbers(self, on: QWidget, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that ``event`` uncovers."""
        painter = QPainter(on)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens().muted))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        line = self.fontMetrics().lineSpacing()
        while block.isValid() and top <= event.rect().bottom():
            room = QRect(0, round(top), on.width() - GRID, line)
            painter.drawText(room, _RIGHT, str(block.blockNumber() + 1))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        painter.end()

    def _height_of_whole(self) -> int:
        """Return how high all lines are as they wrap; 0 where they are too many to show whole."""
        if self.blockCount() > _WHOLE_LINES:
            return 0
        # Qt wraps a line only once it is to be painted; to ask how high it is wraps it now.
        layout, block = self.document().documentLayout(), self.document().begin()
        rows, high = 0, 0.0
        while block.isValid():
            high += layout.blockBoundingRect(block).height()
            rows += block.layout().lineCount()
            block = block.next()
        return math.ceil(high) if rows <= _WRAPPED * _WHOLE_LINES else 0

    def _height_at_once(self) -> int:
        line = self.fontMetrics().lineSpacing()
        in_window = int(self.window().height() * 0.6 / line)
        return max(_LEAST_LINES, min(_MOST_LINES, in_window)) * line

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll on, but for a long document that was clicked or tabbed into.

        Qt would make the text larger under Ctrl and the wheel, which means the whole window.
        """
        scrolls = self.verticalScrollBar().maximum() > 0 and self.hasFocus()
        if scrolls and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _numbers_width(self) -> int:
        if not self._numbered:
            return 0
        digits = len(str(max(10, self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * GRID

    def _scrolled(self, rect: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _fit_font(self) -> None:
        parent = self.parentWidget()
        font = fixed(parent.font() if parent is not None else self.font())
        if font != self.font():
            self.setFont(font)
        self._fit()

    def _fit(self) -> None:
        self.setViewportMargins(self._numbers_width(), 0, 0, 0)
        self.updateGeometry()
