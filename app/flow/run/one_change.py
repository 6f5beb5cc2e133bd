"""Making one change so that nothing of others is overwritten, whatever happens on the way.

Before each request what AWS has now is compared with what the change expects. After a lost
answer AWS is asked until it tells whether the change took effect.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

from app.core.change import Change
from app.core.changes.expectation import (
    has_its_boundary,
    is_after,
    is_before,
    is_half_way,
)
from app.core.failure import AwsFailure
from app.flow.ports.aws import CustomerAws, Made, Present
from app.flow.run.patience import (
    LOOK_AGAIN_WAITS,
    LOST_WAITS,
    Patience,
    WaitReason,
    Waits,
    reason_to_wait,
    waits_to_read,
)

_IN_THE_WAY: Final = ("EntityAlreadyExists", "DeleteConflict")
"""IAM's codes for what somebody else has made, or uses."""


class End(StrEnum):
    """How the attempt to make a change ended."""

    MADE = "made"
    """AWS confirmed it."""
    THERE = "there"
    """AWS has it: an earlier request of ours made it, or somebody else did."""
    NOT_MADE = "not-made"
    """Certainly not in effect."""
    UNKNOWN = "unknown"
    """A request was sent, and AWS did not tell what became of it."""


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """How it ended, with why where it did not end well (None where somebody stopped it).

    ``ours`` tells of what is there that a request of this program may have made it.
    """

    end: End
    failure: AwsFailure | None = None
    present: Present | None = None
    made: Made | None = None
    ours: bool = False


Begin = Callable[[Present], Awaitable[Change | AwsFailure]]


@dataclass(frozen=True, slots=True)
class ChangeTask:
    """One change to make.

    ``sent``: a request of it may have gone out before, and ``recent``, may be on its way yet.
    ``begin`` is awaited with what is there before the request goes out, and returns the change as
    it is sent; a failure from it stops everything. ``waiting`` is told why AWS is being waited
    for, None while it is looked for a change whose answer was lost. ``tagged``: what it deletes
    must carry this program's tag. ``half_way``: what the first of two requests left may be there.
    ``gone``: the roles that the run has deleted.
    """

    change: Change
    sent: bool
    begin: Begin
    waiting: Callable[[WaitReason | None, AwsFailure | None], None]
    recent: bool = True
    tagged: bool = False
    half_way: bool = False
    gone: frozenset[str] = frozenset()

    def is_ready(self, present: Present) -> bool:
        """Tell whether what is ``present`` is what the change expects to be there."""
        as_before = is_before(self.change, present.value, self.gone)
        return as_before and has_its_boundary(self.change, present.settings)


def conflict(change: Change, failure: AwsFailure | None = None) -> AwsFailure:
    """Return what is said where AWS has something else than ``change`` expects."""
    return AwsFailure(
        action=failure.action if failure else str(change.kind),
        code=failure.code if failure else "change.conflict",
        message=change.target,
        finding="change.conflict",
        params={"target": change.target},
    )


class Maker:
    """Makes changes one at a time in one account."""

    def __init__(self, aws: CustomerAws, patience: Patience) -> None:
        self._aws = aws
        self._patience = patience

    async def make(self, task: ChangeTask) -> ChangeOutcome:
        """Make the change, unless it is there already or somebody is in the way."""
        sent, waits = task.sent, Waits()
        while True:
            standing = await self.look(task, sent=sent)
            if isinstance(standing, ChangeOutcome):
                return standing
            begun = await task.begin(standing) if not self._patience.stopping else None
            if isinstance(begun, AwsFailure):
                return ChangeOutcome(_unsure(sent=sent), begun, standing)
            if begun is None or self._patience.stopping:
                return ChangeOutcome(_unsure(sent=sent), None, standing)
            task = replace(task, change=begun)
            answer = await self._aws.apply(task.change)
            if not isinstance(answer, AwsFailure):
                return ChangeOutcome(End.MADE, present=standing, made=answer)
            sent = sent or answer.took_effect_unknown
            reason = reason_to_wait(task.change, answer, sent=sent)
            seconds = waits.next(reason) if reason else None
            if seconds is None:
                return await self._given_up(task, answer, sent=sent)
            await self._patience.wait(seconds, partial(task.waiting, reason, answer))

    async def look(self, task: ChangeTask, *, sent: bool) -> ChangeOutcome | Present:
        """Return what is there where the change can be sent, else how it ended already.

        ``sent``: a request of it has gone out, and is waited for.
        """
        present = await self._settled(task, sent=sent)
        if isinstance(present, AwsFailure):
            return ChangeOutcome(_unsure(sent=sent), present)
        if is_after(task.change, present.value):
            return ChangeOutcome(End.THERE, present=present, ours=sent)
        half_way = (sent or task.half_way) and is_half_way(task.change, present.value)
        ready = task.is_ready(present) or half_way
        if not ready or (task.tagged and not present.tagged):
            return ChangeOutcome(_unsure(sent=sent), conflict(task.change), present)
        return present

    async def _settled(self, task: ChangeTask, *, sent: bool) -> Present | AwsFailure:
        """Read until AWS has what is expected, or patience ends.

        AWS may tell for a while what was there before its last change (eventual consistency).
        """

        def is_expected(present: Present) -> bool:
            return is_after(task.change, present.value) if sent else task.is_ready(present)

        on_its_way = sent and (task.recent or not task.sent)
        waits = iter(LOST_WAITS if on_its_way else LOOK_AGAIN_WAITS)
        while True:
            present = await self._read(task, sent=sent)
            if isinstance(present, AwsFailure) or is_expected(present):
                return present
            seconds = next(waits, None)
            if seconds is None or self._patience.stopping:
                return present
            await self._patience.wait(seconds, partial(task.waiting, None, None))

    async def _read(self, task: ChangeTask, *, sent: bool) -> Present | AwsFailure:
        tries = 0
        while True:
            answer = await self._aws.present(task.change)
            if not isinstance(answer, AwsFailure):
                return answer
            waits = waits_to_read(answer, sent=sent)
            if tries >= len(waits) or self._patience.stopping:
                return answer
            slowed = WaitReason.SLOWED if answer.finding == "env.throttled" else None
            await self._patience.wait(waits[tries], partial(task.waiting, slowed, answer))
            tries += 1

    async def _given_up(
        self, task: ChangeTask, failure: AwsFailure, *, sent: bool
    ) -> ChangeOutcome:
        """Look a last time for what may have been made, and say why it ended."""
        if failure.took_effect_unknown:
            standing = await self.look(task, sent=True)
            if isinstance(standing, ChangeOutcome) and standing.end is End.THERE:
                return standing
        if failure.code in _IN_THE_WAY:
            failure = conflict(task.change, failure)
        return ChangeOutcome(_unsure(sent=sent), failure)


def _unsure(*, sent: bool) -> End:
    return End.UNKNOWN if sent else End.NOT_MADE
