"""What the changes of managed policies make of a snapshot, and what it has there."""

from collections.abc import Iterable, Iterator

from app.core.change import Change
from app.core.changes.known_facts import (
    is_customer_policy,
    known_document,
    named,
    now_known,
    texts,
    under,
)
from app.core.frozen import replace
from app.core.snapshot import (
    CustomerPolicy,
    PolicyVersion,
    RoleFacts,
    Snapshot,
    State,
)

_ATTACHED = "role.attached_policies"
_BOUNDARY = "role.permissions_boundary"
_DOCUMENT = "customer_policy.document"


def has_policy(snapshot: Snapshot, arn: str) -> bool:
    """Tell whether the snapshot's customer policy is the one with ``arn``."""
    return is_customer_policy(snapshot.customer_policy, arn)


def create_policy(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with the new customer policy in its first version."""
    made = CustomerPolicy(
        State.FOUND,
        change.target,
        "v1",
        change.after,
        versions=(PolicyVersion("v1", None, default=True),),
        attached_to=(),
        tags=texts(change.settings.get("tags")),
    )
    return replace(now_known(snapshot, "customer_policy"), customer_policy=made)


def delete_policy(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` without the customer policy."""
    if not has_policy(snapshot, change.target):
        return snapshot
    gone = CustomerPolicy(State.MISSING)
    return replace(now_known(snapshot, "customer_policy"), customer_policy=gone)


def policy_at(snapshot: Snapshot, change: Change) -> object:
    """Return the document of the policy's default version."""
    return known_document(snapshot, change.target)


def create_version(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with a new version of the policy as its default."""
    policy = snapshot.customer_policy
    versions = policy.versions or () if has_policy(snapshot, change.target) else ()
    made = _next_version([*(entry.id for entry in versions), *_defaults(snapshot, change.target)])
    if versions and made is not None:
        version = PolicyVersion(made, None, default=False)
        policy = replace(policy, versions=(*versions, version))
        snapshot = replace(snapshot, customer_policy=policy)
    return _with_default(snapshot, change.target, made, change.after)


def _defaults(snapshot: Snapshot, arn: str) -> Iterator[str]:
    """Yield the id of the policy's default version from each place that tells it."""
    policy = snapshot.customer_policy
    if has_policy(snapshot, arn) and policy.version:
        yield policy.version
    yield from (p.version for p in snapshot.role.attached_policies if p.arn == arn and p.version)


def _next_version(ids: Iterable[str]) -> str | None:
    """Return the id after the greatest (none is used twice); None where none is known."""
    numbers = [number for name in ids if (number := version_number(name)) is not None]
    return f"v{max(numbers) + 1}" if numbers else None


def version_number(name: str) -> int | None:
    """Return 3 for ``v3``; None for what is no version's id (IAM API Reference, PolicyVersion)."""
    digits = name.removeprefix("v")
    return int(digits) if name != digits and digits.isascii() and digits.isdecimal() else None


def set_default(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` with another of the policy's versions as its default."""
    version, document = named(change.after, "version"), under(change.after, "document")
    return _with_default(snapshot, change.target, version, document)


def default_at(snapshot: Snapshot, change: Change) -> object:
    """Return the default version with its document."""
    if not has_policy(snapshot, change.target):
        return None
    policy = snapshot.customer_policy
    return {"version": policy.version, "document": known_document(snapshot, change.target)}


def _with_default(snapshot: Snapshot, arn: str, version: str | None, document: object) -> Snapshot:
    """Return ``snapshot`` with that version of the policy ``arn`` wherever the policy stands."""
    if has_policy(snapshot, arn):
        policy, versions = snapshot.customer_policy, snapshot.customer_policy.versions
        if versions is not None:
            versions = tuple(replace(entry, default=entry.id == version) for entry in versions)
        policy = replace(policy, version=version, document=document, versions=versions)
        snapshot = replace(now_known(snapshot, _DOCUMENT), customer_policy=policy)
    role = snapshot.role
    places = [place for place, entry in enumerate(role.attached_policies) if entry.arn == arn]
    snapshot = now_known(snapshot, *(f"{_ATTACHED}[{place}]" for place in places))
    boundary = role.permissions_boundary
    if boundary is not None and boundary.arn == arn:
        snapshot = now_known(snapshot, f"{_BOUNDARY}.document")
        role = replace(role, permissions_boundary=replace(boundary, document=document))
    return replace(snapshot, role=_with_document(role, places, version, document))


def _with_document(
    role: RoleFacts, places: Iterable[int], version: str | None, document: object
) -> RoleFacts:
    attached = list(role.attached_policies)
    for place in places:
        attached[place] = replace(attached[place], version=version, document=document)
    return replace(role, attached_policies=tuple(attached))


def delete_version(snapshot: Snapshot, change: Change) -> Snapshot:
    """Return ``snapshot`` without one of the customer policy's versions."""
    policy, gone = snapshot.customer_policy, named(change.before, "version")
    if not has_policy(snapshot, change.target) or policy.versions is None:
        return snapshot
    left = tuple(version for version in policy.versions if version.id != gone)
    return replace(snapshot, customer_policy=replace(policy, versions=left))


def version_at(snapshot: Snapshot, change: Change) -> object:
    """Return the version that the change names; its document where it is the default."""
    policy = snapshot.customer_policy
    name = named(change.before, "version") or named(change.after, "version")
    if not has_policy(snapshot, change.target):
        return None
    if name == policy.version:
        return {"version": name, "document": known_document(snapshot, change.target)}
    is_there = any(version.id == name for version in policy.versions or ())
    return {"version": name, "document": None} if is_there else None
