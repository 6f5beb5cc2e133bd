"""A bucket's region and owner, as S3 tells them to those who ask at the wrong place.

Sources: Amazon S3 API Reference, "HeadBucket" and "Error responses"; Amazon S3 User Guide,
"Making requests using the REST API" and "Verifying bucket ownership with bucket owner condition".
"""

import urllib.error
import urllib.request

import pytest

from app.aws.bucket_region import bucket_region
from app.core.fields.aws_settings import BucketSettings
from app.practice.account import ACCOUNT_ID
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, Person, refusal_of, send
from tests.practice.conftest import Setup

HOME = "ap-southeast-2"


def test_another_region_is_redirected(admin: Person) -> None:
    answer = send(admin, "GET", f"/{IMPORTS}?list-type=2", region="eu-west-1")
    assert answer.status == 301
    assert answer.headers["x-amz-bucket-region"] == HOME
    assert "<Code>PermanentRedirect</Code>" in answer.text
    assert f"<Bucket>{IMPORTS}</Bucket>" in answer.text
    assert f"<Endpoint>{IMPORTS}.s3.{HOME}.amazonaws.com</Endpoint>" in answer.text


def test_the_global_endpoint_finds_the_signature_wrong(admin: Person) -> None:
    answer = send(admin, "GET", f"/{IMPORTS}?list-type=2", region="us-east-1")
    assert answer.status == 400
    assert answer.headers["x-amz-bucket-region"] == HOME
    assert "<Code>AuthorizationHeaderMalformed</Code>" in answer.text
    assert f"the region 'us-east-1' is wrong; expecting '{HOME}'" in answer.text
    assert f"<Region>{HOME}</Region>" in answer.text


@pytest.mark.parametrize(("region", "status"), [("eu-west-1", 301), ("us-east-1", 400)])
def test_a_head_has_no_body_and_names_the_region(admin: Person, region: str, status: int) -> None:
    for path in (f"/{IMPORTS}", f"/{IMPORTS}/readme.txt"):
        answer = send(admin, "HEAD", path, region=region)
        assert (answer.status, answer.text) == (status, "")
        assert answer.headers["x-amz-bucket-region"] == HOME


def test_boto3_follows_as_it_does_on_aws(admin: Person) -> None:
    for region in ("us-east-1", "eu-west-1"):
        answer = admin.at(region).s3.head_bucket(Bucket=IMPORTS)
        assert answer["BucketRegion"] == HOME
        assert answer["ResponseMetadata"]["RetryAttempts"] == 1
        assert admin.at(region).s3.list_objects_v2(Bucket=IMPORTS)["KeyCount"] == 9


def test_the_location_is_told_at_the_global_endpoint(admin: Person) -> None:
    there = admin.at("us-east-1").s3
    assert there.get_bucket_location(Bucket=IMPORTS)["LocationConstraint"] == HOME
    assert there.get_bucket_location(Bucket=EMPTY).get("LocationConstraint") is None


def test_a_refusal_names_the_region_too(setup: Setup) -> None:
    setup.role()
    session = setup.connector()
    answer = send(session, "HEAD", f"/{IMPORTS}")
    assert (answer.status, answer.text) == (403, "")
    assert answer.headers["x-amz-bucket-region"] == HOME


def test_no_such_bucket(admin: Person) -> None:
    listing = refusal_of(lambda: admin.s3.list_objects_v2(Bucket="practice-nothing"))
    assert (listing.code, listing.status) == ("NoSuchBucket", 404)
    assert listing.message == "The specified bucket does not exist"
    assert listing.error["BucketName"] == "practice-nothing"
    head = refusal_of(lambda: admin.s3.head_bucket(Bucket="practice-nothing"))
    assert (head.code, head.status) == ("404", 404)


@pytest.mark.parametrize(("owner", "status"), [(ACCOUNT_ID, 200), ("999988887777", 403)])
def test_the_expected_owner(admin: Person, owner: str, status: int) -> None:
    if status == 200:
        assert admin.s3.head_bucket(Bucket=IMPORTS, ExpectedBucketOwner=owner)
        return
    head = refusal_of(lambda: admin.s3.head_bucket(Bucket=IMPORTS, ExpectedBucketOwner=owner))
    assert (head.code, head.headers["x-amz-bucket-region"]) == ("403", HOME)
    listing = refusal_of(
        lambda: admin.s3.list_objects_v2(Bucket=IMPORTS, ExpectedBucketOwner=owner)
    )
    assert (listing.code, listing.message) == ("AccessDenied", "Access Denied")


def test_the_expected_owner_of_a_copys_source(admin: Person) -> None:
    def copy(owner: str) -> object:
        return admin.s3.copy_object(
            Bucket=IMPORTS,
            Key="copy.txt",
            CopySource={"Bucket": IMPORTS, "Key": "readme.txt"},
            ExpectedSourceBucketOwner=owner,
        )

    assert copy(ACCOUNT_ID)
    assert refusal_of(lambda: copy("999988887777")).status == 403


def test_a_bucket_is_made_in_its_region_with_awss_defaults(admin: Person) -> None:
    admin.s3.create_bucket(
        Bucket="practice-new",
        CreateBucketConfiguration={"LocationConstraint": HOME},  # type: ignore[typeddict-item]
    )
    assert admin.s3.head_bucket(Bucket="practice-new")["BucketRegion"] == HOME
    rules = admin.s3.get_bucket_encryption(Bucket="practice-new")
    default = rules["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert default["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    ownership = admin.s3.get_bucket_ownership_controls(Bucket="practice-new")
    assert ownership["OwnershipControls"]["Rules"][0]["ObjectOwnership"] == "BucketOwnerEnforced"
    stored = admin.s3.put_object(Bucket="practice-new", Key="a", Body=b"a")
    assert stored["ServerSideEncryption"] == "AES256"


def test_deleting_the_encryption_goes_back_to_sse_s3(admin: Person) -> None:
    admin.s3.delete_bucket_encryption(Bucket="practice-encrypted")
    rules = admin.s3.get_bucket_encryption(Bucket="practice-encrypted")
    default = rules["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert default["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_a_name_that_is_taken(admin: Person, ubiquity: Person) -> None:
    asked = {"LocationConstraint": HOME}
    own = refusal_of(
        lambda: admin.s3.create_bucket(
            Bucket=IMPORTS,
            CreateBucketConfiguration=asked,  # type: ignore[arg-type]
        )
    )
    assert own.code == "BucketAlreadyOwnedByYou"
    stranger = refusal_of(lambda: ubiquity.at("us-east-1").s3.create_bucket(Bucket=EMPTY))
    assert (stranger.code, stranger.status) == ("AccessDenied", 403)


def test_nobody_comes_in_unsigned(admin: Person) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{admin.aws.endpoint_url}/{IMPORTS}/readme.txt", timeout=5)  # noqa: S310
    with caught.value as answer:
        assert answer.code == 403
        assert b"<Code>AccessDenied</Code>" in answer.read()


@pytest.mark.parametrize(
    ("path", "status", "region"),
    [
        (f"/{IMPORTS}", 403, HOME),
        (f"/{EMPTY}", 403, "us-east-1"),
        (f"/{IMPORTS}/readme.txt", 403, None),
        ("/practice-is-nowhere", 404, None),
    ],
)
def test_a_buckets_region_is_told_to_everybody(
    aws: PracticeAws, path: str, status: int, region: str | None
) -> None:
    asked = urllib.request.Request(f"{aws.endpoint_url}{path}", method="HEAD")  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked, timeout=5)  # noqa: S310
    with caught.value as answer:
        assert (answer.code, answer.headers["x-amz-bucket-region"]) == (status, region)


def test_without_any_sign_in_a_region_is_told(aws: PracticeAws) -> None:
    names = (IMPORTS, EMPTY, "acme-nowhere")
    told = [bucket_region(name, None, aws.endpoint_url) for name in names]
    assert told == [
        BucketSettings(region=HOME),
        BucketSettings(region="us-east-1"),
        BucketSettings(is_there=False),
    ]
