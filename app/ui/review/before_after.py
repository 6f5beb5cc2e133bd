"""A document before and after a change, side by side, with the lines that differ marked."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.look.theme import tokens
from app.ui.widgets.document_values import masked
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from app.ui.widgets.words import Words

_SIDE: Final = 34
"""Characters of the fixed font that a side needs; where there is less room they stand stacked."""


class Marked(NamedTuple):
    """A side's text, and which of its lines differ from the other side."""

    text: str
    lines: frozenset[int]


def marked_sides(before: str, after: str) -> tuple[Marked, Marked]:
    """Return both texts, each line that differs begun with a sign, so that no colour is needed."""
    # Others' text may hold characters that Python ends a line at, and no reader of JSON does.
    old, new = before.rstrip("\n").split("\n"), after.rstrip("\n").split("\n")
    gone: set[int] = set()
    come: set[int] = set()
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone.update(range(a, b))
            come.update(range(c, d))
    return _side(old, gone, "−"), _side(new, come, "+")


def _side(lines: Sequence[str], differing: set[int], sign: str) -> Marked:
    written = (f"{sign if at in differing else ' '} {line}" for at, line in enumerate(lines))
    return Marked("\n".join(written), frozenset(differing))


class BeforeAfter(QWidget):
    """Two read-only documents: before the change and after it, whether it was made yet or not."""

    def __init__(self, masking: Masking, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._sides = (Marked("", frozenset()), Marked("", frozenset()))
        self._values: tuple[str, ...] = ()
        self._before = NumberedText(f"{object_name}-before")
        self._after = NumberedText(f"{object_name}-after")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._row.addLayout(self._titled(tr("Before"), self._before), 1)
        self._row.addLayout(self._titled(tr("After"), self._after), 1)
        masking.changed.connect(self._show)

    def show_documents(self, before: str, after: str, values: Sequence[str], about: str) -> None:
        """Show both texts with ``values`` marked and masked; ``about`` names the document."""
        nothing = tr("Nothing")
        self._sides = marked_sides(before or nothing, after or nothing)
        self._values = tuple(values)
        self._before.setAccessibleName(tr("{document}, before").format(document=about))
        self._after.setAccessibleName(tr("{document}, after").format(document=about))
        for text in (self._before, self._after):
            text.setAccessibleDescription(tr("Read only. Tab leaves it."))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the marks anew in the theme's colours."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room for both."""
        super().resizeEvent(event)
        needed = 2 * _SIDE * self._before.fontMetrics().horizontalAdvance("0")
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if self.width() >= needed else way.TopToBottom)

    def _titled(self, words: str, text: NumberedText) -> QVBoxLayout:
        title = Words(words)
        title.setProperty("role", "muted")
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(title)
        column.addWidget(text)
        column.addStretch(1)
        return column

    def _show(self) -> None:
        marks = [self._masking.shown(value) for value in self._values]
        for side, text in zip(self._sides, (self._before, self._after), strict=True):
            text.show_text(masked(side.text, self._values, self._masking), marks)
        self._mark()

    def _mark(self) -> None:
        in_use = tokens()
        colours = (in_use.bad_soft, in_use.good_soft)
        for side, text, colour in zip(
            self._sides, (self._before, self._after), colours, strict=True
        ):
            _tint(text, side.lines, colour)


def _tint(text: NumberedText, lines: frozenset[int], colour: str) -> None:
    """Tint whole lines, all rows of one that wraps; the others lose their tint."""
    block = text.document().begin()
    while block.isValid():
        look = QTextBlockFormat()
        if block.blockNumber() in lines:
            look.setBackground(QColor(colour))
        QTextCursor(block).setBlockFormat(look)
        block = block.next()
