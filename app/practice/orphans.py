"""What a deleted role or user leaves behind: its unique id in every policy that named it.

Making it anew does not mend them. Source: IAM User Guide, "AWS JSON policy elements: Principal",
on IAM roles as principals ("the role ARN is transformed to the role's unique principal ID").
Imports moto through ``identities``.
"""

import json
from collections.abc import Mapping
from typing import Any

from app.practice import identities
from app.practice.ledger import Ledger


def about_to_go(action: str, form: Mapping[str, str], account: str) -> tuple[str, str] | None:
    """Return the ARN and unique id of the role or user that ``action`` deletes, or None."""
    if action == "DeleteRole":
        role = identities.find_role(account, form.get("RoleName", ""))
        return (role.arn, role.id) if role is not None else None
    if action == "DeleteUser":
        user = identities.backend(account).users.get(form.get("UserName", ""))
        return (user.arn, user.id) if user is not None else None
    return None


def replace_principal(arn: str, unique_id: str, ledger: Ledger) -> None:
    """Put ``unique_id`` for ``arn`` in every trust, bucket and key policy of every account."""
    for account in identities.known_accounts():
        for role in identities.backend(account).roles.values():
            document = role.assume_role_policy_document
            role.assume_role_policy_document = _replaced(document, arn, unique_id)
    for kept in (ledger.bucket_policies, ledger.key_policies):
        for name, document in kept.items():
            kept[name] = _replaced(document, arn, unique_id)


def _replaced(document: str, arn: str, unique_id: str) -> str:
    if arn not in document:
        return document
    policy = json.loads(document)
    statements = policy.get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        for element in ("Principal", "NotPrincipal"):
            _replace_in(statement.get(element), arn, unique_id)
    return json.dumps(policy)


def _replace_in(principal: Any, arn: str, unique_id: str) -> None:  # noqa: ANN401 - any JSON
    if not isinstance(principal, dict) or "AWS" not in principal:
        return
    named = principal["AWS"]
    if isinstance(named, list):
        principal["AWS"] = [unique_id if name == arn else name for name in named]
    elif named == arn:
        principal["AWS"] = unique_id
