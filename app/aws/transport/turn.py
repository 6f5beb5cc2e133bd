"""Calls of AWS work one after the other, though they all wait for AWS at the same time.

A reading makes a dozen calls at once. Each needs some milliseconds of Python to be prepared, signed
and understood; together they take as long as one after the other, since Python lets one thread work
at a time. But it lets whoever wants to work wait for each of the others in between: the window,
which asks for its turn some dozens of times to draw a page, stood still for 50 ms while it had 4 to
do itself. So whoever makes a call takes the turn of all calls for it, and gives it away while it
waits for the network: the window has one rival then, and not twelve.

Nothing rests on it: whoever does not get the turn for ``PATIENCE`` works all the same, so that no
call ever waits for one that waits for it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = 0.03
"""Seconds: more than any call works at a stretch, and little beside what AWS takes to answer."""


class _Mine(threading.local):
    """What one thread has of the turn."""

    wanted = False
    held = False


class Turn:
    """A turn that one thread has at a time, unless one waited for it for ``patience`` seconds."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._mine = _Mine()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn for the length of the block."""
        was_wanted, self._mine.wanted = self._mine.wanted, True
        self._take()
        try:
            yield
        finally:
            self._mine.wanted = was_wanted
            if not was_wanted:
                self._give()

    @contextmanager
    def given_away(self) -> Iterator[None]:
        """Let others have it for the length of the block, in which this thread waits."""
        self._give()
        try:
            yield
        finally:
            if self._mine.wanted:
                self._take()

    def _take(self) -> None:
        if not self._mine.held:
            self._mine.held = self._lock.acquire(timeout=self._patience)

    def _give(self) -> None:
        if self._mine.held:
            self._mine.held = False
            self._lock.release()


TURN: Final = Turn()
"""The turn of all calls of this program."""
