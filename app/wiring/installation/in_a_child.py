"""The looks at an installation, made in a process of their own.

What is damaged may do more than raise an exception: a library of the wrong kind kills the process,
another waits for ever. Then that part is told as broken, with where in the program it stood, and
another process makes the looks that are left. Whoever waits meanwhile is told so.
"""

import contextlib
import faulthandler
import json
import os
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Self

from app.core.conventions import paragraph, row
from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr
from app.flow.own_command import NO_CONSOLE, start_folder
from app.system.crash_report import own_places
from app.wiring.installation.part import CheckedPart, PartLook, looked_at

CHECK: Final = "--check-for-parent"
"""The argument with which ``app.__main__`` makes the looks whose names follow."""

_LIMIT: Final = 60.0
"""Seconds that a look may take. On a slow computer the longest, the practice AWS, takes ten."""

_TELLS_WHERE: Final = _LIMIT - 5
"""Seconds after which a process writes where it stands, since it is about to be ended."""

_SLOW: Final = 10.0
"""Seconds after which whoever waits is told that it still goes on, again and again."""

_GLANCE: Final = 0.2
"""Seconds between looks whether a process is still there, while it says nothing."""

_PARTING: Final = 5.0
"""Seconds in which a process that was ended is gone, with all that it has said."""

_LAST_LINES: Final = 3
_LAST_WORDS: Final = 1000
"""How much is told of what a process complained of before it died, in lines and in characters."""

_LINES_HEARD: Final = 2000
"""Lines of complaints that are heard, the latest: where a dozen threads stand takes hundreds."""


def tell_parent(looks: Mapping[str, PartLook], names: Sequence[str]) -> None:
    """Make the looks with these ``names``, and tell each on standard output as soon as it ended."""
    with open(1, "wb", closefd=False) as says:
        for name in names:
            # Into the pipe of the complaints, whatever stands where the standard streams were.
            faulthandler.dump_traceback_later(_TELLS_WHERE, file=2)
            part = looked_at(name, looks[name])
            faulthandler.cancel_dump_traceback_later()
            fields = {"name": part.name, "works": part.works, "detail": part.detail}
            says.write(json.dumps(fields).encode() + b"\n")
            says.flush()


def checked_in_a_child(
    command: Callable[[Sequence[str]], Sequence[str]],
    names: Sequence[str],
    limit: Callable[[str], float] = lambda _name: _LIMIT,
    still: Callable[[str, float], object] = lambda _name, _seconds: None,
) -> Iterator[CheckedPart]:
    """Yield the parts with these ``names`` in their order, each once it was looked at.

    ``command`` returns the command line that makes the looks with some names, ``limit`` the
    seconds that the look with a name may take. ``still`` is told a name, and the seconds that the
    look at it has taken so far, each time that these are many more.
    """
    left = list(names)
    while left:
        try:
            child = _Child(command(left))
        except OSError as error:
            yield from (CheckedPart(name, works=False, detail=str(error)) for name in left)
            return
        with child:
            while left and not child.is_over:
                yield child.next_part(left[0], limit(left[0]), still)
                left.pop(0)


class _Child:
    """One process that makes looks, and ends with the block. OSError where it can't be started."""

    def __init__(self, command: Sequence[str]) -> None:
        self.is_over = False
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._complaints: deque[bytes] = deque(maxlen=_LINES_HEARD)
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,  # a file would kill Python under Wine
            cwd=start_folder(),
            env=_environment(),
            creationflags=NO_CONSOLE,
        )
        self._listeners = [
            threading.Thread(target=listen, daemon=True)
            for listen in (self._hear_parts, self._hear_complaints)
        ]
        for listener in self._listeners:
            listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def next_part(
        self, name: str, limit: float, still: Callable[[str, float], object]
    ) -> CheckedPart:
        """Return what is told of the part ``name``, or that the process died or hung over it."""
        try:
            line = self._next_line(limit, lambda seconds: still(name, seconds))
        except queue.Empty:
            self.is_over = True
            return CheckedPart(name, works=False, detail=self._how_it_hung(limit))
        part = None if line is None else _part(line)
        if part is None or part.name != name:
            self.is_over = True
            return CheckedPart(name, works=False, detail=self._how_it_died())
        return part

    def _next_line(self, limit: float, still: Callable[[float], object]) -> bytes | None:
        """Return what it says next, None where it has ended. Raises ``queue.Empty``."""
        begun, next_told = time.monotonic(), _SLOW
        while (seconds := time.monotonic() - begun) < limit:
            with contextlib.suppress(queue.Empty):
                return self._lines.get(timeout=min(_GLANCE, limit - seconds))
            if self._process.poll() is not None:  # what it started may hold the pipe open
                self._listeners[0].join(_PARTING)
                self._lines.put(None)
                return self._lines.get()
            if seconds >= next_told:
                next_told += _SLOW
                still(seconds)
        raise queue.Empty

    def _hear_parts(self) -> None:
        with self._process.stdout or contextlib.nullcontext(()) as lines:
            for line in lines:
                if line.startswith(b"{"):  # a library may have printed something of its own
                    self._lines.put(line)
        self._lines.put(None)

    def _hear_complaints(self) -> None:
        with self._process.stderr or contextlib.nullcontext(()) as lines:
            self._complaints.extend(line for line in lines if line.strip())

    def _end(self) -> int | None:
        """End it, hear what it has said to its end, and return its exit status.

        None where it doesn't end. What it started itself may hold its pipes, and is not waited for.
        """
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PARTING)
        for listener in self._listeners:
            listener.join(_PARTING)
        return self._process.returncode

    def _how_it_died(self) -> str:
        status = self._end()
        complaints = tuple(self._complaints)[-_LAST_LINES:]
        last = " ".join(b"".join(complaints).decode(errors="replace").split())
        words = tr("The program died of it ({status}). {said}")
        return words.format(status=status, said=last[-_LAST_WORDS:]).strip()

    def _how_it_hung(self, limit: float) -> str:
        self._end()
        dump = b"".join(tuple(self._complaints)).decode(errors="replace")
        ended = tr("It did not end in time ({seconds} s).").format(seconds=round(limit))
        again = tr(
            "Close other programs and run it once more. If it hangs again, send these lines to "
            "{address}."
        ).format(address=SUPPORT_EMAIL)
        return paragraph(ended, again, row(own_places(dump)))


def _part(line: bytes) -> CheckedPart | None:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        fields = json.loads(line)
        return CheckedPart(str(fields["name"]), fields["works"] is True, str(fields["detail"]))
    return None


def _environment() -> dict[str, str]:
    """Return the environment of the process: nothing of it opens a window, or asks this AWS."""
    not_aws = {name: value for name, value in os.environ.items() if not _is_aws(name)}
    return {**not_aws, "QT_QPA_PLATFORM": "offscreen"}


def _is_aws(name: str) -> bool:
    return name.upper().startswith(("AWS_", "REQUESTS_CA_BUNDLE"))
