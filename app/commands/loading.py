"""Modules load without the collector of circles: nothing made meanwhile is rubbish."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Let no round of the collector run until the end of the block.

    What the modules have made stays to the end: later rounds don't go through it again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def leave_the_rest() -> None:
    """Let the process end without looking for circles in all that it still has."""
    gc.freeze()
