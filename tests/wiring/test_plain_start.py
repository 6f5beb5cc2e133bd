"""A window that can't be opened is told of all the same, by whatever works."""

import subprocess
import sys

import pytest

from app.bootstrap import wizard
from app.commands import cli
from app.system.own_folders import reports_folder
from app.ui.window import plain_message as by_qt

Told = list[tuple[str, ...]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    def broken(*_args: object) -> int:
        raise RuntimeError("wJ4Canary of a person")

    told: Told = []
    monkeypatch.setattr(wizard, "_run_window", broken)
    monkeypatch.setattr(by_qt, "tell_by_qt", lambda *words: told.append(words))
    return told


def test_it_says_so_and_keeps_the_report(
    told: Told, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.run([]) == 3
    ((_heading, words, report),) = told
    assert "its window could not be opened" in words
    assert "Start it once more" in words
    assert "RuntimeError" in report
    assert "Canary" not in report + words + capsysbinary.readouterr().err.decode()
    (kept,) = reports_folder().glob("report-*.txt")
    assert "test_plain_start.py" in kept.read_text(encoding="utf-8")
    assert not list(reports_folder().glob("running-*"))


@pytest.mark.parametrize("system", ["darwin", "linux"])
def test_where_qt_is_broken_the_system_tells(
    told: Told, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    def no_qt(*_words: str) -> None:
        raise ImportError("DLL load failed")

    ran: list[list[str]] = []
    monkeypatch.setattr(by_qt, "tell_by_qt", no_qt)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(subprocess, "run", lambda command, **_how: ran.append(command))
    assert cli.run([]) == 3
    assert told == []
    assert len(ran) == (system == "darwin")
