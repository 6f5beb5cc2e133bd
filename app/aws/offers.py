"""What a person can choose from: the account's buckets, and what follows from one.

Nothing here is needed for a set-up: where AWS does not let the sign-in list, the values are typed.
Sources: Amazon S3 API Reference, ListBuckets (regions come with ``MaxBuckets``) and
GetBucketEncryption, HeadBucket; AWS KMS API Reference, DescribeKey.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from app.aws.bucket_facts import NO_ENCRYPTION
from app.aws.bucket_place import LIST_BUCKET, Head, ask_for_head
from app.aws.calls import Calls
from app.aws.transport.core_sessions import HOME_REGION
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.flow.ports.aws import OfferedBucket

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


async def bucket_settings(
    calls: Calls, name: str, region: str | None = None
) -> BucketSettings | AwsFailure:
    """Return what AWS tells of bucket ``name``: where it is, and the key it encrypts with.

    ``region`` is where the list of buckets has it; it is looked for where that is not known.
    """
    head = Head(region) if region else await _asked_for(calls, name)
    if isinstance(head, AwsFailure):
        return head
    if head.status == HTTPStatus.NOT_FOUND:
        return BucketSettings(is_there=False)
    if head.region is None:
        return BucketSettings()
    key = await _default_key(calls, name, head.region)
    if isinstance(key, AwsFailure):
        return BucketSettings(region=head.region)
    return BucketSettings(region=head.region, is_key_told=True, key_arn=key)


async def _asked_for(calls: Calls, name: str) -> Head | AwsFailure:
    return await calls.run(
        LIST_BUCKET, lambda: ask_for_head(calls.clients.s3(HOME_REGION), name, None)
    )


async def _default_key(calls: Calls, name: str, region: str) -> str | AwsFailure | None:
    """Return the ARN of the customer-managed key that bucket ``name`` encrypts with by default.

    None where it uses none, or a key that AWS manages.
    """
    key_id = await calls.run(
        "s3:GetEncryptionConfiguration",
        lambda: _key_id(calls.clients.s3(region).get_bucket_encryption(Bucket=name)),
    )
    if isinstance(key_id, AwsFailure):
        return None if key_id.code == NO_ENCRYPTION else key_id
    if key_id is None:
        return None

    def described() -> str | None:
        key = calls.clients.kms(region).describe_key(KeyId=key_id)["KeyMetadata"]
        return key["Arn"] if key.get("KeyManager") == "CUSTOMER" else None

    return await calls.run("kms:DescribeKey", described)


def _key_id(answer: "GetBucketEncryptionOutputTypeDef") -> str | None:
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    if not rules:
        return None
    return rules[0].get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID")
