"""Watching for UbiQuity in the customer's own account, while the person presses the button there.

CloudTrail records each time that UbiQuity's account assumes the role; the person's own sign-in may
look that up. A success is proof, and nothing seen is none: refusals are not recorded at all, and
records come some minutes late (IAM User Guide, "Logging IAM and AWS STS API calls with AWS
CloudTrail"; CloudTrail User Guide, "How CloudTrail works": on average within 5 minutes).
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.observation import Observation
from app.core.snapshot import LastUse
from app.flow.clocks import Clock, Sleep
from app.flow.ports.aws import CustomerAws, RoleUse, Visit, Visits
from app.flow.since_setup import (
    GLOBAL_REGION,
    RIGHT,
    SetUp,
    counts,
    latest,
    observations_of,
    recorded_since,
)

BETWEEN_LOOKS: Final = 15.0
"""Seconds; AWS allows two look-ups a second, and a record takes minutes anyway."""

WATCH_FOR: Final = timedelta(minutes=15)
"""How late a record is at times (CloudTrail User Guide, "CloudTrail supported regions" and
FAQs: "typically within 15 minutes")."""


LATE_LOOKS: Final = 8
"""Looks, two minutes of them, in which a network comes back after the time was up: as where the
computer slept."""


class WatchEnd(StrEnum):
    """Why a watch ended without UbiQuity having been seen."""

    TIME_UP = "time-up"
    """Fifteen minutes are over. That proves nothing."""
    NOT_ALLOWED = "not-allowed"
    """The sign-in may look into the event history of no region."""
    NO_HISTORY = "no-history"
    """What answers has no event history: it is no AWS, or not all of one."""
    SIGN_IN = "sign-in"
    """The sign-in ended, or does not work."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """How far a watch is.

    ``since`` is from when on visits are looked for; ``until`` when the watch ends by itself.
    ``looks`` is how many looks were made, and ``last_look`` when the last one ended. ``visit`` is
    UbiQuity's with the right External ID. ``other_visits`` got in with another one or with none.
    ``earlier`` is a visit with the right one that was let in by what stood before the trust policy
    was changed. ``last_use`` is the role's, None where it could not be read. ``refusals`` are the
    regions that could not be looked in the last time (``params["region"]``), ``trouble`` is why
    nothing could be seen the last time: the network, or AWS; the watch goes on by itself.
    ``complete`` is false where there were more events than are looked through. ``ended_without``
    tells why it ended with no visit. ``observations`` are for the snapshot.
    """

    since: datetime
    until: datetime
    looks: int = 0
    last_look: datetime | None = None
    visit: Visit | None = None
    other_visits: tuple[Visit, ...] = ()
    earlier: Visit | None = None
    last_use: LastUse | None = None
    refusals: tuple[AwsFailure, ...] = ()
    trouble: AwsFailure | None = None
    complete: bool = True
    ended_without: WatchEnd | None = None
    observations: tuple[Observation, ...] = ()
    met: object = None
    """The trust policy that the visits met; None where it could not be read."""

    @property
    def ended(self) -> bool:
        """Whether the watch is over."""
        return self.visit is not None or self.ended_without is not None


@dataclass(slots=True)
class VisitWatch:
    """Looks for UbiQuity's visit every 15 seconds, for 15 minutes; ``on_progress`` gets the state.

    ``since`` is from when on visits are looked for, by AWS's clock; None for now. To cancel
    ``run`` ends it at once. To run it again goes on from the same time, so that what is recorded
    late is found.
    """

    draft: Draft
    aws: CustomerAws
    since: datetime | None = None
    written_by_us: datetime | None = None
    """When this program last wrote the trust policy, by its journal."""
    sleep: Sleep = asyncio.sleep
    now: Clock = lambda: datetime.now(UTC)
    _began: datetime | None = None
    """When it was run for the first time."""
    _role: RoleUse | None = None
    _reads_so_since: datetime | None = None
    _state: WatchState = field(init=False)

    async def run(self, on_progress: Callable[[WatchState], None]) -> WatchState:
        """Watch until UbiQuity was seen, or the time is up, or nothing can be seen at all."""
        began = self.now()
        self._began = self._began or began
        self._state = WatchState(self.since or began, began + WATCH_FOR)
        on_progress(self._state)
        late = 0
        while True:
            await self._look()
            late += self.now() >= self._state.until
            # A look that saw nothing at all, as when the computer has just woken, is none.
            if not self._state.ended and late > (LATE_LOOKS if self._state.trouble else 0):
                self._set(ended_without=WatchEnd.TIME_UP)
            on_progress(self._state)
            if self._state.ended:
                return self._state
            await self.sleep(BETWEEN_LOOKS)

    async def _look(self) -> None:
        await self._read_role()
        use = self._state.last_use
        also = (use.region, GLOBAL_REGION) if use and use.region else (GLOBAL_REGION,)
        seen = await self.aws.visits(self.draft, self._state.since, also)
        self._set(
            looks=self._state.looks + 1,
            last_look=self.now(),
            refusals=tuple(failure for failure in seen.failures if not _passes(failure)),
            trouble=_trouble(seen) if seen.nobody_told else None,
            complete=seen.complete,
            ended_without=_end(seen) if seen.nobody_told else None,
        )
        since = self._state.since.replace(microsecond=0)
        visits = [visit for visit in seen.visits if visit.at >= since]
        if visits:
            await self._take(visits)

    async def _read_role(self) -> bool:
        """Read the role, and note since when its trust policy reads as it does, by AWS's clock.

        Return whether nothing is known of the role for now, though it may be read.
        """
        role = await self.aws.last_use()
        if isinstance(role, AwsFailure):
            return _passes(role)
        if self.since is None:
            # This computer's clock may be minutes ahead of AWS's, which records go by.
            self.since = min(role.at, self._state.since)
            self._set(since=self.since)
        if self._role is None or not _is_same(self._role, role):
            self._reads_so_since = role.at
        self._role = role
        self._set(last_use=role.last_used)
        return False

    async def _take(self, visits: Sequence[Visit]) -> None:
        # Read again: what stood before a visit and stands after it let UbiQuity in.
        if await self._read_role():
            return
        found = await self._telling(visits)
        right = next((visit for visit in found if visit.external_id == RIGHT), None)
        others = tuple(visit for visit in found if visit.external_id != RIGHT)
        uncounted = (visit for visit in visits if visit.external_id == RIGHT)
        self._set(
            visit=right,
            other_visits=others,
            earlier=next(uncounted, None) if right is None else None,
            observations=tuple(observations_of(found, self.draft)),
            met=self._role.trust_policy if self._role else None,
        )

    async def _telling(self, visits: Sequence[Visit]) -> tuple[Visit, ...]:
        """Return those of ``visits`` that met the trust policy that stands now.

        Where the role may not be read there is nothing to hold them against: what happens since
        it was first watched for is what was to be seen.
        """
        if self._role is None:
            began = self._began or self.now()
            return latest(visit for visit in visits if visit.at >= began.replace(microsecond=0))
        set_up = SetUp(self._role, self._reads_so_since, written_by_us=self.written_by_us)
        if not all(counts(visit.at, set_up) for visit in visits):
            written = await self.aws.trust_written(self.draft, recorded_since(self._role))
            set_up = replace(set_up, written=written)
        return latest(visit for visit in visits if counts(visit.at, set_up))

    def _set(self, **changed: object) -> None:
        self._state = replace(self._state, **changed)  # type: ignore[arg-type]


def _is_same(one: RoleUse, other: RoleUse) -> bool:
    return (one.created_at, one.trust_policy) == (other.created_at, other.trust_policy)


def _passes(failure: AwsFailure) -> bool:
    """Tell whether what failed may go by itself: the network, or AWS's own trouble."""
    return (failure.finding or "").startswith("env.")


def _ended_sign_in(failure: AwsFailure) -> bool:
    finding = failure.finding or ""
    return finding.startswith("signin.") and finding != "signin.region-disabled"


def _trouble(seen: Visits) -> AwsFailure | None:
    """Return why no region told anything: what passes before what does not."""
    return next(filter(_passes, seen.failures), next(iter(seen.failures), None))


def _end(seen: Visits) -> WatchEnd | None:
    """Return why it is of no use to look on; None where the network may come back."""
    if not seen.failures or any(map(_passes, seen.failures)):
        return None
    # A region that is switched off knows no keys either, and is none of the sign-in's doing.
    if all(map(_ended_sign_in, seen.failures)):
        return WatchEnd.SIGN_IN
    is_denied = any(_is_refusal(failure) for failure in seen.failures)
    return WatchEnd.NOT_ALLOWED if is_denied else WatchEnd.NO_HISTORY


def _is_refusal(failure: AwsFailure) -> bool:
    return "AccessDenied" in failure.code or failure.finding == "signin.region-disabled"
