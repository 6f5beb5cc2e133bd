"""Work in pieces, each in a turn of the event loop of its own."""

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.turns import Turns


class _Pieces(QWidget):
    """Paints, and counts how many pieces were done each time that it did."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.left, self.done = pieces, 0
        self.painted: list[int] = []
        self.turns = Turns(self, self._do_one)

    def _do_one(self) -> bool:
        self.left, self.done = self.left - 1, self.done + 1
        self.update()
        return bool(self.left)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(self.done)
        return super().event(event)


def _let_one_come(pieces: _Pieces) -> None:
    while not pieces.done:
        QApplication.processEvents()
    assert pieces.done == 1


@pytest.fixture
def pieces(qtbot: QtBot) -> _Pieces:
    widget = _Pieces(3)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(widget.painted))
    widget.painted.clear()
    return widget


def test_each_is_painted_before_the_next_is_done(qtbot: QtBot, pieces: _Pieces) -> None:
    pieces.turns.begin()
    assert pieces.done == 0
    qtbot.waitUntil(lambda: not pieces.turns.under_way and 3 in pieces.painted)
    assert sorted(set(pieces.painted)) == [1, 2, 3]


def test_what_was_waiting_comes_before_the_first(qtbot: QtBot, pieces: _Pieces) -> None:
    seen: list[int] = []
    pieces.turns.begin()
    QTimer.singleShot(0, lambda: seen.append(pieces.done))
    qtbot.waitUntil(lambda: not pieces.turns.under_way)
    assert seen == [0]


def test_who_needs_all_has_all_at_once(pieces: _Pieces) -> None:
    pieces.turns.begin()
    _let_one_come(pieces)
    pieces.turns.finish()
    assert pieces.done == 3
    assert not pieces.turns.under_way
    pieces.turns.finish()
    assert pieces.done == 3  # there was nothing left


def test_what_is_stopped_can_begin_again(qtbot: QtBot, pieces: _Pieces) -> None:
    pieces.turns.begin()
    _let_one_come(pieces)
    pieces.turns.stop()
    qtbot.wait(20)
    assert pieces.done == 1
    pieces.turns.begin()
    pieces.turns.begin()
    qtbot.waitUntil(lambda: not pieces.turns.under_way)
    assert pieces.done == 3
