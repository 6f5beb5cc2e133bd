"""Eyes and hands of a test: find a widget by its name, press keys, type and click."""

from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Part = TypeVar("Part", bound=QObject)

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def part(root: QObject, kind: type[Part], name: str = "") -> Part:
    """Return the ``kind`` under ``root`` named ``name``, or the first; LookupError for none."""
    found = root.findChild(kind, name) if name else root.findChild(kind)
    if found is None:
        raise LookupError(f"no {kind.__name__} {name!r} in {root.objectName()!r}")
    return found


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
    """Press and release ``key`` in ``widget``."""
    QTest.keyClick(widget, key, modifier)


def type_text(widget: QWidget, text: str) -> None:
    """Type ``text`` into ``widget``, key by key."""
    QTest.keyClicks(widget, text)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click on ``widget`` with the left button, in its middle or ``at`` a point of it."""
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(widget, button, _NO_MODIFIER, at or widget.rect().center())


def wheel(widget: QWidget, delta: int, modifier: Qt.KeyboardModifier = _NO_MODIFIER) -> bool:
    """Turn the wheel over ``widget``, down for less than 0; return whether anything used it."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
