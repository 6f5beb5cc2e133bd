"""What takes a while to work out goes on beside the window, and ends once nobody waits for it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from app.core.iam.work import MOST_STEPS, Work

T = TypeVar("T")


async def beside_the_window(thought: Callable[[Work], T]) -> T:
    """Return what ``thought`` makes of its share of work, in a thread of its own.

    A thread can't be ended from outside: where the caller is cancelled, the work is stopped.
    """
    work = Work(MOST_STEPS)

    def thought_out() -> T:
        try:
            return thought(work)
        finally:
            work.forget()

    try:
        return await asyncio.to_thread(thought_out)
    except asyncio.CancelledError:
        work.stop()
        raise
