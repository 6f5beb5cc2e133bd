"""Looking back once for UbiQuity's visits, beside the reading of the account.

Nothing turns on it: what CloudTrail has not, or may not be asked, is a note, and no verdict hangs
on it. So it is given hardly more time than the reading takes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.observation import Observation
from app.core.snapshot import Snapshot
from app.flow.ports.aws import CallTime, CustomerAws, Visit
from app.flow.since_setup import (
    GLOBAL_REGION,
    RIGHT,
    SetUp,
    counts,
    latest,
    observations_of,
    recorded_since,
)

PATIENCE: Final = 2.0
"""Seconds that the event history is waited for once all else is read."""

NOT_IN_TIME: Final = "NotInTime"
"""The code where the event history did not answer while the account was read, nor right after."""

Tell = Callable[[str], None]
OnCall = Callable[[CallTime], None]


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the account's own records tell of UbiQuity's visits up to now.

    ``since`` is from when on they were looked for; None where they could not be. ``visits`` are
    the latest ones, by the kind of their External ID, that met the trust policy that stands today;
    ``earlier`` is one with the right External ID that met another. ``failures`` are the regions
    that did not tell. ``complete`` is false where there were more events than are
    looked through.
    """

    since: datetime | None = None
    visits: tuple[Visit, ...] = ()
    earlier: Visit | None = None
    failures: tuple[AwsFailure, ...] = ()
    complete: bool = True
    observations: tuple[Observation, ...] = ()

    @property
    def visit(self) -> Visit | None:
        """The latest visit with the right External ID that says something of today."""
        return next((visit for visit in self.visits if visit.external_id == RIGHT), None)


async def look_back(
    aws: CustomerAws, draft: Draft, written_by_us: datetime | None = None
) -> LookBack | None:
    """Look for UbiQuity's visits in the last 90 days, and no further back than the role goes.

    ``written_by_us`` is when this program last wrote the trust policy, by its journal. None
    where the draft's account has no such role, or it can't be read with the sign-in.
    """
    role = await aws.last_use()
    if isinstance(role, AwsFailure) or role.account_id not in (None, draft.account_id):
        return None
    since = recorded_since(role)
    also = (role.last_used.region,) if role.last_used.region else ()
    seen = await aws.visits(draft, since, also)
    set_up = SetUp(role, written_by_us=written_by_us)
    if seen.visits:
        set_up = replace(set_up, written=await aws.trust_written(draft, since))
    right = [visit for visit in seen.visits if visit.external_id == RIGHT]
    if right and not counts(right[0].at, set_up) and GLOBAL_REGION not in seen.regions:
        # A later one may be recorded where nobody looked, since this one was found.
        seen = await aws.visits(draft, since, (*also, GLOBAL_REGION))
        right = [visit for visit in seen.visits if visit.external_id == RIGHT]
    found = latest(visit for visit in seen.visits if counts(visit.at, set_up))
    return LookBack(
        since=None if seen.nobody_told else since,
        visits=found,
        earlier=right[0] if right and not any(v.external_id == RIGHT for v in found) else None,
        failures=seen.failures,
        complete=seen.complete,
        observations=tuple(observations_of(found, draft)),
    )


async def read_and_look_back(
    aws: CustomerAws,
    draft: Draft,
    on_progress: Tell | None = None,
    on_call: OnCall | None = None,
    *,
    written_by_us: datetime | None = None,
    patience: float = PATIENCE,
) -> tuple[Snapshot, LookBack | None]:
    """Read the account, and look back for UbiQuity's visits meanwhile.

    The snapshot has the visits that count among its observations. Where the event history takes
    longer than the reading and ``patience``, in seconds, that is its failure.
    """
    is_known = asyncio.Event()

    def note(call: CallTime) -> None:
        if ChainLink.CALLER in call.links:
            is_known.set()
        if on_call is not None:
            on_call(call)

    async def look() -> LookBack | None:
        # A person may be asked for a code at the first call: one call asks, and no two at once.
        await is_known.wait()
        return await look_back(aws, draft, written_by_us)

    looking = asyncio.create_task(look())
    try:
        snapshot = await aws.read_snapshot(draft, on_progress, note)
        if snapshot.caller is None:
            return snapshot, None
        is_known.set()
        found = await _within(looking, patience)
    finally:
        looking.cancel()
    seen = found.observations if found else ()
    return snapshot.with_observations_by_time(*seen), found


async def _within(looking: Awaitable[LookBack | None], seconds: float) -> LookBack | None:
    try:
        async with asyncio.timeout(seconds):
            return await looking
    except TimeoutError:
        return not_in_time()


def not_in_time() -> LookBack:
    """Return that the event history did not answer while all else did."""
    failure = AwsFailure("cloudtrail:LookupEvents", NOT_IN_TIME, "", finding="env.timeout")
    return LookBack(failures=(failure,))
