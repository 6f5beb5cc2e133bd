"""UbiQuity's own identity: assuming the role, and listing as the connector does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.access import TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.listing import Listing, listed_page
from app.aws.ubiquity import RENEW_BEFORE, AssumedRole, UbiquityAccount
from app.core.failure import AwsFailure
from app.core.guide import EXAMPLE_DATABASE_ID, role_arn
from app.flow.ports.aws import (
    CustomerAws,
    Deleted,
    Fetched,
    ListedFile,
    ListedPage,
    Stored,
    UbiquityAws,
    UbiquitySession,
)
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, Front, answer, body_of, keys, refusal
from tests.aws.setups import plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")

ROLE = role_arn(ACCOUNT)
_OWN = "signin.not-allowed"
KEY = "in/test ä.txt"
ARCHIVED = "in/archive/test ä.txt"


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


@pytest.mark.parametrize(
    ("because", "finding"),
    [
        ("", None),
        (" because no identity-based policy allows the sts:AssumeRole action", _OWN),
        (" with an explicit deny in an identity-based policy", _OWN),
        (" with an explicit deny in a service control policy", _OWN),
        (" because no permissions boundary allows the sts:AssumeRole action", _OWN),
        (" because no session policy allows the sts:AssumeRole action", _OWN),
        (" because no resource-based policy allows the sts:AssumeRole action", None),
        (" with an explicit deny in a resource-based policy", None),
        (" with an explicit deny in a resource control policy", None),
    ],
)
def test_what_ubiquitys_own_sign_in_may_not_is_no_refusal_of_the_role(
    ubiquity: UbiquityAccount, front: Front, because: str, finding: str | None
) -> None:
    said = f"User: x is not authorized to perform: sts:AssumeRole on resource: {ROLE}{because}"
    front.answers["sts.AssumeRole"] = refusal("sts", "AccessDenied", message=said)
    failure = _assume(ubiquity)
    assert isinstance(failure, AwsFailure)
    assert (failure.finding, failure.message) == (finding, said)


def test_an_external_id_is_repeated_in_no_message(ubiquity: UbiquityAccount, front: Front) -> None:
    text = "1 validation error detected: Value '{}' at 'externalId' failed to satisfy constraint"
    said = text.format("not an id")
    front.answers["sts.AssumeRole"] = refusal("sts", "ValidationError", 400, said)
    failure = _assume(ubiquity, "not an id")
    assert isinstance(failure, AwsFailure)
    assert failure.message == text.format("(External ID)")


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
    names = ("in/deep/2.csv", "in/ä b.csv")
    assert _list(ubiquity, prefix="in/") == ListedPage(2, names, readable=ListedFile(names[0]))


def test_a_listing_goes_on_where_its_page_ended(ubiquity: UbiquityAccount, front: Front) -> None:
    rows = "".join(f"<Contents><Key>in/{number:03}</Key></Contents>" for number in range(1000))
    more = "<IsTruncated>true</IsTruncated><NextContinuationToken>T/1=</NextContinuationToken>"
    page = f"<ListBucketResult>{more}{rows}</ListBucketResult>"
    front.answers["s3.ListObjectsV2"] = answer(200, page)
    names = tuple(f"in/{number:03}" for number in range(10))
    first_file = ListedFile("in/000")
    assert _list(ubiquity, prefix="in/") == ListedPage(1000, names, "T/1=", readable=first_file)
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


def _do(ubiquity: UbiquityAccount, deed: Callable[[AssumedRole], Awaitable[T]]) -> T:
    async def assume_and_do() -> T:
        role = await ubiquity.assume_role(ROLE, EXAMPLE_DATABASE_ID, REGION)
        assert isinstance(role, AssumedRole)
        return await deed(role)

    return asyncio.run(assume_and_do())


# Where STS is asked


def test_sts_is_asked_in_the_connectors_region(ubiquity: UbiquityAccount, front: Front) -> None:
    for region in ("eu-west-1", "ap-southeast-2"):
        asyncio.run(ubiquity.assume_role(ROLE, EXAMPLE_DATABASE_ID, region))
        assert (
            f"/{region}/sts/".encode() in front.sent("sts.AssumeRole")[-1].headers["Authorization"]
        )


@pytest.mark.parametrize("region", ["ap-southeast-2", "us-east-1", "me-south-1"])
def test_awss_own_endpoint_is_the_regions(region: str) -> None:
    client = UbiquityAccount(TemporaryKeys("AKIA", "secret"))._calls.clients.sts(region)
    assert client.meta.endpoint_url == f"https://sts.{region}.amazonaws.com"


# One object


def test_an_object_is_written_read_copied_and_deleted(
    ubiquity: UbiquityAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)

    async def deeds(role: AssumedRole) -> list[object]:
        place = BUCKET, REGION
        return [
            await role.write_new(*place, KEY, b"one line"),
            await role.read_object(*place, KEY),
            await role.read_object(*place, KEY, 1),
            await role.copy_object(*place, KEY, ARCHIVED),
            await role.read_object(*place, ARCHIVED),
            await role.delete_object(*place, KEY),
            await role.delete_object(*place, ARCHIVED),
        ]

    whole = Fetched(b"one line")
    assert _do(ubiquity, deeds) == [
        *(Stored(), whole, Fetched(b"o"), Stored(), whole),
        *(Deleted(), Deleted()),
    ]
    assert s3.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0
    ranges = [str(request.headers.get("Range")) for request in front.sent("s3.GetObject")]
    assert ranges == ["None", "b'bytes=0-0'", "None"]


def test_what_is_there_is_not_overwritten(ubiquity: UbiquityAccount, s3: "S3Client") -> None:
    plain_bucket(s3)
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"the customer's")
    failure = _do(ubiquity, lambda role: role.write_new(BUCKET, REGION, KEY, b"ours"))
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.http_status) == ("PreconditionFailed", 412)
    assert failure.request_id
    assert s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"the customer's"


def test_a_service_without_conditions_is_asked_without(
    ubiquity: UbiquityAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    refused = refusal("s3", "NotImplemented", 501)
    front.only("s3.PutObject", lambda sent: "If-None-Match" in sent, refused)
    assert _do(ubiquity, lambda role: role.write_new(BUCKET, REGION, KEY, b"x")) == Stored()
    assert len(front.sent("s3.PutObject")) == 2


def test_versions_and_delete_markers_are_told(ubiquity: UbiquityAccount, s3: "S3Client") -> None:
    plain_bucket(s3)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})

    async def deeds(role: AssumedRole) -> tuple[object, object, object]:
        stored = await role.write_new(BUCKET, REGION, KEY, b"x")
        copied = await role.copy_object(BUCKET, REGION, KEY, ARCHIVED)
        return stored, copied, await role.delete_object(BUCKET, REGION, KEY)

    stored, copied, deleted = _do(ubiquity, deeds)
    there = s3.list_object_versions(Bucket=BUCKET)
    versions = {each["Key"]: each["VersionId"] for each in there["Versions"]}
    assert (stored, copied) == (Stored(versions[KEY]), Stored(versions[ARCHIVED]))
    assert deleted == Deleted(there["DeleteMarkers"][0]["VersionId"])


def test_the_key_that_encrypts_is_told(ubiquity: UbiquityAccount, front: Front) -> None:
    key = "arn:aws:kms:ap-southeast-2:123456789012:key/1"
    told = {"x_amz_server_side_encryption_aws_kms_key_id": key}
    front.answers["s3.GetObject"] = answer(206, "x", **told)
    front.answers["s3.PutObject"] = answer(200, **told)
    read = _do(ubiquity, lambda role: role.read_object(BUCKET, REGION, KEY, 1))
    written = _do(ubiquity, lambda role: role.write_new(BUCKET, REGION, KEY, b"x"))
    assert (read, written) == (Fetched(b"x", key), Stored(None, key))


@pytest.mark.parametrize(
    ("operation", "action", "deed"),
    [
        ("GetObject", "s3:GetObject", lambda role: role.read_object(BUCKET, REGION, KEY)),
        ("PutObject", "s3:PutObject", lambda role: role.write_new(BUCKET, REGION, KEY, b"")),
        ("CopyObject", "s3:PutObject", lambda role: role.copy_object(BUCKET, REGION, KEY, "b")),
        ("DeleteObject", "s3:DeleteObject", lambda role: role.delete_object(BUCKET, REGION, KEY)),
    ],
)
def test_each_refusal_keeps_its_words_and_request_id(
    ubiquity: UbiquityAccount,
    front: Front,
    operation: str,
    action: str,
    deed: Callable[[AssumedRole], Awaitable[object]],
) -> None:
    front.answers[f"s3.{operation}"] = refusal("s3", "AccessDenied", message="No.")
    assert _do(ubiquity, deed) == AwsFailure(action, "AccessDenied", "No.", 403, "R1")


@pytest.mark.parametrize("operation", ["PutObject", "CopyObject"])
def test_a_write_whose_answer_is_lost_is_sent_once(
    ubiquity: UbiquityAccount, front: Front, operation: str
) -> None:
    front.answers[f"s3.{operation}"] = refusal("s3", "InternalError", 500)
    write = operation == "PutObject"
    failure = _do(
        ubiquity,
        lambda role: (
            role.write_new(BUCKET, REGION, KEY, b"")
            if write
            else role.copy_object(BUCKET, REGION, KEY, ARCHIVED)
        ),
    )
    assert isinstance(failure, AwsFailure)
    assert (failure.finding, failure.took_effect_unknown) == ("env.aws-fault", True)
    assert len(front.sent(f"s3.{operation}")) == 1


# Which file can be read


def _entry(key: str, size: int = 1, storage_class: str = "STANDARD") -> dict[str, object]:
    return {"Key": key, "Size": size, "StorageClass": storage_class}


@pytest.mark.parametrize(
    ("entries", "markers", "key"),
    [
        ([], 0, None),
        ([_entry("in/", 0)], 1, None),
        ([_entry("in/", 0), _entry("in/a")], 1, "in/a"),
        ([_entry("in/full/"), _entry("in/a")], 0, "in/full/"),
        ([_entry("a", 0), _entry("b")], 0, "b"),
        ([_entry("a", 0)], 0, "a"),
        ([_entry("a", 9, "GLACIER"), _entry("b", 9, "GLACIER_IR")], 0, "b"),
        ([_entry("a", 9, "DEEP_ARCHIVE"), _entry("b", 9, "GLACIER")], 0, "a"),
    ],
)
def test_the_file_to_read_is_one_that_can_be_read(
    entries: list[dict[str, object]], markers: int, key: str | None
) -> None:
    listing = SimpleNamespace(list_objects_v2=lambda **_: {"Contents": entries})
    page = listed_page(cast("S3Client", listing), Listing(BUCKET, ""))
    assert (page.markers, page.files) == (markers, len(entries) - markers)
    assert (page.readable.key if page.readable else None) == key


# Credentials that end


class _Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def test_credentials_are_renewed_before_they_end(url: str, s3: "S3Client", front: Front) -> None:
    plain_bucket(s3)
    clock = _Clock()
    begun = clock.now
    ubiquity = UbiquityAccount(keys(url), clock)

    async def listings(role: AssumedRole) -> list[str]:
        signed = []
        for minutes in (0, 54, 56, 60, 112):
            clock.now = begun + timedelta(minutes=minutes)
            listed = await role.list_page(BUCKET, REGION, "", None)
            assert isinstance(listed, ListedPage)
            signed.append(front.sent("s3.ListObjectsV2")[-1].headers["X-Amz-Security-Token"])
        return signed

    first, second, third, fourth, fifth = _do(ubiquity, listings)
    assert first == second != third == fourth != fifth
    asked = [_asked(request) for request in front.sent("sts.AssumeRole")]
    assert asked == [asked[0]] * 3
    assert timedelta(minutes=55) == timedelta(hours=1) - RENEW_BEFORE


def test_credentials_that_cannot_be_renewed_say_so(url: str, front: Front) -> None:
    clock = _Clock()

    async def listing(role: AssumedRole) -> object:
        front.answers["sts.AssumeRole"] = refusal("sts", "AccessDenied")
        clock.now += timedelta(hours=2)
        return await role.list_page(BUCKET, REGION, "", None)

    failure = _do(UbiquityAccount(keys(url), clock), listing)
    assert isinstance(failure, AwsFailure)
    assert (failure.action, failure.code) == ("sts:AssumeRole", "AccessDenied")
    assert front.sent("s3.ListObjectsV2") == []


def test_who_counts_gets_fresh_keys(url: str, front: Front) -> None:  # noqa: ARG001 - in front
    clock = _Clock()

    async def fresh(role: AssumedRole) -> list[str]:
        before = role.fresh_keys().session_token, role.fresh_keys().session_token
        clock.now += timedelta(minutes=56)
        return [*before, role.fresh_keys().session_token]

    first, second, third = _do(UbiquityAccount(keys(url), clock), fresh)
    assert first == second != third
