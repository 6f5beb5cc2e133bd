"""Python's collector of circles, kept to the thread of the window, and to short rounds.

A window or a dialog that was closed is a circle of objects: it goes when the collector comes by,
and that comes by in whichever thread happens to allocate. A widget that is destroyed in another
thread than its own may be in the middle of an event there: Qt forbids it, and the process dies.
So the collector never starts by itself while the window is open; a timer of the window starts it.

A round over all objects stops the window for a tenth of a second, once botocore and its
descriptions of AWS are loaded. So the young objects are looked through often, while they are few,
and all of them only when the program has had nothing to do for a while. Where those would be many
they are what was loaded, which stays: they are left out of the rounds to come (``gc.freeze``), and
the few circles among them are kept until the window closes.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 100
"""Milliseconds between two looks whether a collection is due."""
QUIET: Final = 20
"""Looks in a row between which the program did next to nothing, before all objects are due."""
_NEXT_TO_NOTHING: Final = 0.003
"""Seconds of the processor between two looks, all threads together."""
_MUCH: Final = 0.01
"""Seconds of rounds over the young after which they are moved on, before they are too many."""
MANY: Final = 140_000
"""Blocks of memory since objects were last left out, after which the old ones are too many: some
30,000 objects, a round over which would take some 30 ms. They are not counted one by one:
``gc.get_objects`` hands out tuples that another thread is still making, which is a SystemError
there (CPython issue 59313)."""


def collect_what_is_due() -> None:
    """Collect the generations whose measure is full, as Python would by itself.

    To be called in the thread of the window.
    """
    generation = _due(2)
    if generation is not None:
        gc.collect(generation)


def _due(oldest: int) -> int | None:
    """Return the oldest generation, of ``oldest`` and those before it, whose measure is full."""
    for generation in range(oldest, -1, -1):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            return generation
    return None


class Rounds:
    """Makes the rounds, one look after the other; ``worked`` are the seconds of the processor."""

    def __init__(self, worked: Callable[[], float] = time.process_time) -> None:
        self._clock = worked
        self._worked = worked()
        self._quiet = 0
        self._young = 0.0
        self._left_out_at = sys.getallocatedblocks()

    def look(self) -> None:
        """Make the round that is due, if any. To be called in the thread of the window."""
        begun = self._clock()
        did_nothing = begun - self._worked < _NEXT_TO_NOTHING
        self._quiet = self._quiet + 1 if did_nothing else 0
        generation = _due(2 if self._quiet >= QUIET else 1)
        if generation == 0 and self._young > _MUCH:
            generation = 1
        if generation is not None:
            gc.collect(generation)
        self._worked = self._clock()
        self._take_note(generation, self._worked - begun)

    def _take_note(self, generation: int | None, seconds: float) -> None:
        if generation == 0:
            self._young += seconds
        elif generation is not None:
            self._young = 0.0
            blocks = sys.getallocatedblocks()
            if blocks - self._left_out_at > MANY:
                gc.freeze()
                self._left_out_at = blocks


@contextmanager
def collected_here(parent: QObject) -> Iterator[None]:
    """Leave the collector to ``parent``'s thread for as long as the context lasts."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()  # the program itself, which stays
    rounds = Rounds()
    timer = QTimer(parent, interval=EVERY)
    timer.timeout.connect(rounds.look)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        if was_enabled:
            gc.enable()
