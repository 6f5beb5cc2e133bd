"""Python's collector of circles, kept to the thread of the window.

A window or a dialog that was closed is a circle of objects: it goes when the collector comes by,
and that comes by in whichever thread happens to allocate. A widget that is destroyed in another
thread than its own may be in the middle of an event there: Qt forbids it, and the process dies.
So the collector never starts by itself while the window is open; a timer of the window starts it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 500
"""Milliseconds between two looks whether a collection is due."""


def collect_what_is_due() -> None:
    """Collect the generations whose measure is full, as Python would by itself.

    To be called in the thread of the window.
    """
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


@contextmanager
def collected_here(parent: QObject) -> Iterator[None]:
    """Leave the collector to ``parent``'s thread for as long as the context lasts."""
    was_enabled = gc.isenabled()
    gc.disable()
    timer = QTimer(parent, interval=EVERY)
    timer.timeout.connect(collect_what_is_due)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()
