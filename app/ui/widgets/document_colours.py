"""The colours of a JSON document, and the marks under the customer's values."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.ui.look.theme import tokens
from app.ui.look.tokens import Tokens
from app.ui.widgets.document_values import values_pattern

_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_JSON: Final = re.compile(
    rf"(?P<key>{_STRING})(?=\s*:)|(?P<string>{_STRING})"
    r"|(?P<literal>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b)"
)
_COLOURS: Final[dict[str, Callable[[Tokens], str]]] = {
    "key": lambda worn: worn.key,
    "string": lambda worn: worn.string,
    "literal": lambda worn: worn.literal,
}


class DocumentColours(QSyntaxHighlighter):
    """Colours what is JSON, and marks values in any text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._json = False
        self._values = values_pattern(())

    def prepare(self, text: str, values: Sequence[str]) -> None:
        """Get ready for ``text``, in which ``values`` are to be marked."""
        self._json = text.lstrip()[:1] in {"{", "["}
        self._values = values_pattern(values)

    def highlightBlock(self, text: str) -> None:
        """Colour one line, as Qt asks for it."""
        worn = tokens()
        if self._json:
            for found in _JSON.finditer(text):
                kind = found.lastgroup or ""
                colour = QTextCharFormat()
                colour.setForeground(QColor(_COLOURS[kind](worn)))
                self.setFormat(found.start(), found.end() - found.start(), colour)
        for found in self._values.finditer(text):
            self._mark(found.start(), found.end(), worn)

    def _mark(self, start: int, end: int, worn: Tokens) -> None:
        marked = QTextCharFormat()
        marked.setForeground(QColor(worn.text))
        marked.setBackground(QColor(worn.mark))
        marked.setFontWeight(QFont.Weight.DemiBold)
        self.setFormat(start, end - start, marked)
