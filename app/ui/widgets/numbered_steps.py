"""Numbered instructions, to follow beside the AWS console."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.style_sheet import GRID, control_height
from app.ui.widgets.accessible_objects import say_before, unheard
from app.ui.widgets.headings import body

_NUMBERS: Final = 6
"""Room for the column of numbers, in characters."""

_WORDS: Final = 16
"""The least room that a sentence has beside a button, in characters."""


class NumberedSteps(QWidget):
    """Rows "1", "2", … with their numbers in one column and their contents in another."""

    def __init__(self, object_name: str = "") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID * 3 // 2)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        self._count = 0
        self._sentences: list[tuple[QVBoxLayout, QLabel]] = []
        self._beside: list[tuple[QBoxLayout, QWidget, QAbstractButton]] = []

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def add(self, step: QWidget | str, *extra: QWidget) -> QWidget:
        """Add a row and return its first widget.

        ``step`` is a sentence or a widget. Buttons of ``extra`` stand beside it where there is
        room, everything else below, as wide as the text.
        """
        self._count += 1
        first = body(step) if isinstance(step, str) else step
        number = QLabel(str(self._count))
        number.setProperty("role", "label")
        if isinstance(first, QLabel):
            unheard(number)
            say_before(first, f"{self._count}.")
        top = Qt.AlignmentFlag.AlignTop
        trailing = Qt.AlignmentFlag.AlignRight
        self._grid.addLayout(self._aligned(number), self._count, 0, top | trailing)
        self._grid.addLayout(self._content(first, extra), self._count, 1, top)
        return first

    def changeEvent(self, event: QEvent) -> None:
        """Keep numbers and sentences level with the controls when the font changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            for column, label in getattr(self, "_sentences", ()):
                _level(column, label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below their sentences where there is no room beside them."""
        super().resizeEvent(event)
        character = self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction
        for row, sentence, button in self._beside:
            # More than the least that both need, or the row would never become any narrower.
            words = max(_WORDS * character, sentence.minimumSizeHint().width() + GRID)
            needed = _NUMBERS * character + words + row.spacing() + button.sizeHint().width()
            fits = self.width() >= needed
            row.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def _aligned(self, label: QLabel) -> QVBoxLayout:
        """Return ``label`` with its first line in the middle of a control beside it."""
        column = QVBoxLayout()
        column.addWidget(label)
        self._sentences.append((column, label))
        _level(column, label)
        return column

    def _content(self, first: QWidget, extra: tuple[QWidget, ...]) -> QVBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(GRID * 2)
        if isinstance(first, QLabel):
            beside = QVBoxLayout()
            beside.addLayout(self._aligned(first))
            beside.addStretch(1)
            row.addLayout(beside, 1)
        else:
            row.addWidget(first, 1)
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addLayout(row)
        for widget in extra:
            if isinstance(widget, QAbstractButton):
                row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
                self._beside.append((row, first, widget))
            else:
                column.addWidget(widget)
        return column


def _level(column: QVBoxLayout, label: QLabel) -> None:
    line = label.fontMetrics().height()
    margin = (control_height(line) - line) // 2
    column.setContentsMargins(0, margin, 0, margin)
