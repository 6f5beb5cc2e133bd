"""What takes a while to work out goes on beside the window, and ends once nobody waits for it."""

import asyncio
import gc
from collections.abc import Callable
from typing import TypeVar

from app.core.iam.work import Work
from app.flow.patience import patient_work

T = TypeVar("T")


async def beside_the_window(thought: Callable[[Work], T]) -> T:
    """Return what ``thought`` makes of its share of work, in a thread of its own.

    A thread can't be ended from outside: where the caller is cancelled, the work is stopped.
    """
    work = patient_work()

    def thought_out() -> T:
        # The collector of circles would go through all of the program's values again and again
        # meanwhile, and the window waits for each round. Nothing is left to it: see ``forget``.
        was_enabled = gc.isenabled()  # where there is a window it is not
        gc.disable()
        try:
            return thought(work)
        finally:
            work.forget()
            if was_enabled:
                gc.enable()

    try:
        return await asyncio.to_thread(thought_out)
    except asyncio.CancelledError:
        work.stop()
        raise
