"""What a way through the window costs a person: clicks, keys, pastes, and words to read."""

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui.widgets.radio_cards import RadioCard

_TIME: Final = re.compile(r"(?:under\s)?\b\d[\d.]*\ss\b")
"""How long something took: another number each time, and nothing to read twice."""
_BREAK: Final = "\u200b"
"""A place in a long value where a line may end."""


class Effort:
    """Counts what is done, and what there is to read on each page.

    A sentence counts once on each page that shows it, whether it has to be scrolled to or not.
    The sidebar, which is the same on each page, documents and folded parts don't count.
    """

    def __init__(self) -> None:
        self.clicks = 0
        self.keystrokes = 0
        self.pastes = 0
        self._read: dict[str, set[str]] = {}

    def look(self, page: str, *areas: QWidget) -> None:
        """Read what the ``areas`` of the page with the id ``page`` show now."""
        for area in areas:
            self._read.setdefault(page, set()).update(_sentences(area))

    @property
    def words(self) -> dict[str, int]:
        """How many words there were to read, by the page's id, in the order of the way."""
        return {page: sum(map(_words, texts)) for page, texts in self._read.items()}


def _sentences(area: QWidget) -> Iterator[str]:
    for widget in area.findChildren(QWidget):
        if not widget.isVisibleTo(area):
            continue
        if isinstance(widget, QLabel):
            yield _plain(widget)
        if isinstance(widget, QAbstractButton):
            yield widget.text()
        if isinstance(widget, RadioCard):  # which paints its sentence itself
            yield widget.accessibleDescription()


def _plain(label: QLabel) -> str:
    text = label.text()
    if label.textFormat() is Qt.TextFormat.RichText:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    return _TIME.sub("", text.replace(_BREAK, ""))


def _words(text: str) -> int:
    return sum(1 for word in text.split() if any(map(str.isalpha, word)))
