"""A sample of the files under the prefixes that a bucket's connectors read."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from app.aws.bucket_place import LIST_BUCKET
from app.aws.reading import AccountReading
from app.core.failure import AwsFailure
from app.core.snapshot import Sample

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ListObjectsV2OutputTypeDef, ObjectTypeDef

_LISTED_AT_MOST: Final = 1000
_NAMED_AT_MOST: Final = 10
_LOOKED_AT: Final = 5


@dataclass(frozen=True, slots=True)
class SampledBucket:
    """Where to take a sample: a bucket in its region, and the prefixes to list."""

    name: str
    region: str
    prefixes: Sequence[str]


async def read_sample(reading: AccountReading, bucket: SampledBucket, what: str) -> Sample | None:
    """Return a sample of up to 1,000 files under all prefixes together, or None if refused.

    A key that ends in ``/`` is how the console makes a folder (S3 User Guide, "Organizing objects
    in the Amazon S3 console by using folders"), and no file.
    One prefix that can't be listed spoils the sample: a part of it would speak for the whole.
    """
    prefixes = tuple(dict.fromkeys(bucket.prefixes))
    share = max(_LISTED_AT_MOST // len(prefixes), 1)
    pages = await asyncio.gather(
        *(_page(reading, bucket, prefix, share, what) for prefix in prefixes)
    )
    listed: dict[str, ObjectTypeDef] = {}
    for page in pages:
        if isinstance(page, AwsFailure):
            reading.miss(what, page)
            return None
        listed |= {entry["Key"]: entry for entry in page.get("Contents", ())}
    truncated = any(page["IsTruncated"] for page in pages if not isinstance(page, AwsFailure))
    files = {key: entry for key, entry in listed.items() if not key.endswith("/")}
    sample = replace(_sample(files, truncated=truncated), markers=len(listed) - len(files))
    return await _looked_into(reading, bucket, sample, tuple(files), what)


async def _page(
    reading: AccountReading, bucket: SampledBucket, prefix: str, count: int, what: str
) -> "ListObjectsV2OutputTypeDef | AwsFailure":
    return await reading.ask(
        LIST_BUCKET,
        lambda: reading.clients.s3(bucket.region).list_objects_v2(
            Bucket=bucket.name,
            Prefix=prefix,
            MaxKeys=count,
            ExpectedBucketOwner=reading.account_id,
        ),
        bucket.name,
        what,
    )


def _sample(listed: "Mapping[str, ObjectTypeDef]", *, truncated: bool) -> Sample:
    classes: Counter[str] = Counter(
        str(entry.get("StorageClass", "STANDARD")) for entry in listed.values()
    )
    return Sample(
        listed=len(listed),
        truncated=truncated,
        keys=tuple(listed)[:_NAMED_AT_MOST],
        storage_classes=dict(classes),
    )


async def _looked_into(
    reading: AccountReading,
    bucket: SampledBucket,
    sample: Sample,
    names: Sequence[str],
    what: str,
) -> Sample:
    """Add what only the files themselves tell: tags, and how they are encrypted."""
    keys = _spread(names)
    tagged, heads = await asyncio.gather(
        asyncio.gather(*(_is_tagged(reading, bucket, key, what) for key in keys)),
        asyncio.gather(*(_encryption(reading, bucket, key, what) for key in keys)),
    )
    kms_keys = sorted({head.kms_key for head in heads if head and head.kms_key})
    return replace(
        sample,
        tagged=sum(1 for yes in tagged if yes),
        sse_c=sum(1 for head in heads if head and head.client_key),
        kms_keys=tuple(kms_keys),
    )


def _spread(keys: Sequence[str]) -> Sequence[str]:
    """Pick a few of ``keys``, evenly, the first and the last among them."""
    if len(keys) <= _LOOKED_AT:
        return keys
    return [keys[place * (len(keys) - 1) // (_LOOKED_AT - 1)] for place in range(_LOOKED_AT)]


async def _is_tagged(reading: AccountReading, bucket: SampledBucket, key: str, what: str) -> bool:
    tags = await reading.fact(
        f"{what}.tagged",
        "s3:GetObjectTagging",
        lambda: reading.clients.s3(bucket.region).get_object_tagging(Bucket=bucket.name, Key=key)[
            "TagSet"
        ],
        absent=("NoSuchKey", "InvalidObjectState"),
    )
    return bool(tags)


@dataclass(frozen=True, slots=True)
class _FileEncryption:
    kms_key: str | None = None
    client_key: bool = False


async def _encryption(
    reading: AccountReading, bucket: SampledBucket, key: str, what: str
) -> _FileEncryption | None:
    head = await reading.ask(
        "s3:GetObject",
        lambda: reading.clients.s3(bucket.region).head_object(Bucket=bucket.name, Key=key),
        bucket.name,
    )
    if not isinstance(head, AwsFailure):
        return _FileEncryption(head.get("SSEKMSKeyId"))
    # HeadObject without its key is "Bad Request" for a file under SSE-C (S3 API Reference,
    # HeadObject); the listing has just shown that request, region and sign-in are good.
    if head.http_status == HTTPStatus.BAD_REQUEST:
        return _FileEncryption(client_key=True)
    if head.http_status != HTTPStatus.NOT_FOUND:
        reading.miss(f"{what}.sse_c", head)
    return None
