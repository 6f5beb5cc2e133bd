"""What the account offers to choose from: moto's server, and Stubber for what it does not tell."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from app.aws.account import CustomerAccount
from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.offers import bucket_settings, offered_buckets
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.flow.ports.aws import OfferedBucket
from tests.aws.doubles import Front, answer, keys, raises

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CREATED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def calls() -> Calls:
    return Calls(Clients(keys("http://127.0.0.1:1")))


ID = {"ResponseMetadata": {"RequestId": "one", "HTTPStatusCode": 200}}
"""What tells an answer of AWS from another's."""


def _bucket(name: str, region: str | None = None) -> dict[str, object]:
    row: dict[str, object] = {"Name": name, "CreationDate": CREATED}
    return {**row, "BucketRegion": region} if region else row


def test_all_pages_are_read_with_their_regions(calls: Calls) -> None:
    with Stubber(calls.clients.s3("us-east-1")) as stub:
        stub.add_response(
            "list_buckets",
            {"Buckets": [_bucket("a", "us-east-1"), _bucket("b")], "ContinuationToken": "more"}
            | ID,
            {"MaxBuckets": 1000},
        )
        stub.add_response(
            "list_buckets",
            {"Buckets": [_bucket("c", "eu-west-1")], **ID},
            {"MaxBuckets": 1000, "ContinuationToken": "more"},
        )
        listed = asyncio.run(offered_buckets(calls))
    assert listed == (
        OfferedBucket("a", "us-east-1"),
        OfferedBucket("b"),
        OfferedBucket("c", "eu-west-1"),
    )


def test_a_listing_that_never_ends_is_left(calls: Calls) -> None:
    page = {"Buckets": [_bucket("a")], "ContinuationToken": "again", **ID}
    with Stubber(calls.clients.s3("us-east-1")) as stub:
        for _ in range(20):
            stub.add_response("list_buckets", page)
        listed = asyncio.run(offered_buckets(calls))
        stub.assert_no_pending_responses()
    assert isinstance(listed, tuple)
    assert len(listed) == 20


def test_a_refusal_is_a_value(calls: Calls) -> None:
    with Stubber(calls.clients.s3("us-east-1")) as stub:
        stub.add_client_error("list_buckets", "AccessDenied", "no", 403)
        refused = asyncio.run(offered_buckets(calls))
        stub.add_response("list_buckets", {"Buckets": [_bucket("a")], **ID})
        assert asyncio.run(offered_buckets(calls)) == (OfferedBucket("a"),)
    assert isinstance(refused, AwsFailure)
    assert refused.action == "s3:ListAllMyBuckets"


KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("algorithm", "key_id", "manager", "wanted"),
    [
        ("AES256", None, None, None),
        ("aws:kms", None, None, None),
        ("aws:kms", "alias/aws/s3", "AWS", None),
        ("aws:kms", "alias/ours", "CUSTOMER", KEY),
        ("aws:kms:dsse", KEY, "CUSTOMER", KEY),
    ],
)
def test_only_a_key_of_the_customers_is_one(
    calls: Calls, algorithm: str, key_id: str | None, manager: str | None, wanted: str | None
) -> None:
    with (
        Stubber(calls.clients.s3("eu-west-1")) as s3,
        Stubber(calls.clients.kms("eu-west-1")) as kms,
    ):
        s3.add_response("get_bucket_encryption", _encrypted(algorithm, key_id))
        if manager:
            metadata = {
                "KeyId": KEY[-36:],
                "Arn": KEY,
                "AWSAccountId": "111122223333",
                "KeyManager": manager,
            }
            kms.add_response("describe_key", {"KeyMetadata": metadata, **ID})
        settings = asyncio.run(bucket_settings(calls, "acme", "eu-west-1"))
    assert settings == BucketSettings(region="eu-west-1", is_key_told=True, key_arn=wanted)


def _encrypted(algorithm: str, key_id: str | None) -> dict[str, object]:
    default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key_id} if key_id else {})}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    return {"ServerSideEncryptionConfiguration": rules, **ID}


@pytest.mark.parametrize("refused", ["s3", "kms"])
def test_a_key_that_is_not_told_is_not_claimed(calls: Calls, refused: str) -> None:
    with (
        Stubber(calls.clients.s3("eu-west-1")) as s3,
        Stubber(calls.clients.kms("eu-west-1")) as kms,
    ):
        if refused == "s3":
            s3.add_client_error("get_bucket_encryption", "AccessDenied", "no", 403)
        else:
            s3.add_response("get_bucket_encryption", _encrypted("aws:kms", KEY))
            kms.add_client_error("describe_key", "AccessDeniedException", "no", 400)
        settings = asyncio.run(bucket_settings(calls, "acme", "eu-west-1"))
    assert settings == BucketSettings(region="eu-west-1")


def test_a_bucket_is_looked_for_where_no_list_has_it(
    s3: "S3Client", account: CustomerAccount
) -> None:
    s3.create_bucket(
        Bucket="acme-there", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    settings = asyncio.run(account.bucket_settings("acme-there", None))
    assert settings == BucketSettings(region="eu-west-1", is_key_told=True)
    gone = asyncio.run(account.bucket_settings("acme-nowhere", None))
    assert gone == BucketSettings(is_there=False)


def test_a_refusal_tells_the_region_too(account: CustomerAccount, front: Front) -> None:
    front.answers["s3.HeadBucket"] = answer(403, x_amz_bucket_region="eu-west-1")
    front.refuse("s3.GetBucketEncryption")
    settings = asyncio.run(account.bucket_settings("acme-theirs", None))
    assert settings == BucketSettings(region="eu-west-1")
    front.answers["s3.HeadBucket"] = answer(403)
    assert asyncio.run(account.bucket_settings("acme-theirs", None)) == BucketSettings()


def test_without_a_network_nothing_is_said_of_the_bucket(
    account: CustomerAccount, front: Front
) -> None:
    front.answers["s3.HeadBucket"] = raises(EndpointConnectionError(endpoint_url="https://s3"))
    failure = asyncio.run(account.bucket_settings("acme", None))
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.offline"
