"""The small pictures that stand beside words: painted, so crisp at any scale, in any theme."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from app.ui.look.theme import tokens
from app.ui.look.tokens import Tokens

_GRID: Final = 16.0
_GAP: Final = 4


def _ring(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.line), 1.6))
    painter.drawEllipse(QRectF(2, 2, 12, 12))


def _disc(painter: QPainter, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _stroke(painter: QPainter, colour: str, *lines: tuple[tuple[float, float], ...]) -> None:
    pen = QPen(QColor(colour), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))


def _running(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.accent), 1.8))
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawPie(QRectF(4.5, 4.5, 7, 7), 90 * 16, -180 * 16)


def _current(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.accent), 1.8))
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawEllipse(QRectF(5, 5, 6, 6))


def _done(painter: QPainter, tokens: Tokens) -> None:
    _disc(painter, tokens.good)
    _stroke(painter, tokens.card, ((4.6, 8.3), (7.0, 10.7), (11.4, 5.6)))


def _failed(painter: QPainter, tokens: Tokens) -> None:
    _disc(painter, tokens.bad)
    _stroke(painter, tokens.card, ((5.4, 5.4), (10.6, 10.6)), ((10.6, 5.4), (5.4, 10.6)))


def _skipped(painter: QPainter, tokens: Tokens) -> None:
    _ring(painter, tokens)
    _stroke(painter, tokens.muted, ((5.2, 8), (10.8, 8)))


def _undone(painter: QPainter, tokens: Tokens) -> None:
    _ring(painter, tokens)
    _stroke(painter, tokens.muted, ((7.4, 5.2), (4.6, 8), (7.4, 10.8)), ((4.6, 8), (11.4, 8)))


def _warning(painter: QPainter, tokens: Tokens) -> None:
    path = QPainterPath(QPointF(8, 1.8))
    path.lineTo(15, 14)
    path.lineTo(1, 14)
    path.closeSubpath()
    pen = QPen(QColor(tokens.warning), 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(tokens.warning))
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _stroke(painter, tokens.card, ((8, 6.2), (8, 9.4)), ((8, 12), (8, 12.02)))


def _note(painter: QPainter, tokens: Tokens) -> None:
    _disc(painter, tokens.accent)
    _stroke(painter, tokens.card, ((8, 7.6), (8, 11.2)), ((8, 4.8), (8, 4.82)))


def _unknown(painter: QPainter, tokens: Tokens) -> None:
    _ring(painter, tokens)
    path = QPainterPath(QPointF(6, 6.4))
    path.cubicTo(6.2, 3.8, 10.2, 4.0, 9.9, 6.4)
    path.cubicTo(9.7, 7.8, 8, 7.8, 8, 9.2)
    pen = QPen(QColor(tokens.muted), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(path)
    _stroke(painter, tokens.muted, ((8, 11.6), (8, 11.62)))


def _copy(painter: QPainter, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.muted), 1.4))
    painter.drawRoundedRect(QRectF(5.5, 5.5, 8, 8.5), 1.5, 1.5)
    _stroke(painter, tokens.muted, ((10.5, 2.7), (3.6, 2.7), (2.8, 3.5), (2.8, 10.4)))


def _tick(painter: QPainter, tokens: Tokens) -> None:
    _stroke(painter, tokens.good, ((3.2, 8.4), (6.6, 11.8), (13, 4.6)))


def _external(painter: QPainter, tokens: Tokens) -> None:
    _stroke(painter, tokens.muted, ((5, 11), (11.4, 4.6)), ((6.2, 4.6), (11.4, 4.6), (11.4, 9.8)))


def _chevron_down(painter: QPainter, tokens: Tokens) -> None:
    _stroke(painter, tokens.muted, ((4, 6.2), (8, 10.2), (12, 6.2)))


def _chevron_left(painter: QPainter, tokens: Tokens) -> None:
    _stroke(painter, tokens.muted, ((9.8, 4), (5.8, 8), (9.8, 12)))


def _chevron_right(painter: QPainter, tokens: Tokens) -> None:
    _stroke(painter, tokens.muted, ((6.2, 4), (10.2, 8), (6.2, 12)))


_PICTURES: Final[dict[str, Callable[[QPainter, Tokens], None]]] = {
    "waiting": _ring,
    "running": _running,
    "done": _done,
    "failed": _failed,
    "skipped": _skipped,
    "undone": _undone,
    "warning": _warning,
    "note": _note,
    "current": _current,
    "unknown": _unknown,
    "copy": _copy,
    "tick": _tick,
    "external": _external,
    "chevron-down": _chevron_down,
    "chevron-left": _chevron_left,
    "chevron-right": _chevron_right,
}
PICTURES: Final = frozenset(_PICTURES)
"""The names of all pictures."""


def paint_picture(painter: QPainter, rect: QRectF, name: str) -> None:
    """Paint the picture ``name`` into ``rect`` in the colours in use."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _PICTURES[name](painter, tokens())
    painter.restore()


def picture_icon(name: str, side: int, *, before: int = 0, after: int = 0) -> QIcon:
    """Return the picture ``name`` as an icon, sharp up to three times its size.

    ``before`` and ``after`` are the gaps at its left and its right.
    """
    icon = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap((before + side + after) * ratio, side * ratio)
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
