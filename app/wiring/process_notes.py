"""What a process that opens a window notes of itself: its log, its mistakes, and its sudden end."""

import errno
import os
import platform
import re
import threading
from datetime import UTC, datetime
from typing import Final

from app import __version__
from app.core.log_event import (
    Began,
    Crashed,
    CrashedBefore,
    Ended,
    Face,
    Kept,
    NotKept,
)
from app.files.reading import SMALL, read_text
from app.flow.own_command import is_packaged
from app.system.crash_report import keep_report, place_of
from app.system.event_log import EventLog, latest_lines
from app.system.hard_crash import left_by_crashes
from app.system.own_folders import log_folder, reports_folder

REPORTS_SENT: Final = 3
"""Reports that go into a support bundle with the log, the latest."""


class ProcessNotes:
    """All of it for one process; nothing here fails or waits, but for what says so."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._log = EventLog(log_folder())
        self.take = self._log.take

    def begin(self) -> None:
        """Note the start, and begin to write, in a thread: once the window is there."""
        packaged = is_packaged()
        python = platform.python_version()
        self.take(Began(self._face, __version__, python, _system(), packaged=packaged))
        self._log.start()

    def note_crash(self, error: BaseException) -> None:
        """Note a mistake of the program, whose report somebody else keeps."""
        kind = type(error)
        self.take(Crashed(f"{kind.__module__}.{kind.__qualname__}", place_of(error)))

    def crashed(self, error: BaseException, report: str) -> None:
        """Note a mistake of the program, and keep its report."""
        self.note_crash(error)
        # Beside the work: a disk may be slow, and the person is told already.
        threading.Thread(target=self._keep, args=(report,), name="report").start()

    def _keep(self, report: str) -> None:
        keep_report(reports_folder(), report, datetime.now(UTC))

    def not_kept(self, what: Kept, reason: str) -> None:
        """Note that the disk refused; ``reason`` is in the system's words."""
        codes = {os.strerror(number): code for number, code in errno.errorcode.items()}
        self.take(NotKept(what, codes.get(reason, "other")))

    def end(self, status: int) -> None:
        """Note the end, and let the log be written whole."""
        self.take(Ended(status))
        self._log.close()

    def left_by_crashes(self) -> str | None:
        """Return the report of an earlier process that crashed, once; None without one.

        Waits for the disk.
        """
        report = left_by_crashes(reports_folder(), datetime.now(UTC))
        if report is not None:
            self.take(CrashedBefore(_first_place(report)))
        return report


def own_log() -> str:
    """Return the end of the log, and the latest reports, for support. Waits for the disk."""
    reports = sorted(reports_folder().glob("report-*.txt"))[-REPORTS_SENT:]
    texts = [read_text(path, SMALL, own=True) for path in reports]
    parts = [latest_lines(log_folder()), *(text for text in texts if isinstance(text, str))]
    return "\n".join(part for part in parts if part)


def _first_place(report: str) -> str:
    place = re.search(r"^  (app/\S+:\d+) in ", report, re.MULTILINE)
    return place[1] if place else ""


def _system() -> str:
    release = re.match(r"\d+(\.\d+){0,2}", platform.release())
    number = release[0] if release else ""
    return f"{platform.system()} {number} ({platform.machine()})"
