"""Drafts and what AWS has for them, to begin tests with."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import draft_to_json
from app.core.formats.writing import file_text
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.core.snapshot import (
    BucketFacts,
    Caller,
    CustomerPolicy,
    Encryption,
    KmsKey,
    PolicyDocument,
    RoleFacts,
    Snapshot,
    State,
)

ACCOUNT: Final = "120456789013"
DATABASE_ID: Final = "pWqJBlwfjUOUcQjd5gt7vA"
BUCKET: Final = "acme-imports"
REGION: Final = "ap-southeast-2"
KEY_ARN: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY_ARN: Final = KEY_ARN.replace("1234abcd", "dcba4321")
ROLE_ARN: Final = role_arn(ACCOUNT)
POLICY_ARN: Final = policy_arn(ACCOUNT)
MOMENT: Final = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)

PLAIN: Final = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION),))
ENCRYPTED: Final = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION, kms_key_arn=KEY_ARN),))

KEY_POLICY: Final[dict[str, object]] = {
    "Version": "2012-10-17",
    "Id": "key-default-1",
    "Statement": [
        {
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
    ],
}
"""What AWS gives a new key."""


def bucket_facts(name: str, key: KmsKey | None = None) -> BucketFacts:
    """Return a bucket as AWS makes it, encrypted with ``key`` where there is one."""
    return BucketFacts(
        name,
        State.FOUND,
        region=REGION,
        owner_account=ACCOUNT,
        encryption=Encryption("aws:kms", key.arn, bucket_key=True) if key else Encryption("AES256"),
        object_ownership="BucketOwnerEnforced",
        kms_key=key,
    )


def kms_key(policy: object = KEY_POLICY, arn: str = KEY_ARN) -> KmsKey:
    """Return a customer-managed key."""
    return KmsKey(arn, arn.split(":")[4], "CUSTOMER", "Enabled", policy)


def untouched(draft: Draft) -> Snapshot:
    """Return an account in which the buckets of ``draft`` are and nothing else yet."""
    keys = {entry.name: entry.kms_key_arn for entry in draft.buckets}
    return Snapshot(
        captured_at=MOMENT,
        caller=Caller(f"arn:aws:iam::{draft.account_id}:user/jo", draft.account_id),
        role=RoleFacts(State.MISSING),
        customer_policy=CustomerPolicy(State.MISSING),
        buckets=tuple(
            bucket_facts(name, kms_key(arn=arn) if arn else None) for name, arn in keys.items()
        ),
    )


def role_facts(trust: object, *attached: PolicyDocument, account: str = ACCOUNT) -> RoleFacts:
    """Return the role of the guide with the trust policy ``trust``."""
    arn = role_arn(account)
    return RoleFacts(State.FOUND, arn, ROLE_NAME, "/", trust, attached_policies=attached)


def whole(draft: Draft) -> Snapshot:
    """Return an account in which everything is as ``draft`` needs it."""
    document, arn = permissions_policy(draft.buckets), policy_arn(draft.account_id)
    statement = kms_statement(draft.account_id)
    granted = {**KEY_POLICY, "Statement": [*_statements(KEY_POLICY), statement]}
    keys = {entry.name: entry.kms_key_arn for entry in draft.buckets}
    return Snapshot(
        captured_at=MOMENT,
        caller=Caller(f"arn:aws:iam::{draft.account_id}:user/jo", draft.account_id),
        role=replace(
            role_facts(
                trust_policy(draft.database_id),
                PolicyDocument(POLICY_NAME, document, arn, "v1"),
                account=draft.account_id,
            ),
            instance_profiles=(),
        ),
        customer_policy=CustomerPolicy(State.FOUND, arn, "v1", document),
        buckets=tuple(
            bucket_facts(name, kms_key(granted, key) if key else None) for name, key in keys.items()
        ),
    )


def _statements(document: dict[str, object]) -> list[object]:
    listed = document["Statement"]
    return listed if isinstance(listed, list) else [listed]


def dump_draft(draft: Draft) -> str:
    """Return the text of the draft's file, as a person or another program writes it."""
    return file_text(draft_to_json(draft))
