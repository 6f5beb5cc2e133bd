"""The buckets and objects that moto keeps, and what AWS sets on a new bucket by itself.

Imports moto, so it is imported only once the practice AWS starts.
"""

from dataclasses import dataclass

from moto.s3.models import FakeBucket, FakeKey, s3_backends

_PARTITION = "aws"


@dataclass(frozen=True, slots=True)
class DefaultEncryption:
    """How an object is or will be encrypted; ``key`` is the KMS key as it was named, or None."""

    algorithm: str
    key: str | None = None

    @property
    def with_kms(self) -> bool:
        """Whether KMS has a say (SSE-KMS, one or two layers)."""
        return self.algorithm.startswith("aws:kms")


def find_bucket(name: str) -> FakeBucket | None:
    """Return the bucket ``name``, whoever owns it: bucket names are unique in all of AWS."""
    owner = s3_backends.bucket_accounts.get(name)
    if owner is None:
        return None
    partition, account = owner
    return s3_backends[account][partition].buckets.get(name)


def find_object(bucket: FakeBucket, key: str, version: str | None = None) -> FakeKey | None:
    """Return the object ``key`` of ``bucket``, or None where it isn't there (any more)."""
    versions = bucket.keys.getlist(key, [])
    if version is not None:
        versions = [stored for stored in versions if str(stored.version_id) == version]
    latest = versions[-1] if versions else None
    return latest if isinstance(latest, FakeKey) else None


def is_delete_marker(bucket: FakeBucket, key: str, version: str | None) -> bool:
    """Return whether ``version`` of the object only says that it was deleted."""
    versions = bucket.keys.getlist(key, [])
    return any(
        not isinstance(stored, FakeKey) and str(stored.version_id) == version for stored in versions
    )


def is_tagged(bucket: FakeBucket, key: FakeKey) -> bool:
    """Return whether the object carries tags, which a copy takes along."""
    tagger = s3_backends[bucket.account_id][_PARTITION].tagger
    return bool(tagger.get_tag_dict_for_resource(key.arn))


def encryption_of(key: FakeKey) -> DefaultEncryption:
    """Return how a stored object is encrypted."""
    return DefaultEncryption(key.encryption or "AES256", key.kms_key_id)


def default_encryption(bucket: FakeBucket) -> DefaultEncryption:
    """Return how ``bucket`` encrypts what is put into it without a wish of its own."""
    rule = (bucket.encryption or {}).get("Rule", {})
    default = rule.get("ApplyServerSideEncryptionByDefault", {})
    return DefaultEncryption(default.get("SSEAlgorithm") or "AES256", default.get("KMSMasterKeyID"))


def set_defaults(bucket: FakeBucket) -> None:
    """Give ``bucket`` what AWS gives a new one: SSE-S3, and no ACLs unless they were asked for.

    Source: Amazon S3 User Guide, "Setting default server-side encryption behavior for Amazon S3
    buckets" (since January 2023) and "Controlling ownership of objects" (since April 2023).
    """
    if not bucket.encryption:
        bucket.encryption = {
            "Rule": {
                "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                "BucketKeyEnabled": "false",
            }
        }
    if not bucket.ownership_rule:
        bucket.ownership_rule = "BucketOwnerEnforced"  # type: ignore[assignment]  # moto keeps a text
