"""The program's log: a file for each process, small, few, and written by a thread of its own.

Each process has its own file, so two never wait for one another or write over each other's lines,
be it on a home that two computers share. A disk that refuses costs lines, and nothing else.
"""

import contextlib
import os
import threading
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.core.call_record import CallOutcome, CallRecord
from app.core.formats.log_text import log_line
from app.core.log_event import Event, Lost
from app.files.reading import SMALL, read_bytes
from app.files.writing import make_folder
from app.flow.clocks import Clock

EACH_AT_MOST: Final = 200_000
"""Bytes of a file; a process that writes more begins another one."""

KEPT: Final = 10
"""Files that are kept, the latest."""

SENT_AT_MOST: Final = 60_000
"""Bytes of the log that go into a support bundle, the latest."""

_WAITING: Final = 1_000
"""Events that wait to be written."""

_LAST_WORDS: Final = 1.0
"""Seconds in which the last lines have to be written when the program ends."""

_NAMES: Final = "log-*.txt"


class EventLog:
    """Takes events at any time, in any thread, and never waits; ``start`` begins to write them."""

    def __init__(self, folder: Path, now: Clock = lambda: datetime.now(UTC)) -> None:
        self._folder = folder
        self._now = now
        self._waiting: deque[tuple[datetime, Event]] = deque()
        self._lost = 0
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._path: Path | None = None
        self._handle: int | None = None
        self._size = 0
        self._part = 0

    def take(self, event: Event) -> None:
        """Note what happened now; of calls to AWS those that failed."""
        if isinstance(event, CallRecord) and event.outcome is CallOutcome.DONE:
            return
        with self._changed:
            if len(self._waiting) >= _WAITING:
                self._waiting.popleft()
                self._lost += 1
            self._waiting.append((self._now(), event))
            self._changed.notify()

    def start(self) -> None:
        """Begin to write, in a thread that ends with the program."""
        self._thread = threading.Thread(target=self._work, name="log", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write what is left, if the disk takes it soon enough."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is None:
            self._work()
        else:
            self._thread.join(_LAST_WORDS)

    # In the thread

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                events, is_last = tuple(self._waiting), self._closed
                self._waiting.clear()
                lost = self._lost
            if events:
                lines_lost = -lost if self._written(events, lost) else len(events)
                with self._changed:
                    self._lost += lines_lost
            if is_last:
                self._end_file()
                return

    def _written(self, events: tuple[tuple[datetime, Event], ...], lost: int) -> bool:
        """Write the events' lines; return whether the disk took them."""
        lines = [log_line(at, event) for at, event in events]
        if lost:
            lines.insert(0, log_line(events[0][0], Lost(lost)))
        content = "".join(f"{line}\n" for line in lines).encode()
        try:
            if self._handle is None or self._size + len(content) > EACH_AT_MOST:
                self._begin_file()
            if self._handle is None or os.write(self._handle, content) != len(content):
                raise OSError  # noqa: TRY301 - half a line, at the end of a file
        except OSError:
            self._end_file()
            self._drop_unwritten()
            return False
        if not self._size:
            self._sweep()
        self._size += len(content)
        return True

    def _begin_file(self) -> None:
        self._end_file()
        self._part += 1
        make_folder(self._folder)
        name = f"log-{self._now():%Y%m%dT%H%M%S}-{os.getpid()}-{self._part}.txt"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._path, self._size = self._folder / name, 0
        self._handle = os.open(self._path, flags, 0o600)

    def _sweep(self) -> None:
        """Delete the oldest, now that there is something newer."""
        for old in sorted(self._folder.glob(_NAMES))[:-KEPT]:
            with contextlib.suppress(OSError):  # another process may write it, or be quicker
                old.unlink(missing_ok=True)

    def _drop_unwritten(self) -> None:
        """Leave no file of a disk that took nothing: such files would crowd out those before."""
        if self._path is not None and not self._size:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _end_file(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None


def latest_lines(folder: Path, at_most: int = SENT_AT_MOST) -> str:
    """Return the end of what the logs in ``folder`` tell, whole lines; empty where there is none.

    Waits for the disk.
    """
    text = b""
    try:
        paths = sorted(folder.glob(_NAMES), reverse=True)
    except OSError:
        return ""
    for path in paths:
        content = read_bytes(path, SMALL, own=True)
        text = (content if isinstance(content, bytes) else b"") + text
        if len(text) > at_most:
            text = text[-at_most:].partition(b"\n")[2]
            break
    return text.decode("utf-8", "replace")
