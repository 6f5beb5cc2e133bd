"""What a person can choose from: the account's buckets, and what follows from one.

Nothing here is needed for a set-up: where AWS does not let the sign-in list, the values are typed.
Sources: Amazon S3 API Reference, ListBuckets (regions come with ``MaxBuckets``) and
GetBucketEncryption; AWS KMS API Reference, DescribeKey.
"""

from typing import TYPE_CHECKING, Final

from app.aws.calls import Calls
from app.aws.transport.core_sessions import HOME_REGION
from app.core.failure import AwsFailure
from app.flow.ports import OfferedBucket

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetBucketEncryptionOutputTypeDef

_PAGE: Final = 1000
_PAGES_AT_MOST: Final = 20
"""More buckets than AWS grants without asking (10,000), twice."""


async def offered_buckets(calls: Calls) -> tuple[OfferedBucket, ...] | AwsFailure:
    """Return the buckets of the account, in the order of their names."""

    def listed() -> tuple[OfferedBucket, ...]:
        client, token = calls.clients.s3(HOME_REGION), ""
        buckets: list[OfferedBucket] = []
        for _ in range(_PAGES_AT_MOST):
            further = {"ContinuationToken": token} if token else {}
            page = client.list_buckets(MaxBuckets=_PAGE, **further)
            buckets += [
                OfferedBucket(row["Name"], row.get("BucketRegion") or None)
                for row in page.get("Buckets", [])
            ]
            token = page.get("ContinuationToken", "")
            if not token:
                break
        return tuple(buckets)

    return await calls.run("s3:ListAllMyBuckets", listed)


async def default_key(calls: Calls, name: str, region: str) -> str | AwsFailure | None:
    """Return the ARN of the customer-managed key that bucket ``name`` encrypts with by default.

    None where it uses none, or a key that AWS manages.
    """
    key_id = await calls.run(
        "s3:GetEncryptionConfiguration",
        lambda: _key_id(calls.clients.s3(region).get_bucket_encryption(Bucket=name)),
    )
    if key_id is None or isinstance(key_id, AwsFailure):
        return key_id

    def described() -> str | None:
        key = calls.clients.kms(region).describe_key(KeyId=key_id)["KeyMetadata"]
        return key["Arn"] if key.get("KeyManager") == "CUSTOMER" else None

    return await calls.run("kms:DescribeKey", described)


def _key_id(answer: "GetBucketEncryptionOutputTypeDef") -> str | None:
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    if not rules:
        return None
    return rules[0].get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID")
