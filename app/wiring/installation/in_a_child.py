"""The looks at an installation, made in a process of their own.

What is damaged may do more than raise an exception: a library of the wrong kind kills the process,
another waits for ever. Then that part is told as broken, and another process makes the looks that
are left.
"""

import contextlib
import json
import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Self

from app.core.i18n import tr
from app.flow.own_command import NO_CONSOLE, start_folder
from app.wiring.installation.part import CheckedPart, Look, looked_at

CHECK: Final = "--check-for-parent"
"""The argument with which ``app.__main__`` makes the looks whose names follow."""

_LIMIT: Final = 60.0
"""Seconds that a look may take. On a slow computer the longest, the practice AWS, takes ten."""

_LAST_LINES: Final = 3
_LAST_WORDS: Final = 1000
"""How much is told of what a process complained of before it died, in lines and in characters."""


def tell_parent(looks: Mapping[str, Look], names: Sequence[str]) -> None:
    """Make the looks with these ``names``, and tell each on standard output as soon as it ended."""
    with open(1, "wb", closefd=False) as says:
        for name in names:
            part = looked_at(name, looks[name])
            fields = {"name": part.name, "works": part.works, "detail": part.detail}
            says.write(json.dumps(fields).encode() + b"\n")
            says.flush()


def checked_in_a_child(
    command: Callable[[Sequence[str]], Sequence[str]],
    names: Sequence[str],
    limit: Callable[[str], float] = lambda _name: _LIMIT,
) -> Iterator[CheckedPart]:
    """Yield the parts with these ``names`` in their order, each once it was looked at.

    ``command`` returns the command line that makes the looks with some names, ``limit`` the
    seconds that the look with a name may take.
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
                yield child.next_part(left[0], limit(left[0]))
                left.pop(0)


class _Child:
    """One process that makes looks, and ends with the block. OSError where it can't be started."""

    def __init__(self, command: Sequence[str]) -> None:
        self.is_over = False
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._complaints: deque[bytes] = deque(maxlen=_LAST_LINES)
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
        for pipe in filter(None, (self._process.stdout, self._process.stderr)):
            pipe.close()

    def next_part(self, name: str, limit: float) -> CheckedPart:
        """Return what is told of the part ``name``, or that the process died or hung over it."""
        try:
            line = self._lines.get(timeout=limit)
        except queue.Empty:
            self.is_over = True
            words = tr("It did not end in time ({seconds} s).")
            return CheckedPart(name, works=False, detail=words.format(seconds=round(limit)))
        part = None if line is None else _part(line)
        if part is None or part.name != name:
            self.is_over = True
            return CheckedPart(name, works=False, detail=self._how_it_died())
        return part

    def _hear_parts(self) -> None:
        for line in self._process.stdout or ():
            if line.startswith(b"{"):  # a library may have printed something of its own
                self._lines.put(line)
        self._lines.put(None)

    def _hear_complaints(self) -> None:
        self._complaints.extend(line for line in self._process.stderr or () if line.strip())

    def _end(self) -> int:
        """End it, hear what it has said to its end, and return its exit status."""
        self._process.kill()
        status = self._process.wait()
        for listener in self._listeners:
            listener.join()
        return status

    def _how_it_died(self) -> str:
        status = self._end()
        last = " ".join(b"".join(self._complaints).decode(errors="replace").split())
        words = tr("The program died of it ({status}). {said}")
        return words.format(status=status, said=last[-_LAST_WORDS:]).strip()


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
