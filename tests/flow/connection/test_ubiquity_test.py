"""The connection test: what UbiQuity's connector does, check by check."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pytest

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.snapshot import Identity, Observation, ObservedOutcome
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.ubiquity_test import MOST_PAGES, PROPAGATION_WAITS, ConnectionTest
from app.flow.ports import ListedPage
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, REGION, ROLE_ARN
from tests.helpers.fakes import (
    DENIED,
    NO_BUCKET,
    NOT_LISTED,
    OFFLINE,
    FakeRoleSession,
    FakeUbiquity,
)

ONE: Final = BucketEntry("one", REGION, "imports/")
TWO: Final = BucketEntry("two", "us-east-1")
DRAFT: Final = Draft(ACCOUNT, DATABASE_ID, (ONE, TWO))

Pages = Mapping[tuple[str, str], Sequence[ListedPage | AwsFailure]]
LISTED: Final[Pages] = {
    ("one", "imports/"): [ListedPage(1000, next_token="next"), ListedPage(234)],
    ("two", ""): [ListedPage(0)],
}
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED


class Run:
    """One test with what it told on the way, and how long it slept."""

    def __init__(self, ubiquity: FakeUbiquity, *, just_created: bool = False) -> None:
        self.ubiquity = ubiquity
        self.told: list[ConnectionResult] = []
        self.slept: list[float] = []
        self.now = 100.0
        self.result = asyncio.run(
            ConnectionTest(
                DRAFT,
                ubiquity,
                self.told.append,
                just_created=just_created,
                sleep=self._sleep,
                now=lambda: MOMENT,
                seconds=lambda: self.now,
            ).run()
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def states(self) -> list[CheckState]:
        return [check.state for check in self.result.checks]

    @property
    def tried(self) -> list[tuple[str, str | None, str | None, ObservedOutcome, str | None]]:
        """What was observed: action, External ID, bucket, outcome and code."""
        return [
            (o.action, o.external_id, o.bucket, o.outcome, o.code) for o in self.result.observations
        ]


def session(pages: Pages = LISTED) -> FakeRoleSession:
    return FakeRoleSession(pages)


def pages(**changed: Sequence[ListedPage | AwsFailure]) -> Pages:
    """Return the pages with those of a bucket replaced."""
    return {place: changed.get(place[0], answers) for place, answers in LISTED.items()}


def verify_it_works_once_mended() -> None:
    assert Run(FakeUbiquity([session()])).result.worked


def test_it_works() -> None:
    role = session()
    run = Run(FakeUbiquity([role]))
    assert run.result.worked
    assert run.result.finished
    assert run.result.first_failure is None
    assert run.states == [PASSED] * 4
    assert [check.files for check in run.result.checks] == [0, 0, 1234, 0]
    assert [check.entry for check in run.result.checks] == [None, None, ONE, TWO]
    assert run.ubiquity.asked == [(ROLE_ARN, DATABASE_ID), (ROLE_ARN, None)]
    assert role.asked == [
        ("one", REGION, "imports/", None),
        ("one", REGION, "imports/", "next"),
        ("two", "us-east-1", "", None),
    ]
    assert run.slept == []


def test_each_answer_is_an_observation() -> None:
    run = Run(FakeUbiquity([session()]))
    assert run.tried == [
        ("sts:AssumeRole", "right", None, ObservedOutcome.ALLOWED, None),
        ("sts:AssumeRole", "none", None, ObservedOutcome.DENIED, "AccessDenied"),
        ("s3:ListBucket", None, "one", ObservedOutcome.ALLOWED, None),
        ("s3:ListBucket", None, "two", ObservedOutcome.ALLOWED, None),
    ]
    assert run.result.observations[1] == Observation(
        MOMENT,
        Identity.UBIQUITY,
        "sts:AssumeRole",
        ObservedOutcome.DENIED,
        resource=ROLE_ARN,
        external_id="none",
        code=DENIED.code,
        message=DENIED.message,
        request_id=DENIED.request_id,
    )
    assert run.result.observations[2].resource == bucket_arn("one")


def test_progress_is_told_step_by_step() -> None:
    run = Run(FakeUbiquity([session()]))
    assert [check.state for check in run.told[0].checks] == [CheckState.RUNNING] + [
        CheckState.WAITING
    ] * 3
    assert [result.finished for result in run.told] == [False] * (len(run.told) - 1) + [True]
    assert not any(result.worked for result in run.told[:-1])
    assert run.told[-1] == run.result
    counted = [result.checks[2].files for result in run.told]
    assert 1000 in counted
    assert counted == sorted(counted)


def test_the_role_cannot_be_assumed() -> None:
    run = Run(FakeUbiquity([DENIED]))
    assert not run.result.worked
    assert run.states == [FAILED, SKIPPED, SKIPPED, SKIPPED]
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.ASSUME, FAILED, failure=DENIED, seconds=0.0
    )
    assert run.tried == [("sts:AssumeRole", "right", None, ObservedOutcome.DENIED, "AccessDenied")]
    assert run.slept == []
    verify_it_works_once_mended()


def test_without_the_external_id_it_must_be_refused() -> None:
    run = Run(FakeUbiquity([session()], without=session()))
    assert run.states == [PASSED, FAILED, PASSED, PASSED]
    assert run.tried[1] == ("sts:AssumeRole", "none", None, ObservedOutcome.ALLOWED, None)
    # Too open, and yet it works: the connector would.
    assert run.result.worked
    assert run.result.first_failure is None
    verify_it_works_once_mended()


def test_a_role_that_is_too_open_hides_no_broken_link() -> None:
    run = Run(FakeUbiquity([session(pages(one=[NOT_LISTED]))], without=session()))
    assert not run.result.worked
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.LIST, FAILED, ONE, failure=NOT_LISTED, seconds=0.0
    )


def test_nothing_is_known_where_the_refusal_was_none_of_awss() -> None:
    run = Run(FakeUbiquity([session()], without=OFFLINE))
    assert run.states == [PASSED, SKIPPED, PASSED, PASSED]
    assert run.result.worked
    assert run.tried[1][3:] == (ObservedOutcome.FAILED, "EndpointConnectionError")


@pytest.mark.parametrize(
    ("answers", "files", "failure", "outcome"),
    [
        ({"one": [NOT_LISTED]}, 0, NOT_LISTED, ObservedOutcome.DENIED),
        (
            {"one": [ListedPage(1000, next_token="x"), NOT_LISTED]},
            1000,
            NOT_LISTED,
            ObservedOutcome.DENIED,
        ),
        ({"one": [NO_BUCKET]}, 0, NO_BUCKET, ObservedOutcome.FAILED),
        (
            {"one": [ListedPage(1000, next_token="x"), OFFLINE]},
            1000,
            OFFLINE,
            ObservedOutcome.FAILED,
        ),
    ],
)
def test_a_listing_fails_and_the_others_are_made(
    answers: Mapping[str, Sequence[ListedPage | AwsFailure]],
    files: int,
    failure: AwsFailure,
    outcome: ObservedOutcome,
) -> None:
    run = Run(FakeUbiquity([session(pages(**answers))]))
    assert not run.result.worked
    assert run.states == [PASSED, PASSED, FAILED, PASSED]
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.LIST, FAILED, ONE, files, failure, seconds=0.0
    )
    assert run.tried[2][2:] == ("one", outcome, failure.code)
    verify_it_works_once_mended()


def test_the_second_bucket_fails() -> None:
    run = Run(FakeUbiquity([session(pages(two=[NO_BUCKET]))]))
    assert run.states == [PASSED, PASSED, PASSED, FAILED]
    assert run.result.checks[2].files == 1234
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.LIST, FAILED, TWO, failure=NO_BUCKET, seconds=0.0
    )


def test_a_listing_that_goes_on_and_on_is_not_counted_to_its_end() -> None:
    """It works, and that is what the test is about; an answer made up for ever ends as well."""
    endless = [ListedPage(1000, next_token=f"token-{n}") for n in range(2 * MOST_PAGES)]
    run = Run(FakeUbiquity([session(pages(one=endless))]))
    assert run.result.worked
    listed = run.result.checks[2]
    assert (listed.files, listed.complete) == (1000 * MOST_PAGES, False)
    assert run.result.checks[3].complete
    whole = [*endless[: MOST_PAGES - 1], ListedPage(7)]
    listed = Run(FakeUbiquity([session(pages(one=whole))])).result.checks[2]
    assert (listed.files, listed.complete) == (1000 * (MOST_PAGES - 1) + 7, True)


@pytest.mark.parametrize("just_created", [True, False])
def test_no_network(just_created: bool) -> None:
    run = Run(FakeUbiquity([OFFLINE]), just_created=just_created)
    assert run.states == [FAILED, SKIPPED, SKIPPED, SKIPPED]
    assert run.tried == [
        ("sts:AssumeRole", "right", None, ObservedOutcome.FAILED, "EndpointConnectionError")
    ]
    assert run.slept == []  # waiting mends no network
    verify_it_works_once_mended()


# What was just made


@pytest.mark.parametrize("times", [1, 3, len(PROPAGATION_WAITS)])
def test_a_new_role_is_tried_again(times: int) -> None:
    run = Run(FakeUbiquity([*[DENIED] * times, session()]), just_created=True)
    assert run.result.worked
    assert run.slept == list(PROPAGATION_WAITS[:times])
    spreading = [r.checks[0] for r in run.told if r.checks[0].state is CheckState.SPREADING]
    assert [check.failure for check in spreading] == [DENIED] * times
    # Only the answer that counts is observed.
    assert [o.outcome for o in run.result.observations[:2]] == [
        ObservedOutcome.ALLOWED,
        ObservedOutcome.DENIED,
    ]


def test_each_check_tells_how_long_it_took_waiting_included() -> None:
    run = Run(FakeUbiquity([DENIED, DENIED, session()]), just_created=True)
    waited = sum(PROPAGATION_WAITS[:2])
    assert [check.seconds for check in run.result.checks] == [waited, 0.0, 0.0, 0.0]
    assert run.result.seconds_of(CheckKind.ASSUME) == waited
    assert run.result.seconds_of(CheckKind.LIST) == 0.0
    first = run.told[0]
    assert (first.checks[0].seconds, first.seconds_of(CheckKind.ASSUME)) == (None, None)
    refused = Run(FakeUbiquity([DENIED])).result
    assert (refused.checks[0].seconds, refused.seconds_of(CheckKind.LIST)) == (0.0, None)


def test_of_a_test_that_was_stopped_what_had_ended_stays() -> None:
    run = Run(FakeUbiquity([session()]))
    halfway = next(r for r in run.told if r.checks[2].state is CheckState.RUNNING)
    stopped = halfway.as_stopped()
    assert [check.state for check in stopped.checks] == [PASSED, PASSED, SKIPPED, SKIPPED]
    assert (stopped.finished, stopped.worked) == (False, False)
    assert run.result.as_stopped() is run.result


def test_a_new_role_that_stays_refused() -> None:
    run = Run(FakeUbiquity([DENIED]), just_created=True)
    assert run.states[0] is FAILED
    assert run.slept == list(PROPAGATION_WAITS)
    assert len(run.ubiquity.asked) == len(PROPAGATION_WAITS) + 1


def test_a_new_policy_is_tried_again_too() -> None:
    role = session(pages(one=[NOT_LISTED, NOT_LISTED, *LISTED[("one", "imports/")]]))
    run = Run(FakeUbiquity([DENIED, role]), just_created=True)
    assert run.result.worked
    assert run.slept == list(PROPAGATION_WAITS[:3])


def test_all_of_a_test_waits_no_longer_than_said() -> None:
    role = session({place: [NOT_LISTED] * 20 for place in LISTED})
    run = Run(FakeUbiquity([DENIED, DENIED, role]), just_created=True)
    assert run.states == [PASSED, PASSED, FAILED, FAILED]
    assert run.slept == list(PROPAGATION_WAITS)


def test_what_is_no_refusal_is_not_waited_for() -> None:
    run = Run(FakeUbiquity([session(pages(two=[NO_BUCKET]))]), just_created=True)
    assert run.states[-1] is FAILED
    assert run.slept == []


def test_nothing_worked_before_the_end() -> None:
    passed = (
        ConnectionCheck(CheckKind.ASSUME, PASSED),
        ConnectionCheck(CheckKind.LIST, PASSED, ONE),
    )
    assert ConnectionResult(passed, (), finished=True).worked
    assert not ConnectionResult(passed).worked
    for state in (CheckState.WAITING, CheckState.RUNNING, CheckState.SPREADING, FAILED, SKIPPED):
        checks = (passed[0], replace(passed[1], state=state))
        assert not ConnectionResult(checks, (), finished=True).worked
