"""How long a person waits for the window: from the start of a process to its first paint.

The program has no part in the measuring: Qt's own log says when a window is flushed to the screen
for the first time (its category ``qt.widgets.painting``). What is started is ended there. On any
system, by the clock; ``tests/benchmarks/first_paint.py`` asks Linux for processor and memory too.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_RULES = "qt.widgets.painting.debug=false;qt.widgets.painting.info=true"
_PAINTED = b"Flushing"
_AT_MOST = 60
"""Seconds after which a window that has not been painted never will be."""


class NotPaintedError(Exception):
    """A program ended, or went on for too long, without painting a window."""


class Starts(NamedTuple):
    """The medians of two programs that were started in turn, in seconds."""

    first: float
    second: float


def first_paints(first: Command, second: Command, *, runs: int) -> Starts:
    """Start two programs in turn, ``runs`` times each after one that warms up; return medians.

    In turn, so that what else the machine does is shared by both. Raises NotPaintedError.
    """
    seconds = [(first_paint(first), first_paint(second)) for _ in range(runs + 1)][1:]
    ones, others = zip(*seconds, strict=True)
    return Starts(statistics.median(ones), statistics.median(others))


class Command(NamedTuple):
    """A command line, and the folder that it is run in."""

    words: Sequence[str]
    folder: Path


def first_paint(command: Command) -> float:
    """Start a program with nothing of this user's in reach; return the seconds to its first paint.

    Raises NotPaintedError.
    """
    with tempfile.TemporaryDirectory(prefix="first-paint-") as home:
        environment = {**os.environ, **of_nobody(home)}
        began = time.perf_counter()
        with subprocess.Popen(
            list(command.words),
            cwd=command.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            # One that says nothing at all would be waited for without end: its pipe closes then.
            too_long = threading.Timer(_AT_MOST, process.kill)
            too_long.start()
            try:
                return _painted(process, began)
            finally:
                too_long.cancel()
                process.kill()


def _painted(process: subprocess.Popen[bytes], began: float) -> float:
    said: list[bytes] = []
    for line in process.stderr or ():
        now = time.perf_counter() - began
        if _PAINTED in line:
            return now
        said.append(line)
    text = b"".join(said[-5:]).decode("utf-8", "replace")
    raise NotPaintedError(f"No window was painted. The last of what it said:\n{text}")


def of_nobody(home: str) -> dict[str, str]:
    """Return the environment of somebody who has never started the program, off-screen."""
    folders = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME")
    more = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    return {
        **dict.fromkeys((*folders, *more), home),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": _RULES,
        "QT_FORCE_STDERR_LOGGING": "1",
    }
