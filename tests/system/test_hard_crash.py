"""A process that the system ends is told of at the next start: once, and without whose it was."""

import faulthandler
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.system.crash_report import report_of_dump
from app.system.hard_crash import HardCrashWatch, left_by_crashes

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)

CRASHING = """
import faulthandler, os, sys
from pathlib import Path
from app.system.hard_crash import HardCrashWatch
watch = HardCrashWatch(Path(sys.argv[1]))
watch.begin()
os.kill(os.getpid(), int(sys.argv[2])) if sys.argv[2] != "0" else watch.end()
"""

WINDOWS = """Windows fatal exception: access violation

Thread 0x00001a2c (most recent call first):
  File "C:\\Users\\Jane Doe\\Local\\x\\_internal\\app\\flow\\a.py", line 7 in wait

Current thread 0x00002b10 (most recent call first):
  File "C:\\Users\\Jane Doe\\x\\_internal\\app\\ui\\saving.py", line 31 in flush
  File "C:\\Users\\Jane Doe\\x\\_internal\\app\\__main__.py", line 42 in <module>
Extension modules: lxml.etree (total: 1)
"""


def _run(folder: Path, signal: int) -> None:
    subprocess.run(  # noqa: S603 - this Python, and a program above
        [sys.executable, "-X", "faulthandler=0", "-c", CRASHING, str(folder), str(signal)],
        check=False,
        capture_output=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Jane Doe" / "reports"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_a_crash_is_told_once_and_its_report_kept(folder: Path) -> None:
    _run(folder, 11)
    report = left_by_crashes(folder, NOW)
    assert report is not None
    assert "Segmentation fault" in report
    assert "Jane" not in report
    assert [path.read_text() for path in folder.iterdir()] == [f"{report}\n"]
    assert left_by_crashes(folder, NOW) is None


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("signal", [0, 9])
def test_an_end_by_itself_or_by_others_is_no_crash(folder: Path, signal: int) -> None:
    _run(folder, signal)
    assert left_by_crashes(folder, NOW) is None
    assert list(folder.iterdir()) == []


def test_a_process_that_lives_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulthandler, "enable", lambda _handle: None)
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    watch = HardCrashWatch(folder)
    watch.begin()
    assert left_by_crashes(folder, NOW) is None
    assert len(list(folder.iterdir())) == 1
    watch.end()
    assert list(folder.iterdir()) == []


def test_no_folder_to_be_had_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    watch = HardCrashWatch(tmp_path / "taken")
    watch.begin()
    watch.end()
    assert left_by_crashes(tmp_path / "taken", NOW) is None


def test_of_a_dump_only_what_is_known_is_taken() -> None:
    report = report_of_dump(WINDOWS)
    assert report is not None
    assert report.splitlines()[3:] == [
        "Windows fatal exception: access violation",
        "Current thread",
        "  app/ui/saving.py:31 in flush",
        "  app/__main__.py:42 in <module>",
        "Thread",
        "  app/flow/a.py:7 in wait",
    ]
    assert report_of_dump(WINDOWS.replace("access violation", "code 0xc0000374")) is not None
    # COM's "the call was cancelled" and a C++ exception: the program went on after it.
    for passing in ("code 0x8001010d", "code 0xe06d7363"):
        assert report_of_dump(WINDOWS.replace("access violation", passing)) is None
    assert report_of_dump("") is None
    assert report_of_dump("anything else\n") is None
