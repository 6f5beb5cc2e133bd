"""What attaching and detaching a policy makes of a snapshot, and what it has there."""

from app.core.change import Change
from app.core.changes.known_facts import known_document, named, not_known, without_place
from app.core.changes.managed_policy import has_policy
from app.core.changes.role import has_role
from app.core.frozen import replace
from app.core.snapshot import PolicyDocument, Snapshot

_ATTACHED = "role.attached_policies"


def attach(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with the policy attached to the role, once."""
    arn, role = named(change.after, "policy_arn") or "", snapshot.role
    if not has_role(snapshot, change.target) or arn in _attached(snapshot):
        return snapshot
    version = snapshot.customer_policy.version if has_policy(snapshot, arn) else None
    document = known_document(snapshot, arn)
    entry = PolicyDocument(arn.rpartition("/")[2], document, arn, version)
    if document is None:
        place = len(role.attached_policies)
        snapshot = not_known(snapshot, f"{_ATTACHED}[{place}].document")
    role = replace(role, attached_policies=(*role.attached_policies, entry))
    return _on_list(replace(snapshot, role=role), arn, attached=True)


def detach(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with the policy off the role."""
    arn, role = named(change.before, "policy_arn") or "", snapshot.role
    if not has_role(snapshot, change.target) or arn not in _attached(snapshot):
        return snapshot
    place = _attached(snapshot).index(arn)
    left = (*role.attached_policies[:place], *role.attached_policies[place + 1 :])
    snapshot = without_place(snapshot, _ATTACHED, place)
    role = replace(role, attached_policies=left)
    return _on_list(replace(snapshot, role=role), arn, attached=False)


def attachment_at(snapshot: Snapshot, change: Change) -> object:
    """Return the policy's ARN where it is attached to the role."""
    arn = named(change.after, "policy_arn") or named(change.before, "policy_arn")
    is_there = has_role(snapshot, change.target) and arn in _attached(snapshot)
    return {"policy_arn": arn} if is_there else None


def _attached(snapshot: Snapshot) -> list[str | None]:
    return [entry.arn for entry in snapshot.role.attached_policies]


def _on_list(snapshot: Snapshot, arn: str, *, attached: bool) -> Snapshot:
    """Put the role on the list of those that carry the customer policy, or take it off."""
    policy, name = snapshot.customer_policy, snapshot.role.name
    if policy.attached_to is None or name is None or not has_policy(snapshot, arn):
        return snapshot
    others = tuple(entity for entity in policy.attached_to if entity != name)
    policy = replace(policy, attached_to=(*others, name) if attached else others)
    return replace(snapshot, customer_policy=policy)
