"""Starts programs with a window, and tells from outside when it has been painted and what it holds.

Nothing is hooked into a program: Qt itself tells on standard error, where a variable of the
environment asks it to, each time that it brings what it has painted to the screen
("Flushing" of ``qt.widgets.painting``). So a bare window, the program from source and the packaged
one are measured alike. At that moment the program is stopped, and the system is asked what it has
taken so far. Linux only.
"""

import os
import re
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

_ASKED: Final = "qt.widgets.painting.debug=true"
_FLUSHED: Final = re.compile(rb"Flushing QRegion\((?:size=\d+, bounds=\()?-?\d+,-?\d+ (\d+)x(\d+)")
_PATIENCE: Final = 30.0
"""Seconds until a window has to be there."""

BARE: Final = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("A bare window"))
window.resize({width}, {height})
window.show()
app.exec()
"""
"""A bare Qt window of the same size, with one label."""


class Painted(NamedTuple):
    """What a program has taken by its first paint, and how large that was."""

    seconds: float
    """From the start of the process, by the clock."""
    worked: float
    """Seconds of the processor, all threads together."""
    own_memory: float
    """Megabytes that no other process shares (USS)."""
    memory: float
    """Megabytes (RSS)."""
    size: tuple[int, int]
    again: int = 0
    """How often more than half of the window was painted anew while it was looked on."""

    @classmethod
    def median(cls, paints: Sequence[Self]) -> Self:
        """Return the median of each figure."""
        import statistics  # not in the process whose memory is measured

        seconds, worked, own, memory = (
            statistics.median(each) for each in list(zip(*paints, strict=True))[:4]
        )
        return cls(seconds, worked, own, memory, paints[0].size, max(p.again for p in paints))


def environment(home: Path, platform: str) -> Mapping[str, str]:
    """Return the environment of a program that starts for the first time, on a Qt ``platform``."""
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_LOGGING_RULES": _ASKED}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "PYTHONDONT"))}
    return {**kept, **own, "QT_QPA_PLATFORM": platform}


def painted(command: Sequence[str], platform: str = "offscreen", look_on: float = 0.0) -> Painted:
    """Start ``command``, and return what it has taken by its first paint; it is ended then.

    With ``look_on`` it goes on for so many seconds, and is watched for painting all anew.
    """
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment(Path(home), platform),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            seconds, size = _first_flush(process, begun)
            os.kill(process.pid, signal.SIGSTOP)
            taken = Painted(seconds, _worked(process.pid), *memory_of(process.pid), size)
            os.kill(process.pid, signal.SIGCONT)
            return taken._replace(again=_painted_anew(process, size, look_on))
        finally:
            process.kill()
            process.wait()


def _first_flush(process: "subprocess.Popen[bytes]", begun: float) -> tuple[float, tuple[int, int]]:
    heard = b""
    while time.perf_counter() - begun < _PATIENCE:
        piece = _hear(process, 1.0)
        at = time.perf_counter()
        if piece is None:
            break
        heard += piece
        told = _FLUSHED.search(heard)
        if told is not None:
            return at - begun, (int(told[1]), int(told[2]))
    raise TimeoutError(f"no window: {heard.decode(errors='replace')}")


def _painted_anew(process: "subprocess.Popen[bytes]", size: tuple[int, int], look_on: float) -> int:
    heard, end = b"", time.perf_counter() + look_on
    while (left := end - time.perf_counter()) > 0:
        piece = _hear(process, left)
        if piece is None:
            break
        heard += piece
    areas = [int(told[1]) * int(told[2]) for told in _FLUSHED.finditer(heard)]
    return sum(area * 2 > size[0] * size[1] for area in areas)


def _hear(process: "subprocess.Popen[bytes]", patience: float) -> bytes | None:
    """Return what is said next, nothing after ``patience`` seconds, None once it has ended."""
    stream = process.stderr
    if stream is None:
        return None
    ready, _, _ = select.select([stream], [], [], patience)
    return (os.read(stream.fileno(), 65536) or None) if ready else b""


def _worked(pid: int) -> float:
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def memory_of(pid: int) -> tuple[float, float]:
    """Return the megabytes that only process ``pid`` has, and all that it has."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {row.split(":")[0]: int(row.split()[1]) / 1024 for row in rows}
    own = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return own, sizes["Rss"]
