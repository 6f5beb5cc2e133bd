"""A crash of the whole process, as by a fault in a library: noted then, and told at the next start.

``faulthandler`` writes where in the code each thread was into a file that is open, and locked, for
as long as the process lives. A file that nobody holds any more is what a process left that did not
end by itself: with something in it, it crashed; empty, it was killed, or the power went.
"""

import contextlib
import faulthandler
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.files.file_lock import is_locked_now
from app.files.reading import SMALL, FileProblem, read_text
from app.files.writing import make_folder

if TYPE_CHECKING:
    from datetime import datetime

_NAMES: Final = "running-*.txt"


class HardCrashWatch:
    """Lets a crash of this process be written into a file of ``folder``.

    Where there is no such folder to be had, nothing is noted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        began = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        self._path = folder / f"running-{began}-{os.getpid()}.txt"
        self._handle: int | None = None

    def begin(self) -> None:
        """Watch from now on."""
        try:
            make_folder(self._folder)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
            self._handle = os.open(self._path, flags, 0o600)
            is_locked_now(self._handle)
        except OSError:
            if self._handle is None:
                return
        faulthandler.enable(self._handle)

    def end(self) -> None:
        """Watch no longer: the program ends by itself."""
        if self._handle is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError):
            os.close(self._handle)
            self._path.unlink(missing_ok=True)
        self._handle = None


def left_by_crashes(folder: Path, now: "datetime") -> str | None:
    """Return the report of the latest process that crashed, and keep those of all; None without.

    Each is told once. Waits for the disk.
    """
    from app.system.crash_report import keep_report, report_of_dump

    latest: str | None = None
    try:
        paths = sorted(folder.glob(_NAMES))
    except OSError:
        return None
    for path in paths:
        dump = _left(path)
        report = None if dump is None else report_of_dump(dump)
        if report is not None:
            keep_report(folder, report, now)
            latest = report
    return latest


def _left(path: Path) -> str | None:
    """Take away what a process left that is gone, and return it; None while it lives."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            if not is_locked_now(handle):
                return None
            text = read_text(path, SMALL, own=True)
        finally:
            os.close(handle)
        path.unlink(missing_ok=True)
    except OSError:
        return None
    return None if isinstance(text, FileProblem) else text
