"""Blocking calls beside the event loop."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, or raise what it raises; meanwhile the event loop runs.

    Each call has a daemon thread of its own: the pool that asyncio and concurrent.futures share
    is waited for when the program ends, and a window must close at once, whatever a network
    does. A cancelled wait lets the thread run out. The thread has the task's context, as with
    ``asyncio.to_thread``: who listens to the task hears it too.
    """
    outcome: Future[T] = Future()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_work_off, outcome, work), daemon=True).start()
    return await asyncio.wrap_future(outcome)


def _work_off(outcome: "Future[T]", work: Callable[[], T]) -> None:
    if not outcome.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is raised where it is awaited
        outcome.set_exception(error)
    else:
        outcome.set_result(result)
