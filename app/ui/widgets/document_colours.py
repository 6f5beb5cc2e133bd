"""The colours of a JSON document, and the marks under the customer's values."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.ui.look.theme import tokens
from app.ui.widgets.document_values import values_pattern

if TYPE_CHECKING:
    from app.ui.look.tokens import Tokens

_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_JSON: Final = re.compile(
    rf"(?P<key>{_STRING})(?=\s*:)|(?P<string>{_STRING})"
    r"|(?P<literal>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b)"
)
_COLOURS: Final[dict[str, Callable[["Tokens"], str]]] = {
    "key": lambda tokens: tokens.key,
    "string": lambda tokens: tokens.string,
    "literal": lambda tokens: tokens.literal,
}


def is_json(text: str) -> bool:
    """Return whether ``text`` begins as JSON does, whole or not."""
    return text.lstrip()[:1] in {"{", "["}


class DocumentColours(QSyntaxHighlighter):
    """Colours what is JSON, and marks values in any text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._json = False
        self._values = values_pattern(())

    def prepare(self, text: str, values: Sequence[str]) -> None:
        """Get ready for ``text``, in which ``values`` are to be marked."""
        self._json = is_json(text)
        self._values = values_pattern(values)

    def highlightBlock(self, text: str) -> None:
        """Colour one line, as Qt asks for it."""
        in_use = tokens()
        if self._json:
            for match in _JSON.finditer(text):
                kind = match.lastgroup or ""
                colour = QTextCharFormat()
                colour.setForeground(QColor(_COLOURS[kind](in_use)))
                self.setFormat(match.start(), match.end() - match.start(), colour)
        for match in self._values.finditer(text):
            self._mark(match.start(), match.end(), in_use)

    def _mark(self, start: int, end: int, in_use: "Tokens") -> None:
        marked = QTextCharFormat()
        marked.setForeground(QColor(in_use.text))
        marked.setBackground(QColor(in_use.mark))
        marked.setFontWeight(QFont.Weight.DemiBold)
        self.setFormat(start, end - start, marked)
