"""Accounts from which each kind of change that a draft may lead to is planned.

They are no list of permissions: what is planned from them is. A test asks for any start at all
whether its plan needs more, and that every kind of change comes out of one of these.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Final

from app.core.changes.applied import after_changes
from app.core.documents.open_sessions import SESSIONS_POLICY, closing_policy
from app.core.documents.policies import POLICY_VERSION, bucket_arn, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import (
    EXAMPLE_BUCKET,
    POLICY_NAME,
    ROLE_NAME,
    UBIQUITY_ROOT_ARN,
    policy_arn,
    role_arn,
)
from app.core.needs.reads import policy_under_a_path, role_under_a_path
from app.core.planning.plan import plan
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    Encryption,
    KmsGrant,
    KmsKey,
    PolicyDocument,
    PolicyVersion,
    RoleFacts,
    Snapshot,
    State,
)

AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Some time: no permission turns on it."""

_OTHERS: Final = {
    "Effect": "Allow",
    "Principal": {"Service": "lambda.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
_OTHER_BUCKET: Final = {
    "Effect": "Allow",
    "Action": "s3:ListAllMyBuckets",
    "Resource": "*",
}


def starts_of_creating(draft: Draft) -> Iterator[Snapshot]:
    """Yield accounts where nothing is there, and where role and policy are and grant nothing."""
    yield _nothing(draft)
    for arn in (policy_arn(draft.account_id), policy_under_a_path(draft.account_id)):
        document = {"Version": POLICY_VERSION, "Statement": [_OTHER_BUCKET]}
        yield replace(
            _nothing(draft),
            role=_role(role_arn(draft.account_id), {"Version": POLICY_VERSION, "Statement": []}),
            customer_policy=_policy(arn, document),
        )


def starts_of_permissions_in_the_role(draft: Draft) -> Iterator[Snapshot]:
    """Yield accounts whose role is granted all that it needs by another policy than the guide's.

    Nothing has to be written into the role then, so that whatever else was chosen (what tags need,
    a policy that is replaced) goes to the guide's policy: none, off the role, or on it.
    """
    empty, *present = starts_of_creating(draft)
    granting = PolicyDocument("another", permissions_policy(draft.buckets or _SOME_ENTRY))
    role = _role(role_arn(draft.account_id), {"Version": POLICY_VERSION, "Statement": []})
    role = replace(role, inline_policies=(granting,))
    yield replace(empty, role=role)
    for start in present:
        policy = start.customer_policy
        attached = PolicyDocument(POLICY_NAME, policy.document, policy.arn, policy.version)
        yield replace(start, role=role)
        yield replace(
            start,
            role=replace(role, attached_policies=(attached,)),
            customer_policy=replace(policy, attached_to=(ROLE_NAME,)),
        )


def starts_of_remaking(draft: Draft) -> Iterator[Snapshot]:
    """Yield an account whose role is under a path, with policies in it."""
    for start in starts_of_revoking(draft):
        if start.role.arn != role_arn(draft.account_id):
            yield start


def starts_of_revoking(draft: Draft) -> Iterator[Snapshot]:
    """Yield accounts where UbiQuity gets in every way, alone and beside others."""
    made = after_changes(_nothing(draft), plan(draft, _nothing(draft)).changes)
    account = draft.account_id
    roles = (role_arn(account), role_under_a_path(account))
    policies = (policy_arn(account), policy_under_a_path(account))
    for arn, of_policy, shared in product(roles, policies, (False, True)):
        trust = _with_more(trust_policy(draft.database_id), [_OTHERS] if shared else [])
        document = _with_more(
            permissions_policy(draft.buckets or _SOME_ENTRY), [_OTHER_BUCKET] if shared else []
        )
        role = _role(arn, trust)
        attached = PolicyDocument(POLICY_NAME, document, of_policy, "v5")
        sessions = PolicyDocument(SESSIONS_POLICY, closing_policy(AT))
        yield replace(
            made,
            role=replace(role, attached_policies=(attached,), inline_policies=(sessions,)),
            customer_policy=replace(_policy(of_policy, document), attached_to=(ROLE_NAME,)),
            buckets=tuple(_past_the_role(bucket, shared=shared) for bucket in made.buckets),
        )


_SOME_ENTRY: Final = (BucketEntry(EXAMPLE_BUCKET, "us-east-1"),)


def _nothing(draft: Draft) -> Snapshot:
    """Return an account where only the draft's buckets and keys are."""
    first = {entry.name: entry for entry in reversed(draft.buckets)}
    return Snapshot(
        captured_at=AT,
        caller=None,
        role=RoleFacts(State.MISSING),
        customer_policy=CustomerPolicy(State.MISSING),
        buckets=tuple(_bucket(draft, first[name]) for name in draft.bucket_names),
    )


def _bucket(draft: Draft, entry: BucketEntry) -> BucketFacts:
    arn = entry.kms_key_arn
    key = None if arn is None else KmsKey(arn, draft.account_id, "CUSTOMER", "Enabled", _HANDED_ON)
    encryption = Encryption("aws:kms", arn) if arn else Encryption("AES256")
    return BucketFacts(
        entry.name,
        State.FOUND,
        region=entry.region,
        owner_account=draft.account_id,
        encryption=encryption,
        kms_key=key,
    )


_HANDED_ON: Final = {
    "Version": POLICY_VERSION,
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Put*", "Resource": "*"}
    ],
}
"""A key policy without our statement, and with one of somebody else's."""


def _past_the_role(bucket: BucketFacts, *, shared: bool) -> BucketFacts:
    """Return the bucket with its policy and a grant of its key letting in UbiQuity's account."""
    document = _with_more(_bucket_policy(bucket), [_deny_of_others(bucket)] if shared else [])
    key, grant = bucket.kms_key, KmsGrant(UBIQUITY_ROOT_ARN, ("Decrypt",), "a-grant")
    return replace(bucket, policy=document, kms_key=replace(key, grants=(grant,)) if key else None)


def _deny_of_others(bucket: BucketFacts) -> dict[str, object]:
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:DeleteBucket",
        "Resource": bucket_arn(bucket.name),
    }


def _bucket_policy(bucket: BucketFacts) -> dict[str, object]:
    """Return a bucket policy that lets UbiQuity's account in past the role."""
    arn = bucket_arn(bucket.name)
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
    }
    return {"Version": POLICY_VERSION, "Statement": [statement]}


def _role(arn: str, trust: object) -> RoleFacts:
    return RoleFacts(
        State.FOUND,
        arn,
        ROLE_NAME,
        arn.partition(":role")[2].removesuffix(ROLE_NAME),
        trust_policy=trust,
        id="AROAEXAMPLEROLEID0001",
        tags={},
        max_session_duration=3600,
        instance_profiles=(),
    )


def _policy(arn: str, document: object) -> CustomerPolicy:
    """Return the policy with as many versions as it can have."""
    versions = tuple(PolicyVersion(f"v{n}", None, default=n == 5) for n in range(1, 6))
    return CustomerPolicy(
        State.FOUND, arn, "v5", document, versions=versions, attached_to=(), tags={}
    )


def _with_more(document: dict[str, object], statements: Iterable[object]) -> dict[str, object]:
    present = document["Statement"]
    return {**document, "Statement": [*(present if isinstance(present, list) else ()), *statements]}
