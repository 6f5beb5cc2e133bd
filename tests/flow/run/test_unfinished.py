"""What becomes of a run that an earlier start left, before what is asked for now is begun."""

import asyncio
from typing import Final

import pytest

from app.core.choices import Choice, Choices, RevokeWay
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, new_journal
from app.core.planning.plan import plan
from app.flow.review import Purpose
from app.flow.run.course import Course, EndedRun
from app.flow.run.unfinished import (
    RunDecision,
    Settled,
    decided_without_asking,
    decisions_about,
    is_own,
    settle,
)
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, MOMENT, PLAIN, untouched

NONE: Final = Choices()
SETUP: Final = Purpose(RunKind.APPLY, PLAIN)
OTHER_SETUP: Final = Purpose(RunKind.APPLY, ENCRYPTED)
REVOKE: Final = Purpose(RunKind.REVOKE, PLAIN, RevokeWay.DELETE_ROLE)
OTHER_WAY: Final = Purpose(RunKind.REVOKE, PLAIN, RevokeWay.CHANGE_TRUST)


def _left(purpose: Purpose, state: RunState = RunState.OPEN, *chosen: Choice) -> Journal:
    journal = new_journal(
        kind=purpose.kind,
        account_id=ACCOUNT,
        changes=plan(PLAIN, untouched(PLAIN)).changes,
        now=MOMENT,
        draft=purpose.draft,
        how=purpose.how,
        choices=Choices(frozenset(chosen)),
    )
    return replace(journal, state=state)


class Worker:
    """Carries out nothing, and says that the run then is in the state ``ends_in``."""

    def __init__(self, ends_in: RunState) -> None:
        self.ends_in = ends_in
        self.courses: list[Course] = []

    async def __call__(self, journal: Journal, course: Course) -> EndedRun:
        self.courses.append(course)
        ended = replace(journal, state=self.ends_in)
        return EndedRun(ended, undoing=course is Course.UNDO)


@pytest.mark.parametrize(
    ("left", "purpose", "decision"),
    [
        (_left(SETUP), SETUP, RunDecision.GO_ON),
        (_left(SETUP, RunState.UNDOING), SETUP, RunDecision.STOP),
        (_left(OTHER_SETUP), SETUP, RunDecision.STOP),
        (_left(REVOKE), SETUP, RunDecision.STOP),
        (_left(REVOKE), REVOKE, RunDecision.GO_ON),
        (_left(REVOKE, RunState.UNDOING), REVOKE, RunDecision.LEAVE),
        (_left(OTHER_WAY), REVOKE, RunDecision.LEAVE),
        (_left(SETUP), REVOKE, RunDecision.LEAVE),
    ],
)
def test_without_asking_only_ones_own_run_is_gone_on_with(
    left: Journal, purpose: Purpose, decision: RunDecision
) -> None:
    assert decided_without_asking(left, purpose, NONE) is decision
    assert is_own(left, purpose, NONE) == (decision is RunDecision.GO_ON)


@pytest.mark.parametrize(
    ("purpose", "choice", "decision"),
    [
        (REVOKE, Choice.EVERYONE, RunDecision.LEAVE),
        (REVOKE, Choice.CONNECTOR_BUCKETS, RunDecision.LEAVE),
        (REVOKE, Choice.END_SESSIONS, RunDecision.GO_ON),
        (SETUP, Choice.REPLACE_TRUST, RunDecision.STOP),
        (SETUP, Choice.REPLACE_POLICY, RunDecision.STOP),
        (SETUP, Choice.REMAKE_ROLE, RunDecision.STOP),
        (SETUP, Choice.DATA_KEY, RunDecision.GO_ON),
        (SETUP, Choice.TAGGING, RunDecision.GO_ON),
        (SETUP, Choice.REQUIRE_EXTERNAL_ID, RunDecision.GO_ON),
    ],
)
def test_what_takes_from_others_is_gone_on_with_by_whoever_asks_for_it(
    purpose: Purpose, choice: Choice, decision: RunDecision
) -> None:
    left = _left(purpose, RunState.OPEN, choice)
    assert decided_without_asking(left, purpose, NONE) is decision
    as_chosen = Choices(frozenset({choice}))
    assert decided_without_asking(left, purpose, as_chosen) is RunDecision.GO_ON
    assert decided_without_asking(_left(purpose), purpose, as_chosen) is RunDecision.GO_ON


def test_an_undo_that_was_begun_can_not_be_undone() -> None:
    assert RunDecision.UNDO in decisions_about(_left(SETUP))
    assert RunDecision.UNDO not in decisions_about(_left(SETUP, RunState.UNDOING))


@pytest.mark.parametrize("decision", [RunDecision.LEAVE, RunDecision.STOP])
def test_nothing_is_carried_out(decision: RunDecision) -> None:
    left, worker = _left(OTHER_SETUP), Worker(RunState.FINISHED)
    settled = asyncio.run(settle(left, SETUP, NONE, decision, worker))
    stopped = Settled(EndedRun(left), stops=True)
    assert settled == (stopped if decision is RunDecision.STOP else Settled(left=True))
    assert worker.courses == []


@pytest.mark.parametrize(
    ("left", "decision", "ends_in", "course", "goes_on"),
    [
        (_left(SETUP), RunDecision.GO_ON, RunState.FINISHED, Course.GO_ON, True),
        (_left(SETUP), RunDecision.GO_ON, RunState.OPEN, Course.GO_ON, False),
        (_left(SETUP), RunDecision.UNDO, RunState.UNDONE, Course.UNDO, False),
        (_left(OTHER_SETUP), RunDecision.GO_ON, RunState.FINISHED, Course.GO_ON, True),
        (_left(OTHER_SETUP), RunDecision.UNDO, RunState.UNDONE, Course.UNDO, True),
        (_left(OTHER_SETUP), RunDecision.UNDO, RunState.UNDOING, Course.UNDO, False),
        (_left(SETUP, RunState.UNDOING), RunDecision.GO_ON, RunState.UNDONE, Course.UNDO, True),
    ],
)
def test_what_is_asked_for_follows_a_run_that_came_to_its_end(
    left: Journal, decision: RunDecision, ends_in: RunState, course: Course, *, goes_on: bool
) -> None:
    worker = Worker(ends_in)
    settled = asyncio.run(settle(left, SETUP, NONE, decision, worker))
    assert worker.courses == [course]
    assert settled.stops is not goes_on
    assert not settled.stops or settled.ended is not None
