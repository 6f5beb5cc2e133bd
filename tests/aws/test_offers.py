"""What the account offers to choose from: moto's server, and Stubber for what it does not tell."""

import asyncio
from datetime import UTC, datetime

import pytest
from botocore.stub import Stubber

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.offers import default_key, offered_buckets
from app.core.failure import AwsFailure
from app.flow.ports import OfferedBucket
from tests.aws.doubles import keys

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
    default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key_id} if key_id else {})}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    with (
        Stubber(calls.clients.s3("us-east-1")) as s3,
        Stubber(calls.clients.kms("us-east-1")) as kms,
    ):
        s3.add_response("get_bucket_encryption", {"ServerSideEncryptionConfiguration": rules, **ID})
        if manager:
            metadata = {
                "KeyId": KEY[-36:],
                "Arn": KEY,
                "AWSAccountId": "111122223333",
                "KeyManager": manager,
            }
            kms.add_response("describe_key", {"KeyMetadata": metadata, **ID})
        assert asyncio.run(default_key(calls, "acme", "us-east-1")) == wanted


def test_a_key_that_may_not_be_described_is_not_claimed(calls: Calls) -> None:
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    with (
        Stubber(calls.clients.s3("us-east-1")) as s3,
        Stubber(calls.clients.kms("us-east-1")) as kms,
    ):
        s3.add_response("get_bucket_encryption", {"ServerSideEncryptionConfiguration": rules, **ID})
        kms.add_client_error("describe_key", "AccessDeniedException", "no", 400)
        assert isinstance(asyncio.run(default_key(calls, "acme", "us-east-1")), AwsFailure)
