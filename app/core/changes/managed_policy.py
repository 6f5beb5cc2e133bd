"""Changes of a managed policy: made, deleted, and its versions.

Source of the requests: IAM API Reference, the actions of the same names. The snapshot knows the
customer's policy by itself, and whatever is attached to the role or is its boundary.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import (
    AwsCall,
    description_parameter,
    iam_call,
    name_in,
    path_in,
    tags_parameter,
)
from app.core.changes.known_facts import is_customer_policy, known_document, now_known
from app.core.changes.rules import (
    NOT_KNOWN_YET,
    STILL_IN_USE,
    ChangeRules,
    GuideStep,
    Saved,
    Thing,
    made_anew_by,
    no_way_back,
    swapped,
    swapped_into,
)
from app.core.changes.sides import ChangeSettings, DocumentVersion, StoredDocument, TypedChange
from app.core.documents.document_text import compact_text
from app.core.documents.policy_size import MANAGED_POLICY
from app.core.frozen import replace
from app.core.journal import Step
from app.core.snapshot import CustomerPolicy, PolicyVersion, RoleFacts, Snapshot, State

_MOST_VERSIONS: Final = 5
"""IAM User Guide, "IAM and AWS STS quotas": versions of a managed policy."""

_ATTACHED: Final = "role.attached_policies"
_BOUNDARY: Final = "role.permissions_boundary"
_DOCUMENT: Final = "customer_policy.document"


def has_policy(snapshot: Snapshot, arn: str) -> bool:
    """Tell whether the snapshot's customer policy is the one with ``arn``."""
    return is_customer_policy(snapshot.customer_policy, arn)


def version_number(version_id: str) -> int | None:
    """Return 3 for ``v3``; None for what is no version's id (IAM API Reference, PolicyVersion)."""
    digits = version_id.removeprefix("v")
    is_id = version_id != digits and digits.isascii() and digits.isdecimal()
    return int(digits) if is_id else None


# The policy itself


def _create_policy_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    call = iam_call(
        "CreatePolicy",
        Path=path_in(change.target),
        PolicyName=name_in(change.target),
        PolicyDocument=compact_text(change.subject.document),
        **description_parameter(change.settings),
        **tags_parameter(change.settings),
    )
    return (call,)


def _with_new_policy(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    """Return ``snapshot`` with the new customer policy in its first version."""
    policy = CustomerPolicy(
        State.FOUND,
        change.target,
        "v1",
        change.subject.document,
        versions=(PolicyVersion("v1", None, default=True),),
        attached_to=(),
        tags=change.settings.tags,
    )
    return replace(now_known(snapshot, "customer_policy"), customer_policy=policy)


def _delete_policy_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    return (iam_call("DeletePolicy", PolicyArn=change.target),)


def _without_policy(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    if not has_policy(snapshot, change.target):
        return snapshot
    missing = CustomerPolicy(State.MISSING)
    return replace(now_known(snapshot, "customer_policy"), customer_policy=missing)


def _document_in(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> StoredDocument | None:
    """Return the document of the policy's default version."""
    return StoredDocument.read(known_document(snapshot, change.target))


# A new version


def _create_version_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    call = iam_call(
        "CreatePolicyVersion",
        PolicyArn=change.target,
        PolicyDocument=compact_text(change.subject.document),
        SetAsDefault=True,
    )
    return (call,)


def _with_new_version(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    """Return ``snapshot`` with a new version of the policy as its default."""
    policy = snapshot.customer_policy
    versions = policy.versions or () if has_policy(snapshot, change.target) else ()
    ids = [*(entry.id for entry in versions), *_defaults(snapshot, change.target)]
    new_id = _next_version(ids)
    if versions and new_id is not None:
        version = PolicyVersion(new_id, None, default=False)
        policy = replace(policy, versions=(*versions, version))
        snapshot = replace(snapshot, customer_policy=policy)
    return _with_default(snapshot, change.target, new_id, change.subject.document)


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


def _older_default(step: Step) -> tuple[Change, ...]:
    """Return the policy to the version before, then delete the one that was made."""
    target, versions = step.change.target, step.made
    newer = DocumentVersion(versions.get("version", ""), step.change.after)
    older = DocumentVersion(versions.get("version_before", ""), step.change.before)
    return (
        _inverse_of(step.change, SET_DEFAULT_POLICY_VERSION.change(target, newer, older)),
        _inverse_of(step.change, DELETE_POLICY_VERSION.change(target, newer, None)),
    )


def _inverse_of(change: Change, inverse: Change) -> Change:
    """Return ``inverse`` with all that it has in common with ``change``, which it takes back."""
    return replace(change, kind=inverse.kind, before=inverse.before, after=inverse.after)


# The default version


def _set_default_calls(change: TypedChange[DocumentVersion]) -> tuple[AwsCall, ...]:
    version = change.subject.version
    return (iam_call("SetDefaultPolicyVersion", PolicyArn=change.target, VersionId=version),)


def _with_other_default(snapshot: Snapshot, change: TypedChange[DocumentVersion]) -> Snapshot:
    default = change.subject
    return _with_default(snapshot, change.target, default.version, default.document)


def _default_in(snapshot: Snapshot, change: TypedChange[DocumentVersion]) -> DocumentVersion | None:
    """Return the default version with its document."""
    if not has_policy(snapshot, change.target):
        return None
    document = known_document(snapshot, change.target)
    return DocumentVersion(snapshot.customer_policy.version or "", document)


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
    return replace(snapshot, role=_with_attached(role, places, version, document))


def _with_attached(
    role: RoleFacts, places: Iterable[int], version: str | None, document: object
) -> RoleFacts:
    attached = list(role.attached_policies)
    for place in places:
        attached[place] = replace(attached[place], version=version, document=document)
    return replace(role, attached_policies=tuple(attached))


# An older version


def _delete_version_calls(change: TypedChange[DocumentVersion]) -> tuple[AwsCall, ...]:
    version = change.subject.version
    return (iam_call("DeletePolicyVersion", PolicyArn=change.target, VersionId=version),)


def _without_version(snapshot: Snapshot, change: TypedChange[DocumentVersion]) -> Snapshot:
    """Return ``snapshot`` without one of the customer policy's versions."""
    policy = snapshot.customer_policy
    if not has_policy(snapshot, change.target) or policy.versions is None:
        return snapshot
    others = tuple(entry for entry in policy.versions if entry.id != change.subject.version)
    return replace(snapshot, customer_policy=replace(policy, versions=others))


def _version_in(snapshot: Snapshot, change: TypedChange[DocumentVersion]) -> DocumentVersion | None:
    """Return the version that the change names; its document where it is the default."""
    policy, version = snapshot.customer_policy, change.subject.version
    if not has_policy(snapshot, change.target):
        return None
    if version == policy.version:
        return DocumentVersion(version, known_document(snapshot, change.target))
    is_there = any(entry.id == version for entry in policy.versions or ())
    return DocumentVersion(version) if is_there else None


CREATE_POLICY: Final = ChangeRules(
    ChangeKind.CREATE_POLICY,
    StoredDocument,
    Thing.POLICY,
    "iam:CreatePolicy",
    seen_by=("iam:GetPolicy", "iam:GetPolicyVersion"),
    requests=_create_policy_calls,
    effect=_with_new_policy,
    found_in=_document_in,
    saved=Saved.PERMISSIONS,
    inverse=swapped_into(ChangeKind.DELETE_POLICY),
    guide_step=GuideStep.PERMISSIONS,
    size_limit=MANAGED_POLICY,
    tag_action="iam:TagPolicy",
    makes_version=True,
)
DELETE_POLICY: Final = ChangeRules(
    ChangeKind.DELETE_POLICY,
    StoredDocument,
    Thing.POLICY,
    "iam:DeletePolicy",
    seen_by=("iam:GetPolicy", "iam:GetPolicyVersion"),
    requests=_delete_policy_calls,
    effect=_without_policy,
    found_in=_document_in,
    inverse=made_anew_by(ChangeKind.CREATE_POLICY),
    comes_back_changed=True,  # one made anew has lost its older versions
    spreading_codes=STILL_IN_USE,
)
CREATE_POLICY_VERSION: Final = ChangeRules(
    ChangeKind.CREATE_POLICY_VERSION,
    StoredDocument,
    Thing.POLICY,
    "iam:CreatePolicyVersion",
    seen_by=("iam:GetPolicy", "iam:GetPolicyVersion"),
    requests=_create_version_calls,
    effect=_with_new_version,
    found_in=_document_in,
    saved=Saved.PERMISSIONS,
    inverse=_older_default,
    guide_step=GuideStep.PERMISSIONS,
    size_limit=MANAGED_POLICY,
    makes_version=True,
)
SET_DEFAULT_POLICY_VERSION: Final = ChangeRules(
    ChangeKind.SET_DEFAULT_POLICY_VERSION,
    DocumentVersion,
    Thing.POLICY,
    "iam:SetDefaultPolicyVersion",
    seen_by=("iam:GetPolicy", "iam:GetPolicyVersion"),
    requests=_set_default_calls,
    effect=_with_other_default,
    found_in=_default_in,
    inverse=swapped,
    spreading_codes=NOT_KNOWN_YET,
)
DELETE_POLICY_VERSION: Final = ChangeRules(
    ChangeKind.DELETE_POLICY_VERSION,
    DocumentVersion,
    Thing.POLICY,
    "iam:DeletePolicyVersion",
    seen_by=("iam:GetPolicyVersion",),
    requests=_delete_version_calls,
    effect=_without_version,
    found_in=_version_in,
    inverse=no_way_back,
    guide_step=GuideStep.PERMISSIONS,
    comes_back_changed=True,  # it does not come back at all
    spreading_codes=STILL_IN_USE,
    keeps_what_it_deletes=True,
)

MANAGED_POLICY_KINDS: Final = (
    CREATE_POLICY,
    DELETE_POLICY,
    CREATE_POLICY_VERSION,
    SET_DEFAULT_POLICY_VERSION,
    DELETE_POLICY_VERSION,
)


def new_version(
    policy: CustomerPolicy, arn: str, document: object, *, addition: bool = False
) -> Iterator[Change]:
    """Yield what makes ``document`` the policy's default version.

    The oldest other version is given up first where there is room for no more.
    """
    oldest = _to_give_up(policy.versions or ())
    if oldest is not None:
        yield DELETE_POLICY_VERSION.change(
            arn,
            DocumentVersion(oldest),
            None,
            reversible=False,
            settings=ChangeSettings(makes_room=True),
            addition=addition,
        )
    present = StoredDocument(policy.document)
    yield CREATE_POLICY_VERSION.change(arn, present, StoredDocument(document), addition=addition)


def _to_give_up(versions: Collection[PolicyVersion]) -> str | None:
    """Return the oldest version that is not the default, where there is room for no other."""
    if len(versions) < _MOST_VERSIONS:
        return None
    others = [(version_number(v.id), v.id) for v in versions if not v.default]
    numbered = [(number, name) for number, name in others if number is not None]
    return min(numbered)[1] if numbered else None
