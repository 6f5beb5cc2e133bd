"""Whatever AWS answers to the customer's own test: it ends, and each failure leads to a finding."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.failure import UNKNOWN_IN_REGION, AwsFailure, finding_of_failure
from app.core.frozen import replace
from app.core.snapshot import Caller
from app.flow.connection.beginning import asking_anew
from app.flow.connection.checks import CheckState, ConnectionResult
from app.flow.connection.customer_test import CustomerTest
from app.flow.ports.aws import ListedPage, Visits
from tests.flow.connection.test_customer_test import DRAFT, account, sound
from tests.helpers.drafts import MOMENT, untouched
from tests.helpers.fakes import signed_in

_ENDED: Final = (CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED)
_CODES: Final = (
    "AccessDenied",
    "NoSuchBucket",
    "PermanentRedirect",
    "InvalidRequest",
    "SomethingNew",
    "SlowDown",
    "ExpiredToken",
    "ReadTimeoutError",
    "SSLError",
    "NoCredentialsError",
    "SignatureDoesNotMatch",
    "InternalError",
    UNKNOWN_IN_REGION,
)
_TEXTS: Final = (
    "",
    "Access Denied",
    "Signature expired: 20261123T000203Z is now earlier than 20261123T005703Z",
    "User: jo is not authorized to perform: s3:ListBucket with an explicit deny in a bucket policy",
    "The specified bucket does not exist",
    "\x1b[2J\nready: all well",
)


@st.composite
def failures(draw: st.DrawFn, action: str) -> AwsFailure:
    """Draw what AWS, or the way to it, may answer to ``action`` where it does not work."""
    code, message = draw(st.sampled_from(_CODES)), draw(st.sampled_from(_TEXTS))
    status = draw(st.sampled_from((None, 301, 400, 403, 404, 500, 503)))
    return AwsFailure(
        action, code, message, status, finding=finding_of_failure(code, message, status)
    )


def _or_none(action: str) -> st.SearchStrategy[AwsFailure | None]:
    return st.none() | failures(action)


_ANSWERS: Final = st.fixed_dictionaries(
    {
        "who": _or_none("sts:GetCallerIdentity"),
        "other": st.sampled_from((False, False, False, True)),
        "regions": st.tuples(*[_or_none("sts:GetCallerIdentity")] * 2),
        "pages": st.tuples(*[_or_none("s3:ListBucket")] * 2),
        "visits": _or_none("cloudtrail:LookupEvents"),
        "ahead": st.sampled_from((None, 0, 299, 301, -7200)),
        "sound": st.booleans(),
    }
)


@settings(max_examples=25)
@given(_ANSWERS)
def test_it_ends_and_each_failure_leads_to_a_finding(answers: dict[str, object]) -> None:
    aws = account(sound() if answers["sound"] else untouched(DRAFT))
    told: list[ConnectionResult] = []
    stranger = Caller("arn:aws:iam::998877665544:user/jo", "998877665544")
    aws.who = answers["who"] or (stranger if answers["other"] else None)  # type: ignore[assignment]
    pairs = zip(DRAFT.buckets, answers["regions"], answers["pages"], strict=True)  # type: ignore[call-overload]
    for entry, region, page in pairs:
        if region is not None:
            aws.callers[entry.region] = region
        aws.pages[entry.name, entry.prefix, None] = page or ListedPage(3)
    if answers["visits"] is not None:
        aws.histories = [Visits(failures=(answers["visits"],), regions=("us-east-1",))]  # type: ignore[arg-type]
    ahead = answers["ahead"]
    aws.ahead = timedelta(seconds=ahead) if isinstance(ahead, int) else None
    test = CustomerTest(DRAFT, asking_anew(signed_in(aws)), told.append, now=lambda: MOMENT)
    outcome = asyncio.run(test.run())
    checks = outcome.result.checks
    assert outcome.result.finished
    assert all(check.state in _ENDED for check in checks)
    assert not outcome.result.worked
    for check in checks:
        assert (check.code is not None) is (check.state is CheckState.FAILED), check
        assert check.code is None or check.code in CATALOGUE
    _verify_that_what_ended_stays(told)
    # A replay of the snapshot says what the test said.
    if outcome.signed_in is None:
        failed = next(check for check in checks if check.state is CheckState.FAILED)
        found = [finding.code for finding in outcome.checked.report.findings]
        assert failed.code in found


def _verify_that_what_ended_stays(told: list[ConnectionResult]) -> None:
    for before, after in pairwise(told):
        for one, other in zip(before.checks, after.checks, strict=True):
            if one.state in _ENDED:
                assert replace_code(one) == replace_code(other)


def replace_code(check: object) -> object:
    """Leave out what a listing that failed leads to: the report may know better at the end."""
    return replace(check, code=None)  # type: ignore[type-var]
