"""Reading one bucket of the draft."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.aws.bucket_place import BucketPlace, find_bucket
from app.aws.key_facts import read_key
from app.aws.reading import AccountReading
from app.aws.sample import SampledBucket, read_sample
from app.aws.stored_documents import stored_document
from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.snapshot import BucketFacts, Encryption, KmsKey, State

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetBucketEncryptionOutputTypeDef

_FACTS: Final = ("policy", "encryption", "object_ownership", "sample")
_NO_ENCRYPTION: Final = "ServerSideEncryptionConfigurationNotFoundError"


async def read_bucket(
    reading: AccountReading, index: int, entries: Sequence[BucketEntry]
) -> BucketFacts:
    """Return the facts of the bucket that ``entries`` of the draft name.

    ``index`` is the bucket's place in the snapshot. A bucket that HeadBucket refuses stays
    unreadable; what else of it can be read is read all the same, since the cause of the refusal
    may well be in its policy.
    """
    name, what = entries[0].name, f"buckets[{index}]"
    place = await find_bucket(reading, name, entries[0].region, what)
    if place.state in (State.MISSING, State.OTHER_ACCOUNT):
        return BucketFacts(name, place.state, place.region)
    if place.refused and place.refused.finding:
        reading.miss(what, place.refused)
        return BucketFacts(name, place.state)
    facts = await _facts(reading, place, entries, what)
    if place.refused:
        _note_refusal(reading, place.refused, what)
    return facts


def _note_refusal(reading: AccountReading, refused: AwsFailure, what: str) -> None:
    if all(reading.missed(f"{what}.{fact}") for fact in _FACTS):
        # HeadBucket is refused without a word; the listing needs the same permission and says
        # which policy stands against it.
        reading.miss_whole(what, because_of=f"{what}.sample")
    else:
        reading.miss(f"{what}.state", refused)


async def _facts(
    reading: AccountReading, place: BucketPlace, entries: Sequence[BucketEntry], what: str
) -> BucketFacts:
    name, region = entries[0].name, place.region or entries[0].region
    prefixes = [entry.prefix for entry in entries]
    policy, (encryption, key), ownership, sample = await asyncio.gather(
        _policy(reading, name, region, what),
        _encryption_and_key(reading, name, region, what),
        _ownership(reading, name, region, what),
        read_sample(reading, SampledBucket(name, region, prefixes), f"{what}.sample"),
    )
    return BucketFacts(
        name=name,
        state=place.state,
        region=place.region,
        owner_account=place.owner_account,
        policy=policy,
        encryption=encryption,
        object_ownership=ownership,
        kms_key=key,
        sample=sample,
    )


async def _policy(reading: AccountReading, name: str, region: str, what: str) -> object:
    text = await reading.fact(
        f"{what}.policy",
        "s3:GetBucketPolicy",
        lambda: reading.clients.s3(region).get_bucket_policy(
            Bucket=name, ExpectedBucketOwner=reading.account_id
        )["Policy"],
        absent=("NoSuchBucketPolicy",),
    )
    if text is None:
        return None
    return reading.policy(f"{what}.policy", "s3:GetBucketPolicy", stored_document(text))


async def _ownership(reading: AccountReading, name: str, region: str, what: str) -> str | None:
    """Return who owns new files; None where the bucket has no such setting (ACLs count then)."""
    controls = await reading.fact(
        f"{what}.object_ownership",
        "s3:GetBucketOwnershipControls",
        lambda: reading.clients.s3(region).get_bucket_ownership_controls(
            Bucket=name, ExpectedBucketOwner=reading.account_id
        ),
        absent=("OwnershipControlsNotFoundError",),
    )
    rules = controls["OwnershipControls"]["Rules"] if controls else []
    return rules[0]["ObjectOwnership"] if rules else None


async def _encryption_and_key(
    reading: AccountReading, name: str, region: str, what: str
) -> tuple[Encryption | None, KmsKey | None]:
    answer = await reading.ask(
        "s3:GetEncryptionConfiguration",
        lambda: reading.clients.s3(region).get_bucket_encryption(
            Bucket=name, ExpectedBucketOwner=reading.account_id
        ),
    )
    if isinstance(answer, AwsFailure):
        if answer.code == _NO_ENCRYPTION:
            return Encryption(None), None
        reading.miss(f"{what}.encryption", answer)
        reading.miss(f"{what}.kms_key", answer)
        return None, None
    encryption = _encryption(answer)
    if not (encryption.algorithm or "").startswith("aws:kms"):
        return encryption, None
    return encryption, await read_key(reading, encryption.kms_key_id, region, f"{what}.kms_key")


def _encryption(answer: "GetBucketEncryptionOutputTypeDef") -> Encryption:
    rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
    rule = next((r for r in rules if "ApplyServerSideEncryptionByDefault" in r), None)
    if rule is None:
        return Encryption(None)
    default = rule["ApplyServerSideEncryptionByDefault"]
    return Encryption(
        algorithm=default["SSEAlgorithm"],
        kms_key_id=default.get("KMSMasterKeyID"),
        bucket_key=rule.get("BucketKeyEnabled", False),
    )
