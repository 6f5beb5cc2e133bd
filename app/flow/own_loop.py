"""The event loop of a process without a window: that of asyncio, and it looks round by itself.

A thread that is done wakes the loop by a byte in a socket, and asyncio takes a refused byte for a
full socket, which wakes it as well. Under Wine 8.0 it is refused too where two threads send at the
same moment (seen: one in twenty), and what steps in between a program and the network on a Windows
may lose one. Then a loop that only waits would wait for ever, with its answer beside it. Qt's loop
is woken by Qt.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_BETWEEN: Final = 0.2
"""Seconds after which the loop sees what it was not woken for."""


@contextmanager
def own_loop() -> Iterator[asyncio.Runner]:
    """Yield what runs coroutines to their end (``asyncio.Runner``)."""
    with asyncio.Runner() as runner:
        _look_round(runner.get_loop())
        yield runner


def _look_round(loop: asyncio.AbstractEventLoop) -> None:
    loop.call_later(_BETWEEN, _look_round, loop)
