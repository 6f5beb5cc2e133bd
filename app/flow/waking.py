"""Noticing that the computer slept, or the process was stopped: whoever asks regularly finds a gap.

Some systems' even clock stands still while they sleep (Linux, macOS) and others' goes on (Windows);
the clock of the day goes on with all. So the larger of both gaps counts.
"""

import time
from typing import Final

from app.flow.clocks import Seconds

SHORTEST: Final = 30.0
"""Seconds beyond what was expected; a busy computer may be late by some."""


class Waking:
    """Tells how long nobody was asked. ``day`` and ``even`` tell seconds, of the day and evenly."""

    def __init__(self, day: Seconds = time.time, even: Seconds = time.monotonic) -> None:
        self._day = day
        self._even = even
        self._last = (day(), even())

    def slept(self, expected: float) -> int:
        """Return for how many whole seconds it slept since the last call; 0 where it did not.

        ``expected`` is after how many seconds it is called, usually.
        """
        last, self._last = self._last, (self._day(), self._even())
        gap = max(now - before for now, before in zip(self._last, last, strict=True)) - expected
        return int(gap) if gap >= SHORTEST else 0
