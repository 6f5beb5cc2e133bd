"""UbiQuity's own identity: assuming the role, and listing as the connector does."""

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.account import CustomerAccount
from app.aws.ubiquity import AssumedRole, UbiquityAccount
from app.core.failure import AwsFailure
from app.core.guide import EXAMPLE_DATABASE_ID, role_arn
from app.flow.ports import CustomerAws, ListedPage, UbiquityAws, UbiquitySession
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, Front, answer, body_of, keys, refusal
from tests.aws.setups import plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ROLE = role_arn(ACCOUNT)


@pytest.fixture
def ubiquity(url: str, front: Front) -> UbiquityAccount:  # noqa: ARG001 - it stands in front
    return UbiquityAccount(keys(url))


def _assume(
    ubiquity: UbiquityAccount, external_id: str | None = EXAMPLE_DATABASE_ID
) -> AssumedRole | AwsFailure:
    return asyncio.run(ubiquity.assume_role(ROLE, external_id))


def _list(
    ubiquity: UbiquityAccount, region: str = REGION, prefix: str = "", token: str | None = None
) -> ListedPage | AwsFailure:
    async def assume_and_list() -> ListedPage | AwsFailure:
        session = await ubiquity.assume_role(ROLE, EXAMPLE_DATABASE_ID)
        assert isinstance(session, AssumedRole)
        return await session.list_page(BUCKET, region, prefix, token)

    return asyncio.run(assume_and_list())


def _asked(request: AWSPreparedRequest) -> dict[str, str]:
    query = parse_qs(urlsplit(request.url).query or body_of(request))
    return {name: values[0] for name, values in query.items()}


def test_the_ports_are_kept(ubiquity: UbiquityAccount, account: CustomerAccount) -> None:
    identity: UbiquityAws = ubiquity
    customer: CustomerAws = account
    session = asyncio.run(identity.assume_role(ROLE, None))
    assert not isinstance(session, AwsFailure)
    listed: UbiquitySession = session
    assert callable(listed.list_page)
    assert callable(customer.apply)


def test_the_role_is_assumed_as_the_connector_does(ubiquity: UbiquityAccount, front: Front) -> None:
    assert isinstance(_assume(ubiquity), AssumedRole)
    (request,) = front.sent("sts.AssumeRole")
    asked = _asked(request)
    assert asked["RoleArn"] == ROLE
    assert asked["ExternalId"] == EXAMPLE_DATABASE_ID
    assert asked["DurationSeconds"] == "3600"


def test_no_external_id_is_sent_where_there_is_none(
    ubiquity: UbiquityAccount, front: Front
) -> None:
    _assume(ubiquity, None)
    assert "ExternalId" not in _asked(front.sent("sts.AssumeRole")[0])


def test_a_refusal_is_told_in_awss_words(ubiquity: UbiquityAccount, front: Front) -> None:
    text = f"User: ubiquity is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    front.answers["sts.AssumeRole"] = refusal("sts", "AccessDenied", message=text)
    failure = _assume(ubiquity)
    assert failure == AwsFailure("sts:AssumeRole", "AccessDenied", text, 403, "R1")


def test_an_external_id_that_sts_would_never_take_is_a_failure(
    ubiquity: UbiquityAccount, front: Front
) -> None:
    failure = _assume(ubiquity, "x")
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("ParamValidationError", None)
    assert front.operations == []


def test_files_are_listed(ubiquity: UbiquityAccount, s3: "S3Client") -> None:
    plain_bucket(s3)
    for name in ("in/ä b.csv", "in/deep/2.csv", "out/3.csv"):
        s3.put_object(Bucket=BUCKET, Key=name, Body=b"")
    assert _list(ubiquity, prefix="in/") == ListedPage(2, ("in/deep/2.csv", "in/ä b.csv"))


def test_a_listing_goes_on_where_its_page_ended(ubiquity: UbiquityAccount, front: Front) -> None:
    rows = "".join(f"<Contents><Key>in/{number:03}</Key></Contents>" for number in range(1000))
    more = "<IsTruncated>true</IsTruncated><NextContinuationToken>T/1=</NextContinuationToken>"
    page = f"<ListBucketResult>{more}{rows}</ListBucketResult>"
    front.answers["s3.ListObjectsV2"] = answer(200, page)
    names = tuple(f"in/{number:03}" for number in range(10))
    assert _list(ubiquity, prefix="in/") == ListedPage(1000, names, "T/1=")
    last = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
    front.answers["s3.ListObjectsV2"] = answer(200, last)
    assert _list(ubiquity, prefix="in/", token="T/1=") == ListedPage(0)
    first, second = (_asked(request) for request in front.sent("s3.ListObjectsV2"))
    assert second == {**first, "continuation-token": "T/1="}


def test_an_empty_prefix_is_not_sent(
    ubiquity: UbiquityAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    assert _list(ubiquity) == ListedPage(0)
    assert _list(ubiquity, prefix="in/") == ListedPage(0)
    without, with_prefix = (_asked(request) for request in front.sent("s3.ListObjectsV2"))
    assert without == {"list-type": "2", "max-keys": "1000", "encoding-type": "url"}
    assert with_prefix == {**without, "prefix": "in/"}


def test_the_roles_own_keys_sign_in_the_drafts_region(
    ubiquity: UbiquityAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    _list(ubiquity, region="eu-west-1")
    (request,) = front.sent("s3.ListObjectsV2")
    signed = request.headers["Authorization"]
    assert b"/eu-west-1/s3/" in signed
    assert b"AKIAADMIN" not in signed
    assert request.headers["X-Amz-Security-Token"]


def _redirect(front: Front) -> None:
    region = "<Region>eu-west-1</Region>"
    text = "<Error><Code>{}</Code><Message>Wrong region</Message>" + region + "</Error>"
    there = {"x_amz_bucket_region": "eu-west-1"}
    wrong = answer(301, text.format("PermanentRedirect"), **there)
    front.only("s3.ListObjectsV2", lambda sent: f"/{REGION}/s3/" in sent, wrong)


def test_a_wrong_region_shows(ubiquity: UbiquityAccount, s3: "S3Client", front: Front) -> None:
    plain_bucket(s3, region="eu-west-1")
    _redirect(front)
    failure = _list(ubiquity)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("PermanentRedirect", None)
    assert len(front.sent("s3.ListObjectsV2")) == 1
    assert front.sent("s3.HeadBucket") == []


def test_a_wrong_region_is_followed_elsewhere(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    """What botocore does by itself, and the role's session must not."""
    plain_bucket(s3, region="eu-west-1")
    _redirect(front)
    account._calls.clients.s3(REGION).list_objects_v2(Bucket=BUCKET)
    assert len(front.sent("s3.ListObjectsV2")) == 2


WRONG = (
    ("AuthorizationHeaderMalformed", 400),
    ("IllegalLocationConstraintException", 400),
    ("NoSuchBucket", 404),
    ("AccessDenied", 403),
)


@pytest.mark.parametrize(("code", "status"), WRONG)
def test_a_listing_that_fails_says_why(
    ubiquity: UbiquityAccount, front: Front, code: str, status: int
) -> None:
    front.answers["s3.ListObjectsV2"] = refusal("s3", code, status)
    failure = _list(ubiquity)
    assert isinstance(failure, AwsFailure)
    assert (failure.action, failure.code) == ("s3:ListBucket", code)
    assert len(front.sent("s3.ListObjectsV2")) == 1


def test_the_sessions_keys_are_in_no_text(ubiquity: UbiquityAccount) -> None:
    session = _assume(ubiquity)
    assert isinstance(session, AssumedRole)
    assert session._keys.secret_access_key not in repr(session._keys)
    assert session._keys.session_token not in repr(session._keys)


def test_a_listing_with_an_empty_token_is_at_its_end(url: str, front: Front) -> None:
    """Botocore 531: some say so in the place of leaving it out."""
    last = "<IsTruncated>false</IsTruncated><NextContinuationToken/>"
    front.answers["s3.ListObjectsV2"] = answer(200, f"<ListBucketResult>{last}</ListBucketResult>")
    assert _list(UbiquityAccount(keys(url))) == ListedPage(0)


@pytest.mark.parametrize("tokens", ["xx", "abab", "abcabc", "abb"])
def test_a_listing_that_leads_to_itself_ends(url: str, front: Front, tokens: str) -> None:
    following = iter(tokens)

    def page(request: AWSPreparedRequest) -> AWSResponse | None:
        token = f"<NextContinuationToken>{next(following)}</NextContinuationToken>"
        body = f"<IsTruncated>true</IsTruncated>{token}"
        return answer(200, f"<ListBucketResult>{body}</ListBucketResult>")(request)

    front.answers["s3.ListObjectsV2"] = page

    async def list_all(role: AssumedRole) -> ListedPage | AwsFailure:
        listed = await role.list_page(BUCKET, REGION, "", None)
        while isinstance(listed, ListedPage) and listed.next_token:
            listed = await role.list_page(BUCKET, REGION, "", listed.next_token)
        return listed

    async def run() -> None:
        nonlocal following
        role = await UbiquityAccount(keys(url)).assume_role(role_arn(ACCOUNT), "x" * 22)
        assert not isinstance(role, AwsFailure)
        for _ in range(2):  # a second listing has its own tokens
            following = iter(tokens)
            ended = await list_all(role)
            assert isinstance(ended, AwsFailure)
            assert (ended.code, ended.finding) == ("PaginationError", "env.aws-fault")

    asyncio.run(run())
