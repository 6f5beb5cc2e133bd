"""Running things side by side, until the last of them has ended."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def side_by_side(*works: Coroutine[Any, Any, None]) -> None:
    """Run ``works`` at once and wait for all of them, also where this is cancelled.

    A cancelled wait ends when each of them has cleaned up. What one of them raises stops the
    others and is raised as it is.
    """
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except BaseExceptionGroup as bugs:
        raise bugs.exceptions[0] from None
