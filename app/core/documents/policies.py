"""The policies that the draft needs, as the guide writes them.

Sources: the guide's Step 2 (trust), Step 3 (permissions) and "Additional configuration"
(folder, several buckets, KMS statement). For the guide's own inputs the documents equal the
guide's JSON, to the key order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.core.draft import BucketEntry, Draft
from app.core.guide import (
    KMS_ACTIONS,
    KMS_STATEMENT_SID,
    LIST_ACTION,
    OBJECT_ACTIONS,
    UBIQUITY_ROOT_ARN,
    role_arn,
)
from app.core.iam.json_text import one_or_list

POLICY_VERSION: Final = "2012-10-17"

Document = dict[str, object]
"""A policy document as JSON, keys in the order in which the guide writes them."""


def trust_policy(external_id: str) -> Document:
    """Return the trust policy that lets UbiQuity in with ``external_id`` only (Step 2)."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": external_id}},
    }
    return {"Version": POLICY_VERSION, "Statement": [statement]}


def kms_statement(account_id: str) -> Document:
    """Return the statement to add to the key policy of an SSE-KMS bucket (Encrypted buckets)."""
    return key_statement(KMS_STATEMENT_SID, account_id, KMS_ACTIONS)


def key_statement(sid: str, account_id: str, actions: Iterable[str]) -> Document:
    """Return the statement of a key policy that allows the role ``actions``."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": role_arn(account_id)},
        "Action": list(actions),
        "Resource": "*",
    }


def permissions_policy(entries: Sequence[BucketEntry]) -> Document:
    """Return the permissions policy for ``entries`` (Step 3 and Additional configuration).

    Each bucket gets what its own entries ask for and no more: folders of different buckets
    are listed in statements of their own, since one condition would open the folder of each
    in all of them. A bucket that is wanted whole by one entry is granted whole.
    """
    folders = _folders_by_bucket(entries)
    statements = [
        *_list_statements(folders),
        {
            "Sid": "ObjectOperations",
            "Effect": "Allow",
            "Action": list(OBJECT_ACTIONS),
            "Resource": one_or_list(_object_resources(folders)),
        },
    ]
    return {"Version": POLICY_VERSION, "Statement": statements}


def _folders_by_bucket(entries: Sequence[BucketEntry]) -> dict[str, tuple[str, ...]]:
    """Map each bucket to the folders it is limited to; an empty tuple means the whole of it."""
    whole = {entry.name for entry in entries if not entry.restrict_to_prefix}
    folders: dict[str, dict[str, None]] = {}
    for entry in entries:
        own = folders.setdefault(entry.name, {})
        if entry.name not in whole:
            own[entry.prefix] = None
    return {name: tuple(own) for name, own in folders.items()}


def _list_statements(folders: Mapping[str, tuple[str, ...]]) -> list[Document]:
    """One statement for each set of folders, so that no bucket shares another's condition."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for bucket, prefixes in folders.items():
        groups.setdefault(prefixes, []).append(bucket)
    ordered = sorted(groups.items(), key=lambda group: bool(group[0]))
    statements = []
    for number, (prefixes, buckets) in enumerate(ordered, start=1):
        sid = "ListBucket" if len(buckets) == 1 else "ListBuckets"
        statements.append(
            _list_statement(sid if number == 1 else f"{sid}{number}", buckets, prefixes)
        )
    return statements


def _list_statement(sid: str, buckets: Sequence[str], prefixes: Sequence[str]) -> Document:
    statement: Document = {
        "Sid": sid,
        "Effect": "Allow",
        "Action": [LIST_ACTION],
        "Resource": one_or_list([bucket_arn(bucket) for bucket in buckets]),
    }
    if prefixes:
        patterns = [f"{escape_pattern(prefix)}*" for prefix in prefixes]
        statement["Condition"] = {"StringLike": {"s3:prefix": patterns}}
    return statement


def _object_resources(folders: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [
        f"{bucket_arn(bucket)}/{escape_pattern(prefix)}*"
        for bucket, prefixes in folders.items()
        for prefix in (prefixes or ("",))
    ]


def bucket_arn(bucket: str) -> str:
    """Return the ARN of a bucket in AWS's commercial partition."""
    return f"arn:aws:s3:::{bucket}"


def escape_pattern(text: str) -> str:
    """Return ``text`` so that a policy takes each character as itself.

    Source: IAM User Guide, "IAM policy elements: Variables and tags", special characters
    ``${*}``, ``${?}`` and ``${$}``.
    """
    return "".join(f"${{{char}}}" if char in "*?$" else char for char in text)


def kms_entries(draft: Draft) -> tuple[BucketEntry, ...]:
    """Return the entries whose key needs a statement, each bucket and key once."""
    first: dict[tuple[str, str], BucketEntry] = {}
    for entry in draft.buckets:
        if entry.kms_key_arn:
            first.setdefault((entry.name, entry.kms_key_arn), entry)
    return tuple(first.values())
