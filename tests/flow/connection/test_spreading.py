"""Giving AWS a minute to spread what was made seconds ago."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.core.change import Change, ChangeKind
from app.core.failure import AwsFailure
from app.core.journal import Journal, RunKind, Step, StepState
from app.flow.connection.spreading import (
    RETRY_WAITS,
    SPREADING_SECONDS,
    Spreading,
    was_made_just_now,
)
from tests.helpers.drafts import ACCOUNT, MOMENT, ROLE_ARN
from tests.helpers.fakes import DENIED, NO_BUCKET, OFFLINE

Answer = str | AwsFailure


class Waits:
    """A first minute whose time passes by sleeping alone."""

    def __init__(self, *, just_created: bool = True) -> None:
        self.now = 100.0
        self.told: list[tuple[float, Answer]] = []
        self.calls = 0
        self.spreading = Spreading(just_created, self._sleep, lambda: self.now)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def ask(self, answers: Sequence[Answer]) -> Answer:
        """Return what came of a call with these answers, the last again and again."""
        coming = list(answers)

        async def call() -> Answer:
            self.calls += 1
            return coming.pop(0) if len(coming) > 1 else coming[0]

        waiting = self.spreading.settled(call, lambda *told: self.told.append(told))
        return asyncio.run(waiting)


def test_what_works_at_once_is_not_waited_for() -> None:
    waits = Waits()
    assert (waits.ask(["yes"]), waits.calls, waits.told) == ("yes", 1, [])


@pytest.mark.parametrize("failure", [OFFLINE, NO_BUCKET])
def test_only_a_refusal_is_waited_for(failure: AwsFailure) -> None:
    waits = Waits()
    assert (waits.ask([failure, "yes"]), waits.calls) == (failure, 1)


def test_nothing_is_waited_for_that_was_not_made_just_now() -> None:
    waits = Waits(just_created=False)
    assert (waits.ask([DENIED, "yes"]), waits.calls) == (DENIED, 1)


@pytest.mark.parametrize("tries", range(1, len(RETRY_WAITS) + 1))
def test_a_refusal_is_tried_again_and_the_seconds_are_told(tries: int) -> None:
    waits = Waits()
    assert waits.ask([*[DENIED] * tries, "yes"]) == "yes"
    assert [seconds for seconds, _ in waits.told] == list(range(sum(RETRY_WAITS[:tries])))
    assert all(answer == DENIED for _, answer in waits.told)


def test_after_the_minute_a_refusal_counts() -> None:
    waits = Waits()
    assert waits.ask([DENIED]) == DENIED
    assert waits.now - 100.0 == sum(RETRY_WAITS) == SPREADING_SECONDS
    # The minute is one for the whole test.
    assert (waits.ask([DENIED, "yes"]), len(waits.told)) == (DENIED, int(SPREADING_SECONDS))
    assert waits.ask(["yes"]) == "yes"


def test_what_has_to_be_refused_is_waited_for_too() -> None:
    waits = Waits()
    coming: list[Answer] = ["in", "in", DENIED]

    async def call() -> Answer:
        return coming.pop(0)

    settled = waits.spreading.settled(
        call, lambda *_: None, lambda answer: isinstance(answer, AwsFailure)
    )
    assert asyncio.run(settled) == DENIED
    assert coming == []


@pytest.mark.parametrize(
    ("ages", "is_new"),
    [((), False), ((0,), True), ((60,), True), ((61,), False), ((600, 59), True), ((None,), False)],
)
def test_what_a_run_made_is_new_for_a_minute(ages: Sequence[int | None], is_new: bool) -> None:
    change = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, {}, reversible=True)
    times = (None if age is None else MOMENT - timedelta(seconds=age) for age in ages)
    steps = tuple(Step(change, StepState.DONE, at) for at in times)
    journal = Journal("1", RunKind.APPLY, ACCOUNT, MOMENT - timedelta(hours=1), steps)
    assert was_made_just_now(journal, MOMENT) is is_new
