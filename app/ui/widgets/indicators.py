"""The box and the circle of a choice, painted so that their lines can be seen in every theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.look.theme import tokens
from app.ui.widgets.pictures import paint_picture


def indicator_side(line_height: int) -> int:
    """Return the side of an indicator beside text whose line is ``line_height`` high."""
    return max(18, round(line_height * 1.1))


def _colours(*, checked: bool, enabled: bool, hover: bool) -> tuple[QColor, QColor]:
    in_use = tokens()
    if not enabled:
        return QColor(in_use.divider), QColor(in_use.window)
    if checked:
        fill = QColor(in_use.accent_strong if hover else in_use.accent)
        return fill, fill
    return QColor(in_use.accent if hover else in_use.line), QColor(in_use.card)


def _take_pens(painter: QPainter, *, checked: bool, enabled: bool, hover: bool) -> None:
    """Let ``painter`` draw the edge and the ground of an indicator in this state."""
    edge, fill = _colours(checked=checked, enabled=enabled, hover=hover)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(fill)


def paint_box(
    painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool, hover: bool
) -> None:
    """Paint a check box with or without its tick."""
    painter.save()
    _take_pens(painter, checked=checked, enabled=enabled, hover=hover)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
    if checked:
        colour = tokens().on_accent if enabled else tokens().disabled
        inset = rect.width() * 0.12
        paint_picture(painter, rect.adjusted(inset, inset, -inset, -inset), "tick", colour)
    painter.restore()


def paint_circle(
    painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool, hover: bool
) -> None:
    """Paint a radio button with or without its dot."""
    painter.save()
    _take_pens(painter, checked=checked, enabled=enabled, hover=hover)
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    if checked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().on_accent if enabled else tokens().disabled))
        inset = rect.width() * 0.33
        painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def paint_focus(painter: QPainter, rect: QRectF, radius: float, width: int = 2) -> None:
    """Paint the ring of the control that has the focus, ``width`` pixels wide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens().focus), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()
