"""What is left of a closed window is destroyed in the window's own thread."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import collecting
from app.ui.collecting import collect_what_is_due, collected_here


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
