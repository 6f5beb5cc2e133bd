"""What the changes of a role make of a snapshot, and what it has where they act."""

from typing import Final

from app.core.change import Change
from app.core.changes.known_facts import (
    known_document,
    named,
    not_known,
    now_known,
    texts,
    under,
    without_place,
)
from app.core.frozen import replace
from app.core.snapshot import PolicyDocument, RoleFacts, Snapshot, State

_SESSION_SECONDS: Final = 3600
"""IAM API Reference, CreateRole, ``MaxSessionDuration``: one hour unless said otherwise."""

_INLINE: Final = "role.inline_policies"
_BOUNDARY: Final = "role.permissions_boundary"


def has_role(snapshot: Snapshot, arn: str) -> bool:
    """Tell whether the snapshot's role is the one with ``arn``."""
    return snapshot.role.state is State.FOUND and snapshot.role.arn in (None, arn)


def create_role(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with the new role in place of what it had."""
    path, _, name = change.target.partition(":role")[2].rpartition("/")
    duration = change.settings.get("max_session_duration")
    role = RoleFacts(
        state=State.FOUND,
        arn=change.target,
        name=name,
        path=f"{path}/",
        trust_policy=change.after,
        tags=texts(change.settings.get("tags")),
        max_session_duration=duration if isinstance(duration, int) else _SESSION_SECONDS,
        instance_profiles=(),
    )
    made = replace(now_known(snapshot, "role"), role=role)
    return _bounded(made, change.settings.get("permissions_boundary"), snapshot)


def delete_role(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` without its role, which is off every policy's list then."""
    if not has_role(snapshot, change.target):
        return snapshot
    policy, name = snapshot.customer_policy, snapshot.role.name
    if policy.attached_to is not None:
        left = tuple(entity for entity in policy.attached_to if entity != name)
        policy = replace(policy, attached_to=left)
    gone = now_known(snapshot, "role")
    return replace(gone, role=RoleFacts(State.MISSING), customer_policy=policy)


def update_trust(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with another trust policy."""
    if not has_role(snapshot, change.target):
        return snapshot
    role = replace(snapshot.role, trust_policy=change.after)
    return replace(now_known(snapshot, "role.trust_policy"), role=role)


def trust_at(snapshot: Snapshot, change: Change) -> object:
    """Return the role's trust policy."""
    return snapshot.role.trust_policy if has_role(snapshot, change.target) else None


def set_boundary(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with another permissions boundary, or without."""
    if not has_role(snapshot, change.target):
        return snapshot
    return _bounded(snapshot, named(change.after, "policy_arn"), snapshot)


def _bounded(snapshot: Snapshot, arn: object, before: Snapshot) -> Snapshot:
    """Return ``snapshot`` with the policy ``arn`` as the role's boundary, as ``before`` knew it."""
    snapshot, boundary = now_known(snapshot, _BOUNDARY), None
    if isinstance(arn, str):
        boundary = PolicyDocument(arn.rpartition("/")[2], known_document(before, arn), arn)
        if boundary.document is None:
            snapshot = not_known(snapshot, f"{_BOUNDARY}.document")
    return replace(snapshot, role=replace(snapshot.role, permissions_boundary=boundary))


def boundary_at(snapshot: Snapshot, change: Change) -> object:
    """Return which policy is the role's boundary."""
    boundary = snapshot.role.permissions_boundary
    if boundary is None or not has_role(snapshot, change.target):
        return None
    return {"policy_arn": boundary.arn}


def tag_role(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with other tags; unknown ones stay unknown."""
    if not has_role(snapshot, change.target) or snapshot.role.tags is None:
        return snapshot
    before, after = texts(change.before), texts(change.after)
    left = {k: v for k, v in snapshot.role.tags.items() if k in after or k not in before}
    return replace(snapshot, role=replace(snapshot.role, tags={**left, **after}))


def tags_at(snapshot: Snapshot, change: Change) -> object:
    """Return the present values of the keys that the change names."""
    keys = texts(change.before) | texts(change.after)
    tags = (snapshot.role.tags or {}) if has_role(snapshot, change.target) else {}
    return {key: value for key, value in tags.items() if key in keys}


def put_inline(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with an inline policy put in its place, added or deleted."""
    if not has_role(snapshot, change.target):
        return snapshot
    name, inline = _inline_name(change), list(snapshot.role.inline_policies)
    place = next((i for i, policy in enumerate(inline) if policy.name == name), len(inline))
    if change.after is None:
        if place < len(inline):
            del inline[place]
            snapshot = without_place(snapshot, _INLINE, place)
    else:
        inline[place : place + 1] = [PolicyDocument(name, under(change.after, "document"))]
        snapshot = now_known(snapshot, f"{_INLINE}[{place}]")
    return replace(snapshot, role=replace(snapshot.role, inline_policies=tuple(inline)))


def inline_at(snapshot: Snapshot, change: Change) -> object:
    """Return the inline policy of the change's name."""
    if not has_role(snapshot, change.target):
        return None
    found = (p for p in snapshot.role.inline_policies if p.name == _inline_name(change))
    return next(({"name": p.name, "document": p.document} for p in found), None)


def _inline_name(change: Change) -> str:
    return named(change.after, "name") or named(change.before, "name") or ""
