"""Whom a statement names as its principal, as it is written there."""

from collections.abc import Mapping
from typing import Final

from app.core.iam.principals import is_orphan
from app.core.iam.statements import Statement

_DELETED: Final = ("AROA", "AIDA")
"""What unique ids of roles and users begin with (IAM User Guide, "IAM identifiers")."""


def principals_in(statement: Statement) -> tuple[str, ...]:
    """Return the names in Principal or NotPrincipal, of whatever kind, as written."""
    raw = statement.raw
    if not isinstance(raw, Mapping):
        return ()
    element = raw.get("Principal", raw.get("NotPrincipal"))
    values = element.values() if isinstance(element, Mapping) else [element]
    listed = (v if isinstance(v, list | tuple) else [v] for v in values)
    return tuple(name for names in listed for name in names if isinstance(name, str))


def deleted_in(statement: Statement, living: str | None = None) -> tuple[str, ...]:
    """Return the unique ids that deleted roles and users left behind in Principal.

    AWS shows an ARN for as long as its principal lives (IAM User Guide, "AWS JSON policy
    elements: Principal"); ``living`` is the id of one that does.
    """
    principals = statement.principals
    if principals is None or principals.negated:
        return ()
    return tuple(
        name
        for name in principals.names
        if is_orphan(name) and name.startswith(_DELETED) and name != living
    )
