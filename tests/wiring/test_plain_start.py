"""A window that can't be opened is told of all the same, by whatever works."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.bootstrap import wizard
from app.commands import cli
from app.system.hard_crash import left_by_crashes
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


LACKS = "{}: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize("library", ["libglib-2.0.so.0", "libEGL.so.1", "libgssapi_krb5.so.2"])
def test_what_a_bare_linux_lacks_is_named_and_no_mistake_of_the_program(
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    library: str,
) -> None:
    def lacking(*_args: object) -> int:
        raise ImportError(LACKS.format(library))

    monkeypatch.setattr(wizard, "_run_window", lacking)
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    assert cli.run([]) == 1
    assert f"lacks {library}, which the window needs" in capfd.readouterr().err
    assert told == []
    assert not list(reports_folder().glob("*"))


@pytest.mark.parametrize("said", [LACKS.format("libQt6Core.so.6"), "No module named 'app.ui'"])
def test_what_the_program_lacks_of_its_own_is_its_mistake(
    told: Told, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    def lacking(*_args: object) -> int:
        raise ImportError(said)

    monkeypatch.setattr(wizard, "_run_window", lacking)
    assert cli.run([]) == 3
    assert len(told) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize("display", ["", ":9876"])
def test_without_a_screen_one_sentence_says_so_and_the_next_start_tells_of_no_crash(
    tmp_path: Path, display: str
) -> None:
    without = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY", "LANGUAGE")
    mine = {name: value for name, value in os.environ.items() if name not in without}
    folders = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    shown = {"DISPLAY": display} if display else {}
    ended = subprocess.run(
        [sys.executable, "-m", "app"],
        env={**mine, **folders, **shown},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "there is no screen that this program may use" in ended.stderr
    assert "reinstalling" not in ended.stderr.lower()
    for folder in tmp_path.rglob("reports"):
        assert left_by_crashes(folder, datetime.now(UTC)) is None
        assert not list(folder.iterdir())
