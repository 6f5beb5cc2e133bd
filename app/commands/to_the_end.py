"""Running what a command does with AWS to its end, with whatever goes wrong beside it."""

import asyncio
import gc
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from app.flow.own_loop import own_loop

T = TypeVar("T")


def to_the_end(main: Coroutine[Any, Any, T]) -> T:
    """Run ``main`` on an event loop and return what it returns.

    An exception of a task that nobody awaits, or of a thread, is raised at the end: it would be
    printed as it is, and the command would go on as if nothing had happened.
    """
    faults: list[Exception] = []

    def from_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if isinstance(error := context.get("exception"), Exception):
            faults.append(error)

    with _thread_faults(faults), own_loop() as runner:
        runner.get_loop().set_exception_handler(from_loop)
        try:
            outcome = runner.run(main)
        except asyncio.CancelledError as error:  # Ctrl-C is a KeyboardInterrupt here
            raise RuntimeError("The command cancelled itself.") from error
        # A task tells that nobody looked at its exception when it is thrown away.
        gc.collect()
    if faults:
        raise faults[0]
    return outcome


@contextmanager
def _thread_faults(faults: list[Exception]) -> Iterator[None]:
    """Put into ``faults`` what threads let out until the end of the block."""

    def from_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            faults.append(args.exc_value)

    before = threading.excepthook
    threading.excepthook = from_thread
    try:
        yield
    finally:
        threading.excepthook = before
