"""The connection test with UbiQuity's identity: what the connector does, check by check."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pytest

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.observation import Identity, Observation, ObservedOutcome
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.spreading import SPREADING_SECONDS
from app.flow.connection.ubiquity_test import ConnectionTest, wrong_external_id
from app.flow.ports.aws import ListedFile, ListedPage
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
FOLDER: Final = replace(ONE, restrict_to_prefix=True)
KEY_ARN: Final = "arn:aws:kms:ap-southeast-2:111122223333:key/1"
FILE: Final = ListedFile("imports/a.csv", 84)
FULL: Final = ListedPage(5, markers=2, readable=FILE)
NOT_READ: Final = AwsFailure("s3:GetObject", "AccessDenied", "Access Denied", 403, "req-5")
NO_KEY: Final = AwsFailure(
    "s3:GetObject",
    "AccessDenied",
    f"is not authorized to perform: kms:Decrypt on resource: {KEY_ARN} because no "
    "identity-based policy allows the kms:Decrypt action",
    403,
    "req-6",
)
ARCHIVED: Final = AwsFailure(
    "s3:GetObject",
    "InvalidObjectState",
    "The operation is not valid for the object's storage class",
    403,
    "req-7",
)
GONE: Final = AwsFailure("s3:GetObject", "NoSuchKey", "does not exist", 404, "req-8")
REGION_OFF: Final = AwsFailure(
    "sts:AssumeRole",
    "RegionDisabledException",
    "is not activated",
    403,
    "req-10",
    finding="signin.region-disabled",
)

Pages = Mapping[tuple[str, str], Sequence[ListedPage | AwsFailure]]
LISTED: Final[Pages] = {("one", "imports/"): [FULL], ("two", ""): [ListedPage(0)]}
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED
ALLOWED, REFUSED = ObservedOutcome.ALLOWED, ObservedOutcome.DENIED
BROKEN = ObservedOutcome.FAILED


class Run:
    """One test with what it told on the way, and how long it slept."""

    def __init__(
        self, ubiquity: FakeUbiquity, draft: Draft = DRAFT, *, just_created: bool = False
    ) -> None:
        self.ubiquity = ubiquity
        self.told: list[ConnectionResult] = []
        self.now = 100.0
        self.result = asyncio.run(
            ConnectionTest(
                draft,
                ubiquity,
                self.told.append,
                just_created=just_created,
                sleep=self._sleep,
                now=lambda: MOMENT,
                seconds=lambda: self.now,
            ).run()
        )

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def states(self) -> list[CheckState]:
        return [check.state for check in self.result.checks]

    @property
    def kinds(self) -> list[CheckKind]:
        return [check.kind for check in self.result.checks]

    @property
    def tried(self) -> list[tuple[str, str | None, str | None, ObservedOutcome, str | None]]:
        """What was observed: action, External ID, bucket, outcome and code."""
        return [
            (o.action, o.external_id, o.bucket, o.outcome, o.code) for o in self.result.observations
        ]

    def check(self, kind: CheckKind, entry: BucketEntry | None = None) -> ConnectionCheck:
        """Return the check of ``kind`` that is about ``entry``."""
        (check,) = (c for c in self.result.checks if c.kind is kind and c.entry == entry)
        return check


def session(pages: Pages = LISTED, kms_key: str | None = None) -> FakeRoleSession:
    return FakeRoleSession(pages, kms_key=kms_key)


def reading(answer: AwsFailure) -> FakeRoleSession:
    role = session()
    role.answers["read_object"] = [answer]
    return role


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
    assert run.kinds == [
        *(CheckKind.ASSUME, CheckKind.ASSUME_WITHOUT, CheckKind.ASSUME_WRONG),
        *(CheckKind.LIST, CheckKind.READ) * 2,
    ]
    # Of an empty folder there is nothing to read, and nothing is wrong.
    assert run.states == [*[PASSED] * 6, SKIPPED]
    assert [check.entry for check in run.result.checks] == [*[None] * 3, ONE, ONE, TWO, TWO]
    assert run.ubiquity.asked[:2] == [(ROLE_ARN, DATABASE_ID)] * 2
    assert sorted(run.ubiquity.asked[2:], key=str) == [
        (ROLE_ARN, FakeUbiquity.WRONG),
        (ROLE_ARN, None),
    ]
    assert run.ubiquity.regions[:2] == [REGION, "us-east-1"]
    assert role.asked == [("one", REGION, "imports/", None), ("two", "us-east-1", "", None)]
    assert role.read == [("one", "imports/a.csv", 1)]
    assert role.objects.written == role.objects.deleted == []


def test_files_and_the_markers_of_folders_are_told_apart() -> None:
    listed = Run(FakeUbiquity([session()])).check(CheckKind.LIST, ONE)
    assert (listed.files, listed.markers, listed.complete) == (3, 2, True)
    more = pages(one=[ListedPage(1000, next_token="more")])
    listed = Run(FakeUbiquity([session(more)])).check(CheckKind.LIST, ONE)
    assert (listed.state, listed.files, listed.complete) == (PASSED, 1000, False)


def test_each_answer_is_an_observation_in_the_connectors_order() -> None:
    run = Run(FakeUbiquity([session(kms_key=KEY_ARN)]))
    assert run.tried == [
        ("sts:AssumeRole", "right", None, ALLOWED, None),
        ("sts:AssumeRole", "none", None, REFUSED, "AccessDenied"),
        ("sts:AssumeRole", "wrong", None, REFUSED, "AccessDenied"),
        ("s3:ListBucket", None, "one", ALLOWED, None),
        ("s3:GetObject", None, "one", ALLOWED, None),
        ("kms:Decrypt", None, "one", ALLOWED, None),
        ("s3:ListBucket", None, "two", ALLOWED, None),
    ]
    assert run.result.observations[1] == Observation(
        MOMENT,
        Identity.UBIQUITY,
        "sts:AssumeRole",
        REFUSED,
        resource=ROLE_ARN,
        external_id="none",
        code=DENIED.code,
        message=DENIED.message,
        request_id=DENIED.request_id,
    )
    resources = [o.resource for o in run.result.observations[3:]]
    assert resources == [
        bucket_arn("one"),
        f"{bucket_arn('one')}/imports/*",
        KEY_ARN,
        bucket_arn("two"),
    ]


def test_progress_is_told_step_by_step() -> None:
    run = Run(FakeUbiquity([session()]))
    assert [check.state for check in run.told[0].checks] == [CheckState.RUNNING] + [
        CheckState.WAITING
    ] * 6
    assert [result.finished for result in run.told] == [False] * (len(run.told) - 1) + [True]
    assert not any(result.worked for result in run.told[:-1])
    assert run.told[-1] == run.result
    # Those that turn on nothing but the role are made side by side.
    at_once = [sum(c.state is CheckState.RUNNING for c in result.checks) for result in run.told]
    assert max(at_once) == 4


def test_the_role_cannot_be_assumed() -> None:
    run = Run(FakeUbiquity([DENIED]))
    assert not run.result.worked
    assert run.states == [FAILED, *[SKIPPED] * 6]
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.ASSUME,
        FAILED,
        failure=DENIED,
        seconds=0.0,
        code="trust.external-id-mismatch",
    )
    assert run.tried == [("sts:AssumeRole", "right", None, REFUSED, "AccessDenied")]
    assert run.now == 100.0
    verify_it_works_once_mended()


def test_one_region_does_not_let_ubiquity_in() -> None:
    ubiquity = FakeUbiquity([session()])
    ubiquity.in_region["us-east-1"] = [DENIED]
    run = Run(ubiquity)
    assert run.check(CheckKind.ASSUME).state is FAILED
    assert run.check(CheckKind.LIST, ONE).state is PASSED
    assert run.check(CheckKind.LIST, TWO).state is SKIPPED
    assert not run.result.worked
    # The failure is what counts of the two answers.
    assert [o[3] for o in run.tried[:2]] == [ALLOWED, REFUSED]
    # The others are tried where UbiQuity gets in.
    assert ubiquity.regions[2:] == [REGION] * 2
    verify_it_works_once_mended()


@pytest.mark.parametrize("finding", ["signin.region-disabled", "signin.invalid", "env.offline"])
def test_a_region_that_is_not_for_ubiquity_is_no_fault_of_the_customers(finding: str) -> None:
    ubiquity = FakeUbiquity([session()])
    ubiquity.in_region["us-east-1"] = [replace(REGION_OFF, finding=finding)]
    run = Run(ubiquity)
    assert run.result.worked
    assert ubiquity.regions[:3] == [REGION, "us-east-1", None]
    alone = FakeUbiquity([session()])
    alone.in_region[REGION] = [replace(REGION_OFF, finding=finding)]
    assert Run(alone, replace(DRAFT, buckets=(ONE,))).states == [PASSED] * 5
    assert alone.regions == [REGION, None, None, None]
    # Where its own one does not know it either, that is what is wrong.
    ubiquity = FakeUbiquity([replace(REGION_OFF, finding=finding)])
    assert Run(ubiquity).check(CheckKind.ASSUME).code == finding


# What must be refused


@pytest.mark.parametrize("sent", ["without", "wrong"])
def test_another_external_id_or_none_must_be_refused(sent: str) -> None:
    answers = {sent: session()}
    run = Run(FakeUbiquity([session()], **answers))
    kind = CheckKind.ASSUME_WITHOUT if sent == "without" else CheckKind.ASSUME_WRONG
    check = run.check(kind)
    assert (check.state, check.code) == (FAILED, "trust.external-id-not-required")
    assert check.is_warning
    # Too open, and yet it works: the connector would.
    assert run.result.worked
    assert run.result.first_failure is None
    assert run.result.warnings == (check,)
    external_id = "none" if sent == "without" else "wrong"
    assert ("sts:AssumeRole", external_id, None, ALLOWED, None) in run.tried
    verify_it_works_once_mended()


def test_a_role_that_is_too_open_hides_no_broken_link() -> None:
    run = Run(FakeUbiquity([session(pages(one=[NOT_LISTED]))], without=session()))
    assert not run.result.worked
    assert run.result.first_failure == run.check(CheckKind.LIST, ONE)


@pytest.mark.parametrize("sent", ["without", "wrong"])
def test_nothing_is_known_where_the_refusal_was_none_of_awss(sent: str) -> None:
    run = Run(FakeUbiquity([session()], **{sent: OFFLINE}))
    place = 1 if sent == "without" else 2
    assert run.states[place] is SKIPPED
    assert run.result.worked
    assert run.tried[place][3:] == (BROKEN, "EndpointConnectionError")


OWN: Final = replace(DENIED, finding="signin.not-allowed")


def test_what_ubiquitys_own_sign_in_may_not_tells_nothing_of_the_role() -> None:
    run = Run(FakeUbiquity([OWN]), just_created=True)
    assert (run.check(CheckKind.ASSUME).code, run.now) == ("signin.not-allowed", 100.0)
    assert run.tried == []
    run = Run(FakeUbiquity([session()], without=OWN, wrong=OWN))
    assert run.states[:3] == [PASSED, SKIPPED, SKIPPED]
    assert [o[1] for o in run.tried[:2]] == ["right", None]
    verify_it_works_once_mended()


def test_a_wrong_external_id_is_valid_and_nobodys() -> None:
    made_up = {wrong_external_id() for _ in range(100)}
    assert len(made_up) == 100
    for external_id in made_up:
        assert external_id.replace("-", "").isalnum()
        assert 2 <= len(external_id) <= 1224
        assert len(external_id) > len(DATABASE_ID) + 2  # padding and all


def test_where_the_folder_is_limited_a_look_outside_is_refused() -> None:
    role = session()
    run = Run(FakeUbiquity([role]), replace(DRAFT, buckets=(FOLDER,)))
    assert run.result.worked
    assert run.check(CheckKind.OUTSIDE, FOLDER).state is PASSED
    (outside,) = (prefix for _, _, prefix, _ in role.asked if prefix != "imports/")
    (look,) = (o for o in run.result.observations if o.looks_outside)
    assert (look.outcome, look.resource) == (REFUSED, f"{bucket_arn('one')}/{outside}*")
    assert look.request_id == NOT_LISTED.request_id


def test_a_look_outside_that_works_is_too_broad() -> None:
    run = Run(FakeUbiquity([Anywhere()]), replace(DRAFT, buckets=(FOLDER,)))
    check = run.check(CheckKind.OUTSIDE, FOLDER)
    assert (check.state, check.code, check.is_warning) == (FAILED, "policy.too-broad", True)
    assert run.result.worked


@pytest.mark.parametrize("others", [(), (TWO,), (replace(ONE, prefix="others/"),)])
def test_outside_is_not_looked_where_no_folder_is_limited(others: Sequence[BucketEntry]) -> None:
    first = FOLDER if others and others[0].name == "one" else ONE
    run = Run(FakeUbiquity([Anywhere()]), replace(DRAFT, buckets=(first, *others)))
    assert CheckKind.OUTSIDE not in run.kinds


class Anywhere(FakeRoleSession):
    """A role that may list whatever it likes."""

    def __init__(self) -> None:
        super().__init__({})

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        del bucket, region, prefix, token
        return ListedPage(0)


# Files


@pytest.mark.parametrize(
    ("failure", "outcome", "code"),
    [
        (NOT_LISTED, REFUSED, "policy.not-attached"),
        (NO_BUCKET, BROKEN, "bucket.missing"),
        (OFFLINE, BROKEN, "env.offline"),
    ],
)
def test_a_listing_fails_and_the_others_are_made(
    failure: AwsFailure, outcome: ObservedOutcome, code: str
) -> None:
    run = Run(FakeUbiquity([session(pages(one=[failure]))]))
    assert not run.result.worked
    assert run.states == [PASSED, PASSED, PASSED, FAILED, SKIPPED, PASSED, SKIPPED]
    assert run.result.first_failure == ConnectionCheck(
        CheckKind.LIST, FAILED, ONE, failure=failure, seconds=0.0, code=code
    )
    assert run.tried[3][2:] == ("one", outcome, failure.code)
    verify_it_works_once_mended()


def test_the_second_bucket_fails() -> None:
    run = Run(FakeUbiquity([session(pages(two=[NO_BUCKET]))]))
    assert run.check(CheckKind.LIST, ONE).files == 3
    assert run.result.first_failure == run.check(CheckKind.LIST, TWO)


def test_of_two_prefixes_the_one_that_fails_counts() -> None:
    draft = replace(DRAFT, buckets=(ONE, replace(ONE, prefix="others/")))
    run = Run(FakeUbiquity([session({("one", "others/"): [FULL]})]), draft)
    listings = [o for o in run.tried if o[0] == "s3:ListBucket"]
    assert [outcome for *_, outcome, _ in listings] == [ALLOWED, REFUSED]


@pytest.mark.parametrize(
    ("failure", "code", "works"),
    [
        (NOT_READ, "policy.not-attached", False),
        (NO_KEY, "kms.decrypt-denied", False),
        (ARCHIVED, "files.archived", True),
        (replace(OFFLINE, action="s3:GetObject"), "env.offline", False),
    ],
)
def test_a_file_cannot_be_read(failure: AwsFailure, code: str, works: bool) -> None:
    run = Run(FakeUbiquity([reading(failure)]))
    check = run.check(CheckKind.READ, ONE)
    assert (check.state, check.code, check.failure) == (FAILED, code, failure)
    # A file that has to be restored first is none of the connection's faults.
    assert (run.result.worked, check.is_warning) == (works, works)
    assert run.result.first_failure == (None if works else check)
    (read,) = (o for o in run.result.observations if o.action == "s3:GetObject")
    assert read.request_id == failure.request_id
    verify_it_works_once_mended()


def test_a_file_that_was_moved_away_meanwhile_tells_nothing() -> None:
    run = Run(FakeUbiquity([reading(GONE)]))
    assert run.check(CheckKind.READ, ONE).state is SKIPPED
    assert run.result.worked


def test_an_empty_file_is_read_whole() -> None:
    role = session(pages(one=[ListedPage(1, readable=ListedFile("imports/empty", 0))]))
    assert Run(FakeUbiquity([role])).result.worked
    assert role.read == [("one", "imports/empty", None)]


@pytest.mark.parametrize("just_created", [True, False])
def test_no_network(just_created: bool) -> None:
    run = Run(FakeUbiquity([OFFLINE]), just_created=just_created)
    assert run.states == [FAILED, *[SKIPPED] * 6]
    assert run.tried == [("sts:AssumeRole", "right", None, BROKEN, "EndpointConnectionError")]
    assert run.now == 100.0  # waiting mends no network
    verify_it_works_once_mended()


# What was just made


def test_a_new_role_is_tried_again_and_the_seconds_count() -> None:
    run = Run(FakeUbiquity([DENIED, DENIED, session()]), just_created=True)
    assert run.result.worked
    spreading = [r.checks[0] for r in run.told if r.checks[0].state is CheckState.SPREADING]
    assert {check.spreading for check in spreading} >= {0.0, 1.0, 2.0, 3.0}
    assert all(check.failure == DENIED for check in spreading)
    # Only the answer that counts is observed.
    assert [o[3] for o in run.tried[:3]] == [ALLOWED, REFUSED, REFUSED]
    assert (run.result.checks[0].spreading, run.result.checks[0].failure) == (None, None)


def test_each_check_tells_how_long_it_took_waiting_included() -> None:
    draft = replace(DRAFT, buckets=(ONE,))
    run = Run(FakeUbiquity([DENIED, DENIED, session()]), draft, just_created=True)
    assert [check.seconds for check in run.result.checks] == [5.0, 0.0, 0.0, 0.0, 0.0]
    assert run.result.seconds_of(CheckKind.ASSUME) == 5.0
    assert run.result.seconds_of(CheckKind.LIST) == 0.0
    first = run.told[0]
    assert (first.checks[0].seconds, first.seconds_of(CheckKind.ASSUME)) == (None, None)
    refused = Run(FakeUbiquity([DENIED])).result
    assert (refused.checks[0].seconds, refused.seconds_of(CheckKind.LIST)) == (0.0, None)


def test_of_a_test_that_was_stopped_what_had_ended_stays() -> None:
    run = Run(FakeUbiquity([session()]))
    halfway = next(r for r in run.told if r.checks[3].state is CheckState.RUNNING)
    stopped = halfway.as_stopped()
    assert stopped.checks[0].state is PASSED
    assert {check.state for check in stopped.checks[1:]} == {SKIPPED}
    assert (stopped.finished, stopped.worked) == (False, False)
    assert run.result.as_stopped() is run.result


def test_a_new_role_that_stays_refused() -> None:
    run = Run(FakeUbiquity([DENIED]), replace(DRAFT, buckets=(ONE,)), just_created=True)
    assert run.states[0] is FAILED
    assert run.now - 100.0 == SPREADING_SECONDS


def test_a_new_policy_is_tried_again_too() -> None:
    role = session(pages(one=[NOT_LISTED, NOT_LISTED, FULL]))
    run = Run(FakeUbiquity([DENIED, role]), just_created=True)
    assert run.result.worked


def test_a_trust_policy_that_still_lets_anybody_in_is_given_time_too() -> None:
    ubiquity = FakeUbiquity([session()], without=session())
    run = Run(ubiquity, just_created=True)
    assert run.check(CheckKind.ASSUME_WITHOUT).state is FAILED
    assert run.now - 100.0 >= SPREADING_SECONDS
    assert ubiquity.asked.count((ROLE_ARN, None)) > 2


def test_all_of_a_test_waits_no_longer_than_a_minute() -> None:
    role = session({place: [NOT_LISTED] * 20 for place in LISTED})
    run = Run(FakeUbiquity([DENIED, DENIED, role]), just_created=True)
    assert [run.check(CheckKind.LIST, entry).state for entry in (ONE, TWO)] == [FAILED] * 2
    # Two of them sleep side by side, and each tries once more before the minute is over.
    assert SPREADING_SECONDS <= run.now - 100.0 < 2 * SPREADING_SECONDS


def test_what_is_no_refusal_is_not_waited_for() -> None:
    run = Run(FakeUbiquity([session(pages(two=[NO_BUCKET]))]), just_created=True)
    assert run.check(CheckKind.LIST, TWO).state is FAILED
    assert Run(FakeUbiquity([reading(ARCHIVED)]), just_created=True).now == run.now == 100.0


def test_nothing_worked_before_the_end() -> None:
    passed = (
        ConnectionCheck(CheckKind.ASSUME, PASSED),
        ConnectionCheck(CheckKind.LIST, PASSED, ONE),
    )
    assert ConnectionResult(passed, (), finished=True).worked
    assert not ConnectionResult((), (), finished=True).worked
    assert not ConnectionResult(passed).worked
    for state in (CheckState.WAITING, CheckState.RUNNING, CheckState.SPREADING, FAILED, SKIPPED):
        checks = (passed[0], replace(passed[1], state=state))
        assert not ConnectionResult(checks, (), finished=True).worked


def test_no_external_id_is_in_what_a_test_tells() -> None:
    run = Run(FakeUbiquity([session()]))
    assert DATABASE_ID not in repr(run.told)
