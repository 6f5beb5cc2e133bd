"""The small pictures that stand beside words: vectors, so crisp at any scale, in any theme.

Each is a file in ``resources/icons``, drawn by hand in the light theme's colours, so that any
viewer shows it as it is meant. Here each colour is exchanged for the same one of the theme in use.
A new picture is a file there and its name in ``PICTURES``.
"""

import functools
import math
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from app.ui.look.theme import ICONS, tokens
from app.ui.look.tokens import LIGHT

if TYPE_CHECKING:
    from app.ui.look.tokens import Tokens

_GAP: Final = 4
_RATIOS: Final = (1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3)
"""The scales of a screen: a picture that Qt would have to scale itself is blurred."""

_COLOUR: Final = re.compile("#[0-9a-f]{6}", re.IGNORECASE)
_COLOURS: Final = (
    "accent",
    "bad",
    "card",
    "code",
    "divider",
    "good",
    "line",
    "muted",
    "note_soft",
    "text",
    "warning",
)
"""Colours of the theme in which a picture may be drawn."""

PICTURES: Final = frozenset(
    {
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "copy",
        "current",
        "done",
        "external",
        "eye",
        "failed",
        "language",
        "note",
        "running",
        "skipped",
        "tick",
        "undone",
        "unknown",
        "waiting",
        "warning",
    }
)
"""The names of all pictures."""


def paint_picture(painter: QPainter, rect: QRectF, name: str, colour: str = "") -> None:
    """Paint the picture ``name`` into ``rect`` in the colours in use, or all in ``colour``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, tokens(), colour).render(painter, rect)
    painter.restore()


@functools.lru_cache(maxsize=64)
def _renderer(name: str, in_use: "Tokens", colour: str) -> QSvgRenderer:
    """Return what paints a picture: to read it anew takes longer than to paint it."""
    return QSvgRenderer(_picture(name, in_use, colour))


def picture_text(name: str, colour: str = "") -> QByteArray:
    """Return the file of the picture ``name`` in the colours in use, or all in ``colour``."""
    return _picture(name, tokens(), colour)


@functools.cache
def _picture(name: str, in_use: "Tokens", colour: str) -> QByteArray:
    file = QFile(f"{ICONS}:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(file.fileName())
    colour_in_use = {getattr(LIGHT, role): getattr(in_use, role) for role in _COLOURS}
    text = file.readAll().toStdString()
    dressed = _COLOUR.sub(lambda drawn: colour or colour_in_use[drawn[0].upper()], text)
    return QByteArray(dressed.encode())


def picture_icon(name: str, side: int, *, before: int = 0, after: int = 0) -> QIcon:
    """Return the picture ``name`` as an icon, sharp at every scale that systems offer.

    ``before`` and ``after`` are the gaps at its left and its right.
    """
    return _icon(name, side, before, after, tokens())


@functools.lru_cache(maxsize=256)
def _icon(name: str, side: int, before: int, after: int, _in_use: "Tokens") -> QIcon:
    """Return the icon in the colours in use, which are ``_in_use``."""
    icon = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(round((before + side + after) * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_picture(painter, QRectF(before, 0, side, side), name)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def dress_button(button: QAbstractButton, name: str) -> None:
    """Give ``button`` the picture ``name`` in the colours in use.

    A gap towards the word is part of the icon: a button in a style sheet leaves too little.
    """
    side = picture_side(button.fontMetrics().height())
    behind = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
    icon = picture_icon(name, side, before=_GAP if behind else 0, after=0 if behind else _GAP)
    button.setIconSize(QSize(side + _GAP, side))
    button.setIcon(icon)


def picture_side(line_height: int) -> int:
    """Return the side of a picture beside text whose line is ``line_height`` high."""
    return max(16, math.ceil(line_height * 0.9))
