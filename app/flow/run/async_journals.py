"""Journals asked and kept beside the event loop: no disk, however slow, holds the window up.

Each function is the one of ``app.flow.ports.journals.Journals``, in a thread, or is made of such.
What was begun on the disk is waited for even where the wait is cancelled: a write that ran on
would land on top of what a later run has written since.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from typing import TypeVar

from app.core.frozen import replace
from app.core.journal import Journal, RunState
from app.flow.ports.journals import Journals

T = TypeVar("T")


async def save(journals: Journals, journal: Journal) -> str | None:
    """Keep ``journal``; on the disk when this returns None, else the sentence that says why not.

    A cancelled wait is raised once the disk has answered.
    """
    return await _to_its_end(partial(journals.save, journal))


async def as_begun(journals: Journals, journal: Journal) -> Journal:
    """Return a run that is about to begin with its number; whoever calls holds the claim."""
    return await _to_its_end(partial(journals.begin, journal))


async def as_saved(journals: Journals, journal: Journal) -> Journal:
    """Return ``journal`` as it was last saved, maybe by another program; itself if never."""
    return await _to_its_end(partial(journals.find, journal.id)) or journal


async def unfinished(journals: Journals, account_id: str | None = None) -> Journal | None:
    """Return the latest run in the account that was not ended; of any account for None."""
    return await _to_its_end(partial(journals.unfinished, account_id))


async def last_to_undo(journals: Journals, account_id: str) -> Journal | None:
    """Return the latest run in the account that can be taken back."""
    return await _to_its_end(partial(journals.last_to_undo, account_id))


async def problem_sentences(journals: Journals) -> tuple[str, ...]:
    """Return the sentences that say which journals can't be read, and what that means."""
    return tuple(problem.text for problem in await _to_its_end(journals.problems))


async def leave_earlier(journals: Journals, journal: Journal) -> None:
    """Ask no more about a run before ``journal`` that was not ended: it stays as it stands.

    Whoever calls this holds the claim to the account.
    """
    earlier = await unfinished(journals, journal.account_id)
    if earlier is not None and earlier.id != journal.id:
        await save(journals, replace(earlier, state=RunState.FINISHED))


async def let_stand(journals: Journals, journal: Journal) -> str | None:
    """Ask no more about the run before ``journal``, where that has nothing to do.

    Returns the sentence where another program is at work in the account: then it is asked about.
    """
    async with claimed(journals, journal.account_id) as rival:
        if rival is None:
            await leave_earlier(journals, journal)
        return rival


async def close(journals: Journals, journal: Journal) -> str | None:
    """Leave an unfinished run as it stands, for good; return the sentence where that can't be.

    As it stands on the disk: another program may have gone on with it, or ended it, meanwhile.
    """
    async with claimed(journals, journal.account_id) as rival:
        if rival is not None:
            return rival
        saved = await as_saved(journals, journal)
        if not saved.is_unfinished:
            return None
        return await save(journals, replace(saved, state=RunState.CLOSED))


async def close_all(journals: Journals, account_ids: Iterable[str]) -> None:
    """Close every run in the accounts that could be taken back: what they made is gone."""
    for account_id in account_ids:
        while journal := await last_to_undo(journals, account_id):
            await save(journals, replace(journal, state=RunState.CLOSED))


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
