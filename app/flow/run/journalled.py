"""Journals kept beside the event loop: no disk, however slow, holds the window up.

What was begun on the disk is waited for even where the wait is cancelled: a write that ran on
would land on top of what a later run has written since.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar

from app.core.frozen import replace
from app.core.journal import Journal, RunState
from app.flow.ports import Journals

T = TypeVar("T")


async def kept(journals: Journals, journal: Journal) -> str | None:
    """Keep ``journal``; on the disk when this returns None, else the sentence that says why not.

    A cancelled wait is raised once the disk has answered.
    """
    return await _to_its_end(partial(journals.save, journal))


async def as_kept(journals: Journals, journal: Journal) -> Journal:
    """Return ``journal`` as it was last saved, maybe by another program; itself if never."""
    return await _to_its_end(partial(journals.find, journal.id)) or journal


async def interrupted(journals: Journals) -> Journal | None:
    """Return the latest run of any account that was not ended."""
    return await _to_its_end(journals.unfinished)


async def undoable(journals: Journals, account_id: str) -> Journal | None:
    """Return the latest run in the account that can be taken back."""
    return await _to_its_end(partial(journals.last_to_undo, account_id))


async def unreadable(journals: Journals) -> tuple[str, ...]:
    """Return the sentences that say which journals can't be read, and what that means."""
    return tuple(problem.text for problem in await _to_its_end(journals.problems))


async def leave_earlier(journals: Journals, journal: Journal) -> None:
    """Ask no more about a run before ``journal`` that was not ended: it stays as it stands."""
    earlier = await _to_its_end(partial(journals.unfinished, journal.account_id))
    if earlier is not None and earlier.id != journal.id:
        await kept(journals, replace(earlier, state=RunState.FINISHED))


async def close(journals: Journals, journal: Journal) -> str | None:
    """Leave an unfinished run as it stands, for good; return the sentence where that can't be.

    As it stands on the disk: another program may have gone on with it, or ended it, meanwhile.
    """
    async with claimed(journals, journal.account_id) as rival:
        if rival is not None:
            return rival
        found = await as_kept(journals, journal)
        if not found.is_unfinished:
            return None
        return await kept(journals, replace(found, state=RunState.CLOSED))


@contextlib.asynccontextmanager
async def claimed(journals: Journals, account_id: str) -> AsyncIterator[str | None]:
    """Hold the claim to the account, or yield the sentence that says who has it."""
    claim = journals.claim(account_id)
    try:
        yield await _to_its_end(claim.take)
    finally:
        claim.give_back()


async def _to_its_end(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, in a thread; however often it is cancelled, wait for it."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    finally:
        while not task.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({task})
