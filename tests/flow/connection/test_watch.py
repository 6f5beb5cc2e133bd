"""Watching for UbiQuity: what is seen, when it counts, and how the watch ends without it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.snapshot import LastUse
from app.flow.connection.watch import (
    BETWEEN_LOOKS,
    LATE_LOOKS,
    WATCH_FOR,
    VisitWatch,
    WatchEnd,
    WatchState,
)
from app.flow.ports.aws import RoleUse, TrustWritten, Visit, Visits
from tests.helpers.drafts import DATABASE_ID, PLAIN, ROLE_ARN
from tests.helpers.fakes import FakeCustomer, Gate

NOW: Final = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
MADE: Final = NOW - timedelta(days=3)
TRUST: Final = trust_policy(DATABASE_ID)
OTHER_TRUST: Final = trust_policy("another")
USE: Final = LastUse(NOW - timedelta(hours=5), "ap-southeast-2")
ROLE: Final = RoleUse(MADE, USE, TRUST, NOW)
HERE: Final = ("ap-southeast-2", "us-east-1")
NOTHING: Final = Visits(regions=HERE)

DENIED: Final = AwsFailure(
    "cloudtrail:LookupEvents",
    "AccessDeniedException",
    "is not authorized to perform: cloudtrail:LookupEvents",
    400,
)
OFFLINE: Final = AwsFailure(
    "cloudtrail:LookupEvents", "EndpointConnectionError", "no", finding="env.offline"
)
EXPIRED: Final = AwsFailure(
    "cloudtrail:LookupEvents", "ExpiredTokenException", "expired", 400, finding="signin.expired"
)
UNKNOWN_KEYS: Final = AwsFailure(
    "cloudtrail:LookupEvents", "UnrecognizedClientException", "", 400, finding="signin.invalid"
)
NO_SUCH_CALL: Final = AwsFailure("cloudtrail:LookupEvents", "UnknownOperationException", "", 404)
SWITCHED_OFF: Final = AwsFailure(
    "cloudtrail:LookupEvents", "RegionDisabledException", "", 403, finding="signin.region-disabled"
)


def visit(seconds: float = 30, external_id: str = "right") -> Visit:
    return Visit(NOW + timedelta(seconds=seconds), "us-east-1", external_id, "req-9", "ubiquity")


def seen(*visits: Visit) -> Visits:
    return Visits(visits, regions=HERE)


def nobody(*failures: AwsFailure) -> Visits:
    return Visits(failures=failures, regions=HERE)


class Watching:
    """A watch whose time passes while it sleeps."""

    def __init__(
        self, histories: Sequence[Visits], roles: Sequence[RoleUse | AwsFailure] = (ROLE,)
    ) -> None:
        self.aws = FakeCustomer()
        self.aws.histories, self.aws.uses = list(histories), list(roles)
        self.time = NOW
        self.told: list[WatchState] = []
        self.watch = VisitWatch(PLAIN, self.aws, sleep=self._sleep, now=lambda: self.time)

    async def _sleep(self, seconds: float) -> None:
        assert seconds == BETWEEN_LOOKS
        self.time += timedelta(seconds=seconds)

    def run(self) -> WatchState:
        return asyncio.run(self.watch.run(self.told.append))


def test_a_visit_is_seen_and_becomes_an_observation() -> None:
    watching = Watching([NOTHING, NOTHING, seen(visit())])
    ended = watching.run()
    assert (ended.visit, ended.ended, ended.ended_without) == (visit(), True, None)
    assert (ended.since, ended.looks, ended.last_use) == (NOW, 3, USE)
    assert ended.last_look == NOW + timedelta(seconds=30)
    assert ended.observations == (
        Observation(
            visit().at,
            Identity.UBIQUITY,
            "sts:AssumeRole",
            ObservedOutcome.ALLOWED,
            ROLE_ARN,
            external_id="right",
            request_id="req-9",
            source=ObservationSource.CLOUDTRAIL,
        ),
    )
    assert [state.looks for state in watching.told] == [0, 1, 2, 3]
    assert not any(state.ended for state in watching.told[:-1])
    # The region of the last use is looked in as well, and always since the watch began.
    assert set(watching.aws.looked_in) == {(NOW, ("ap-southeast-2", "us-east-1"))}


def test_none_seen_for_a_quarter_of_an_hour_ends_it_and_to_begin_again_finds_what_came_late() -> (
    None
):
    watching = Watching([NOTHING])
    ended = watching.run()
    assert (ended.ended_without, ended.visit, ended.trouble) == (WatchEnd.TIME_UP, None, None)
    assert ended.looks == WATCH_FOR.total_seconds() / BETWEEN_LOOKS + 1
    watching.aws.histories = [seen(visit(800))]
    again = watching.run()
    assert again.since == NOW
    assert again.visit == visit(800)


def test_what_came_before_the_watch_is_none_of_it() -> None:
    watching = Watching([seen(visit(-20)), seen(visit(40), visit(-20))])
    assert watching.run().visit == visit(40)


@pytest.mark.parametrize("kind", ["wrong", "none"])
def test_another_external_id_is_told_of_and_the_watch_goes_on(kind: str) -> None:
    watching = Watching([seen(visit(10, kind)), seen(visit(40), visit(10, kind))])
    ended = watching.run()
    assert watching.told[1].other_visits == (visit(10, kind),)
    assert not watching.told[1].ended
    assert [o.external_id for o in watching.told[1].observations] == [kind]
    assert (ended.visit, ended.other_visits) == (visit(40), (visit(10, kind),))
    assert [o.external_id for o in ended.observations] == [kind, "right"]


def test_a_visit_let_in_by_what_was_changed_since_does_not_count() -> None:
    later = replace(ROLE, trust_policy=OTHER_TRUST, at=NOW + timedelta(seconds=60))
    watching = Watching([NOTHING, seen(visit(10)), seen(visit(90))], [ROLE, later])
    ended = watching.run()
    told = watching.told[2]
    assert (told.visit, told.earlier, told.observations) == (None, visit(10), ())
    assert (ended.visit, ended.earlier) == (visit(90), None)


def test_a_visit_right_after_a_change_counts_by_the_record_of_the_change() -> None:
    later = replace(ROLE, trust_policy=OTHER_TRUST, at=NOW + timedelta(seconds=15))
    watching = Watching([NOTHING, seen(visit(10))], [ROLE, later])
    watching.aws.trust = TrustWritten(NOW + timedelta(seconds=5), OTHER_TRUST)
    assert watching.run().visit == visit(10)


@pytest.mark.parametrize(
    ("failures", "end"),
    [
        ((DENIED, DENIED), WatchEnd.NOT_ALLOWED),
        ((DENIED, SWITCHED_OFF), WatchEnd.NOT_ALLOWED),
        ((NO_SUCH_CALL, NO_SUCH_CALL), WatchEnd.NO_HISTORY),
        ((EXPIRED, EXPIRED), WatchEnd.SIGN_IN),
        ((DENIED, UNKNOWN_KEYS), WatchEnd.NOT_ALLOWED),
    ],
)
def test_where_no_region_tells_the_watch_ends_at_once(
    failures: tuple[AwsFailure, ...], end: WatchEnd
) -> None:
    watching = Watching([nobody(*failures), seen(visit())])
    ended = watching.run()
    assert (ended.ended_without, ended.looks, ended.refusals) == (end, 1, failures)
    assert watching.run().visit == visit()  # once it may, it is begun again


def test_a_region_that_refuses_leaves_the_others_working() -> None:
    watching = Watching([nobody(DENIED), Visits((visit(),), (DENIED,), regions=HERE)])
    ended = watching.run()
    assert watching.told[1].refusals == (DENIED,)
    assert (watching.told[1].trouble, watching.told[1].ended) == (None, False)
    assert ended.visit == visit()


def test_without_a_network_the_watch_says_so_and_goes_on_by_itself() -> None:
    watching = Watching(
        [nobody(OFFLINE, OFFLINE), nobody(OFFLINE, DENIED), seen(visit())], [OFFLINE, OFFLINE, ROLE]
    )
    ended = watching.run()
    assert [state.trouble for state in watching.told] == [None, OFFLINE, OFFLINE, None]
    assert ended.visit == visit()


class Slept(Watching):
    """A watch during whose first sleep the computer sleeps for two hours."""

    async def _sleep(self, seconds: float) -> None:
        if self.time == NOW:
            self.time += timedelta(hours=2)
        await super()._sleep(seconds)


def test_a_visit_while_the_computer_slept_is_seen_once_the_network_is_back() -> None:
    watching = Slept([NOTHING, nobody(OFFLINE, OFFLINE), nobody(OFFLINE, OFFLINE), seen(visit(60))])
    ended = watching.run()
    assert ended.visit == visit(60)
    assert ended.looks == 4


def test_after_a_sleep_one_look_that_sees_is_enough_and_no_network_ends_it_in_minutes() -> None:
    ended = Slept([NOTHING, nobody(OFFLINE, OFFLINE), NOTHING]).run()
    assert (ended.ended_without, ended.looks) == (WatchEnd.TIME_UP, 3)
    ended = Slept([NOTHING, nobody(OFFLINE, OFFLINE)]).run()
    assert (ended.ended_without, ended.trouble) == (WatchEnd.TIME_UP, OFFLINE)
    assert ended.looks == LATE_LOOKS + 2


def test_a_role_that_may_not_be_read_does_not_hide_the_visit() -> None:
    watching = Watching([NOTHING, seen(visit())], [replace(DENIED, action="iam:GetRole")])
    ended = watching.run()
    assert (ended.visit, ended.last_use) == (visit(), None)


def test_what_came_before_the_watch_is_held_against_the_role_or_not_counted() -> None:
    before = [seen(visit(-600)), seen(visit(40), visit(-600))]
    unread = Watching(before, [replace(DENIED, action="iam:GetRole")])
    unread.watch.since = NOW - timedelta(hours=1)
    ended = unread.run()
    assert (unread.told[1].earlier, unread.told[1].visit) == (visit(-600), None)
    assert ended.visit == visit(40)
    read = Watching(before)
    read.watch.since = NOW - timedelta(hours=1)
    read.aws.trust = TrustWritten(MADE, TRUST)
    assert read.run().visit == visit(-600)


def test_the_clock_of_aws_counts_where_this_computers_is_ahead() -> None:
    behind = replace(ROLE, at=NOW - timedelta(minutes=4))
    watching = Watching([seen(visit(-200))], [behind])
    ended = watching.run()
    assert (ended.since, ended.visit) == (behind.at, visit(-200))


def test_too_many_events_are_told_of() -> None:
    watching = Watching([Visits(complete=False, regions=HERE), seen(visit())])
    watching.run()
    assert [state.complete for state in watching.told] == [True, False, True]


def test_it_is_cancelled_at_once_and_can_be_run_again() -> None:
    watching = Watching([seen(visit())])

    async def cancelled() -> WatchState:
        watching.aws.gate = Gate()
        task = asyncio.create_task(watching.watch.run(watching.told.append))
        await watching.aws.gate.arrival()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        watching.aws.gate = None
        return await watching.watch.run(watching.told.append)

    assert asyncio.run(cancelled()).visit == visit()
