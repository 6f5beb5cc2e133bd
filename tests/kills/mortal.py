"""A command as a process that is forked from this one, and killed at a moment of its run.

This process has loaded all that a command needs, so that each costs no start. It may have no
other thread when it forks.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

from app.commands import running

Command = Callable[[], int]

GROUPS: Final = {
    "journal": (
        "app/files/writing.py",
        "app/system/",
        "app/core/formats/",
        "run/async_journals.py",
    ),
    "run": ("app/flow/run/",),
    "calls": ("app/aws/changes.py", "app/aws/calls.py", "app/aws/account.py", "app/aws/present.py"),
    "network": (
        "app/aws/transport/",
        "botocore/endpoint.py",
        "botocore/httpsession.py",
        "urllib3/connection",
        "http/client.py",
    ),
}
"""Where a process may be killed at a line: the ends of the paths that its code is in."""

_BEGUN: Final = b"!"

_SECONDS: Final = 120.0
"""No command takes so long: one that does hangs."""


@dataclass(frozen=True)
class AtLine:
    """Killed at the ``number``-th line of a group that runs once changes are made."""

    group: str
    number: int


@dataclass(frozen=True)
class AtTime:
    """Killed so many seconds after the first change is begun."""

    seconds: float


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit status, None where it was killed; what it printed.

    ``seconds`` is how long its run took (0 where none began), ``lines`` how many lines of each
    group it ran, where they were counted.
    """

    status: int | None
    printed: str
    seconds: float
    lines: dict[str, int]


def call(
    command: Command, folder: Path, moment: AtLine | AtTime | None = None, *, counted: bool = False
) -> Ended:
    """Run ``command`` in a process of its own; kill that at ``moment``.

    ``folder`` takes what it prints. ``counted``: count its lines.
    """
    begun, to_parent = os.pipe()
    printed = folder / "printed.txt"
    child = os.fork()
    if child == 0:
        os.close(begun)
        _live(command, printed, to_parent, moment, counted=counted)
    os.close(to_parent)
    try:
        return _watched(child, begun, printed, moment)
    finally:
        os.close(begun)


def _watched(child: int, begun: int, printed: Path, moment: AtLine | AtTime | None) -> Ended:
    has_begun = os.read(begun, 1) == _BEGUN  # nothing, where it ends before
    start = time.monotonic()
    if isinstance(moment, AtTime) and has_begun:
        time.sleep(moment.seconds)
        os.kill(child, signal.SIGKILL)
    _, waited = os.waitpid(child, 0)
    seconds = time.monotonic() - start if has_begun else 0.0
    counted = os.read(begun, 4096).decode().split()
    lines = {name: int(number) for name, number in zip(counted[::2], counted[1::2], strict=True)}
    killed = os.WIFSIGNALED(waited)
    if killed and os.WTERMSIG(waited) != signal.SIGKILL:
        raise RuntimeError(f"ended by signal {os.WTERMSIG(waited)}")
    text = printed.read_text(encoding="utf-8", errors="replace")
    return Ended(None if killed else os.waitstatus_to_exitcode(waited), text, seconds, lines)


def _live(
    command: Command,
    printed: Path,
    to_parent: int,
    moment: AtLine | AtTime | None,
    *,
    counted: bool,
) -> None:
    """Be the process: never returns."""
    status = 70
    try:
        signal.alarm(int(_SECONDS))
        out = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        tracer = None
        if counted or isinstance(moment, AtLine):
            tracer = Tracer(moment if isinstance(moment, AtLine) else None)
        _tell_when_begun(to_parent, tracer)
        status = command()
        sys.settrace(None)
        if tracer is not None and counted:
            told = " ".join(f"{name} {number}" for name, number in tracer.lines.items())
            os.write(to_parent, told.encode())
    except BaseException:  # noqa: BLE001 - the parent sees it in what was printed
        import traceback

        os.write(2, traceback.format_exc().encode())
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _tell_when_begun(to_parent: int, tracer: "Tracer | None") -> None:
    """Let the parent know when the changes begin."""
    remember = vars(running)["run_begun"]

    def begun(account_id: str, told: str) -> None:
        remember(account_id, told)
        if tracer is not None:
            tracer.trace()
        os.write(to_parent, _BEGUN)

    vars(running)["run_begun"] = begun


class Tracer:
    """Counts the lines that run, and kills the process at one of them."""

    def __init__(self, moment: AtLine | None) -> None:
        self.lines = dict.fromkeys(GROUPS, 0)
        self._moment = moment
        self._groups: dict[CodeType, str | None] = {}
        self._locals = {group: self._line_of(group) for group in GROUPS}

    def trace(self) -> None:
        """Trace this thread and all that begin from now on; asyncio gets new ones for it."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        threading.settrace(self._called)
        sys.settrace(self._called)

    def _called(self, frame: FrameType, _event: str, _arg: object) -> Any:  # noqa: ANN401
        code = frame.f_code
        if code not in self._groups:
            self._groups[code] = _group_of(code.co_filename)
        group = self._groups[code]
        return None if group is None else self._locals[group]

    def _line_of(self, group: str) -> Any:  # noqa: ANN401
        def line(frame: FrameType, event: str, _arg: object) -> Any:  # noqa: ANN401
            del frame
            if event == "line":
                self.lines[group] += 1
                moment = self._moment
                if moment and moment.group == group and self.lines[group] == moment.number:
                    os.kill(os.getpid(), signal.SIGKILL)
            return line

        return line


def _group_of(path: str) -> str | None:
    for group, ends in GROUPS.items():
        if any(end in path for end in ends):
            return group
    return None
