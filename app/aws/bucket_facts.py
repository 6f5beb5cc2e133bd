"""Reading one bucket of the draft."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.aws.bucket_place import BucketPlace, find_bucket
from app.aws.key_facts import read_key
from app.aws.reading import AccountReading
from app.aws.sample import SampledBucket, read_sample
from app.aws.stored_documents import stored_document
from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.snapshot import BucketFacts, Encryption, KmsKey, Sample, State, full_key_arn

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import GetBucketEncryptionOutputTypeDef

_FACTS: Final = ("policy", "encryption", "object_ownership", "sample")
NO_ENCRYPTION: Final = "ServerSideEncryptionConfigurationNotFoundError"
"""S3's code for a bucket without a default encryption: one that was made before 2023, if any."""


async def read_bucket(
    reading: AccountReading, index: int, entries: Sequence[BucketEntry]
) -> BucketFacts:
    """Return the facts of the bucket that ``entries`` of the draft name.

    ``index`` is the bucket's place in the snapshot. A bucket that HeadBucket refuses stays
    unreadable; what else of it can be read is read all the same, since the cause of the refusal
    may well be in its policy.
    """
    name, region, what = entries[0].name, entries[0].region, f"buckets[{index}]"
    sought = asyncio.create_task(find_bucket(reading, name, region, what))
    # Its facts are asked for meanwhile, where the draft has it. They count where it is there.
    beside = reading.aside()
    early = asyncio.create_task(_facts(beside, sought, region, entries, what))
    try:
        place = await sought
        if place.state in (State.MISSING, State.OTHER_ACCOUNT):
            return BucketFacts(name, place.state, place.region)
        if place.refused and place.refused.finding:
            reading.miss(what, place.refused)
            return BucketFacts(name, place.state)
        if place.region in (None, region):
            facts = await early
            reading.adopt(beside)
        else:
            early.cancel()
            facts = await _facts(reading, sought, place.region or region, entries, what)
    finally:
        early.cancel()
        sought.cancel()
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
    reading: AccountReading,
    sought: asyncio.Task[BucketPlace],
    region: str,
    entries: Sequence[BucketEntry],
    what: str,
) -> BucketFacts:
    """Read them in ``region``; keys are asked for once it is known that the bucket is there."""
    name, prefixes = entries[0].name, [entry.prefix for entry in entries]
    # The list first: of all these most waits for it.
    sample, (encryption, key), policy, ownership = await asyncio.gather(
        read_sample(reading, SampledBucket(name, region, prefixes), f"{what}.sample"),
        _encryption_and_key(reading, sought, name, region, what),
        _policy(reading, name, region, what),
        _ownership(reading, name, region, what),
    )
    place = await sought
    if sample is not None:
        sample = await _with_other_keys(reading, sample, key, region, f"{what}.sample.other_keys")
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
    reading: AccountReading, sought: asyncio.Task[BucketPlace], name: str, region: str, what: str
) -> tuple[Encryption | None, KmsKey | None]:
    answer = await reading.ask(
        "s3:GetEncryptionConfiguration",
        lambda: reading.clients.s3(region).get_bucket_encryption(
            Bucket=name, ExpectedBucketOwner=reading.account_id
        ),
    )
    if isinstance(answer, AwsFailure):
        if answer.code == NO_ENCRYPTION:
            return Encryption(None), None
        reading.miss(f"{what}.encryption", answer)
        reading.miss(f"{what}.kms_key", answer)
        return None, None
    encryption = _encryption(answer)
    if not (encryption.algorithm or "").startswith("aws:kms"):
        return encryption, None
    await sought
    return encryption, await read_key(reading, encryption.kms_key_id, region, f"{what}.kms_key")


async def _with_other_keys(
    reading: AccountReading, sample: Sample, own: KmsKey | None, region: str, what: str
) -> Sample:
    """Return the sample with the keys of its files that are not the bucket's ``own``.

    They are at most as many as the files that were looked into. One that is named by an id or an
    alias is named by its ARN from then on.
    """
    names = [name for name in sample.kms_keys if not _is_named(own, name)]
    keys = await asyncio.gather(
        *(
            read_key(reading, name, _region_of(name) or region, f"{what}[{place}]")
            for place, name in enumerate(names)
        )
    )
    # Of some nothing at all may be known: the others keep the places that their notes name.
    read = tuple(
        key if key and key.arn else KmsKey(arn=full_key_arn(name, region, reading.account_id))
        for name, key in zip(names, keys, strict=True)
    )
    arns = {name: key.arn for name, key in zip(names, read, strict=True)}
    named = dict.fromkeys(arns.get(name) or name for name in sample.kms_keys)
    return replace(sample, kms_keys=tuple(named), other_keys=read)


def _is_named(key: KmsKey | None, name: str) -> bool:
    """Tell whether ``name``, an ARN or the id alone, is that of ``key``."""
    arn = (key.arn if key else None) or ""
    return name in {arn, arn.rpartition("/")[2]}


def _region_of(key: str) -> str | None:
    return key.split(":")[3] if key.startswith("arn:") else None


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
