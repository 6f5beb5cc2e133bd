"""What has just appeared is brought into sight: the whole of it, or where it begins."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QScrollBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.reveal import reveal

SEEN = 200


def test_what_is_larger_than_the_page_is_seen_from_its_beginning(qtbot: QtBot) -> None:
    for height in (50, SEEN - 1, 3 * SEEN):
        area, part = _page(height)
        qtbot.addWidget(area)
        area.show()
        reveal(part)
        bar = area.verticalScrollBar()
        qtbot.waitUntil(partial(_is_scrolled, bar))
        top = part.mapTo(area.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert min(top + height, top + SEEN // 2) <= area.viewport().height()


def test_what_is_in_sight_stays_where_it_is(qtbot: QtBot) -> None:
    area, part = _page(3 * SEEN)
    qtbot.addWidget(area)
    area.show()
    bar = area.verticalScrollBar()
    bar.setValue(part.y() - 20)
    reveal(part)
    qtbot.wait(20)
    assert bar.value() == part.y() - 20


def _is_scrolled(bar: QScrollBar) -> bool:
    return bar.value() > 0


def _page(height: int) -> tuple[QScrollArea, QWidget]:
    area, content, part = QScrollArea(), QWidget(), QWidget()
    column = QVBoxLayout(content)
    above, below = QWidget(), QWidget()
    for widget, tall in ((above, 3 * SEEN), (part, height), (below, 3 * SEEN)):
        widget.setFixedHeight(tall)
        column.addWidget(widget)
    area.setWidget(content)
    area.setFixedSize(SEEN, SEEN)
    return area, part
