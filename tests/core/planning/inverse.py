"""A plan taken back: each change by its opposite, in reverse order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.changes.applied import after_changes
from app.core.snapshot import Snapshot

OPPOSITE: Final = {
    ChangeKind.CREATE_ROLE: ChangeKind.DELETE_ROLE,
    ChangeKind.DELETE_ROLE: ChangeKind.CREATE_ROLE,
    ChangeKind.CREATE_POLICY: ChangeKind.DELETE_POLICY,
    ChangeKind.ATTACH_POLICY: ChangeKind.DETACH_POLICY,
    ChangeKind.DETACH_POLICY: ChangeKind.ATTACH_POLICY,
}


def taken_back(start: Snapshot, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return what puts ``start`` back after ``changes``; a deleted version stays deleted."""
    states = [after_changes(start, changes[:number]) for number in range(len(changes) + 1)]
    numbered = reversed(list(enumerate(changes)))
    return tuple(
        inverse
        for number, change in numbered
        for inverse in _inverse(change, states[number], states[number + 1])
    )


def _inverse(change: Change, before: Snapshot, after: Snapshot) -> Iterator[Change]:
    kind = OPPOSITE.get(change.kind, change.kind)
    if change.kind is ChangeKind.DELETE_POLICY_VERSION:
        return
    if change.kind is not ChangeKind.CREATE_POLICY_VERSION:
        yield replace(change, kind=kind, before=change.after, after=change.before)
        return
    old = {"version": before.customer_policy.version, "document": change.before}
    new = {"version": after.customer_policy.version, "document": change.after}
    default = ChangeKind.SET_DEFAULT_POLICY_VERSION
    yield Change(default, change.target, new, old, reversible=True)
    yield Change(ChangeKind.DELETE_POLICY_VERSION, change.target, new, None, reversible=False)


def what_counts(snapshot: Snapshot) -> dict[str, object]:
    """Return what undoing puts back to the letter: not a role's id, nor a version given up."""
    role, policy = snapshot.role, snapshot.customer_policy
    return {
        "role": (role.state, role.arn, role.trust_policy, role.permissions_boundary),
        "attached": sorted((p.arn or "", repr(p.document)) for p in role.attached_policies),
        "inline": sorted((p.name, repr(p.document)) for p in role.inline_policies),
        "tags": role.tags or {},
        "policy": (policy.state, policy.arn, policy.document),
        "version": policy.version,
        "keys": [bucket.kms_key for bucket in snapshot.buckets],
    }
