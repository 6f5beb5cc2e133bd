"""Requests to IAM: which role, policy or user they mean, and which permission they need.

Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Identity
and Access Management (IAM)". Imports moto through ``identities``.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.practice import identities
from app.practice.needs import Needed

if TYPE_CHECKING:
    from moto.iam.models import Role, User

_LISTED: Final = {
    "ListRoles": "role/",
    "ListPolicies": "policy/",
    "ListUsers": "user/",
    "ListGroups": "group/",
    "ListInstanceProfiles": "instance-profile/",
}
_NAMED: Final = (
    ("RoleName", "role"),
    ("UserName", "user"),
    ("GroupName", "group"),
    ("InstanceProfileName", "instance profile"),
)


def needed_for(action: str, form: Mapping[str, str], account: str, caller_name: str) -> Needed:
    """Return the permission that IAM's ``action`` with the parameters ``form`` needs."""
    resource, shown = _resource(action, form, account, caller_name)
    return Needed(f"iam:{action}", resource, shown, _keys(form))


def _resource(
    action: str, form: Mapping[str, str], account: str, caller_name: str
) -> tuple[str, str]:
    for parameter, kind in _NAMED:
        if form.get(parameter):
            arn = _arn_of(kind, form[parameter], account, form.get("Path", "/"))
            return arn, (arn if action.startswith("Create") else f"{kind} {form[parameter]}")
    if form.get("PolicyArn"):
        return form["PolicyArn"], f"policy {form['PolicyArn']}"
    if form.get("PolicyName"):
        path = form.get("Path", "/")
        arn = f"arn:aws:iam::{account}:policy{path}{form['PolicyName']}"
        return arn, f"policy {form['PolicyName']}"
    if action in {"GetUser", "ListAccessKeys"}:
        return _arn_of("user", caller_name, account, "/"), f"user {caller_name}"
    if action in _LISTED:
        arn = f"arn:aws:iam::{account}:{_LISTED[action]}"
        return arn, arn
    return "*", "*"


def _arn_of(kind: str, name: str, account: str, path: str) -> str:
    owner: Role | User | None = None
    if kind == "role":
        owner = identities.find_role(account, name)
    elif kind == "user":
        owner = identities.backend(account).users.get(name)
    if owner is not None:
        return str(owner.arn)
    return f"arn:aws:iam::{account}:{kind.replace(' ', '-')}{path}{name}"


def _keys(form: Mapping[str, str]) -> Mapping[str, str | Sequence[str]]:
    keys: dict[str, str | Sequence[str]] = {}
    if form.get("PolicyArn"):
        keys["iam:PolicyARN"] = form["PolicyArn"]
    if form.get("PermissionsBoundary"):
        keys["iam:PermissionsBoundary"] = form["PermissionsBoundary"]
    tags = _tags(form)
    if tags:
        keys["aws:TagKeys"] = tuple(tags)
        keys |= {f"aws:RequestTag/{name}": value for name, value in tags.items()}
    return keys


def _tags(form: Mapping[str, str]) -> dict[str, str]:
    tags = {}
    number = 1
    while f"Tags.member.{number}.Key" in form:
        value = form.get(f"Tags.member.{number}.Value", "")
        tags[form[f"Tags.member.{number}.Key"]] = value
        number += 1
    return tags
