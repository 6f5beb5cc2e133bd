"""Measuring text that wraps, for the widgets that paint their own."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_WIDE = frozenset({"W", "F"})
WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic


def text_height(font: QFont, text: str, width: int) -> int:
    """Return how high ``text`` is when it wraps at ``width``."""
    room = QRect(0, 0, max(width, 1), 1 << 20)
    return QFontMetrics(font).boundingRect(room, WRAP, text).height() if text else 0


def text_width(font: QFont, text: str) -> int:
    """Return how wide ``text`` is in one line."""
    return QFontMetrics(font).size(Qt.TextFlag.TextShowMnemonic, text).width()


def longest_word(font: QFont, text: str) -> int:
    """Return how wide the widest word of ``text`` is: it can't be narrower than that.

    Where words stand without spaces, as in Japanese, a line may end behind each letter, but for a
    mark that belongs to it (Unicode Standard Annex 14, classes ID and CL).
    """
    return max((text_width(font, piece) for piece in _pieces(text)), default=0)


def _pieces(text: str) -> Iterator[str]:
    if text.isascii():
        yield from text.split()
        return
    from unicodedata import east_asian_width

    for word in text.split():
        wide = [each for each in word if east_asian_width(each) in _WIDE]
        if not wide:
            yield word
            continue
        yield f"{wide[0]}。"
        yield from re.split(f"[{re.escape(''.join(wide))}]+", word)
