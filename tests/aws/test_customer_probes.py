"""What the customer's own test asks AWS: its clock, its regions, and a page of a listing."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

import pytest

from app.aws.account import CustomerAccount
from app.core.failure import UNKNOWN_IN_REGION, AwsFailure, finding_of_failure
from app.core.snapshot import Caller
from app.flow.ports.aws import ListedPage
from tests.aws.doubles import BUCKET, REGION, Front, answer, keys, refusal
from tests.aws.setups import plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OWN_TIME: Final = datetime(2026, 11, 23, 1, 2, 3, 500_000, tzinfo=UTC)
SIGNED_IN: Final = (
    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
    "<Arn>arn:aws:iam::123456789012:user/jo</Arn><Account>123456789012</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
REFUSED: Final = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>"
CALLER: Final = Caller("arn:aws:iam::123456789012:user/jo", "123456789012")
OTHER_REGION: Final = "ap-southeast-6"


@pytest.fixture
def account(url: str, front: Front) -> CustomerAccount:
    front.answers["sts.GetCallerIdentity"] = answer(200, SIGNED_IN)
    return CustomerAccount(keys(url), lambda: OWN_TIME)


def _page(account: CustomerAccount, prefix: str = "", token: str | None = None) -> ListedPage:
    page = asyncio.run(account.list_page(BUCKET, REGION, prefix, token))
    assert isinstance(page, ListedPage)
    return page


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(minutes=7), -timedelta(hours=1)])
def test_how_far_the_clock_is_off_is_told_by_an_answer_be_it_a_refusal(
    account: CustomerAccount, front: Front, ahead: timedelta
) -> None:
    assert account.clock_ahead() is None
    date = format_datetime(OWN_TIME - ahead, usegmt=True)
    front.answers["sts.GetCallerIdentity"] = answer(403, REFUSED, Date=date)
    asyncio.run(account.caller())
    assert account.clock_ahead() == ahead + timedelta(microseconds=500_000)


def test_each_region_is_asked_but_the_one_that_has_answered(
    account: CustomerAccount, front: Front
) -> None:
    assert asyncio.run(account.caller()) == CALLER
    own = account.clients.sts().meta.region_name
    assert asyncio.run(account.caller_in(own)) == CALLER
    assert len(front.sent("sts.GetCallerIdentity")) == 1
    assert asyncio.run(account.caller_in(OTHER_REGION)) == CALLER
    scopes = [request.headers["Authorization"] for request in front.sent("sts.GetCallerIdentity")]
    assert [f"/{OTHER_REGION}/sts/" in str(scope) for scope in scopes] == [False, True]


@pytest.mark.parametrize("code", ["InvalidClientTokenId", "UnrecognizedClientException"])
def test_a_region_that_knows_no_key_of_the_account_is_not_switched_on(
    account: CustomerAccount, front: Front, code: str
) -> None:
    asyncio.run(account.caller())
    front.answers["sts.GetCallerIdentity"] = refusal("sts", code)
    off = asyncio.run(account.caller_in(OTHER_REGION))
    assert isinstance(off, AwsFailure)
    assert (off.code, off.finding) == (UNKNOWN_IN_REGION, "signin.region-disabled")
    assert finding_of_failure(off.code, off.message) == off.finding
    assert off.params == {"region": OTHER_REGION}
    front.answers["sts.GetCallerIdentity"] = answer(200, SIGNED_IN)
    assert asyncio.run(account.caller_in(OTHER_REGION)) == CALLER


def test_another_failure_of_a_region_is_what_it_is(account: CustomerAccount, front: Front) -> None:
    front.refuse("sts.GetCallerIdentity", code="ExpiredToken")
    failure = asyncio.run(account.caller_in(OTHER_REGION))
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("ExpiredToken", "signin.expired")


def test_markers_of_folders_are_no_files(s3: "S3Client", account: CustomerAccount) -> None:
    plain_bucket(s3)
    for key, body in (("in/", b""), ("in/a", b""), ("in/b/", b""), ("in/c/", b"x"), ("out", b"")):
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    page = _page(account, "in/")
    # What ends in a slash and holds something is a file that somebody named so.
    assert (page.count, page.markers, page.next_token) == (4, 2, None)
    assert _page(account).count == 5
    assert _page(account, "nothing/") == ListedPage(0)


def test_the_next_page_is_asked_for_and_one_that_leads_to_itself_is_a_fault(
    account: CustomerAccount, front: Front
) -> None:
    listed = (
        "<ListBucketResult><IsTruncated>true</IsTruncated>"
        "<NextContinuationToken>{}</NextContinuationToken></ListBucketResult>"
    )
    front.answers["s3.ListObjectsV2"] = answer(200, listed.format("two"))
    assert _page(account).next_token == "two"
    assert "prefix" not in front.sent("s3.ListObjectsV2")[0].url
    again = asyncio.run(account.list_page(BUCKET, REGION, "", "two"))
    assert isinstance(again, AwsFailure)
    assert again.finding == "env.aws-fault"
    front.answers["s3.ListObjectsV2"] = answer(200, listed.format("three"))
    assert _page(account, token="two").next_token == "three"


def test_a_wrong_region_shows_as_it_does_for_the_connector(
    account: CustomerAccount, front: Front
) -> None:
    moved = "<Error><Code>PermanentRedirect</Code><Message>Use another endpoint</Message></Error>"
    front.answers["s3.ListObjectsV2"] = answer(301, moved, x_amz_bucket_region="eu-west-1")
    failure = asyncio.run(account.list_page(BUCKET, REGION, "", None))
    assert isinstance(failure, AwsFailure)
    assert failure.code == "PermanentRedirect"
    assert len(front.sent("s3.ListObjectsV2")) == 1
    assert front.sent("s3.HeadBucket") == []
