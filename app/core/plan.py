"""The plan: the least changes from what AWS has to what the draft needs.

What exists with other contents is named as an obstacle and left as it is; nothing that others
wrote is changed. The order is policy, role, attachment, key policies.
"""

from collections.abc import Iterable, Mapping

from app.core.change import Change, ChangeKind, Obstacle, Plan
from app.core.document_form import same_document, same_statement, statements_of
from app.core.draft import BucketEntry, Draft
from app.core.guide import KMS_STATEMENT_SID, ROLE_NAME, policy_arn, role_arn
from app.core.policies import kms_entries, kms_statement, permissions_policy, trust_policy
from app.core.snapshot import Snapshot, State

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
    target = policy_arn(draft.account_id)
    wanted = permissions_policy(draft.buckets)
    present = snapshot.customer_policy
    if present.state is State.MISSING:
        yield Change(ChangeKind.CREATE_POLICY, target, None, wanted, reversible=True)
    elif present.state is not State.FOUND or not snapshot.was_read("customer_policy.document"):
        yield Obstacle("check.unreadable", target)
    elif not same_document(present.document, wanted):
        yield Obstacle("change.conflict", target)


def _role_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    target = role_arn(draft.account_id)
    wanted = trust_policy(draft.database_id)
    role = snapshot.role
    if role.state is State.MISSING:
        yield Change(ChangeKind.CREATE_ROLE, target, None, wanted, reversible=True)
    elif role.state is not State.FOUND or not snapshot.was_read("role.trust_policy"):
        yield Obstacle("check.unreadable", target)
    elif role.name not in (None, ROLE_NAME):
        yield Obstacle("role.misnamed", role.arn or target)
    elif role.arn not in (None, target):
        yield Obstacle("role.path", role.arn or target)
    elif not same_document(role.trust_policy, wanted):
        yield Obstacle("change.conflict", target)


def _attachment_steps(draft: Draft, snapshot: Snapshot) -> Iterable[Step]:
    policy, role = policy_arn(draft.account_id), role_arn(draft.account_id)
    attached = any(entry.arn == policy for entry in snapshot.role.attached_policies)
    known = snapshot.role.state is State.MISSING or (
        snapshot.role.state is State.FOUND and snapshot.was_read("role.attached_policies")
    )
    if known and not attached:
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
    key = None if index is None else snapshot.buckets[index].kms_key
    if key is None or not snapshot.was_read(f"buckets[{index}].kms_key.policy"):
        yield Obstacle("check.unreadable", key_arn)
    elif key.arn != key_arn:
        yield Obstacle("kms.key-differs", key.arn or key_arn)
    elif key.account not in (None, draft.account_id):
        yield Obstacle("kms.other-account", key_arn)
    elif not isinstance(key.policy, Mapping):
        yield Obstacle("check.unreadable", key_arn)
    else:
        yield from _key_policy_steps(draft, key_arn, key.policy)


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
