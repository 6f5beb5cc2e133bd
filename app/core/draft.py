"""The draft: what the customer wants. Its file is read and written in ``formats.draft_json``.

A draft holds final values and never a credential.
"""

from app.core.frozen import frozen


@frozen
class BucketEntry:
    """One line of the draft: a bucket with a prefix, which is one connector in UbiQuity.

    ``prefix`` is ``""`` for none. ``kms_key_arn`` is set where the bucket's default encryption
    is SSE-KMS with a customer-managed key.
    """

    name: str
    region: str
    prefix: str = ""
    restrict_to_prefix: bool = False
    kms_key_arn: str | None = None


@frozen
class Draft:
    """What the customer wants: at least one bucket, read and written by one database."""

    account_id: str
    database_id: str
    buckets: tuple[BucketEntry, ...]

    @property
    def bucket_names(self) -> tuple[str, ...]:
        """Each bucket once, in the order of the entries."""
        return tuple(dict.fromkeys(entry.name for entry in self.buckets))
