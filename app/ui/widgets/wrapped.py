"""Measuring text that wraps, for the widgets that paint their own."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic


def text_height(font: QFont, text: str, width: int) -> int:
    """Return how high ``text`` is when it wraps at ``width``."""
    room = QRect(0, 0, max(width, 1), 1 << 20)
    return QFontMetrics(font).boundingRect(room, WRAP, text).height() if text else 0


def text_width(font: QFont, text: str) -> int:
    """Return how wide ``text`` is in one line."""
    return QFontMetrics(font).size(Qt.TextFlag.TextShowMnemonic, text).width()


def longest_word(font: QFont, text: str) -> int:
    """Return how wide the widest word of ``text`` is: it can't be narrower than that."""
    return max((text_width(font, word) for word in text.split()), default=0)
