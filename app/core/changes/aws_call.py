"""The exact requests that a change consists of: shown in the review, and sent as they are shown.

Source: IAM and AWS KMS API References, the actions of the same names.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final

from app import __version__
from app.core.change import Change, ChangeKind
from app.core.frozen import frozen

MADE_BY_TAG: Final = "ubiquity-s3-setup"
"""The key of the tag on what this program created; its value is the program's version."""

RESTORED: Final = "restored"
"""A change's setting: what is made was there before and gets back its own tags and description."""

_DESCRIPTION: Final = (
    "Created by ubiquity-s3-setup: lets UbiQuity's S3 connector use the buckets named in "
    "ubiquity-s3-access-policy."
)
"""For AWS's own console, so not translated, and only of the characters that IAM allows."""


@frozen
class AwsCall:
    """One request: ``operation`` as the API Reference names it, ``region`` None for IAM."""

    service: str
    operation: str
    parameters: Mapping[str, object]
    region: str | None = None


def calls_of(change: Change, *, tagged: bool = True) -> tuple[AwsCall, ...]:
    """Return the requests of ``change`` in their order: one, but for tags both put and removed.

    ``tagged`` False leaves out this program's own tag, for a sign-in that may create but not tag.
    """
    if change.kind in _CREATIONS:
        return (_CREATIONS[change.kind](change, tagged),)
    return _CALLS[change.kind](change)


def makes_something(change: Change) -> bool:
    """Tell whether ``change`` makes a new thing that carries this program's tag."""
    return change.kind in _CREATIONS and not change.settings.get(RESTORED)


def action_of(kind: ChangeKind) -> str:
    """Return the permission that a change of ``kind`` needs most of all."""
    return _ACTIONS[kind]


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _path(arn: str) -> str:
    """Return the path of a role or policy: ``/`` where it has none."""
    return "/".join(["", *arn.split(":", 5)[5].split("/")[1:-1], ""])


def document_text(document: object) -> str:
    """Return ``document`` as it is sent: JSON without white space."""
    # IAM counts characters: a letter outside of ASCII must not become an escape of six.
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def _fields(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _field(value: object, key: str) -> str:
    return str(_fields(value)[key])


def _iam(operation: str, **parameters: object) -> tuple[AwsCall, ...]:
    return (AwsCall("iam", operation, parameters),)


def _tags(change: Change, *, tagged: bool) -> dict[str, object]:
    wanted = {str(key): str(text) for key, text in _fields(change.settings.get("tags")).items()}
    if tagged and makes_something(change):
        wanted[MADE_BY_TAG] = __version__
    return {"Tags": [{"Key": key, "Value": text} for key, text in wanted.items()]} if wanted else {}


def _about(change: Change) -> dict[str, object]:
    """Return the description: the one that is asked for, else ours on what we make."""
    ours = _DESCRIPTION if makes_something(change) else None
    text = change.settings.get("description") or ours
    return {"Description": text} if text else {}


def _create_role(change: Change, tagged: bool) -> AwsCall:
    parameters: dict[str, object] = {
        "Path": _path(change.target),
        "RoleName": _name(change.target),
        "AssumeRolePolicyDocument": document_text(change.after),
        **_about(change),
    }
    for key, name in _ROLE_SETTINGS.items():
        if change.settings.get(key) is not None:
            parameters[name] = change.settings[key]
    return AwsCall("iam", "CreateRole", parameters | _tags(change, tagged=tagged))


_ROLE_SETTINGS: Final = {
    "permissions_boundary": "PermissionsBoundary",
    "max_session_duration": "MaxSessionDuration",
}


def _create_policy(change: Change, tagged: bool) -> AwsCall:
    parameters: dict[str, object] = {
        "Path": _path(change.target),
        "PolicyName": _name(change.target),
        "PolicyDocument": document_text(change.after),
        **_about(change),
    }
    return AwsCall("iam", "CreatePolicy", parameters | _tags(change, tagged=tagged))


_CREATIONS: Final[Mapping[ChangeKind, Callable[[Change, bool], AwsCall]]] = {
    ChangeKind.CREATE_ROLE: _create_role,
    ChangeKind.CREATE_POLICY: _create_policy,
}


def _update_trust_policy(change: Change) -> tuple[AwsCall, ...]:
    return _iam(
        "UpdateAssumeRolePolicy",
        RoleName=_name(change.target),
        PolicyDocument=document_text(change.after),
    )


def _create_policy_version(change: Change) -> tuple[AwsCall, ...]:
    return _iam(
        "CreatePolicyVersion",
        PolicyArn=change.target,
        PolicyDocument=document_text(change.after),
        SetAsDefault=True,
    )


def _delete_policy_version(change: Change) -> tuple[AwsCall, ...]:
    version = _field(change.before, "version")
    return _iam("DeletePolicyVersion", PolicyArn=change.target, VersionId=version)


def _set_default_policy_version(change: Change) -> tuple[AwsCall, ...]:
    version = _field(change.after, "version")
    return _iam("SetDefaultPolicyVersion", PolicyArn=change.target, VersionId=version)


def _attach_policy(change: Change) -> tuple[AwsCall, ...]:
    arn = _field(change.after, "policy_arn")
    return _iam("AttachRolePolicy", RoleName=_name(change.target), PolicyArn=arn)


def _detach_policy(change: Change) -> tuple[AwsCall, ...]:
    arn = _field(change.before, "policy_arn")
    return _iam("DetachRolePolicy", RoleName=_name(change.target), PolicyArn=arn)


def _set_permissions_boundary(change: Change) -> tuple[AwsCall, ...]:
    role = _name(change.target)
    if change.after is None:
        return _iam("DeleteRolePermissionsBoundary", RoleName=role)
    arn = _field(change.after, "policy_arn")
    return _iam("PutRolePermissionsBoundary", RoleName=role, PermissionsBoundary=arn)


def _tag_role(change: Change) -> tuple[AwsCall, ...]:
    role, before, wanted = _name(change.target), _fields(change.before), _fields(change.after)
    put = [{"Key": key, "Value": str(text)} for key, text in wanted.items()]
    gone = [key for key in before if key not in wanted]
    return (
        *(_iam("TagRole", RoleName=role, Tags=put) if put else ()),
        *(_iam("UntagRole", RoleName=role, TagKeys=gone) if gone else ()),
    )


def _delete_policy(change: Change) -> tuple[AwsCall, ...]:
    return _iam("DeletePolicy", PolicyArn=change.target)


def _delete_role(change: Change) -> tuple[AwsCall, ...]:
    return _iam("DeleteRole", RoleName=_name(change.target))


def _put_role_policy(change: Change) -> tuple[AwsCall, ...]:
    role = _name(change.target)
    if change.after is None:
        name = _field(change.before, "name")
        return _iam("DeleteRolePolicy", RoleName=role, PolicyName=name)
    return _iam(
        "PutRolePolicy",
        RoleName=role,
        PolicyName=_field(change.after, "name"),
        PolicyDocument=document_text(_fields(change.after)["document"]),
    )


def _put_key_policy(change: Change) -> tuple[AwsCall, ...]:
    parameters = {
        "KeyId": change.target,
        "PolicyName": "default",
        "Policy": document_text(change.after),
    }
    return (AwsCall("kms", "PutKeyPolicy", parameters, change.target.split(":")[3]),)


_CALLS: Final[Mapping[ChangeKind, Callable[[Change], tuple[AwsCall, ...]]]] = {
    ChangeKind.UPDATE_TRUST_POLICY: _update_trust_policy,
    ChangeKind.CREATE_POLICY_VERSION: _create_policy_version,
    ChangeKind.DELETE_POLICY_VERSION: _delete_policy_version,
    ChangeKind.SET_DEFAULT_POLICY_VERSION: _set_default_policy_version,
    ChangeKind.ATTACH_POLICY: _attach_policy,
    ChangeKind.DETACH_POLICY: _detach_policy,
    ChangeKind.SET_PERMISSIONS_BOUNDARY: _set_permissions_boundary,
    ChangeKind.TAG_ROLE: _tag_role,
    ChangeKind.DELETE_POLICY: _delete_policy,
    ChangeKind.DELETE_ROLE: _delete_role,
    ChangeKind.PUT_ROLE_POLICY: _put_role_policy,
    ChangeKind.PUT_KEY_POLICY: _put_key_policy,
}

_ACTIONS: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CREATE_ROLE: "iam:CreateRole",
    ChangeKind.UPDATE_TRUST_POLICY: "iam:UpdateAssumeRolePolicy",
    ChangeKind.CREATE_POLICY: "iam:CreatePolicy",
    ChangeKind.CREATE_POLICY_VERSION: "iam:CreatePolicyVersion",
    ChangeKind.DELETE_POLICY_VERSION: "iam:DeletePolicyVersion",
    ChangeKind.SET_DEFAULT_POLICY_VERSION: "iam:SetDefaultPolicyVersion",
    ChangeKind.ATTACH_POLICY: "iam:AttachRolePolicy",
    ChangeKind.SET_PERMISSIONS_BOUNDARY: "iam:PutRolePermissionsBoundary",
    ChangeKind.TAG_ROLE: "iam:TagRole",
    ChangeKind.PUT_KEY_POLICY: "kms:PutKeyPolicy",
    ChangeKind.DETACH_POLICY: "iam:DetachRolePolicy",
    ChangeKind.DELETE_POLICY: "iam:DeletePolicy",
    ChangeKind.DELETE_ROLE: "iam:DeleteRole",
    ChangeKind.PUT_ROLE_POLICY: "iam:PutRolePolicy",
}
