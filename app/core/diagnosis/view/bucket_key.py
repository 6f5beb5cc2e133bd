"""Which customer-managed key a bucket encrypts with, as far as the snapshot tells.

What counts is the bucket's own default encryption; where that could not be read, the draft's
key. AWS's own key (``aws/s3``) needs nothing of anybody: its policy lets in whoever may use S3
in the account (KMS Developer Guide, "AWS managed keys"). Files keep the key that they were written
under, whatever the bucket's default is now (S3 User Guide, "Setting default server-side
encryption behavior").
"""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.view.policy_reader import PolicyReader
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.iam.policies import Policy, unread_policy
from app.core.iam.principals import account_of
from app.core.snapshot import (
    BucketFacts,
    KmsKey,
    Sample,
    Snapshot,
    State,
    full_key_arn,
    other_keys_path,
)

_AWS_KEY: Final = "alias/aws/s3"


@frozen
class BucketKey:
    """The key that counts, and its policy. ``facts`` are None where only the ARN is known."""

    arn: str
    account: str
    policy: Policy
    facts: KmsKey | None = None

    @property
    def region(self) -> str:
        """The region of the key, which is that of the bucket."""
        return [*self.arn.split(":"), "", "", "", ""][3]


def key_of(
    draft: Draft,
    snapshot: Snapshot,
    entry: BucketEntry,
    index: int | None,
    reader: PolicyReader,
) -> BucketKey | None:
    """Return the customer-managed key of the bucket of ``entry``, None where there is none.

    ``index`` is the bucket's place in the snapshot, None where it is not in it.
    """
    bucket = snapshot.buckets[index] if index is not None else None
    path = f"buckets[{index}].kms_key"
    if bucket is None or index is None:
        return _unread_key(entry.kms_key_arn, path)
    if bucket.kms_key is not None:
        return _key_in_snapshot(draft, entry, index, bucket, reader)
    if bucket.state is not State.FOUND:
        return _unread_key(entry.kms_key_arn, path)
    arn = _arn_by_encryption(draft, snapshot, entry, index)
    return _unread_key(arn, path)


def _unread_key(arn: str | None, path: str) -> BucketKey | None:
    if not arn:
        return None
    return BucketKey(arn, account_of(arn), unread_policy(f"{path}.policy", "resource"))


def _key_in_snapshot(
    draft: Draft, entry: BucketEntry, index: int, bucket: BucketFacts, reader: PolicyReader
) -> BucketKey | None:
    key, path = bucket.kms_key, f"buckets[{index}].kms_key.policy"
    if key is None or key.manager == "AWS":
        return None
    arn = key.arn or _named_by(bucket) or entry.kms_key_arn or _some_key(draft, bucket, entry)
    policy = reader.read(path, key.policy, "resource")
    return BucketKey(arn, key.account or account_of(arn), policy, key)


def _named_by(bucket: BucketFacts) -> str | None:
    name = bucket.encryption.kms_key_id if bucket.encryption else None
    return name if name and ":key/" in name else None


def _some_key(draft: Draft, bucket: BucketFacts, entry: BucketEntry) -> str:
    """Return what stands for a key that may be there, of which nothing is known."""
    return f"arn:aws:kms:{bucket.region or entry.region}:{draft.account_id}:key/*"


def _arn_by_encryption(
    draft: Draft, snapshot: Snapshot, entry: BucketEntry, index: int
) -> str | None:
    """Return the key's ARN where the snapshot has no key: by the encryption, if that was read.

    Where neither was read there may be a key: the draft's, or one that nothing is known of.
    """
    bucket, path = snapshot.buckets[index], f"buckets[{index}]"
    encryption = bucket.encryption
    if encryption is not None:
        if not (encryption.algorithm or "").startswith("aws:kms") or _is_aws_key(
            encryption.kms_key_id
        ):
            return None
        return _named_by(bucket) or entry.kms_key_arn or _some_key(draft, bucket, entry)
    if snapshot.was_read(f"{path}.kms_key"):
        return None
    return entry.kms_key_arn or _some_key(draft, bucket, entry)


def keys_of_files(
    draft: Draft,
    snapshot: Snapshot,
    index: int | None,
    own: BucketKey | None,
    reader: PolicyReader,
) -> Iterator[BucketKey]:
    """Yield the customer-managed keys that files of the bucket's sample are encrypted with.

    The bucket's ``own`` is left out, and so is AWS's key as far as it is known as such. ``index``
    is the bucket's place in the snapshot, None where it is not in it.
    """
    bucket = snapshot.buckets[index] if index is not None else None
    if bucket is None or bucket.sample is None or index is None:
        return
    known_arns = {own.arn if own else None, bucket.kms_key.arn if bucket.kms_key else None}
    for name in _names_of_keys(bucket.sample):
        arn = full_key_arn(name, bucket.region or "*", draft.account_id)
        if _is_aws_key(name) or arn in known_arns:
            continue
        known_arns.add(arn)
        key = _key_of_files(bucket.sample, arn, other_keys_path(index), reader)
        if key.facts is None or key.facts.manager != "AWS":
            yield key


def _names_of_keys(sample: Sample) -> dict[str, None]:
    return dict.fromkeys((*sample.kms_keys, *(key.arn for key in sample.other_keys if key.arn)))


def _key_of_files(sample: Sample, arn: str, path: str, reader: PolicyReader) -> BucketKey:
    keys = enumerate(sample.other_keys)
    place = next(
        (i for i, key in keys if key.arn and key.arn in (arn, arn.rpartition("/")[2])), None
    )
    if place is None:
        return BucketKey(arn, account_of(arn), unread_policy(path, "resource"))
    key, policy_path = sample.other_keys[place], f"{path}[{place}].policy"
    policy = (
        reader.read(policy_path, key.policy, "resource")
        if key.policy is not None
        else unread_policy(policy_path, "resource")
    )
    return BucketKey(arn, key.account or account_of(arn), policy, key)


def _is_aws_key(key_id: str | None) -> bool:
    return key_id is None or key_id == _AWS_KEY or key_id.endswith(f":{_AWS_KEY}")
