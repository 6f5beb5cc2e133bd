"""Which visits say something of the role and the trust policy that stand today."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.journal import Journal, RunKind, Step, StepState
from app.core.snapshot import NEVER_USED
from app.flow.ports.aws import RoleUse, TrustWritten, Visit
from app.flow.since_setup import HISTORY, SetUp, counts, latest, trust_written_in
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ROLE_ARN

NOW: Final = datetime(2026, 11, 26, 10, 0, 30, 400_000, tzinfo=UTC)
TRUST: Final = trust_policy(DATABASE_ID)
ANOTHER: Final = trust_policy("another")
REFUSED: Final = AwsFailure("cloudtrail:LookupEvents", "AccessDeniedException", "no", 400)
MINUTES: Final = timedelta(minutes=1)


def role(made: datetime) -> RoleUse:
    return RoleUse(made, NEVER_USED, TRUST, NOW)


YOUNG: Final = role(NOW - 60 * MINUTES)
OLD: Final = role(NOW - HISTORY - 60 * MINUTES)


def written(minutes: float, document: object = TRUST) -> TrustWritten:
    return TrustWritten(NOW - minutes * MINUTES, document)


CASES: Final = {
    # since it was read as it reads now
    "after the first look": (1, SetUp(YOUNG, NOW - 2 * MINUTES), True),
    "in the second of the first look": (2, SetUp(YOUNG, NOW - 2 * MINUTES), True),
    "before the first look, no record": (3, SetUp(YOUNG, NOW - 2 * MINUTES), False),
    "before the first look, the record may not be read": (
        3,
        SetUp(OLD, NOW - 2 * MINUTES, REFUSED),
        False,
    ),
    "before the first look, and the record tells": (
        3,
        SetUp(YOUNG, NOW - 2 * MINUTES, written(50)),
        True,
    ),
    # by the record of the writing
    "after it was last written": (10, SetUp(YOUNG, None, written(20)), True),
    "before it was last written": (30, SetUp(YOUNG, None, written(20)), False),
    "in the second in which it was written": (20, SetUp(YOUNG, None, written(20)), False),
    "something else was written, and what is there has no record yet": (
        10,
        SetUp(YOUNG, None, written(20, ANOTHER)),
        False,
    ),
    "what was written can't be read": (10, SetUp(YOUNG, None, written(20, None)), False),
    "the record may not be read": (10, SetUp(YOUNG, None, REFUSED), False),
    # of another role
    "before the role was made": (70, SetUp(YOUNG, NOW - 90 * MINUTES, written(80)), False),
    # nothing recorded of the writing
    "the role is older than the history": (10, SetUp(OLD), True),
    "the making of the role has no record yet": (10, SetUp(YOUNG), False),
    # what this program wrote itself
    "before this program wrote it, without a record": (
        10,
        SetUp(OLD, written_by_us=NOW - 5 * MINUTES),
        False,
    ),
    "before this program wrote the same again": (
        10,
        SetUp(YOUNG, None, written(20), NOW - 5 * MINUTES),
        False,
    ),
    "after this program wrote it": (1, SetUp(OLD, written_by_us=NOW - 5 * MINUTES), True),
}


@pytest.mark.parametrize(("minutes", "set_up", "expected"), CASES.values(), ids=CASES)
def test_a_visit_counts_where_it_met_what_stands_today(
    minutes: float, set_up: SetUp, expected: bool
) -> None:
    at = (NOW - minutes * MINUTES).replace(microsecond=0)
    assert counts(at, set_up) is expected


def _step(kind: ChangeKind, state: StepState, at: float, aws_at: float | None = None) -> Step:
    told = None if aws_at is None else NOW + aws_at * MINUTES
    change = Change(kind, ROLE_ARN, None, {}, reversible=True)
    return Step(change, state, NOW + at * MINUTES, aws_at=told)


@pytest.mark.parametrize(
    ("steps", "minutes"),
    [
        ((), None),
        ((_step(ChangeKind.CREATE_ROLE, StepState.DONE, 1, 2),), 2),
        ((_step(ChangeKind.CREATE_ROLE, StepState.DONE, 1),), 1),
        ((_step(ChangeKind.CREATE_ROLE, StepState.NOT_DONE, 1),), None),
        ((_step(ChangeKind.ATTACH_POLICY, StepState.DONE, 1),), None),
        (
            (
                _step(ChangeKind.CREATE_ROLE, StepState.DONE, 1, 1),
                _step(ChangeKind.UPDATE_TRUST_POLICY, StepState.STARTED, 5),
                _step(ChangeKind.ATTACH_POLICY, StepState.DONE, 9, 9),
            ),
            5,
        ),
    ],
)
def test_when_this_program_wrote_the_trust_policy(
    steps: tuple[Step, ...], minutes: float | None
) -> None:
    journal = Journal("one", RunKind.APPLY, ACCOUNT, NOW, steps)
    expected = None if minutes is None else NOW + minutes * MINUTES
    assert trust_written_in(journal) == expected


def test_the_latest_visit_of_each_kind_in_their_order() -> None:
    def visit(minutes: float, kind: str) -> Visit:
        return Visit(NOW - minutes * MINUTES, "us-east-1", kind)

    some = [visit(1, "right"), visit(2, "none"), visit(3, "right"), visit(0.5, "none")]
    assert latest(some) == (some[0], some[3])
    assert latest([]) == ()
