"""A sentence that takes no more lines than it may, whatever it says."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QLabel


class ShortLine(QLabel):
    """Plain text that wraps; what has no place in its last line is left out there, with "…".

    It is heard as a whole, and seen as a whole in its tool tip.
    """

    def __init__(self, most_lines: int) -> None:
        super().__init__()
        self._most_lines = most_lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def set_most_lines(self, most_lines: int) -> None:
        """Take ``most_lines`` at most."""
        if most_lines != self._most_lines:
            self._most_lines = most_lines
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the text is at ``width``."""
        lines = max(1, len(self._lines(width)[0]))
        return lines * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:
        """Return the least size: a few letters of one line."""
        metrics = self.fontMetrics()
        return QSize(8 * metrics.averageCharWidth(), metrics.lineSpacing())

    def sizeHint(self) -> QSize:
        """Return the size of all of the text in one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.lineSpacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines that there is room for."""
        lines, is_cut = self._lines(self.width())
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        step = self.fontMetrics().lineSpacing()
        top = max(0, self.height() - len(lines) * step) / 2
        align = Qt.AlignmentFlag
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = align.AlignRight if is_mirrored else align.AlignLeft
        flags = Qt.TextFlag.TextSingleLine | side | align.AlignAbsolute | align.AlignTop
        for number, words in enumerate(lines):
            place = self.rect().adjusted(0, int(top) + number * step, 0, 0)
            painter.drawText(place, int(flags), words)
        painter.end()
        tip = self.text() if is_cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)

    def _lines(self, width: int) -> tuple[list[str], bool]:
        """Return the text of each line at ``width``, and whether something is left out."""
        text, ends = self.text(), list[int]()
        layout = QTextLayout(text, self.font())
        layout.setTextOption(QTextOption())
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid() and len(ends) < self._most_lines:
            self._set_width(line, width)
            ends.append(line.textStart() + line.textLength())
            line = layout.createLine()
        layout.endLayout()
        starts = [0, *ends[:-1]]
        lines = [text[start:end] for start, end in zip(starts, ends, strict=False)]
        is_cut = bool(ends) and ends[-1] < len(text)
        if is_cut:
            rest = text[starts[-1] :]
            elided = Qt.TextElideMode.ElideRight
            lines[-1] = self.fontMetrics().elidedText(rest, elided, width)
        return lines, is_cut

    @staticmethod
    def _set_width(line: QTextLine, width: int) -> None:
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, 0))
