"""Changes of the role: made, deleted, its trust policy, boundary, tags and inline policies.

Source of the requests: IAM API Reference, the actions of the same names.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
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
from app.core.changes.known_facts import known_document, not_known, now_known, without_place
from app.core.changes.rules import (
    NOT_KNOWN_YET,
    STILL_IN_USE,
    ChangeRules,
    GuideStep,
    Saved,
    Thing,
    made_anew_by,
    swapped,
    swapped_into,
)
from app.core.changes.sides import (
    ChangeSettings,
    InlinePolicy,
    PolicyReference,
    StoredDocument,
    Tags,
    TypedChange,
)
from app.core.documents.document_text import compact_text
from app.core.documents.gone_principals import gone_in, living, without_gone
from app.core.documents.open_sessions import SESSIONS_POLICY, closing_policy
from app.core.documents.policy_size import TRUST_POLICY
from app.core.documents.statements import statements_in
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.frozen import replace
from app.core.snapshot import PolicyDocument, RoleFacts, Snapshot, State

_SESSION_SECONDS: Final = 3600
"""IAM API Reference, CreateRole, ``MaxSessionDuration``: one hour unless said otherwise."""

_INLINE: Final = "role.inline_policies"
_BOUNDARY: Final = "role.permissions_boundary"


def has_role(snapshot: Snapshot, arn: str) -> bool:
    """Tell whether the snapshot's role is the one with ``arn``."""
    return snapshot.role.state is State.FOUND and snapshot.role.arn in (None, arn)


# The role itself


def _create_role_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    settings = change.settings
    optional = {
        "PermissionsBoundary": settings.permissions_boundary,
        "MaxSessionDuration": settings.max_session_duration,
    }
    call = iam_call(
        "CreateRole",
        Path=path_in(change.target),
        RoleName=name_in(change.target),
        AssumeRolePolicyDocument=compact_text(change.subject.document),
        **description_parameter(settings),
        **{name: value for name, value in optional.items() if value is not None},
        **tags_parameter(settings),
    )
    return (call,)


def _with_new_role(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    """Return ``snapshot`` with the new role in place of what it had."""
    path, _, name = change.target.partition(":role")[2].rpartition("/")
    settings = change.settings
    role = RoleFacts(
        state=State.FOUND,
        arn=change.target,
        name=name,
        path=f"{path}/",
        trust_policy=change.subject.document,
        tags=settings.tags,
        max_session_duration=settings.max_session_duration or _SESSION_SECONDS,
        instance_profiles=(),
    )
    with_role = replace(now_known(snapshot, "role"), role=role)
    return _bounded(with_role, settings.permissions_boundary, snapshot)


def _delete_role_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    return (iam_call("DeleteRole", RoleName=name_in(change.target)),)


def _without_role(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    """Return ``snapshot`` without its role, which is off every policy's list then."""
    if not has_role(snapshot, change.target):
        return snapshot
    policy, name = snapshot.customer_policy, snapshot.role.name
    if policy.attached_to is not None:
        others = tuple(entity for entity in policy.attached_to if entity != name)
        policy = replace(policy, attached_to=others)
    return replace(
        now_known(snapshot, "role"), role=RoleFacts(State.MISSING), customer_policy=policy
    )


# Its trust policy


def _update_trust_calls(change: TypedChange[StoredDocument]) -> tuple[AwsCall, ...]:
    call = iam_call(
        "UpdateAssumeRolePolicy",
        RoleName=name_in(change.target),
        PolicyDocument=compact_text(change.subject.document),
    )
    return (call,)


def _with_trust(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> Snapshot:
    if not has_role(snapshot, change.target):
        return snapshot
    role = replace(snapshot.role, trust_policy=change.subject.document)
    return replace(now_known(snapshot, "role.trust_policy"), role=role)


def _trust_in(snapshot: Snapshot, change: TypedChange[StoredDocument]) -> StoredDocument | None:
    there = has_role(snapshot, change.target)
    return StoredDocument.read(snapshot.role.trust_policy) if there else None


def _trust_without_gone(side: StoredDocument, gone: Collection[str]) -> StoredDocument:
    """Leave out who is gone; where nobody else is named, UbiQuity is refused.

    AWS wants a statement in a trust policy, and those that named nobody else let nobody in.
    """
    document = without_gone(side.document, gone)
    nobody_left = gone_in(document, gone) and not living(statements_in(document), gone)
    if nobody_left and isinstance(document, Mapping):
        document = {**document, "Statement": [revoked_statement()]}
    return StoredDocument(document)


# Its permissions boundary


def _boundary_calls(change: TypedChange[PolicyReference]) -> tuple[AwsCall, ...]:
    name = name_in(change.target)
    if change.after is None:
        return (iam_call("DeleteRolePermissionsBoundary", RoleName=name),)
    arn = change.after.arn
    return (iam_call("PutRolePermissionsBoundary", RoleName=name, PermissionsBoundary=arn),)


def _with_boundary(snapshot: Snapshot, change: TypedChange[PolicyReference]) -> Snapshot:
    """Return ``snapshot`` with another permissions boundary, or without."""
    if not has_role(snapshot, change.target):
        return snapshot
    return _bounded(snapshot, change.after.arn if change.after else None, snapshot)


def _bounded(snapshot: Snapshot, arn: str | None, before: Snapshot) -> Snapshot:
    """Return ``snapshot`` with the policy ``arn`` as the role's boundary, as ``before`` knew it."""
    snapshot, boundary = now_known(snapshot, _BOUNDARY), None
    if arn is not None:
        boundary = PolicyDocument(name_in(arn), known_document(before, arn), arn)
        if boundary.document is None:
            snapshot = not_known(snapshot, f"{_BOUNDARY}.document")
    return replace(snapshot, role=replace(snapshot.role, permissions_boundary=boundary))


def _boundary_in(
    snapshot: Snapshot, change: TypedChange[PolicyReference]
) -> PolicyReference | None:
    boundary = snapshot.role.permissions_boundary
    if boundary is None or not has_role(snapshot, change.target):
        return None
    return PolicyReference(boundary.arn or "")


# Its tags


def _tag_calls(change: TypedChange[Tags]) -> tuple[AwsCall, ...]:
    name, before, after = name_in(change.target), _values(change.before), _values(change.after)
    put = [{"Key": key, "Value": text} for key, text in after.items()]
    removed = [key for key in before if key not in after]
    return (
        *([iam_call("TagRole", RoleName=name, Tags=put)] if put else ()),
        *([iam_call("UntagRole", RoleName=name, TagKeys=removed)] if removed else ()),
    )


def _values(tags: Tags | None) -> Mapping[str, str]:
    return tags.values if tags else {}


def _with_tags(snapshot: Snapshot, change: TypedChange[Tags]) -> Snapshot:
    """Return ``snapshot`` with other tags; unknown ones stay unknown."""
    if not has_role(snapshot, change.target) or snapshot.role.tags is None:
        return snapshot
    before, after = _values(change.before), _values(change.after)
    others = {k: v for k, v in snapshot.role.tags.items() if k in after or k not in before}
    return replace(snapshot, role=replace(snapshot.role, tags={**others, **after}))


def _tags_in(snapshot: Snapshot, change: TypedChange[Tags]) -> Tags:
    """Return the present values of the keys that the change names."""
    keys = {*_values(change.before), *_values(change.after)}
    tags = (snapshot.role.tags or {}) if has_role(snapshot, change.target) else {}
    return Tags({key: value for key, value in tags.items() if key in keys})


def _is_half_tagged(change: TypedChange[Tags], stored: Tags) -> bool:
    """Tell whether ``stored`` is what the first of two requests leaves: put, and none removed."""
    before, after = _values(change.before), _values(change.after)
    keys = {*before, *after}
    return keys.issuperset(stored.values) and all(
        stored.values.get(key) in (before.get(key), after.get(key)) for key in keys
    )


# Its inline policies


def _inline_calls(change: TypedChange[InlinePolicy]) -> tuple[AwsCall, ...]:
    role, name = name_in(change.target), change.subject.name
    if change.after is None:
        return (iam_call("DeleteRolePolicy", RoleName=role, PolicyName=name),)
    text = compact_text(change.after.document)
    return (iam_call("PutRolePolicy", RoleName=role, PolicyName=name, PolicyDocument=text),)


def _with_inline(snapshot: Snapshot, change: TypedChange[InlinePolicy]) -> Snapshot:
    """Return ``snapshot`` with an inline policy put in its place, added or deleted."""
    if not has_role(snapshot, change.target):
        return snapshot
    name, inline = change.subject.name, list(snapshot.role.inline_policies)
    place = next((i for i, policy in enumerate(inline) if policy.name == name), len(inline))
    if change.after is None:
        if place < len(inline):
            del inline[place]
            snapshot = without_place(snapshot, _INLINE, place)
    else:
        inline[place : place + 1] = [PolicyDocument(name, change.after.document)]
        snapshot = now_known(snapshot, f"{_INLINE}[{place}]")
    return replace(snapshot, role=replace(snapshot.role, inline_policies=tuple(inline)))


def _inline_in(snapshot: Snapshot, change: TypedChange[InlinePolicy]) -> InlinePolicy | None:
    if not has_role(snapshot, change.target):
        return None
    same_name = (p for p in snapshot.role.inline_policies if p.name == change.subject.name)
    return next((InlinePolicy(policy.name, policy.document) for policy in same_name), None)


def _ends_sessions(change: TypedChange[InlinePolicy]) -> bool:
    return change.after is not None and change.after.name == SESSIONS_POLICY


def _dated(side: InlinePolicy, at: datetime) -> InlinePolicy:
    """Return the policy that ends sessions as of ``at``; any other as it is."""
    if side.name != SESSIONS_POLICY:
        return side
    return InlinePolicy(side.name, closing_policy(at))


CREATE_ROLE: Final = ChangeRules(
    ChangeKind.CREATE_ROLE,
    StoredDocument,
    Thing.ROLE,
    "iam:CreateRole",
    seen_by=("iam:GetRole",),
    requests=_create_role_calls,
    effect=_with_new_role,
    found_in=_trust_in,
    inverse=swapped_into(ChangeKind.DELETE_ROLE),
    guide_step=GuideStep.ROLE,
    size_limit=TRUST_POLICY,
    tag_action="iam:TagRole",
    without_gone=_trust_without_gone,
    awaited=True,
    writes_trust=True,
)
DELETE_ROLE: Final = ChangeRules(
    ChangeKind.DELETE_ROLE,
    StoredDocument,
    Thing.ROLE,
    "iam:DeleteRole",
    seen_by=("iam:GetRole",),
    requests=_delete_role_calls,
    effect=_without_role,
    found_in=_trust_in,
    inverse=made_anew_by(ChangeKind.CREATE_ROLE),
    comes_back_changed=True,  # one made anew has another unique id
    spreading_codes=STILL_IN_USE,
    ends_sessions=lambda _deletion: True,
)
UPDATE_TRUST_POLICY: Final = ChangeRules(
    ChangeKind.UPDATE_TRUST_POLICY,
    StoredDocument,
    Thing.ROLE,
    "iam:UpdateAssumeRolePolicy",
    seen_by=("iam:GetRole",),
    requests=_update_trust_calls,
    effect=_with_trust,
    found_in=_trust_in,
    inverse=swapped,
    guide_step=GuideStep.TRUST,
    size_limit=TRUST_POLICY,
    saved=Saved.TRUST,
    without_gone=_trust_without_gone,
    writes_trust=True,
)
SET_PERMISSIONS_BOUNDARY: Final = ChangeRules(
    ChangeKind.SET_PERMISSIONS_BOUNDARY,
    PolicyReference,
    Thing.ROLE,
    "iam:PutRolePermissionsBoundary",
    seen_by=("iam:GetRole",),
    requests=_boundary_calls,
    effect=_with_boundary,
    found_in=_boundary_in,
    inverse=swapped,
)
TAG_ROLE: Final = ChangeRules(
    ChangeKind.TAG_ROLE,
    Tags,
    Thing.ROLE,
    "iam:TagRole",
    seen_by=("iam:GetRole",),
    requests=_tag_calls,
    effect=_with_tags,
    found_in=_tags_in,
    inverse=swapped,
    is_half_way=_is_half_tagged,
)
PUT_ROLE_POLICY: Final = ChangeRules(
    ChangeKind.PUT_ROLE_POLICY,
    InlinePolicy,
    Thing.ROLE,
    "iam:PutRolePolicy",
    seen_by=("iam:GetRole", "iam:GetRolePolicy"),
    requests=_inline_calls,
    effect=_with_inline,
    found_in=_inline_in,
    inverse=swapped,
    spreading_codes=NOT_KNOWN_YET,
    ends_sessions=_ends_sessions,
    dated=_dated,
)

ROLE_KINDS: Final = (
    CREATE_ROLE,
    DELETE_ROLE,
    UPDATE_TRUST_POLICY,
    SET_PERMISSIONS_BOUNDARY,
    TAG_ROLE,
    PUT_ROLE_POLICY,
)


def deletion(arn: str, role: RoleFacts) -> Change:
    """Return the deletion of ``role``, with what it is made anew with, as far as it was read.

    Not reversible to the letter, since one made anew has another unique id.
    """
    boundary = role.permissions_boundary
    settings = ChangeSettings(
        tags=role.tags or {},
        permissions_boundary=boundary.arn if boundary else None,
        max_session_duration=role.max_session_duration,
    )
    trust = StoredDocument.read(role.trust_policy)
    return DELETE_ROLE.change(arn, trust, None, reversible=False, settings=settings)
