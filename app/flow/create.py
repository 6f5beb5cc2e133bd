"""Create it for me: read what is there, plan, then make the changes one by one."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.change import Change, ChangeKind, Plan
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.plan import plan
from app.core.snapshot import Snapshot
from app.flow.ports import CustomerAws

SPREADING_CODES: Final[Mapping[ChangeKind, frozenset[str]]] = {
    ChangeKind.ATTACH_POLICY: frozenset({"NoSuchEntity"}),
    ChangeKind.PUT_KEY_POLICY: frozenset({"MalformedPolicyDocumentException"}),
}
"""What AWS answers while a new role or policy is not yet known everywhere ("Changes that I make
are not always immediately visible", IAM User Guide, troubleshooting). In answer to any other
change the same codes mean what they say."""

SPREADING_WAITS: Final = (1.0, 2.0, 3.0, 5.0, 8.0, 10.0, 15.0, 15.0)
"""Seconds between tries: about a minute in all, longer than AWS needs but for rare cases."""

_NAP: Final = 0.5
"""Seconds after which a wait looks whether somebody asked to stop."""

Sleep = Callable[[float], Awaitable[None]]


class ChangeState(StrEnum):
    """How far one change is."""

    WAITING = "waiting"
    RUNNING = "running"
    SPREADING = "spreading"
    """Refused because AWS is still spreading what was just made; tried again."""
    DONE = "done"
    FAILED = "failed"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class ChangeProgress:
    """One change of a plan, and how far it is."""

    change: Change
    state: ChangeState
    failure: AwsFailure | None = None


async def prepare(draft: Draft, aws: CustomerAws) -> tuple[Snapshot, Plan]:
    """Read the account and return what was found with what would be changed."""
    snapshot = await aws.read_snapshot(draft)
    return snapshot, plan(draft, snapshot)


class Creator:
    """Makes the changes of one plan, in order, and tells each step.

    ``on_progress`` gets all rows after every step. ``stop`` lets the change that is under way
    finish and sends no other: a change that was sent can't be called back.
    """

    def __init__(
        self,
        aws: CustomerAws,
        on_progress: Callable[[tuple[ChangeProgress, ...]], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._aws = aws
        self._on_progress = on_progress
        self._sleep = sleep
        self._stopping = False
        self._rows: list[ChangeProgress] = []

    def stop(self) -> None:
        """Start no further change."""
        self._stopping = True

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stopping

    async def run(self, changes: Sequence[Change]) -> tuple[ChangeProgress, ...]:
        """Make ``changes``; return how each ended. After a failure none is started."""
        self._rows = [ChangeProgress(change, ChangeState.WAITING) for change in changes]
        for index, change in enumerate(changes):
            if self._stopping or self._failed():
                self._set(index, ChangeState.NOT_DONE)
                continue
            self._set(index, ChangeState.RUNNING)
            await self._make(index, change)
        return tuple(self._rows)

    async def _make(self, index: int, change: Change) -> None:
        failure = await self._aws.apply(change)
        for wait in SPREADING_WAITS:
            if failure is None or not _may_be_spreading(change, failure):
                break
            self._set(index, ChangeState.SPREADING, failure)
            await self._pause(wait)
            if self._stopping:
                self._set(index, ChangeState.NOT_DONE)
                return
            failure = await self._aws.apply(change)
        self._set(index, ChangeState.FAILED if failure else ChangeState.DONE, failure)

    async def _pause(self, seconds: float) -> None:
        while seconds > 0 and not self._stopping:
            await self._sleep(min(seconds, _NAP))
            seconds -= _NAP

    def _failed(self) -> bool:
        return any(row.state is ChangeState.FAILED for row in self._rows)

    def _set(self, index: int, state: ChangeState, failure: AwsFailure | None = None) -> None:
        self._rows[index] = ChangeProgress(self._rows[index].change, state, failure)
        self._on_progress(tuple(self._rows))


def _may_be_spreading(change: Change, failure: AwsFailure) -> bool:
    return failure.code in SPREADING_CODES.get(change.kind, frozenset())
