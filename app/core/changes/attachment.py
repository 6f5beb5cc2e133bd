"""A managed policy attached to the role, and detached from it.

Source of the requests: IAM API Reference, the actions of the same names.
"""

from typing import Final

from app.core.change import ChangeKind
from app.core.changes.aws_call import AwsCall, iam_call, name_in
from app.core.changes.known_facts import known_document, not_known, without_place
from app.core.changes.managed_policy import has_policy
from app.core.changes.role import has_role
from app.core.changes.rules import NOT_KNOWN_YET, ChangeRules, GuideStep, Thing, swapped_into
from app.core.changes.sides import PolicyReference, TypedChange
from app.core.frozen import replace
from app.core.snapshot import PolicyDocument, Snapshot

_ATTACHED: Final = "role.attached_policies"


def _attach_calls(change: TypedChange[PolicyReference]) -> tuple[AwsCall, ...]:
    role, arn = name_in(change.target), change.subject.arn
    return (iam_call("AttachRolePolicy", RoleName=role, PolicyArn=arn),)


def _attached(snapshot: Snapshot, change: TypedChange[PolicyReference]) -> Snapshot:
    """Return ``snapshot`` with the policy attached to the role, once."""
    arn, role = change.subject.arn, snapshot.role
    if not has_role(snapshot, change.target) or arn in _attached_arns(snapshot):
        return snapshot
    version = snapshot.customer_policy.version if has_policy(snapshot, arn) else None
    document = known_document(snapshot, arn)
    entry = PolicyDocument(name_in(arn), document, arn, version)
    if document is None:
        place = len(role.attached_policies)
        snapshot = not_known(snapshot, f"{_ATTACHED}[{place}].document")
    role = replace(role, attached_policies=(*role.attached_policies, entry))
    return _on_list(replace(snapshot, role=role), arn, attached=True)


def _detach_calls(change: TypedChange[PolicyReference]) -> tuple[AwsCall, ...]:
    role, arn = name_in(change.target), change.subject.arn
    return (iam_call("DetachRolePolicy", RoleName=role, PolicyArn=arn),)


def _detached(snapshot: Snapshot, change: TypedChange[PolicyReference]) -> Snapshot:
    """Return ``snapshot`` with the policy off the role."""
    arn, role = change.subject.arn, snapshot.role
    if not has_role(snapshot, change.target) or arn not in _attached_arns(snapshot):
        return snapshot
    place = _attached_arns(snapshot).index(arn)
    others = (*role.attached_policies[:place], *role.attached_policies[place + 1 :])
    snapshot = without_place(snapshot, _ATTACHED, place)
    role = replace(role, attached_policies=others)
    return _on_list(replace(snapshot, role=role), arn, attached=False)


def _attachment_in(
    snapshot: Snapshot, change: TypedChange[PolicyReference]
) -> PolicyReference | None:
    """Return the policy where it is attached to the role."""
    is_there = has_role(snapshot, change.target) and change.subject.arn in _attached_arns(snapshot)
    return change.subject if is_there else None


def _attached_arns(snapshot: Snapshot) -> list[str | None]:
    return [entry.arn for entry in snapshot.role.attached_policies]


def _on_list(snapshot: Snapshot, arn: str, *, attached: bool) -> Snapshot:
    """Put the role on the list of those that carry the customer policy, or take it off."""
    policy, name = snapshot.customer_policy, snapshot.role.name
    if policy.attached_to is None or name is None or not has_policy(snapshot, arn):
        return snapshot
    others = tuple(entity for entity in policy.attached_to if entity != name)
    policy = replace(policy, attached_to=(*others, name) if attached else others)
    return replace(snapshot, customer_policy=policy)


ATTACH_POLICY: Final = ChangeRules(
    ChangeKind.ATTACH_POLICY,
    PolicyReference,
    Thing.ROLE,
    "iam:AttachRolePolicy",
    seen_by=("iam:GetRole", "iam:ListAttachedRolePolicies"),
    requests=_attach_calls,
    effect=_attached,
    found_in=_attachment_in,
    inverse=swapped_into(ChangeKind.DETACH_POLICY),
    guide_step=GuideStep.PERMISSIONS,
    spreading_codes=NOT_KNOWN_YET,
    awaited=True,
)
DETACH_POLICY: Final = ChangeRules(
    ChangeKind.DETACH_POLICY,
    PolicyReference,
    Thing.ROLE,
    "iam:DetachRolePolicy",
    seen_by=("iam:GetRole", "iam:ListAttachedRolePolicies"),
    requests=_detach_calls,
    effect=_detached,
    found_in=_attachment_in,
    inverse=swapped_into(ChangeKind.ATTACH_POLICY),
    spreading_codes=NOT_KNOWN_YET,
)

ATTACHMENT_KINDS: Final = (ATTACH_POLICY, DETACH_POLICY)
