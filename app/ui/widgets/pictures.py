"""The small pictures that stand beside words: vectors, so crisp at any scale, in any theme.

Each is a file in ``resources/icons``, drawn by hand in the light theme's colours, so that any
viewer shows it as it is meant. Here each colour is exchanged for the same one of the theme in use.
A new picture is a file there and its name in ``PICTURES``.
"""

import functools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QDir, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from app.ui.look.theme import ICONS, tokens
from app.ui.look.tokens import LIGHT

if TYPE_CHECKING:
    from app.ui.look.tokens import Tokens

_GAP: Final = 4
_PALE: Final = 0.6
"""The opacity of what can't be used."""

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
    text = Path(QDir.searchPaths(ICONS)[0], f"{name}.svg").read_text("utf-8")
    colour_in_use = {getattr(LIGHT, role): getattr(in_use, role) for role in _COLOURS}
    dressed = _COLOUR.sub(lambda drawn: colour or colour_in_use[drawn[0].upper()], text)
    return QByteArray(dressed.encode())


def picture_icon(name: str, side: int, *, before: int = 0, after: int = 0) -> QIcon:
    """Return the picture ``name`` as an icon, sharp at every scale of a screen.

    ``before`` and ``after`` are the gaps at its left and its right.
    """
    return QIcon(_PictureEngine(name, side, before, after, tokens()))


class _PictureEngine(QIconEngine):
    """Paints an icon when and as large as it is shown, in the colours that it was made in."""

    def __init__(self, name: str, side: int, before: int, after: int, colours: "Tokens") -> None:
        super().__init__()
        self._made_of = (name, side, before, after, colours)

    def clone(self) -> QIconEngine:
        """Return another one of the same."""
        return _PictureEngine(*self._made_of)

    def isNull(self) -> bool:
        """Return that there is something to paint."""
        return False

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        """Return the size in which it is shown where there is ``size``: never larger than made."""
        _, side, before, after, _ = self._made_of
        whole = QSize(before + side + after, side)
        fits = whole.width() <= size.width() and whole.height() <= size.height()
        return whole if fits else whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint it into ``rect``; paler where it can't be used."""
        name, side, before, _, colours = self._made_of
        factor = rect.height() / side
        picture = QRectF(rect.x() + before * factor, rect.y(), side * factor, rect.height())
        painter.save()
        if mode is QIcon.Mode.Disabled:  # as a whole: what lies over another line is no darker
            painter.setOpacity(_PALE)
            scale = painter.device().devicePixelRatio()
            whole = self.scaledPixmap(rect.size(), QIcon.Mode.Normal, state, scale)
            painter.drawPixmap(rect, whole)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _renderer(name, colours, "").render(painter, picture)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it for a screen that is not scaled."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return it no larger than ``size``, with ``scale`` dots of the screen for each pixel."""
        shown = self.actualSize(size, mode, state)
        drawn = QPixmap(round(shown.width() * scale), round(shown.height() * scale))
        drawn.setDevicePixelRatio(scale)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(), shown), mode, state)
        painter.end()
        return drawn


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
