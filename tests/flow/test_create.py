"""Create it for me: change by change, with AWS's delays, refusals, and a person who stops it."""

import asyncio
from collections.abc import Sequence
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.failure import AwsFailure
from app.core.plan import plan
from app.core.snapshot import State
from app.flow.create import (
    SPREADING_CODES,
    SPREADING_WAITS,
    ChangeProgress,
    ChangeState,
    Creator,
    prepare,
)
from tests.helpers.drafts import ENCRYPTED, untouched
from tests.helpers.fakes import INVALID_PRINCIPAL, NOT_THERE, REFUSED, FakeCustomer, Gate

CHANGES: Final = plan(ENCRYPTED, untouched(ENCRYPTED)).changes
POLICY, ROLE, ATTACH, KEY = CHANGES
DONE, FAILED, NOT_DONE = ChangeState.DONE, ChangeState.FAILED, ChangeState.NOT_DONE


class Run:
    """One run of a creator over a fake account, with what it told and how long it slept."""

    def __init__(self, aws: FakeCustomer | None = None) -> None:
        self.aws = aws or FakeCustomer(untouched(ENCRYPTED))
        self.told: list[tuple[ChangeProgress, ...]] = []
        self.slept: list[float] = []
        self.creator = Creator(self.aws, self.told.append, self.sleep)
        self.stop_after = float("inf")

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if sum(self.slept) >= self.stop_after:
            self.creator.stop()

    def run(self, changes: Sequence[Change] = CHANGES) -> tuple[ChangeProgress, ...]:
        return asyncio.run(self.creator.run(changes))

    def states(self, changes: Sequence[Change] = CHANGES) -> list[ChangeState]:
        return [row.state for row in self.run(changes)]


def test_everything_is_made_in_order() -> None:
    run = Run()
    assert run.states() == [DONE] * 4
    assert run.aws.applied == list(CHANGES)
    assert plan(ENCRYPTED, run.aws.snapshot).changes == ()
    assert run.slept == []


def test_each_step_is_told() -> None:
    run = Run()
    run.run((POLICY, ROLE))
    assert [[row.state for row in rows] for rows in run.told] == [
        [ChangeState.RUNNING, ChangeState.WAITING],
        [DONE, ChangeState.WAITING],
        [DONE, ChangeState.RUNNING],
        [DONE, DONE],
    ]
    assert all([row.change for row in rows] == [POLICY, ROLE] for rows in run.told)


def test_nothing_to_do() -> None:
    assert Run().states(()) == []


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        (ChangeKind.CREATE_POLICY, [FAILED, NOT_DONE, NOT_DONE, NOT_DONE]),
        (ChangeKind.CREATE_ROLE, [DONE, FAILED, NOT_DONE, NOT_DONE]),
        (ChangeKind.ATTACH_POLICY, [DONE, DONE, FAILED, NOT_DONE]),
        (ChangeKind.PUT_KEY_POLICY, [DONE, DONE, DONE, FAILED]),
    ],
)
def test_after_a_failure_nothing_more_is_begun(kind: ChangeKind, states: list[ChangeState]) -> None:
    run = Run()
    run.aws.failures[kind] = [REFUSED]
    rows = run.run()
    assert [row.state for row in rows] == states
    assert [row.failure for row in rows if row.state is FAILED] == [REFUSED]
    assert run.aws.applied_kinds == [change.kind for change in CHANGES][: states.index(FAILED)]
    # Mended, a new plan does the rest.
    rest = plan(ENCRYPTED, run.aws.snapshot).changes
    again = Run(run.aws)
    assert again.states(rest) == [DONE] * len(rest)
    assert plan(ENCRYPTED, run.aws.snapshot).changes == ()


SPREADING: Final = (
    (ChangeKind.ATTACH_POLICY, NOT_THERE),
    (ChangeKind.PUT_KEY_POLICY, INVALID_PRINCIPAL),
)


@pytest.mark.parametrize(("kind", "answer"), SPREADING)
@pytest.mark.parametrize("times", [1, 2, len(SPREADING_WAITS)])
def test_what_aws_is_still_spreading_is_tried_again(
    kind: ChangeKind, answer: AwsFailure, times: int
) -> None:
    assert answer.code in SPREADING_CODES[kind]
    run = Run()
    run.aws.failures[kind] = [answer] * times
    assert run.states() == [DONE] * 4
    assert sum(run.slept) == sum(SPREADING_WAITS[:times])
    waited = [row for rows in run.told for row in rows if row.state is ChangeState.SPREADING]
    assert waited
    assert all(row.failure == answer for row in waited)


@pytest.mark.parametrize(("kind", "answer"), SPREADING)
def test_in_the_end_it_gives_up(kind: ChangeKind, answer: AwsFailure) -> None:
    run = Run()
    run.aws.failures[kind] = [answer] * 100
    rows = run.run()
    (failed,) = (row for row in rows if row.state is FAILED)
    assert (failed.change.kind, failed.failure) == (kind, answer)
    assert sum(run.slept) == sum(SPREADING_WAITS)
    run.aws.failures.clear()
    rest = plan(ENCRYPTED, run.aws.snapshot).changes
    assert Run(run.aws).states(rest) == [DONE] * len(rest)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ChangeKind.CREATE_ROLE, "MalformedPolicyDocument"),
        (ChangeKind.CREATE_POLICY, "MalformedPolicyDocument"),
        (ChangeKind.CREATE_POLICY, "NoSuchEntity"),
        (ChangeKind.ATTACH_POLICY, "AccessDenied"),
        (ChangeKind.PUT_KEY_POLICY, "NotFoundException"),
    ],
)
def test_what_is_wrong_for_good_is_not_waited_for(kind: ChangeKind, code: str) -> None:
    run = Run()
    run.aws.failures[kind] = [AwsFailure("iam:Any", code, "no", 400)]
    assert FAILED in run.states()
    assert run.slept == []


def test_stopping_before_the_start() -> None:
    run = Run()
    run.creator.stop()
    assert run.creator.stopped
    assert run.states() == [NOT_DONE] * 4
    assert run.aws.applied == []


def test_stopping_lets_the_present_change_finish() -> None:
    async def scene(run: Run) -> tuple[ChangeProgress, ...]:
        run.aws.gate = gate = Gate()
        task = asyncio.create_task(run.creator.run(CHANGES))
        await gate.arrival()
        run.creator.stop()
        gate.open()
        return await task

    run = Run()
    rows = asyncio.run(scene(run))
    assert [row.state for row in rows] == [DONE, NOT_DONE, NOT_DONE, NOT_DONE]
    assert run.aws.snapshot.customer_policy.state is State.FOUND
    assert run.aws.snapshot.role.state is State.MISSING


def test_stopping_during_a_wait_sends_nothing_more() -> None:
    run = Run()
    run.aws.failures[ChangeKind.ATTACH_POLICY] = [NOT_THERE] * 100
    run.stop_after = 8.0
    assert run.states() == [DONE, DONE, NOT_DONE, NOT_DONE]
    assert sum(run.slept) == 8.0  # the wait itself was cut short
    assert ChangeKind.ATTACH_POLICY not in run.aws.applied_kinds


def test_cancelled_in_the_middle() -> None:
    async def scene(run: Run) -> None:
        run.aws.gate = gate = Gate()
        task = asyncio.create_task(run.creator.run(CHANGES))
        await gate.arrival()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run = Run()
    asyncio.run(scene(run))
    assert run.aws.applied == []


def test_reading_and_planning() -> None:
    aws = FakeCustomer(untouched(ENCRYPTED))
    snapshot, wanted = asyncio.run(prepare(ENCRYPTED, aws))
    assert snapshot is aws.snapshot
    assert wanted.changes == CHANGES
