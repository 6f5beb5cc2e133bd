"""What is left of a closed window is destroyed in the window's own thread."""

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import collecting
from app.ui.collecting import MANY, QUIET, Rounds, collect_what_is_due, collected_here


class Circle(QObject):
    """Goes with the collector alone."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _allocate() -> None:
    """Fill each measure of the collector."""
    for _ in range(20):
        kept: list[list[int]] = [[] for _ in range(sum(gc.get_threshold()))]
        del kept


def test_another_thread_never_collects(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "EVERY", 1)
    ended_in: list[int] = []
    gc.enable()
    with collected_here(qapp):
        circle = Circle()
        gone = weakref.finalize(circle, lambda: ended_in.append(threading.get_ident()))
        del circle
        other = threading.Thread(target=_allocate)
        other.start()
        other.join()
        assert gone.alive
        kept: list[list[int]] = [[] for _ in range(2 * gc.get_threshold()[0])]
        qtbot.waitUntil(lambda: not gone.alive)
        del kept
    assert ended_in == [threading.get_ident()]
    assert gc.isenabled()


def test_each_generation_is_collected_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    for count in ((700, 10, 10), (701, 10, 10), (0, 11, 3), (701, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda count=count: count)
        collect_what_is_due()
    assert collected == [0, 1, 2]


class Collector:
    """Stands in for Python's: counts what would be collected, and how long that takes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.worked, self.takes, self.old = (0, 0, 0), 0.0, 0.0, 0
        self.made: list[int | str] = []
        monkeypatch.setattr(gc, "collect", self._collect)
        monkeypatch.setattr(gc, "freeze", lambda: self.made.append("frozen"))
        monkeypatch.setattr(sys, "getallocatedblocks", lambda: self.old)
        monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
        monkeypatch.setattr(gc, "get_count", lambda: self.count)
        self.rounds = Rounds(lambda: self.worked)

    def _collect(self, generation: int) -> None:
        self.made.append(generation)
        self.worked += self.takes

    def look(self, times: int, *, working: float = 0.0) -> list[int | str]:
        """Look as often, with so many seconds of work before each; return what was done."""
        self.made.clear()
        for _ in range(times):
            self.worked += working
            self.rounds.look()
        return list(self.made)


def test_all_objects_wait_until_the_program_has_nothing_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collector = Collector(monkeypatch)
    collector.count = (0, 0, 11)
    assert collector.look(5 * QUIET, working=0.01) == []
    assert collector.look(QUIET - 1) == []
    assert collector.look(1) == [2]
    # A moment's work begins the wait anew.
    assert collector.look(1, working=0.01) == []
    assert collector.look(QUIET - 1) == []
    assert collector.look(1) == [2]


def test_what_would_make_a_round_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    collector = Collector(monkeypatch)
    collector.old = MANY
    collector.count = (0, 11, 11)
    assert collector.look(1, working=0.1) == [1]
    collector.old = MANY + 1
    assert collector.look(1, working=0.1) == [1, "frozen"]
    collector.old = 0
    assert collector.look(QUIET) == [*[1] * (QUIET - 1), 2]


def test_many_young_ones_are_moved_on_before_their_round_is_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collector = Collector(monkeypatch)
    collector.count, collector.takes = (701, 0, 0), 0.006
    assert collector.look(6, working=0.1) == [0, 0, 1, 0, 0, 1]
    collector.takes = 0.001
    assert collector.look(10, working=0.1) == [0] * 10


def test_who_closes_the_window_leaves_nothing_out_for_good(qapp: QApplication) -> None:
    before = gc.get_freeze_count()
    with collected_here(qapp):
        assert gc.get_freeze_count() > 1000
    assert gc.get_freeze_count() <= before
