"""A snapshot in which one thing is the same wherever it stands.

The customer's policy stands by itself and attached to the role, a key at every bucket that uses
it; one of the places may not have been read, or been read a moment earlier.
"""

from app.core.changes.known_facts import now_known
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, policy_arn
from app.core.iam.principals import account_of
from app.core.snapshot import CustomerPolicy, PolicyDocument, Snapshot, State

_DOCUMENT = "customer_policy.document"


def consistent(draft: Draft, snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` with each policy alike in all its places, as far as any was read."""
    return _keys_alike(_policy_alike(draft, snapshot))


def _policy_alike(draft: Draft, snapshot: Snapshot) -> Snapshot:
    policy = snapshot.customer_policy
    arn = policy.arn or policy_arn(draft.account_id)
    place = _place_attached(draft, snapshot, arn)
    if place is not None:
        return _as_attached(snapshot, place)
    if policy.state is State.FOUND and policy.arn is None:
        return replace(snapshot, customer_policy=replace(policy, arn=arn))
    return snapshot


def _place_attached(draft: Draft, snapshot: Snapshot, arn: str) -> int | None:
    """Return where the policy stands among the attached ones; its name is unique in an account."""

    def is_it(entry: PolicyDocument) -> bool:
        own = account_of(entry.arn or "") == draft.account_id
        return entry.arn == arn or (own and entry.name == POLICY_NAME)

    attached = snapshot.role.attached_policies
    return next((i for i, entry in enumerate(attached) if is_it(entry)), None)


def _as_attached(snapshot: Snapshot, place: int) -> Snapshot:
    """Return ``snapshot`` with the policy that is attached at ``place`` the same by itself."""
    role, policy = snapshot.role, snapshot.customer_policy
    entry, path = role.attached_policies[place], f"role.attached_policies[{place}]"
    if policy.state is not State.FOUND:
        policy = CustomerPolicy(State.FOUND, entry.arn, entry.version)
        snapshot = now_known(snapshot, "customer_policy")
    policy = replace(policy, arn=entry.arn, version=policy.version or entry.version)
    if entry.document is not None and snapshot.was_read(f"{path}.document"):
        policy = replace(policy, document=entry.document)
        snapshot = now_known(snapshot, _DOCUMENT)
    elif policy.document is not None and snapshot.was_read(_DOCUMENT):
        entry = replace(entry, document=policy.document)
        snapshot = now_known(snapshot, path)
    attached = list(role.attached_policies)
    attached[place] = entry
    role = replace(role, attached_policies=tuple(attached))
    return replace(snapshot, role=role, customer_policy=policy)


def _keys_alike(snapshot: Snapshot) -> Snapshot:
    read: dict[str, object] = {}
    for place in snapshot.key_places():
        key = place.key
        if key.arn and key.policy is not None and snapshot.was_read(f"{place.path}.policy"):
            read.setdefault(key.arn, key.policy)
    known_paths = [
        f"{place.path}.policy" for place in snapshot.key_places() if place.key.arn in read
    ]
    return now_known(snapshot, *known_paths).with_keys(
        lambda place: replace(place.key, policy=read.get(place.key.arn or "", place.key.policy))
    )
