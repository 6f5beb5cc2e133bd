"""What another key policy makes of a snapshot, and what it has there."""

from app.core.change import Change
from app.core.changes.known_facts import now_known
from app.core.frozen import replace
from app.core.snapshot import BucketFacts, Snapshot


def put_key_policy(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with another policy of the key, at every bucket that uses it."""
    places = [i for i, bucket in enumerate(snapshot.buckets) if _uses(bucket, change.target)]
    paths = (f"buckets[{place}].kms_key.policy" for place in places)
    return replace(
        now_known(snapshot, *paths),
        buckets=tuple(
            replace(bucket, kms_key=replace(bucket.kms_key, policy=change.after))
            if bucket.kms_key and _uses(bucket, change.target)
            else bucket
            for bucket in snapshot.buckets
        ),
    )


def key_policy_at(snapshot: Snapshot, change: Change) -> object:
    """Return the key's policy, from the first bucket that uses the key and whose was read."""
    return next(
        (
            bucket.kms_key.policy
            for index, bucket in enumerate(snapshot.buckets)
            if bucket.kms_key
            and _uses(bucket, change.target)
            and snapshot.was_read(f"buckets[{index}].kms_key.policy")
        ),
        None,
    )


def _uses(bucket: BucketFacts, key: str) -> bool:
    return bucket.kms_key is not None and bucket.kms_key.arn == key
