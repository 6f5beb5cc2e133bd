"""Until when sessions that were opened before may go on."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.role import PUT_ROLE_POLICY
from app.core.changes.sides import InlinePolicy
from app.core.documents.open_sessions import SESSIONS_POLICY, closing_policy
from app.core.documents.policies import trust_policy
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, Step, StepState, new_journal
from app.core.revoking.open_sessions import closed_at, longest_session, sessions_until
from app.core.snapshot import PolicyDocument, RoleFacts, Snapshot, State
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, PLAIN, ROLE_ARN, whole

HOUR: Final = timedelta(hours=1)
TRUST: Final = Change(
    ChangeKind.UPDATE_TRUST_POLICY, ROLE_ARN, trust_policy(DATABASE_ID), {}, reversible=True
)
DETACH: Final = Change(ChangeKind.DETACH_POLICY, ROLE_ARN, {}, None, reversible=True)


def _run(*steps: Step) -> Journal:
    run = new_journal(kind=RunKind.REVOKE, account_id=ACCOUNT, changes=(), now=MOMENT)
    return replace(run, steps=steps)


def _account(longest: int | None = 3600, ended: datetime | None = None) -> Snapshot:
    """Return an account as it is read a minute after ``MOMENT``; ``ended`` dates the Deny there."""
    snapshot = replace(whole(PLAIN), captured_at=MOMENT + timedelta(minutes=1))
    there = [PolicyDocument("NightlyReports", closing_policy(MOMENT + 99 * HOUR))]
    if ended is not None:
        there.append(PolicyDocument(SESSIONS_POLICY, closing_policy(ended)))
    role = replace(snapshot.role, max_session_duration=longest, inline_policies=tuple(there))
    return replace(snapshot, role=role)


@pytest.mark.parametrize(("seconds", "hours"), [(3600, 1), (5400, 1.5), (43200, 12), (None, 12)])
def test_the_roles_own_maximum_counts(seconds: int | None, hours: float) -> None:
    role = RoleFacts(State.FOUND, max_session_duration=seconds)
    assert longest_session(role) == hours * HOUR
    assert sessions_until(_account(seconds), MOMENT) == MOMENT + hours * HOUR


def test_where_nobody_knows_when_access_ended_it_is_the_last_moment_that_it_can_be() -> None:
    assert sessions_until(_account(), None) == _account().captured_at + HOUR


@pytest.mark.parametrize(
    ("ended", "closed", "until"),
    [
        (MOMENT, MOMENT, None),
        (MOMENT + HOUR, MOMENT, None),
        (MOMENT, None, None),
        # The Deny of an earlier revocation ends no session that was opened since.
        (MOMENT - HOUR, MOMENT, MOMENT + HOUR),
        (MOMENT - HOUR, None, MOMENT + HOUR + timedelta(minutes=1)),
    ],
)
def test_a_deny_ends_the_sessions_that_are_older(
    ended: datetime, closed: datetime | None, until: datetime | None
) -> None:
    assert sessions_until(_account(ended=ended), closed) == until


@pytest.mark.parametrize("state", State)
def test_no_session_outlives_its_role(state: State) -> None:
    snapshot = replace(_account(), role=RoleFacts(state))
    expected = None if state is State.MISSING else MOMENT + 12 * HOUR
    assert sessions_until(snapshot, MOMENT) == expected


def test_the_run_tells_when_the_trust_policy_was_changed() -> None:
    later = MOMENT + HOUR
    done = Step(TRUST, StepState.DONE, at=MOMENT, aws_at=later)
    assert closed_at(_run(Step(DETACH, StepState.DONE, at=MOMENT, aws_at=MOMENT), done)) == later
    assert closed_at(_run(replace(done, aws_at=None))) == MOMENT
    assert closed_at(_run(replace(done, state=StepState.KEPT))) == later
    assert closed_at(_run(Step(DETACH, StepState.DONE, at=MOMENT))) is None


def test_a_run_that_only_ends_sessions_tells_since_when_nobody_gets_in() -> None:
    """Whatever this computer's clock says, by which the account was read."""
    sent = MOMENT - HOUR
    side = InlinePolicy(SESSIONS_POLICY, closing_policy(sent))
    put = Step(PUT_ROLE_POLICY.change(ROLE_ARN, None, side), StepState.DONE, MOMENT, aws_at=sent)
    assert closed_at(_run(put)) == sent
    assert sessions_until(_account(ended=sent), closed_at(_run(put))) is None
    trust = Step(TRUST, StepState.DONE, at=MOMENT, aws_at=sent - HOUR)
    assert closed_at(_run(trust, put)) == sent - HOUR
    theirs = PUT_ROLE_POLICY.change(ROLE_ARN, None, InlinePolicy("NightlyReports", {}))
    assert closed_at(_run(replace(put, change=theirs))) is None


@pytest.mark.parametrize(
    "state", [s for s in StepState if s not in (StepState.DONE, StepState.KEPT)]
)
def test_a_trust_policy_that_is_not_certainly_changed_tells_nothing(state: StepState) -> None:
    assert closed_at(_run(Step(TRUST, state, at=MOMENT, aws_at=MOMENT))) is None
