"""Making changes one by one, with AWS's delays, refusals, and a person who stops it."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace as changed
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.kinds import KINDS
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import POLICY_NAME
from app.core.journal import NOT_KEPT, Journal, RunKind, RunState, StepState, new_journal
from app.core.planning.plan import plan
from app.core.snapshot import PolicyDocument, Snapshot, State
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.patience import SLOWED_WAITS, SPREADING_WAITS
from app.flow.run.progress import ChangeProgress, ChangeState
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, POLICY_ARN, ROLE_ARN, untouched
from tests.helpers.fakes import INVALID_PRINCIPAL, NOT_THERE, REFUSED, FakeCustomer, Gate
from tests.helpers.faults import Fault, failure_of

CHANGES: Final = plan(ENCRYPTED, untouched(ENCRYPTED)).changes
POLICY, ROLE, ATTACH, KEY = CHANGES
DONE, FAILED, NOT_DONE = ChangeState.DONE, ChangeState.FAILED, ChangeState.NOT_DONE
WAITING, RUNNING = ChangeState.WAITING, ChangeState.RUNNING
UNDONE = ChangeState.UNDONE
MOMENT: Final = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)

Work = Callable[[Applier, Journal], Coroutine[Any, Any, Journal]]
APPLY: Work = Applier.apply
GO_ON: Work = Applier.go_on
UNDO: Work = Applier.undo


class FullDisk(MemoryJournals):
    """Journals that can't be kept after ``room`` more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def save(self, journal: Journal) -> str | None:
        self.room -= 1
        return super().save(journal) if self.room >= 0 else "The disk is full."


class Run:
    """A run of an applier over a fake account, with what it told and how long it slept."""

    def __init__(
        self,
        aws: FakeCustomer | None = None,
        changes: Sequence[Change] = CHANGES,
        journals: MemoryJournals | None = None,
    ) -> None:
        self.aws = aws or FakeCustomer(untouched(ENCRYPTED))
        self.journals = journals or MemoryJournals()
        self.told: list[tuple[ChangeProgress, ...]] = []
        self.slept: list[float] = []
        self.stop_after = float("inf")
        self.now = MOMENT
        self.journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=MOMENT
        )
        self.applier = self._applier()

    def _applier(self) -> Applier:
        return Applier(self.aws, self.journals, self.told.append, self.sleep, lambda: self.now)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if sum(self.slept) >= self.stop_after:
            self.applier.stop()

    def run(self, work: Work = APPLY) -> list[ChangeState]:
        """Work on the run and return how each row stands at the end."""
        self.journal = asyncio.run(work(self.applier, self.journal))
        return self.states

    def again(self, work: Work) -> list[ChangeState]:
        """Work on the run with a new applier, as the next start of the program would."""
        self.applier = self._applier()
        self.told.clear()
        self.slept.clear()
        self.stop_after = float("inf")
        return self.run(work)

    @property
    def states(self) -> list[ChangeState]:
        return [row.state for row in self.told[-1]] if self.told else []

    @property
    def steps(self) -> list[StepState]:
        return [step.state for step in self.journal.steps]

    @property
    def failure(self) -> AwsFailure | None:
        return next((row.failure for row in self.told[-1] if row.failure), None)

    def rows_in(self, state: ChangeState) -> list[ChangeProgress]:
        return [row for rows in self.told for row in rows if row.state is state]


def test_everything_is_made_in_order() -> None:
    run = Run()
    assert run.run() == [DONE] * 4
    assert run.aws.applied == list(CHANGES)
    assert plan(ENCRYPTED, run.aws.snapshot).changes == ()
    assert run.slept == []
    assert run.journal.state is RunState.FINISHED
    assert run.journals.find(run.journal.id) == run.journal


def test_each_step_is_told() -> None:
    run = Run(changes=(POLICY, ROLE))
    run.run()
    assert [[row.state for row in rows] for rows in run.told] == [
        [RUNNING, WAITING],
        [DONE, WAITING],
        [DONE, RUNNING],
        [DONE, DONE],
    ]
    assert all([row.change for row in rows] == [POLICY, ROLE] for rows in run.told)


def test_nothing_to_do() -> None:
    run = Run(changes=())
    assert run.run() == []
    assert run.journal.state is RunState.FINISHED


def test_what_undo_has_to_know_is_journalled() -> None:
    run = Run()
    run.run()
    made = [dict(step.made) for step in run.journal.steps]
    assert made == [{"version": "v1", "tagged": "yes"}, {"tagged": "yes"}, {}, {}]
    assert [step.at for step in run.journal.steps] == [MOMENT] * 4


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
    assert run.run() == states
    assert run.failure == REFUSED
    assert run.aws.applied_kinds == [change.kind for change in CHANGES][: states.index(FAILED)]
    assert run.steps[states.index(FAILED)] is StepState.NOT_DONE
    assert run.journal.is_unfinished
    # Mended, the run goes on to its end.
    assert run.again(GO_ON) == [DONE] * 4
    assert run.journal.state is RunState.FINISHED
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
    assert answer.code in KINDS[kind].spreading_codes
    run = Run()
    run.aws.failures[kind] = [answer] * times
    assert run.run() == [DONE] * 4
    assert sum(run.slept) == sum(SPREADING_WAITS[:times])
    waited = run.rows_in(ChangeState.SPREADING)
    assert all(row.failure == answer for row in waited)
    assert max(row.seconds for row in waited) == sum(SPREADING_WAITS[:times])


@pytest.mark.parametrize(("kind", "answer"), SPREADING)
def test_in_the_end_it_gives_up(kind: ChangeKind, answer: AwsFailure) -> None:
    run = Run()
    run.aws.failures[kind] = [answer] * 100
    run.run()
    assert run.failure == answer
    assert sum(run.slept) == sum(SPREADING_WAITS)
    run.aws.failures.clear()
    assert run.again(GO_ON) == [DONE] * 4


def test_aws_asks_to_slow_down() -> None:
    run = Run()
    slow = failure_of(Fault.THROTTLED, "iam:CreateRole")
    run.aws.failures[ChangeKind.CREATE_ROLE] = [slow] * 3
    assert run.run() == [DONE] * 4
    slowed = run.rows_in(ChangeState.SLOWED)
    assert all(row.failure == slow for row in slowed)
    assert sum(run.slept) == max(row.seconds for row in slowed) == sum(SLOWED_WAITS[:3])


def test_aws_goes_on_asking_to_slow_down() -> None:
    run = Run()
    run.aws.failures[ChangeKind.CREATE_ROLE] = [failure_of(Fault.THROTTLED, "iam:X")] * 100
    assert run.run() == [DONE, FAILED, NOT_DONE, NOT_DONE]
    assert sum(run.slept) == sum(SLOWED_WAITS) == 60
    assert run.steps[1] is StepState.NOT_DONE
    run.aws.failures.clear()
    assert run.again(GO_ON) == [DONE] * 4


def test_somebody_changes_the_same_thing_this_second() -> None:
    run = Run()
    busy = AwsFailure("iam:CreateRole", "ConcurrentModification", "try again", 409)
    run.aws.failures[ChangeKind.CREATE_ROLE] = [busy]
    assert run.run() == [DONE] * 4


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
    assert FAILED in run.run()
    assert run.slept == []


def test_stopping_before_the_start() -> None:
    run = Run()
    run.applier.stop()
    assert run.applier.stopped
    assert run.run() == [NOT_DONE] * 4
    assert run.aws.calls == []
    assert run.journals.find(run.journal.id) is None


def test_stopping_lets_the_present_change_finish() -> None:
    async def scene(applier: Applier, journal: Journal) -> Journal:
        run.aws.gate = gate = Gate()
        task = asyncio.create_task(applier.apply(journal))
        await gate.arrival()
        applier.stop()
        gate.open()
        return await task

    run = Run()
    assert run.run(scene) == [DONE, NOT_DONE, NOT_DONE, NOT_DONE]
    assert run.aws.snapshot.customer_policy.state is State.FOUND
    assert run.aws.snapshot.role.state is State.MISSING
    assert run.journal.state is RunState.OPEN
    run.aws.gate = None
    assert run.again(GO_ON) == [DONE] * 4


def test_stopping_during_a_wait_sends_nothing_more() -> None:
    run = Run()
    run.aws.failures[ChangeKind.ATTACH_POLICY] = [NOT_THERE] * 100
    run.stop_after = 8.0
    assert run.run() == [DONE, DONE, NOT_DONE, NOT_DONE]
    assert sum(run.slept) == 8.0  # the wait itself was cut short
    assert ChangeKind.ATTACH_POLICY not in run.aws.applied_kinds
    assert run.steps[2] is StepState.NOT_DONE


def test_cancelled_in_the_middle() -> None:
    async def scene(applier: Applier, journal: Journal) -> Journal:
        run.aws.gate = gate = Gate()
        task = asyncio.create_task(applier.apply(journal))
        await gate.arrival()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return run.journals.find(journal.id) or journal

    run = Run()
    run.run(scene)
    assert run.aws.applied == []
    assert run.steps[0] is StepState.STARTED
    assert run.journals.unfinished() == run.journal
    run.aws.gate = None
    assert run.again(GO_ON) == [DONE] * 4


# Somebody else


def _with_trust(snapshot: Snapshot, trust: object) -> Snapshot:
    return replace(snapshot, role=replace(snapshot.role, trust_policy=trust))


def test_what_somebody_made_meanwhile_stays_theirs() -> None:
    run = Run()
    run.aws.snapshot = FakeCustomer(run.aws.snapshot).snapshot
    asyncio.run(run.aws.apply(ROLE))
    run.aws.snapshot = replace(
        run.aws.snapshot, role=replace(run.aws.snapshot.role, tags={"by": "others"})
    )
    assert run.run() == [DONE] * 4
    assert run.steps == [StepState.DONE, StepState.KEPT, StepState.DONE, StepState.DONE]
    assert run.again(UNDO) == [UNDONE, DONE, UNDONE, UNDONE]
    assert run.aws.snapshot.role.tags == {"by": "others"}
    assert run.aws.snapshot.role.attached_policies == ()
    assert run.journal.state is RunState.UNDONE


def test_what_somebody_changed_meanwhile_is_not_overwritten() -> None:
    key = replace(KEY, before={"Statement": "another"})
    run = Run(changes=(POLICY, key))
    assert run.run() == [DONE, FAILED]
    assert run.failure is not None
    assert (run.failure.finding, run.failure.message) == ("change.conflict", KEY.target)
    assert run.failure.params == {"target": KEY.target}
    assert run.aws.applied_kinds == [ChangeKind.CREATE_POLICY]
    assert run.again(UNDO) == [UNDONE, NOT_DONE]
    assert run.aws.snapshot.customer_policy.state is State.MISSING


def test_a_name_that_somebody_else_took_is_a_conflict() -> None:
    run = Run()
    taken = AwsFailure("iam:CreateRole", "EntityAlreadyExists", "exists", 409)
    run.aws.failures[ChangeKind.CREATE_ROLE] = [taken]
    assert run.run() == [DONE, FAILED, NOT_DONE, NOT_DONE]
    assert run.failure is not None
    assert (run.failure.finding, run.failure.message) == ("change.conflict", ROLE_ARN)
    assert run.again(GO_ON) == [DONE] * 4


def test_undo_stops_at_what_somebody_changed() -> None:
    run = Run()
    run.run()
    theirs: object = {"Version": "2012-10-17", "Statement": []}
    ours = run.aws.snapshot.role.trust_policy
    run.aws.snapshot = _with_trust(run.aws.snapshot, theirs)
    assert run.again(UNDO) == [DONE, FAILED, UNDONE, UNDONE]
    assert run.failure is not None
    assert run.failure.finding == "change.conflict"
    assert run.journal.state is RunState.UNDOING
    assert run.aws.snapshot.role.trust_policy == theirs
    run.aws.snapshot = _with_trust(run.aws.snapshot, ours)
    assert run.again(UNDO) == [UNDONE] * 4
    assert run.aws.snapshot == untouched(ENCRYPTED)


def test_undo_does_not_delete_a_role_without_our_tag() -> None:
    run = Run()
    run.run()
    run.aws.snapshot = replace(run.aws.snapshot, role=replace(run.aws.snapshot.role, tags={}))
    assert run.again(UNDO) == [DONE, FAILED, UNDONE, UNDONE]
    assert run.aws.snapshot.role.state is State.FOUND


def test_undo_does_not_delete_a_role_that_got_other_policies() -> None:
    run = Run()
    run.run()
    other = PolicyDocument("other", {}, POLICY_ARN.replace(POLICY_NAME, "other"), "v1")
    role = run.aws.snapshot.role
    more = replace(role, attached_policies=(*role.attached_policies, other))
    run.aws.snapshot = replace(run.aws.snapshot, role=more)
    assert run.again(UNDO) == [DONE, FAILED, UNDONE, UNDONE]
    assert run.failure is not None
    assert (run.failure.code, run.failure.finding) == ("DeleteConflict", "change.conflict")
    assert run.aws.snapshot.role.attached_policies == (other,)
    bare = replace(run.aws.snapshot.role, attached_policies=())
    run.aws.snapshot = replace(run.aws.snapshot, role=bare)
    assert run.again(UNDO) == [UNDONE] * 4


# Undo


def test_undo_leaves_the_account_as_it_was() -> None:
    run = Run()
    run.run()
    assert run.again(UNDO) == [UNDONE] * 4
    assert run.aws.snapshot == untouched(ENCRYPTED)
    assert run.journal.state is RunState.UNDONE
    assert [step.undone for step in run.journal.steps] == [1] * 4
    assert run.slept == []
    calls = len(run.aws.calls)
    assert run.again(GO_ON) == []
    assert run.journal.state is RunState.UNDONE
    assert len(run.aws.calls) == calls


def test_undo_stopped_and_gone_on_with() -> None:
    run = Run()
    run.run()
    run.stop_after = 1.0
    run.aws.failures[ChangeKind.DETACH_POLICY] = [failure_of(Fault.THROTTLED, "iam:Detach")] * 9
    assert run.run(UNDO) == [DONE, DONE, DONE, UNDONE]
    assert run.journal.state is RunState.UNDOING
    run.aws.failures.clear()
    assert run.again(UNDO) == [UNDONE] * 4


# The journal


def test_nothing_is_sent_that_can_not_be_journalled() -> None:
    journals = FullDisk(room=2)
    run = Run(journals=journals)
    assert run.run() == [DONE, FAILED, NOT_DONE, NOT_DONE]
    assert run.failure is not None
    assert (run.failure.code, run.failure.message) == (NOT_KEPT, "The disk is full.")
    assert run.aws.applied_kinds == [ChangeKind.CREATE_POLICY]
    journals.room = 100
    assert run.again(GO_ON) == [DONE] * 4


def test_what_was_made_and_not_journalled_is_found_again() -> None:
    journals = FullDisk(room=1)
    run = Run(journals=journals)
    assert run.run() == [DONE, NOT_DONE, NOT_DONE, NOT_DONE]
    assert run.failure is not None
    assert run.failure.code == NOT_KEPT
    kept = journals.find(run.journal.id)
    assert kept is not None
    assert kept.steps[0].state is StepState.STARTED
    journals.room = 100
    run.journal = kept
    assert run.again(UNDO) == [UNDONE, NOT_DONE, NOT_DONE, NOT_DONE]
    assert run.aws.snapshot == untouched(ENCRYPTED)


def test_a_request_of_long_ago_is_not_waited_for() -> None:
    run = Run()
    run.aws.faults[1] = Fault.KILLED_BEFORE
    with pytest.raises(BaseException):  # noqa: B017, PT011 - the program's end
        run.run()
    run.journal = run.journals.find(run.journal.id) or run.journal
    run.now = MOMENT.replace(hour=9)
    assert run.again(GO_ON) == [DONE] * 4
    assert sum(run.slept) == 3.0


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER])
def test_answers_that_are_lost_again_and_again(fault: Fault) -> None:
    run = Run(changes=(POLICY,))
    for number in range(100):
        run.aws.faults[number] = fault
    assert run.run() == [FAILED]
    assert run.aws.calls == ["present create-policy"] * 4  # nothing was sent blindly
    run.aws.faults.clear()
    lost = changed(failure_of(Fault.LOST_BEFORE, "iam:CreatePolicy"), code="ConnectionClosedError")
    run.aws.failures[ChangeKind.CREATE_POLICY] = [lost] * 3
    assert run.again(GO_ON) == [FAILED]
    assert run.steps == [StepState.STARTED]
    assert run.again(GO_ON) == [DONE]
