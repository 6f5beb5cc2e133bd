"""A window to try widgets in."""

from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

# qtbot closes its windows but does not keep them, and a window takes its widgets with it.
_kept: WeakKeyDictionary[QtBot, list[QWidget]] = WeakKeyDictionary()


def staged(qtbot: QtBot, *widgets: QWidget, width: int = 640) -> QWidget:
    """Return a shown, active window with ``widgets`` one above the other, as high as they need.

    It lives as long as the test.
    """
    window = QWidget()
    _kept.setdefault(qtbot, []).append(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(width, 10)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.resize(width, max(column.totalHeightForWidth(width), column.totalSizeHint().height()))
    qtbot.wait(1)
    return window
