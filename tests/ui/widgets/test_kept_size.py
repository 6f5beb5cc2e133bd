"""The frame that remembers sizes: it takes no more room than what it holds."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.headings import body
from app.ui.widgets.kept_size import KeptSize

TEXT = "Something that goes on for some lines, and wraps where there is no room for it. " * 4


def _paragraphs() -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    for _ in range(3):
        column.addWidget(body(TEXT))
    return widget


def _sizes(qtbot: QtBot, widget: QWidget) -> tuple[QSize, QSize, int]:
    """Return a column's least and best size with ``widget`` in it, and its height at a width."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(widget)
    return column.minimumSize(), column.sizeHint(), column.heightForWidth(500)


def test_it_takes_the_room_that_its_widget_would(qtbot: QtBot) -> None:
    assert _sizes(qtbot, KeptSize(_paragraphs())) == _sizes(qtbot, _paragraphs())
