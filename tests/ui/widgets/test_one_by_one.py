"""Widgets that come one by one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.one_by_one import OneByOne


def _labels(*texts: str) -> list[Callable[[], QWidget]]:
    return [partial(QLabel, text) for text in texts]


def _shown(column: OneByOne) -> list[str]:
    return [label.text() for label in column.findChildren(QLabel)]


def test_the_first_is_there_at_once_and_the_others_follow(qtbot: QtBot) -> None:
    column = OneByOne(spacing=8)
    qtbot.addWidget(column)
    column.show_all(_labels("a", "b", "c"))
    assert not _shown(column)
    column.go_on()
    assert _shown(column) == ["a"]
    qtbot.waitUntil(lambda: _shown(column) == ["a", "b", "c"])


def test_none_comes_while_it_is_halted(qtbot: QtBot) -> None:
    column = OneByOne(spacing=8)
    qtbot.addWidget(column)
    column.show_all(_labels("a", "b", "c"))
    column.go_on()
    column.halt()
    qtbot.wait(20)
    assert _shown(column) == ["a"]
    column.go_on()
    qtbot.waitUntil(lambda: _shown(column) == ["a", "b", "c"])


def test_others_take_their_place_at_once(qtbot: QtBot) -> None:
    column = OneByOne(spacing=8)
    qtbot.addWidget(column)
    column.show_all(_labels("a", "b", "c"))
    column.go_on()
    column.show_all(_labels("d", "e"))
    assert not _shown(column)
    column.go_on()
    qtbot.waitUntil(lambda: _shown(column) == ["d", "e"])
