"""Reading the KMS key of a bucket's default encryption."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.aws.reading import AccountReading
from app.aws.stored_documents import stored_document
from app.core.failure import AwsFailure
from app.core.snapshot import KmsGrant, KmsKey

if TYPE_CHECKING:
    from mypy_boto3_kms.type_defs import GrantListEntryTypeDef, KeyMetadataTypeDef

_AWS_KEY: Final = "alias/aws/s3"
"""The key that S3 uses where SSE-KMS is on and no key is named; AWS manages it."""


async def read_key(
    reading: AccountReading, key_id: str | None, region: str, what: str
) -> KmsKey | None:
    """Return the key that ``key_id`` names in ``region``.

    ``key_id`` is what the bucket has: an ARN of a key or an alias, a bare id, an alias, or None.
    What can't be read is noted below ``what``; all of it, where not even the key's ARN is known.
    """
    named = key_id or _AWS_KEY
    # All at once: only DescribeKey takes an alias, so for one the others wait for the key's ARN.
    if _is_key_arn(named):
        described, policy, grants = await asyncio.gather(
            _describe(reading, named, region),
            _policy(reading, named, region),
            _grants(reading, named, region),
        )
    else:
        described = await _describe(reading, named, region)
        if isinstance(described, AwsFailure):
            return _undescribed(reading, named, described, what)
        arn = described["Arn"]
        policy, grants = await asyncio.gather(
            _policy(reading, arn, region), _grants(reading, arn, region)
        )
    key = replace(_key(reading, named, described, what), grants=grants)
    if isinstance(policy, AwsFailure):
        reading.miss(f"{what}.policy", policy)
        return key
    document = reading.policy(f"{what}.policy", "kms:GetKeyPolicy", stored_document(policy))
    return replace(key, policy=document)


def _key(
    reading: AccountReading, named: str, described: "KeyMetadataTypeDef | AwsFailure", what: str
) -> KmsKey:
    if isinstance(described, AwsFailure):
        for fact in ("manager", "state"):
            reading.miss(f"{what}.{fact}", described)
        return KmsKey(arn=named, account=named.split(":")[4])
    return KmsKey(
        arn=described["Arn"],
        account=described["AWSAccountId"],
        manager="AWS" if _is_aws_key(named) else described.get("KeyManager"),
        state=described.get("KeyState"),
    )


def _undescribed(
    reading: AccountReading, named: str, failure: AwsFailure, what: str
) -> KmsKey | None:
    if not _is_aws_key(named):
        reading.miss(what, failure)
        return None
    for fact in ("arn", "account", "state", "policy"):
        reading.miss(f"{what}.{fact}", failure)
    return KmsKey(manager="AWS")


def _is_key_arn(key_id: str) -> bool:
    return key_id.startswith("arn:") and ":key/" in key_id


def _is_aws_key(key_id: str) -> bool:
    return key_id == _AWS_KEY or key_id.endswith(f":{_AWS_KEY}")


async def _describe(
    reading: AccountReading, key_id: str, region: str
) -> "KeyMetadataTypeDef | AwsFailure":
    return await reading.ask(
        "kms:DescribeKey",
        lambda: reading.clients.kms(region).describe_key(KeyId=key_id)["KeyMetadata"],
    )


async def _grants(
    reading: AccountReading, key_arn: str, region: str
) -> tuple[KmsGrant, ...] | None:
    """Return the key's grants, or None where the sign-in may not list them.

    That is no fault: nothing of the connector turns on them, so no note of it is made either.
    """
    answer = await reading.try_quietly(
        "kms:ListGrants",
        lambda: (
            reading.clients.kms(region)
            .get_paginator("list_grants")
            .paginate(KeyId=key_arn)
            .build_full_result()["Grants"]
        ),
    )
    return None if isinstance(answer, AwsFailure) else tuple(map(_grant, answer))


def _grant(entry: "GrantListEntryTypeDef") -> KmsGrant:
    """Return one grant; for an AWS service the grantee is its name."""
    return KmsGrant(
        entry.get("GranteePrincipal", ""), tuple(entry.get("Operations", ())), entry.get("GrantId")
    )


async def _policy(reading: AccountReading, key_arn: str, region: str) -> str | AwsFailure:
    return await reading.ask(
        "kms:GetKeyPolicy",
        lambda: reading.clients.kms(region).get_key_policy(KeyId=key_arn, PolicyName="default")[
            "Policy"
        ],
    )
