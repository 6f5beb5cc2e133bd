"""Looking back once, beside the reading: what it finds, and that nothing turns on it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.snapshot import NEVER_USED, LastUse, RoleFacts, State
from app.flow.checking import check_account, checked_seen
from app.flow.look_back import NOT_IN_TIME, LookBack, look_back, read_and_look_back
from app.flow.ports.aws import CallTime, RoleUse, TrustWritten, Visit, Visits
from app.flow.since_setup import HISTORY, observations_of
from tests.helpers.drafts import DATABASE_ID, MOMENT, PLAIN, untouched
from tests.helpers.fakes import FakeCustomer, Gate, signed_in

NOW: Final = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
TRUST: Final = trust_policy(DATABASE_ID)
USE: Final = LastUse(NOW - timedelta(days=1), "eu-west-1")
ROLE: Final = RoleUse(NOW - timedelta(days=3), USE, TRUST, NOW)
WRITTEN: Final = TrustWritten(ROLE.created_at, TRUST)
HERE: Final = ("ap-southeast-2", "us-east-1")
DENIED: Final = AwsFailure("cloudtrail:LookupEvents", "AccessDeniedException", "no", 400)


def visit(hours: float, kind: str = "right") -> Visit:
    return Visit(NOW - timedelta(hours=hours), "us-east-1", kind, "req-9")


def account(*visits: Visit, **told: object) -> FakeCustomer:
    aws = FakeCustomer()
    aws.uses, aws.trust = [ROLE], WRITTEN
    aws.histories = [replace(Visits(visits, regions=HERE), **told)]  # type: ignore[arg-type]
    return aws


def back(aws: FakeCustomer) -> LookBack | None:
    return asyncio.run(look_back(aws, PLAIN))


def test_the_latest_visit_that_counts() -> None:
    aws = account(visit(2), visit(5, "none"), visit(9))
    assert back(aws) == LookBack(
        since=ROLE.created_at,
        visits=(visit(5, "none"), visit(2)),
        observations=tuple(observations_of((visit(5, "none"), visit(2)), PLAIN)),
    )
    assert aws.looked_in == [(ROLE.created_at, ("eu-west-1",))]


def test_none_seen() -> None:
    assert back(account()) == LookBack(since=ROLE.created_at)


def test_no_further_back_than_the_history_goes() -> None:
    aws = account()
    aws.uses = [replace(ROLE, created_at=NOW - timedelta(days=700), last_used=NEVER_USED)]
    # An hour is left for the time until CloudTrail is asked: it refuses what lies before.
    since = NOW - HISTORY + timedelta(hours=1)
    assert back(aws) == LookBack(since=since)
    assert aws.looked_in == [(since, ())]


def test_a_visit_before_the_trust_policy_was_changed() -> None:
    aws = account(visit(2))
    aws.trust = TrustWritten(NOW - timedelta(hours=1), TRUST)
    assert back(aws) == LookBack(since=ROLE.created_at, earlier=visit(2))


def test_a_later_visit_is_looked_for_where_nobody_looked_yet() -> None:
    aws = account(visit(5), regions=("ap-southeast-2",))
    aws.histories.append(Visits((visit(1), visit(5)), regions=HERE))
    aws.trust = TrustWritten(NOW - timedelta(hours=3), TRUST)
    found = back(aws)
    assert found is not None
    assert (found.visit, found.earlier) == (visit(1), None)
    assert [also for _, also in aws.looked_in] == [("eu-west-1",), ("eu-west-1", "us-east-1")]


def test_what_this_program_wrote_since_has_no_record_yet_and_counts_all_the_same() -> None:
    aws = account(visit(2))
    aws.uses = [replace(ROLE, created_at=NOW - timedelta(days=700))]
    aws.trust = None
    for hours, seen in ((1, False), (3, True)):
        written = NOW - timedelta(hours=hours)
        checked = asyncio.run(check_account(PLAIN, signed_in(aws), written_by_us=written))
        assert checked.look_back is not None
        assert (checked.look_back.visit is not None) is seen
        assert bool(checked.snapshot.observations) is seen


def test_refused_in_some_regions_and_in_all() -> None:
    some = account(visit(2), failures=(DENIED,), complete=False)
    found = back(some)
    assert found is not None
    assert (found.visit, found.failures, found.complete) == (visit(2), (DENIED,), False)
    assert back(account(failures=(DENIED, DENIED))) == LookBack(failures=(DENIED, DENIED))


def test_nobody_looks_where_the_role_is_not_there_or_the_account_is_another() -> None:
    aws = account(visit(2))
    aws.uses = [AwsFailure("iam:GetRole", "NoSuchEntity", "", 404)]
    assert back(aws) is None
    other = account(visit(2))
    other.uses = [replace(ROLE, account_id="999999999999")]
    assert back(other) is None
    assert not other.looked_in


# Beside the reading


def test_the_snapshot_has_the_visit_and_the_calls_are_told_on() -> None:
    told: list[CallTime] = []
    aws = account(visit(2))
    aws.call_times = (CallTime(frozenset({ChainLink.CALLER}), 0, 1),)
    snapshot, found = asyncio.run(read_and_look_back(aws, PLAIN, None, told.append))
    assert found is not None
    assert snapshot.observations == found.observations
    assert told == list(aws.call_times)


def test_an_event_history_that_never_answers_is_not_waited_for() -> None:
    class Deaf(FakeCustomer):
        async def visits(self, *_: object, **__: object) -> Visits:
            await Gate().pass_through()
            raise AssertionError

    aws = Deaf()
    aws.uses = [ROLE]
    snapshot, found = asyncio.run(read_and_look_back(aws, PLAIN, patience=0))
    assert found is not None
    assert [failure.code for failure in found.failures] == [NOT_IN_TIME]
    assert snapshot == aws.snapshot


def test_a_sign_in_that_does_not_work_looks_back_for_nothing() -> None:
    aws = account(visit(2))
    aws.snapshot = replace(untouched(PLAIN), caller=None)
    assert asyncio.run(read_and_look_back(aws, PLAIN)) == (aws.snapshot, None)
    assert not aws.looked_in


@pytest.mark.parametrize(
    "history", [Visits(regions=HERE), Visits(failures=(DENIED, DENIED), regions=HERE)]
)
def test_no_verdict_hangs_on_it(history: Visits) -> None:
    aws, silent = account(), FakeCustomer()
    aws.histories = [history]
    checked, other = (asyncio.run(check_account(PLAIN, signed_in(each))) for each in (aws, silent))
    assert checked.report == other.report
    assert checked.look_back is not None


def test_visits_of_a_watch_are_weighed_with_what_was_read() -> None:
    aws = account()

    async def weighed() -> tuple[Observation, ...]:
        checked = await check_account(PLAIN, signed_in(aws))
        seen = tuple(observations_of([visit(0)], PLAIN))
        once = await checked_seen(checked, seen, USE)
        again = await checked_seen(once, seen, None)
        assert again.look_back == checked.look_back
        assert again.snapshot.role.last_used == USE
        return again.snapshot.observations

    (seen,) = asyncio.run(weighed())
    assert (seen.source, seen.at) == (ObservationSource.CLOUDTRAIL, NOW)


@pytest.mark.parametrize(
    ("at", "met", "proves"),
    [
        (-1, TRUST, True),
        (-1, None, True),
        (-1, trust_policy("another"), False),
        (1, trust_policy("another"), True),
    ],
)
def test_a_visit_that_met_another_trust_policy_proves_nothing_of_one_read_since(
    at: int, met: object, proves: bool
) -> None:
    aws = account()
    aws.snapshot = replace(
        aws.snapshot, captured_at=NOW, role=RoleFacts(State.FOUND, trust_policy=TRUST)
    )

    async def weighed() -> tuple[Observation, ...]:
        checked = await check_account(PLAIN, signed_in(aws))
        seen = observations_of([visit(-at)], PLAIN)
        return (await checked_seen(checked, seen, None, met)).snapshot.observations

    assert bool(asyncio.run(weighed())) is proves


def test_a_visit_stands_where_its_time_puts_it() -> None:
    def tried(hours: float) -> Observation:
        at = MOMENT + timedelta(hours=hours)
        return Observation(at, Identity.UBIQUITY, "sts:AssumeRole", ObservedOutcome.DENIED)

    snapshot = untouched(PLAIN).with_observations(tried(1), tried(3))
    seen = [replace(tried(hours), source=ObservationSource.CLOUDTRAIL) for hours in (0, 2, 3, 4)]
    hours = [
        (observation.at - MOMENT) / timedelta(hours=1)
        for observation in snapshot.with_observations_by_time(*seen).observations
    ]
    assert hours == [0, 1, 2, 3, 3, 4]
