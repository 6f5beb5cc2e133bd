"""Open sessions are ended as of when that is sent: after the trust change, by AWS's own clock."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.open_sessions import STILL_LET_IN, ended_before
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, StepState, new_journal
from app.core.revoking.plan import revoke_plan
from app.flow.ports.aws import Made, Present
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, whole
from tests.helpers.fakes import FakeCustomer
from tests.helpers.faults import Fault, Killed

SOON: Final = timedelta(seconds=7)
TRUST, SESSIONS = ChangeKind.UPDATE_TRUST_POLICY, ChangeKind.PUT_ROLE_POLICY


class SlowCustomer(FakeCustomer):
    """An account whose clock goes on with each call; it remembers when each change was made."""

    def __init__(self) -> None:
        super().__init__(whole(PLAIN))
        self.made_at: dict[ChangeKind, datetime] = {}

    async def present(self, change: Change) -> Present | AwsFailure:
        self.clock += SOON
        return await super().present(change)

    async def apply(self, change: Change) -> Made | AwsFailure:
        self.clock += SOON
        before = len(self.applied)
        try:
            return await super().apply(change)
        finally:
            if len(self.applied) > before:
                self.made_at[change.kind] = self.clock


class Revocation:
    """A revocation by the trust policy that ends open sessions, of a customer's account."""

    def __init__(self, own_clock: timedelta = timedelta()) -> None:
        self.aws = SlowCustomer()
        self.start = self.aws.snapshot
        self.journals = MemoryJournals()
        self._own_clock = own_clock
        choices = Choices(frozenset({Choice.END_SESSIONS}))
        begun = MOMENT + own_clock
        changes = revoke_plan(
            self.start, RevokeWay.CHANGE_TRUST, ACCOUNT, PLAIN, choices, begun
        ).changes
        assert [change.kind for change in changes] == [TRUST, SESSIONS]
        self.journal: Journal = new_journal(
            kind=RunKind.REVOKE, account_id=ACCOUNT, changes=changes, now=begun
        )

    def work(self, fault: Mapping[str, Fault] | None = None, *, undo: bool = False) -> RunState:
        """Start the program and go on, or undo; ``fault`` is what happens to calls by name."""
        self._spoil(dict(fault or {}))
        return self._worked(undo=undo)

    def work_with(self, number: int, fault: Fault) -> RunState:
        """Start the program and go on, and have ``fault`` at one of its calls."""
        self.aws.faults = {len(self.aws.calls) + number: fault}
        return self._worked(undo=False)

    def _worked(self, *, undo: bool) -> RunState:
        applier = Applier(self.aws, self.journals, lambda _rows: None, _no_sleep, self._now)
        with contextlib.suppress(Killed):
            asyncio.run((applier.undo if undo else applier.go_on)(self.journal))
        self.journal = self.journals.find(self.journal.id) or self.journal
        return self.journal.state

    def _spoil(self, faults: dict[str, Fault]) -> None:
        """Let the next call of each name go wrong, whichever number it will have."""

        class ByName(dict[int, Fault]):
            def pop(_self, _number: int, _default: Any = None) -> Any:  # noqa: N805, ANN401
                return faults.pop(self.aws.calls[-1], None)

        self.aws.faults = ByName()

    def _now(self) -> datetime:
        return self.aws.clock + self._own_clock

    @property
    def ended(self) -> datetime:
        """Before when sessions began that the account refuses by now."""
        (policy,) = self.aws.snapshot.role.inline_policies
        moment = ended_before(policy.document)
        assert moment is not None
        return moment

    def may_read(self, opened: datetime) -> str:
        """Return what the evaluator says of a session that was opened at ``opened``."""
        report = diagnose(PLAIN, replace(self.aws.snapshot, captured_at=opened))
        rows = [row.decision for row in report.access if row.action == "s3:GetObject"]
        return str(rows[0])


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


@pytest.mark.parametrize("hours", [-5, 0, 5])
def test_a_session_that_was_opened_before_the_trust_change_does_not_survive(hours: int) -> None:
    run = Revocation(timedelta(hours=hours))
    assert run.work() is RunState.FINISHED
    closed = run.aws.made_at[TRUST]
    assert run.ended == closed + SOON + STILL_LET_IN
    for opened in (MOMENT, closed, closed + STILL_LET_IN):
        assert run.may_read(opened) == "denied"
    # Whoever else has the role signs in again and goes on.
    assert run.may_read(run.ended) == "allowed"


@pytest.mark.parametrize(
    "fault",
    [Fault.KILLED_BEFORE, Fault.REFUSED, Fault.OFFLINE],
)
def test_a_run_that_is_gone_on_with_ends_sessions_as_of_then(fault: Fault) -> None:
    run = Revocation()
    assert run.work({str(SESSIONS): fault}) is RunState.OPEN
    run.aws.clock += timedelta(hours=3)
    resumed = run.aws.clock
    assert run.work() is RunState.FINISHED
    assert resumed + STILL_LET_IN < run.ended <= run.aws.clock + STILL_LET_IN
    assert run.may_read(resumed) == "denied"
    assert run.work(undo=True) is RunState.UNDONE
    assert run.aws.snapshot == run.start


@pytest.mark.parametrize("fault", [Fault.LOST_AFTER, Fault.KILLED_AFTER])
def test_what_was_sent_is_known_again(fault: Fault) -> None:
    run = Revocation()
    run.work({str(SESSIONS): fault})
    sent = run.ended
    run.aws.clock += timedelta(hours=3)
    assert run.work() is RunState.FINISHED
    assert run.ended == sent
    assert run.aws.applied_kinds == [TRUST, SESSIONS]
    assert [step.state for step in run.journal.steps] == [StepState.DONE] * 2
    assert run.work(undo=True) is RunState.UNDONE
    assert run.aws.snapshot == run.start


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.THROTTLED])
def test_what_is_sent_again_in_the_same_run_is_to_the_letter_the_same(fault: Fault) -> None:
    """The first request may be on its way yet: whichever comes last, AWS has what is journalled."""
    run = Revocation()
    assert run.work({str(SESSIONS): fault}) is RunState.FINISHED
    assert run.aws.calls.count(str(SESSIONS)) == 2
    closed = run.aws.made_at[TRUST]
    assert run.ended == closed + SOON + STILL_LET_IN
    assert run.journal.steps[1].change.after == run.aws.applied[-1].after


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_whatever_happens_no_session_of_before_the_trust_change_survives(fault: Fault) -> None:
    """At each call, gone on with an hour later, and taken back."""
    sound = Revocation()
    sound.work()
    for number in range(len(sound.aws.calls)):
        run = Revocation(timedelta(hours=-5))
        run.work_with(number, fault)
        run.aws.clock += timedelta(hours=1)
        assert run.work() is RunState.FINISHED, run.aws.calls
        assert run.ended > run.aws.made_at[TRUST] + STILL_LET_IN, run.aws.calls
        assert run.journal.steps[1].change.after == run.aws.applied[-1].after, run.aws.calls
        assert run.work(undo=True) is RunState.UNDONE, run.aws.calls
        assert run.aws.snapshot == run.start, run.aws.calls


def test_the_journal_tells_what_is_sent_before_it_is_sent() -> None:
    run = Revocation()
    planned = run.journal.steps[1].change.after
    run.work({str(SESSIONS): Fault.KILLED_AFTER})
    step = run.journal.steps[1]
    assert step.state is StepState.STARTED
    assert step.change.after == run.aws.applied[-1].after != planned


def test_the_journal_tells_when_aws_had_each_change() -> None:
    run = Revocation(timedelta(hours=-5))
    run.work()
    assert [step.aws_at for step in run.journal.steps] == [
        run.aws.made_at[kind] for kind in (TRUST, SESSIONS)
    ]


def test_an_answer_without_a_time_is_dated_by_this_computer() -> None:
    run = Revocation()
    original = run.aws.present

    async def timeless(change: Change) -> Present | AwsFailure:
        answer = await original(change)
        return Present(answer.value) if isinstance(answer, Present) else answer

    run.aws.present = timeless  # type: ignore[method-assign]
    assert run.work() is RunState.FINISHED
    assert run.ended > run.aws.made_at[TRUST].astimezone(UTC)
