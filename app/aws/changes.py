"""Making one change in AWS, as ``app.core.change`` describes its kinds.

Sources: IAM and AWS KMS API References, the actions of the same names. Each request is sent
once: after a lost answer a second attempt would meet what the first one made.
"""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from app import __version__
from app.aws.clients import Clients
from app.core.change import Change, ChangeKind

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_iam.type_defs import CreatePolicyRequestTypeDef, CreateRoleRequestTypeDef

MADE_BY_TAG: Final = "ubiquity-s3-setup"
"""The key of the tag on what this program created; its value is the program's version."""

_DESCRIPTION: Final = (
    "Created by ubiquity-s3-setup: lets UbiQuity's S3 connector use the buckets named in "
    "ubiquity-s3-access-policy."
)
"""For AWS's own console, so not translated, and only of the characters that IAM allows."""

_REFUSED: Final = ("AccessDenied", "AccessDeniedException")


def action_of(kind: ChangeKind) -> str:
    """Return the permission that a change of ``kind`` needs."""
    return _MAKERS[kind][0]


def make_change(clients: Clients, change: Change) -> None:
    """Make ``change``. Blocks, and raises what botocore raises where AWS did not confirm it."""
    _MAKERS[change.kind][1](clients, change)


def _iam(clients: Clients) -> "IAMClient":
    return clients.iam(changing=True)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _path(arn: str) -> str:
    """Return the path of a role or policy: ``/`` where it has none."""
    return "/".join(["", *arn.split(":", 5)[5].split("/")[1:-1], ""])


def _text(document: object) -> str:
    # IAM counts characters: a letter outside of ASCII must not become an escape of six.
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def _fields(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _field(value: object, key: str) -> str:
    return str(_fields(value)[key])


def _tagged(create: Callable[[bool], object]) -> None:
    """Create with our tag, or without where the sign-in may create but not tag."""
    try:
        create(True)
    except ClientError as error:
        said = error.response.get("Error", {})
        if said.get("Code") not in _REFUSED or "iam:Tag" not in said.get("Message", ""):
            raise
        create(False)


def _create_role(clients: Clients, change: Change) -> None:
    request: CreateRoleRequestTypeDef = {
        "Path": _path(change.target),
        "RoleName": _name(change.target),
        "AssumeRolePolicyDocument": _text(change.after),
        "Description": _DESCRIPTION,
    }
    tags = [{"Key": MADE_BY_TAG, "Value": __version__}]
    _tagged(lambda tag: _iam(clients).create_role(**{**request, "Tags": tags} if tag else request))


def _create_policy(clients: Clients, change: Change) -> None:
    request: CreatePolicyRequestTypeDef = {
        "Path": _path(change.target),
        "PolicyName": _name(change.target),
        "PolicyDocument": _text(change.after),
        "Description": _DESCRIPTION,
    }
    tags = [{"Key": MADE_BY_TAG, "Value": __version__}]
    _tagged(
        lambda tag: _iam(clients).create_policy(**{**request, "Tags": tags} if tag else request)
    )


def _update_trust_policy(clients: Clients, change: Change) -> None:
    _iam(clients).update_assume_role_policy(
        RoleName=_name(change.target), PolicyDocument=_text(change.after)
    )


def _create_policy_version(clients: Clients, change: Change) -> None:
    _iam(clients).create_policy_version(
        PolicyArn=change.target, PolicyDocument=_text(change.after), SetAsDefault=True
    )


def _delete_policy_version(clients: Clients, change: Change) -> None:
    _iam(clients).delete_policy_version(
        PolicyArn=change.target, VersionId=_field(change.before, "version")
    )


def _attach_policy(clients: Clients, change: Change) -> None:
    _iam(clients).attach_role_policy(
        RoleName=_name(change.target), PolicyArn=_field(change.after, "policy_arn")
    )


def _detach_policy(clients: Clients, change: Change) -> None:
    _iam(clients).detach_role_policy(
        RoleName=_name(change.target), PolicyArn=_field(change.before, "policy_arn")
    )


def _set_permissions_boundary(clients: Clients, change: Change) -> None:
    role = _name(change.target)
    if change.after is None:
        _iam(clients).delete_role_permissions_boundary(RoleName=role)
        return
    _iam(clients).put_role_permissions_boundary(
        RoleName=role, PermissionsBoundary=_field(change.after, "policy_arn")
    )


def _tag_role(clients: Clients, change: Change) -> None:
    role, wanted = _name(change.target), _fields(change.after)
    gone = [key for key in _fields(change.before) if key not in wanted]
    if wanted:
        _iam(clients).tag_role(
            RoleName=role,
            Tags=[{"Key": key, "Value": str(value)} for key, value in wanted.items()],
        )
    if gone:
        _iam(clients).untag_role(RoleName=role, TagKeys=gone)


def _delete_policy(clients: Clients, change: Change) -> None:
    _iam(clients).delete_policy(PolicyArn=change.target)


def _delete_role(clients: Clients, change: Change) -> None:
    _iam(clients).delete_role(RoleName=_name(change.target))


def _put_role_policy(clients: Clients, change: Change) -> None:
    role = _name(change.target)
    if change.after is None:
        _iam(clients).delete_role_policy(RoleName=role, PolicyName=_field(change.before, "name"))
        return
    _iam(clients).put_role_policy(
        RoleName=role,
        PolicyName=_field(change.after, "name"),
        PolicyDocument=_text(_fields(change.after)["document"]),
    )


def _put_key_policy(clients: Clients, change: Change) -> None:
    region = change.target.split(":")[3]
    clients.kms(region, changing=True).put_key_policy(
        KeyId=change.target, PolicyName="default", Policy=_text(change.after)
    )


_MAKERS: Final[Mapping[ChangeKind, tuple[str, Callable[[Clients, Change], None]]]] = {
    ChangeKind.CREATE_ROLE: ("iam:CreateRole", _create_role),
    ChangeKind.UPDATE_TRUST_POLICY: ("iam:UpdateAssumeRolePolicy", _update_trust_policy),
    ChangeKind.CREATE_POLICY: ("iam:CreatePolicy", _create_policy),
    ChangeKind.CREATE_POLICY_VERSION: ("iam:CreatePolicyVersion", _create_policy_version),
    ChangeKind.DELETE_POLICY_VERSION: ("iam:DeletePolicyVersion", _delete_policy_version),
    ChangeKind.ATTACH_POLICY: ("iam:AttachRolePolicy", _attach_policy),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: (
        "iam:PutRolePermissionsBoundary",
        _set_permissions_boundary,
    ),
    ChangeKind.TAG_ROLE: ("iam:TagRole", _tag_role),
    ChangeKind.PUT_KEY_POLICY: ("kms:PutKeyPolicy", _put_key_policy),
    ChangeKind.DETACH_POLICY: ("iam:DetachRolePolicy", _detach_policy),
    ChangeKind.DELETE_POLICY: ("iam:DeletePolicy", _delete_policy),
    ChangeKind.DELETE_ROLE: ("iam:DeleteRole", _delete_role),
    ChangeKind.PUT_ROLE_POLICY: ("iam:PutRolePolicy", _put_role_policy),
}
