"""The customer's own test: what is tried from the customer's desk, and what follows from it."""

import asyncio
from dataclasses import replace as altered
from datetime import timedelta
from typing import Final

import pytest

from app.core.diagnosis.chain import links_of
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.draft import BucketEntry, Draft
from app.core.failure import UNKNOWN_IN_REGION, AwsFailure
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.observation import Identity, ObservationSource, ObservedOutcome
from app.core.report import Evidence, Verdict
from app.core.snapshot import NEVER_USED, Caller, Sample, Snapshot, State, Unreadable
from app.flow.connection import tester  # pytest would take its Tester for a class of tests
from app.flow.connection.beginning import ReachAws, SignInCall, asking_anew
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.customer_test import CustomerResult, CustomerTest
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import ListedPage, Reached, RoleUse, Visit, Visits
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, REGION, whole
from tests.helpers.fakes import NO_BUCKET, NOT_THERE, FakeCustomer, Gate, signed_in

ONE: Final = BucketEntry("one", REGION, "imports/")
TWO: Final = BucketEntry("two", "us-east-1")
DRAFT: Final = Draft(ACCOUNT, DATABASE_ID, (ONE, TWO))
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED
KINDS: Final = [
    CheckKind.NETWORK,
    CheckKind.CLOCK,
    CheckKind.CALLER,
    CheckKind.REGION,
    CheckKind.REGION,
    CheckKind.ACCOUNT,
    CheckKind.LIST,
    CheckKind.LIST,
]
FIRST_PAGES: Final[dict[tuple[str, str, str | None], ListedPage | AwsFailure]] = {
    ("one", "imports/", None): ListedPage(1000, next_token="next", markers=1),
    ("two", "", None): ListedPage(7),
}
OFF: Final = AwsFailure(
    "sts:GetCallerIdentity",
    UNKNOWN_IN_REGION,
    "The security token included in the request is invalid (requested region: us-east-1)",
    403,
    finding="signin.region-disabled",
    params={"region": "us-east-1"},
)
MAY_NOT_LIST: Final = AwsFailure(
    "s3:ListBucket",
    "AccessDenied",
    f"User: arn:aws:iam::{ACCOUNT}:user/jo is not authorized to perform: s3:ListBucket on "
    'resource: "arn:aws:s3:::two" because no identity-based policy allows the s3:ListBucket action',
    403,
)


def sound(draft: Draft = DRAFT) -> Snapshot:
    """Return an account in which all is well, with the files of each bucket."""
    snapshot = whole(draft)
    regions = {entry.name: entry.region for entry in draft.buckets}
    buckets = (
        replace(bucket, region=regions[bucket.name], sample=Sample(3, keys=("a",)))
        for bucket in snapshot.buckets
    )
    return replace(snapshot, buckets=tuple(buckets))


class Run:
    """One test of an account with all that it told on the way."""

    def __init__(
        self, aws: FakeCustomer, sign_in: SignInCall | None = None, reach: ReachAws | None = None
    ) -> None:
        self.told: list[ConnectionResult] = []
        self.second = 0.0
        test = CustomerTest(
            DRAFT,
            sign_in or asking_anew(signed_in(aws)),
            self.told.append,
            reach,
            now=lambda: MOMENT,
            seconds=self._seconds,
        )
        self.outcome: CustomerResult = asyncio.run(test.run())

    def _seconds(self) -> float:
        self.second += 1.0
        return self.second

    @property
    def checks(self) -> tuple[ConnectionCheck, ...]:
        """All but the last, which is whether UbiQuity was seen."""
        return self.outcome.result.checks[:-1]

    @property
    def visit(self) -> ConnectionCheck:
        return self.outcome.result.checks[-1]

    @property
    def states(self) -> list[CheckState]:
        return [check.state for check in self.checks]

    @property
    def codes(self) -> list[str | None]:
        return [check.code for check in self.checks]

    @property
    def verdict(self) -> Verdict:
        return self.outcome.checked.report.verdict

    @property
    def found(self) -> list[str]:
        return [finding.code for finding in self.outcome.checked.report.findings]


def account(snapshot: Snapshot | None = None) -> FakeCustomer:
    aws = FakeCustomer(snapshot or sound())
    aws.pages = dict(FIRST_PAGES)
    aws.ahead = timedelta(seconds=1)
    aws.uses = [
        RoleUse(MOMENT - timedelta(days=200), NEVER_USED, aws.snapshot.role.trust_policy, MOMENT)
    ]
    return aws


def fails_to_sign_in(failure: AwsFailure) -> SignInCall:
    async def sign_in() -> SignedIn | AwsFailure:
        return failure

    return sign_in


def verify_it_passes_once_mended() -> None:
    run = Run(account())
    assert run.states == [PASSED] * 8
    assert (run.verdict, run.outcome.result.first_failure) == (Verdict.READY, None)


def test_all_is_well_and_yet_nobody_says_that_it_is_connected() -> None:
    run = Run(account())
    assert [check.kind for check in run.checks] == KINDS
    assert run.states == [PASSED] * 8
    assert run.codes == [None] * 8
    assert (run.outcome.result.tester, run.outcome.result.finished) == (
        tester.Tester.CUSTOMER,
        True,
    )
    assert not run.outcome.result.worked
    one, two = run.checks[6:]
    assert (one.entry, one.files, one.markers, one.complete) == (ONE, 999, 1, False)
    assert (two.entry, two.files, two.markers, two.complete) == (TWO, 7, 0, True)
    assert run.outcome.signed_in is not None
    assert run.outcome.checked.snapshot.observations == run.outcome.result.observations
    observed = run.outcome.result.observations
    assert [(o.identity, o.bucket, o.outcome) for o in observed] == [
        (Identity.CUSTOMER, "one", ObservedOutcome.ALLOWED),
        (Identity.CUSTOMER, "two", ObservedOutcome.ALLOWED),
    ]


def test_each_bucket_is_listed_in_its_region_and_each_region_asked_once() -> None:
    aws = account()
    Run(aws)
    assert sorted(aws.asked_regions) == sorted({REGION, "us-east-1"})
    assert sorted(aws.listed) == sorted(
        [("one", REGION, "imports/", None), ("two", "us-east-1", "", None)]
    )


def test_checks_are_told_as_they_end_each_with_its_time() -> None:
    run = Run(account())
    first, last = run.told[0], run.told[-1]
    begun = [CheckState.RUNNING] * 3 + [CheckState.WAITING] * 6
    assert [check.state for check in first.checks] == begun
    assert not any(result.finished for result in run.told[:-1])
    assert last.finished
    ended = [sum(check.state is PASSED for check in result.checks) for result in run.told]
    assert ended == sorted(ended)
    assert set(range(1, 9)) <= set(ended)  # one by one, not all of them at the end
    times = {check.kind: check.seconds for check in run.checks}
    assert run.visit.seconds is None  # nothing was seen
    assert times.pop(CheckKind.CLOCK) is None  # no call of its own
    assert all(seconds is not None and seconds > 0 for seconds in times.values())


NOT_ANSWERED: Final = [
    ("EndpointConnectionError", 'Could not connect to "https://sts.amazonaws.com/"', "env.offline"),
    ("ProxyConnectionError", 'Failed to connect to proxy URL: "http://p:1"', "env.proxy"),
    ("SSLError", "SSL validation failed for https://sts.amazonaws.com/", "env.tls-intercepted"),
    ("ReadTimeoutError", "Read timeout on endpoint URL", "env.timeout"),
    ("ServiceUnavailable", "Try again", "env.aws-fault"),
]


@pytest.mark.parametrize(("code", "message", "finding"), NOT_ANSWERED)
def test_aws_is_not_reached(code: str, message: str, finding: str) -> None:
    failure = AwsFailure("sts:GetCallerIdentity", code, message, finding=finding)
    run = Run(account(), fails_to_sign_in(failure))
    assert run.states == [FAILED] + [SKIPPED] * 7
    assert run.codes == [finding] + [None] * 7
    assert (run.verdict, run.found[0], run.outcome.signed_in) == (Verdict.BLOCKED, finding, None)
    assert [o.code for o in run.outcome.result.observations] == [code]
    verify_it_passes_once_mended()


NOT_SIGNED_IN: Final = [
    ("InvalidClientTokenId", "The token is invalid", 403, "signin.invalid", PASSED),
    ("ExpiredToken", "The token has expired", 403, "signin.expired", PASSED),
    ("Throttling", "Rate exceeded", 400, "env.throttled", PASSED),
    ("NoCredentialsError", "Unable to locate credentials", None, "signin.none", SKIPPED),
    ("ProfileNotFound", "The config profile (x) could not be found", None,
     "signin.profile-missing", SKIPPED),
]  # fmt: skip


@pytest.mark.parametrize(("code", "message", "status", "finding", "network"), NOT_SIGNED_IN)
def test_nobody_can_sign_in(
    code: str, message: str, status: int | None, finding: str, network: CheckState
) -> None:
    failure = AwsFailure("sts:GetCallerIdentity", code, message, status, finding=finding)
    run = Run(account(), fails_to_sign_in(failure))
    assert run.states == [network, SKIPPED, FAILED] + [SKIPPED] * 5
    assert run.codes[2] == finding
    assert run.found[0] == finding
    verify_it_passes_once_mended()


NOBODY: Final = AwsFailure(
    "sts:GetCallerIdentity", "NoCredentialsError", "Unable to locate", finding="signin.none"
)


def test_a_sign_in_that_may_not_even_begin() -> None:
    """A profile's role that its own keys may not take on: AWS says no, and no more."""
    refused = AwsFailure("sts:GetCallerIdentity", "AccessDenied", "not authorized to", 403)
    run = Run(account(), fails_to_sign_in(refused))
    assert run.states == [PASSED, SKIPPED, FAILED] + [SKIPPED] * 5
    assert (run.codes[2], run.found[0]) == ("signin.not-allowed", "signin.not-allowed")
    verify_it_passes_once_mended()


def test_without_a_sign_in_the_network_is_looked_at_by_itself() -> None:
    asked = []

    async def reach() -> Reached | AwsFailure:
        asked.append(1)
        return Reached(timedelta(seconds=2))

    run = Run(account(), fails_to_sign_in(NOBODY), reach)
    assert run.states == [PASSED, PASSED, FAILED] + [SKIPPED] * 5
    assert (run.checks[1].clock_ahead, run.found) == (2.0, ["signin.none"])
    refused = replace(NOBODY, code="ExpiredToken", http_status=403, finding="signin.expired")
    Run(account(), fails_to_sign_in(refused), reach)
    assert asked == [1]  # a refusal is an answer
    verify_it_passes_once_mended()


def test_without_a_sign_in_and_without_a_network_both_are_told() -> None:
    async def reach() -> Reached | AwsFailure:
        return AwsFailure(
            "sts:GetCallerIdentity", "EndpointConnectionError", "Could not", finding="env.offline"
        )

    run = Run(account(), fails_to_sign_in(NOBODY), reach)
    assert run.states == [FAILED, SKIPPED, FAILED] + [SKIPPED] * 5
    assert run.codes[:3] == ["env.offline", None, "signin.none"]
    assert run.found == ["env.offline", "signin.none"]
    verify_it_passes_once_mended()


def test_without_a_sign_in_a_clock_that_is_off_is_told_too() -> None:
    async def reach() -> Reached | AwsFailure:
        return Reached(timedelta(hours=-1))

    run = Run(account(), fails_to_sign_in(NOBODY), reach)
    assert run.states == [PASSED, FAILED, FAILED] + [SKIPPED] * 5
    assert run.found == ["env.clock-skew", "signin.none"]
    verify_it_passes_once_mended()


def test_aws_refuses_for_the_clock() -> None:
    message = "Signature expired: 20261123T000203Z is now earlier than 20261123T005703Z"
    failure = AwsFailure(
        "sts:GetCallerIdentity", "SignatureDoesNotMatch", message, 403, finding="env.clock-skew"
    )
    run = Run(account(), fails_to_sign_in(failure))
    assert run.states == [PASSED, FAILED] + [SKIPPED] * 6
    assert (run.codes[1], run.found[0]) == ("env.clock-skew", "env.clock-skew")
    verify_it_passes_once_mended()


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, PASSED), (-299, PASSED), (300, PASSED), (301, FAILED), (-3600, FAILED)],
)
def test_a_clock_that_is_off_is_noted_and_by_more_than_aws_bears_it_is_the_cause(
    seconds: int, state: CheckState
) -> None:
    aws = account()
    aws.ahead = timedelta(seconds=seconds)
    run = Run(aws)
    assert run.checks[1].clock_ahead == seconds
    assert run.states == [PASSED, state, *[PASSED] * 3, state, PASSED, PASSED]
    if state is FAILED:
        finding = run.outcome.checked.report.findings[0]
        assert (finding.code, finding.params["seconds"]) == ("env.clock-skew", abs(seconds))
        verify_it_passes_once_mended()


def test_without_a_time_of_aws_nothing_is_said_of_the_clock() -> None:
    aws = account()
    aws.ahead = None
    assert Run(aws).states == [PASSED, SKIPPED, *[PASSED] * 6]


@pytest.mark.parametrize(
    ("arn", "finding"),
    [
        ("arn:aws:iam::998877665544:user/jo", "signin.wrong-account"),
        ("arn:aws-cn:iam::998877665544:user/jo", "signin.wrong-partition"),
    ],
)
def test_in_another_account_nothing_more_is_asked(arn: str, finding: str) -> None:
    aws = account()
    aws.who = Caller(arn, "998877665544")
    run = Run(aws)
    assert run.states == [PASSED, PASSED, FAILED, *[SKIPPED] * 5]
    assert (run.codes[2], run.found) == (finding, [finding])
    assert (aws.asked_regions, aws.listed) == ([], [])
    params = run.outcome.checked.report.findings[0].params
    assert finding == "signin.wrong-partition" or params["found"] == "998877665544"
    verify_it_passes_once_mended()


def test_a_region_that_is_off_skips_what_is_in_it_and_nothing_else() -> None:
    aws = account()
    aws.callers = {"us-east-1": OFF}
    run = Run(aws)
    assert run.states == [PASSED, PASSED, PASSED, PASSED, FAILED, FAILED, PASSED, SKIPPED]
    assert run.codes[4:6] == ["signin.region-disabled", "signin.region-disabled"]
    assert run.outcome.checked.report.findings[0].params == {"region": "us-east-1"}
    assert [bucket for bucket, *_ in aws.listed] == ["one"]
    verify_it_passes_once_mended()


def test_two_regions_that_are_off_are_both_observed() -> None:
    aws = account()
    aws.callers = {"us-east-1": OFF, REGION: replace(OFF, request_id="other")}
    run = Run(aws)
    assert [o.bucket for o in run.outcome.result.observations] == ["one", "two"]
    assert run.states[3:] == [FAILED, FAILED, FAILED, SKIPPED, SKIPPED]


def test_a_region_that_does_not_answer_says_nothing_of_its_buckets() -> None:
    """A firewall may let S3 through and not STS: the listing is tried all the same."""
    offline = AwsFailure(
        "sts:GetCallerIdentity", "EndpointConnectionError", "Could not", finding="env.offline"
    )
    aws = account()
    aws.callers = {"us-east-1": offline}
    run = Run(aws)
    assert run.states[3:5] == [PASSED, FAILED]
    assert run.states[6:] == [PASSED, PASSED]
    assert run.codes[4] == "env.offline"


def test_what_the_account_lacks_is_told_by_its_first_broken_link() -> None:
    snapshot = sound()
    role = replace(snapshot.role, state=State.MISSING)
    run = Run(account(replace(snapshot, role=role)))
    assert run.states == [*[PASSED] * 5, FAILED, PASSED, PASSED]
    assert (run.codes[5], run.verdict) == ("role.missing", Verdict.BLOCKED)
    assert not run.outcome.result.worked
    verify_it_passes_once_mended()


def test_a_bucket_that_is_not_there() -> None:
    snapshot = sound()
    there, gone = snapshot.buckets
    aws = account(replace(snapshot, buckets=(there, replace(gone, state=State.MISSING))))
    aws.pages["two", "", None] = altered(NO_BUCKET, message="The specified bucket does not exist")
    run = Run(aws)
    assert run.states[5:] == [FAILED, PASSED, FAILED]
    assert run.codes[5:] == ["bucket.missing", None, "bucket.missing"]
    verify_it_passes_once_mended()


def test_who_may_not_list_is_as_far_as_before() -> None:
    """The connector lists with another identity: that this one may not, blocks nothing."""
    snapshot = sound()
    one, two = snapshot.buckets
    unread = Unreadable("buckets[1].sample", "AccessDenied", MAY_NOT_LIST.message)
    aws = account(replace(snapshot, buckets=(one, replace(two, sample=None)), unreadable=(unread,)))
    aws.pages["two", "", None] = MAY_NOT_LIST
    run = Run(aws)
    assert run.states[5:] == [PASSED, PASSED, FAILED]
    assert run.codes[7] == "check.unreadable"
    assert (run.verdict, run.found) == (Verdict.READY, ["check.unreadable"])
    assert run.outcome.result.observations[-1].outcome is ObservedOutcome.DENIED
    verify_it_passes_once_mended()


def test_a_refusal_while_the_account_could_be_read_is_one_of_the_sign_in() -> None:
    aws = account()
    aws.pages["two", "", None] = MAY_NOT_LIST
    run = Run(aws)
    assert run.codes[7] == "signin.not-allowed"
    assert "signin.not-allowed" in run.found


def test_an_organisation_that_forbids_it_forbids_it_to_ubiquity_too() -> None:
    message = MAY_NOT_LIST.message.partition(" because")[0]
    denied = replace(
        MAY_NOT_LIST, message=f"{message} with an explicit deny in a service control policy"
    )
    aws = account()
    aws.pages["two", "", None] = denied
    run = Run(aws)
    assert run.codes[5:] == ["organization.denies", None, "organization.denies"]
    verify_it_passes_once_mended()


def test_a_network_that_breaks_down_half_way() -> None:
    aws = account()
    aws.pages["one", "imports/", None] = AwsFailure(
        "s3:ListBucket", "ReadTimeoutError", "Read timeout", finding="env.timeout"
    )
    run = Run(aws)
    assert run.states[6:] == [FAILED, PASSED]
    assert run.codes[6] == "env.timeout"
    verify_it_passes_once_mended()


# UbiQuity's visits

SEEN: Final = Visit(MOMENT - timedelta(hours=2), REGION, "right", "visit-1")


def test_a_visit_is_proof_and_no_visit_is_none() -> None:
    aws = account()
    aws.histories = [Visits((SEEN,), regions=(REGION,))]
    run = Run(aws)
    assert (run.visit.kind, run.visit.state) == (CheckKind.VISIT, PASSED)
    assert run.visit.seconds is not None
    assert run.states == [PASSED] * 8
    observed = run.outcome.result.observations
    assert (observed[0].identity, observed[0].request_id) == (Identity.UBIQUITY, "visit-1")
    assert observed[0].source is ObservationSource.CLOUDTRAIL
    assert set(observed) == set(run.outcome.checked.snapshot.observations)
    checked = run.outcome.checked
    links = {s.link: s.evidence for s in links_of(checked.report, checked.snapshot)}
    assert links[ChainLink.TRUST] is links[ChainLink.ROLE] is Evidence.VERIFIED
    assert not run.outcome.result.worked  # that is for the real test to say
    nothing = Run(account())
    assert (nothing.visit.state, nothing.visit.failure, nothing.visit.code) == (SKIPPED, None, None)
    assert nothing.states == [PASSED] * 8
    assert nothing.outcome.checked.look_back is not None


def test_a_visit_with_another_external_id_is_told_and_proves_nothing() -> None:
    aws = account()
    aws.histories = [Visits((altered(SEEN, external_id="none"),), regions=(REGION,))]
    run = Run(aws)
    assert run.visit.state is SKIPPED
    assert "trust.external-id-not-required" in run.found
    assert run.verdict is Verdict.READY


def test_who_may_not_look_is_told_so_and_has_failed_nothing() -> None:
    refused = AwsFailure("cloudtrail:LookupEvents", "AccessDeniedException", "no", 400)
    aws = account()
    aws.histories = [Visits(failures=(refused,), regions=(REGION,))]
    run = Run(aws)
    assert (run.visit.state, run.visit.failure, run.visit.code) == (SKIPPED, refused, None)
    assert (run.states, run.verdict) == ([PASSED] * 8, Verdict.READY)
    verify_it_passes_once_mended()


def test_an_event_history_that_never_answers_keeps_nothing_back() -> None:
    class Silent(FakeCustomer):
        async def visits(self, *_: object, **__: object) -> Visits:
            await asyncio.Event().wait()
            raise AssertionError

    test = CustomerTest(
        DRAFT, asking_anew(signed_in(Silent(sound()))), lambda _result: None, patience=0.0
    )
    outcome = asyncio.run(test.run())
    visit = outcome.result.checks[-1]
    assert (visit.kind, visit.state) == (CheckKind.VISIT, SKIPPED)
    assert visit.failure is not None
    assert visit.failure.finding == "env.timeout"
    assert outcome.checked.look_back is not None
    assert outcome.checked.report.verdict is Verdict.READY
    assert Run(FakeCustomer(sound())).visit.failure is None


def test_without_a_role_nobody_can_have_used_it() -> None:
    aws = account()
    aws.uses = [NOT_THERE]
    run = Run(aws)
    assert (run.visit.state, run.outcome.checked.look_back) == (SKIPPED, None)


def test_cancelled_it_stops_at_once_and_what_had_ended_stays() -> None:
    async def stopped() -> ConnectionResult:
        aws, told = account(), list[ConnectionResult]()
        aws.gate = Gate()
        test = CustomerTest(DRAFT, asking_anew(signed_in(aws)), told.append)
        task = asyncio.create_task(test.run())
        await aws.gate.arrival()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        before = len(told)
        aws.gate.open()
        await asyncio.sleep(0)
        assert len(told) == before
        assert len(asyncio.all_tasks()) == 1
        return told[-1].as_stopped()

    result = asyncio.run(stopped())
    assert [check.state for check in result.checks] == [PASSED] * 3 + [SKIPPED] * 6
    verify_it_passes_once_mended()


def test_the_support_of_ubiquity_is_nobodys_customer() -> None:
    aws = account()
    aws.who = Caller(f"arn:aws:iam::{UBIQUITY_ACCOUNT}:user/support", UBIQUITY_ACCOUNT)
    run = Run(aws)
    assert run.states == [PASSED, PASSED, FAILED, *[SKIPPED] * 5]
    assert aws.listed == []
