"""Labels for words of ours: in a language from right to left they are, whatever they begin with.

Qt takes a text for one from left to right where its first letter is Latin, as in "AWS …" in the
middle of Arabic, and puts it on the other side of the page. Source: Unicode Standard Annex 9, rules
P2 and P3, and its section 2.6 (implicit marks).
"""

from math import ceil
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel

from app.core.conventions import is_right_to_left

RIGHT_TO_LEFT_MARK: Final = "\u200f"
_ISOLATE: Final = "\u2066"
_END: Final = "\u2069"
_STRONG: Final = frozenset({"L", "R", "AL"})
_ENDS: Final = (".", "!", "?")


class Words(QLabel):
    """A label that lies as its language does."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        if text:
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text``, which is plain."""
        super().setText(directed(text))


class RowWords(Words):
    """Words beside others in a row: they want one line, and are wrapped where there is no room.

    A label that may wrap asks for less by itself: Qt makes it half as wide where its text is
    longer than some, however wide the row is (``QLabelPrivate::sizeForWidth``).
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)  # with large text, in a language of long words

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        hint = super().sizeHint()
        lines = QFontMetricsF(self.font()).size(Qt.TextFlag.TextExpandTabs, self.text())
        frame = self.contentsMargins()
        width = ceil(lines.width()) + frame.left() + frame.right() + 2 * self.margin()
        return QSize(width, self.heightForWidth(width)) if width > hint.width() else hint


def directed(text: str) -> str:
    """Return ``text`` as it is to be shown in the installed language; never what is copied."""
    if not text or not is_right_to_left():
        return text
    import unicodedata

    strong = [unicodedata.bidirectional(character) for character in text]
    kinds = [each for each in strong if each in _STRONG]
    if kinds and kinds[0] != "L":
        return text
    # A sentence of another language as a whole, as UbiQuity's answer is, has its end where it ends.
    is_foreign = text.endswith(_ENDS) and set(kinds) == {"L"}
    return f"{RIGHT_TO_LEFT_MARK}{isolated(text) if is_foreign else text}"


def isolated(value: str) -> str:
    """Return a ``value`` for a sentence on the screen: it is read from left to right as a whole."""
    return f"{_ISOLATE}{value}{_END}" if is_right_to_left() else value


def without_isolation(text: str) -> str:
    """Return what was selected on the screen as it is copied."""
    return text.replace(_ISOLATE, "").replace(_END, "").replace(RIGHT_TO_LEFT_MARK, "")
