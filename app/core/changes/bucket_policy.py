"""The policy of a bucket, put in the place of the one before, or deleted.

Source of the requests: Amazon S3 API Reference, PutBucketPolicy and DeleteBucketPolicy.
"""

from collections.abc import Collection
from typing import Final

from app.core.change import ChangeKind
from app.core.changes.aws_call import AwsCall
from app.core.changes.known_facts import now_known
from app.core.changes.rules import ChangeRules, Thing, swapped
from app.core.changes.sides import StoredDocument, TypedChange
from app.core.documents.document_text import compact_text
from app.core.documents.gone_principals import without_gone
from app.core.frozen import replace
from app.core.snapshot import Snapshot, State

_ANY_REGION: Final = "us-east-1"
"""S3 there tells the client where a bucket is."""


def bucket_in(arn: str) -> str:
    """Return the name of the bucket ``arn``."""
    return arn.rpartition(":")[2]


def _bucket_policy_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    settings = change.settings
    owner = {"ExpectedBucketOwner": settings.owner} if settings.owner else {}
    named: dict[str, object] = {"Bucket": bucket_in(change.target), **owner}
    region = settings.region or _ANY_REGION
    if change.after is None:
        return (AwsCall("s3", "DeleteBucketPolicy", named, region),)
    text = compact_text(change.after.document)
    return (AwsCall("s3", "PutBucketPolicy", {**named, "Policy": text}, region),)


def _with_bucket_policy(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    place = _place(snapshot, change.target)
    if place is None:
        return snapshot
    buckets = list(snapshot.buckets)
    policy = change.after.document if change.after else None
    buckets[place] = replace(buckets[place], policy=policy)
    return replace(now_known(snapshot, f"buckets[{place}].policy"), buckets=tuple(buckets))


def _bucket_policy_in(
    snapshot: Snapshot, change: TypedChange[StoredDocument]
) -> StoredDocument | None:
    place = _place(snapshot, change.target)
    if place is None or not snapshot.was_read(f"buckets[{place}].policy"):
        return None
    return StoredDocument.read(snapshot.buckets[place].policy)


def _place(snapshot: Snapshot, arn: str) -> int | None:
    """Return where the bucket stands in the snapshot; None where it is not there."""
    place = snapshot.bucket_index(bucket_in(arn))
    is_there = place is not None and snapshot.buckets[place].state is State.FOUND
    return place if is_there else None


def _without_gone(side: StoredDocument, gone: Collection[str]) -> StoredDocument:
    return StoredDocument(without_gone(side.document, gone))


PUT_BUCKET_POLICY: Final = ChangeRules(
    ChangeKind.PUT_BUCKET_POLICY,
    StoredDocument,
    Thing.BUCKET,
    "s3:PutBucketPolicy",
    seen_by=("s3:GetBucketPolicy",),
    requests=_bucket_policy_calls,
    effect=_with_bucket_policy,
    found_in=_bucket_policy_in,
    inverse=swapped,
    without_gone=_without_gone,
    names_the_role=True,
)

BUCKET_POLICY_KINDS: Final = (PUT_BUCKET_POLICY,)
