"""The plan: the least changes from what AWS has to what the draft needs.

What exists with other contents is named as an obstacle and left as it is; nothing that others
wrote is changed. The order is policy, role, attachment, key policies.
"""

from collections.abc import Iterable, Mapping

from app.core.change import Change, ChangeKind, Obstacle, Plan
from app.core.document_form import same_document, same_statement, statements_of
from app.core.draft import BucketEntry, Draft
from app.core.guide import KMS_STATEMENT_SID, ROLE_NAME, policy_arn, role_arn
from app.core.policies import (
    bucket_arn,
    kms_entries,
    kms_statement,
    permissions_policy,
    trust_policy,
)
from app.core.snapshot import BucketFacts, Snapshot, State

Step = Change | Obstacle


def plan(draft: Draft, snapshot: Snapshot) -> Plan:
    """Return what has to change in AWS for ``draft``, given what ``snapshot`` found."""
    steps = [
        *_policy_steps(draft, snapshot),
        *_role_steps(draft, snapshot),
        *_attachment_steps(draft, snapshot),
        *_key_steps(draft, snapshot),
    ]
    return Plan(
        changes=tuple(step for step in steps if isinstance(step, Change)),
        cannot_mend=tuple(step for step in steps if isinstance(step, Obstacle)),
    )


def _policy_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    target = _policy_arn(draft, snapshot)
    wanted = permissions_policy(draft.buckets)
    present = snapshot.customer_policy
    if present.state is State.MISSING:
        yield Change(ChangeKind.CREATE_POLICY, target, None, wanted, reversible=True)
    elif present.document is None or not snapshot.was_read("customer_policy.document"):
        yield Obstacle("check.unreadable", target)
    elif not same_document(present.document, wanted):
        yield Obstacle("change.conflict", target)


def _policy_arn(draft: Draft, snapshot: Snapshot) -> str:
    """Return the policy's ARN; one made under a path serves as well, since only its name counts."""
    return snapshot.customer_policy.arn or policy_arn(draft.account_id)


def _role_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    target = role_arn(draft.account_id)
    wanted = trust_policy(draft.database_id)
    role, namesake = snapshot.role, _namesake(snapshot)
    if namesake:
        yield Obstacle("role.misnamed", namesake)
    elif role.state is State.MISSING:
        yield Change(ChangeKind.CREATE_ROLE, target, None, wanted, reversible=True)
    elif role.arn not in (None, target):
        yield Obstacle("role.path", role.arn or target)
    elif role.trust_policy is None or not snapshot.was_read("role.trust_policy"):
        yield Obstacle("check.unreadable", target)
    elif not same_document(role.trust_policy, wanted):
        yield Obstacle("change.conflict", target)


def _namesake(snapshot: Snapshot) -> str | None:
    """Return the ARN of a role whose name is the required one but for upper and lower case.

    Source: IAM User Guide, "IAM and AWS STS quotas": names of roles are unique whatever their
    case.
    """
    role = snapshot.role
    if role.state is State.FOUND and role.name not in (None, ROLE_NAME):
        return role.arn or role.name
    others = snapshot.similar_roles if role.state is State.MISSING else ()
    return next((other.arn for other in others if other.name.lower() == ROLE_NAME), None)


def _attachment_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    """Attach the policy, unless role or policy are not as they should be and so left alone."""
    standing_in_the_way = [*_policy_steps(draft, snapshot), *_role_steps(draft, snapshot)]
    if any(isinstance(step, Obstacle) for step in standing_in_the_way):
        return
    policy, role = _policy_arn(draft, snapshot), role_arn(draft.account_id)
    if snapshot.role.state is State.FOUND and not snapshot.was_read("role.attached_policies"):
        yield Obstacle("check.unreadable", role)
    elif all(entry.arn != policy for entry in snapshot.role.attached_policies):
        after = {"policy_arn": policy}
        yield Change(ChangeKind.ATTACH_POLICY, role, None, after, reversible=True)


def _key_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    planned: set[str] = set()
    for entry in kms_entries(draft):
        key_arn = entry.kms_key_arn or ""
        if key_arn not in planned:
            planned.add(key_arn)
            yield from _one_key(draft, snapshot, entry, key_arn)


def _one_key(draft: Draft, snapshot: Snapshot, entry: BucketEntry, key_arn: str) -> Iterable[Step]:
    index = snapshot.bucket_index(entry.name)
    bucket = None if index is None else snapshot.buckets[index]
    key = bucket.kms_key if bucket else None
    if key is None and _uses_no_key(bucket, snapshot, f"buckets[{index}].kms_key"):
        yield Obstacle("kms.key-differs", bucket_arn(entry.name))
    elif key is None or key.arn is None:
        yield Obstacle("check.unreadable", key_arn)
    elif key.arn != key_arn:
        yield Obstacle("kms.key-differs", key.arn)
    elif key.account not in (None, draft.account_id):
        yield Obstacle("kms.other-account", key_arn)
    elif not isinstance(key.policy, Mapping) or not snapshot.was_read(
        f"buckets[{index}].kms_key.policy"
    ):
        yield Obstacle("check.unreadable", key_arn)
    else:
        yield from _key_policy_steps(draft, key_arn, key.policy)


def _uses_no_key(bucket: BucketFacts | None, snapshot: Snapshot, what: str) -> bool:
    return bucket is not None and bucket.state is State.FOUND and snapshot.was_read(what)


def _key_policy_steps(draft: Draft, key_arn: str, present: Mapping[str, object]) -> Iterable[Step]:
    wanted = kms_statement(draft.account_id)
    statements = statements_of(present)
    if any(same_statement(statement, wanted) for statement in statements):
        return
    if any(statement.get("Sid") == KMS_STATEMENT_SID for statement in statements):
        yield Obstacle("change.conflict", key_arn)
        return
    after = {**present, "Statement": [*statements, wanted]}
    yield Change(ChangeKind.PUT_KEY_POLICY, key_arn, present, after, reversible=True)


def for_kinds(whole: Plan, kinds: Iterable[ChangeKind]) -> Plan:
    """Return the part of a plan that consists of ``kinds``, for one step of the guide."""
    wanted = frozenset(kinds)
    return Plan(tuple(c for c in whole.changes if c.kind in wanted), whole.cannot_mend)
