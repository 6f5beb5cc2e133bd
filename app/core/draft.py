"""The draft: what the customer wants. Its file is described in formats.md.

A draft holds final values and never a credential.
"""

import json
from collections.abc import Mapping
from typing import Final

from app.core.frozen import frozen

FORMAT: Final = "ubiquity-s3-setup/draft"
VERSION: Final = 1


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


def draft_to_json(draft: Draft) -> dict[str, object]:
    """Return the draft as the JSON object of its file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "account_id": draft.account_id,
        "database_id": draft.database_id,
        "buckets": [_entry_to_json(entry) for entry in draft.buckets],
    }


def _entry_to_json(entry: BucketEntry) -> Mapping[str, object]:
    return {
        "name": entry.name,
        "region": entry.region,
        "prefix": entry.prefix,
        "restrict_to_prefix": entry.restrict_to_prefix,
        "kms_key_arn": entry.kms_key_arn,
    }


def dump_draft(draft: Draft) -> str:
    """Return the text of the draft's file."""
    return json.dumps(draft_to_json(draft), indent=2, ensure_ascii=False) + "\n"
