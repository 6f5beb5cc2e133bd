"""Principals that no longer exist, in the policies that named them.

A deleted role or user leaves its unique id behind, and AWS takes no policy that names one anew
(IAM User Guide, "AWS JSON policy elements: Principal", on IAM roles as principals). Such an id
lets nobody in and keeps nobody out. As long as a role or user lives, AWS shows its ARN instead.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from app.core.documents.statements import statements_in
from app.core.iam.json_text import as_list, one_or_list
from app.core.iam.principals import is_orphan

_ELEMENTS: Final = ("Principal", "NotPrincipal")


def without_gone(document: object, gone: Collection[str] = ()) -> object:
    """Return ``document`` without ids of the deleted, and without the principals ``gone``.

    A statement that named nobody else goes with them. Where one would be turned into its
    opposite (``NotPrincipal``), or no statement would be left, the document is as it was.
    """
    if not isinstance(document, Mapping):
        return document
    statements = statements_in(document)
    remaining = living(statements, gone)
    if remaining == statements or not remaining:
        return document
    is_list = isinstance(document.get("Statement"), list)
    return {**document, "Statement": remaining if is_list else remaining[0]}


def living(statements: Iterable[object], gone: Collection[str] = ()) -> list[object]:
    """Return ``statements`` without the gone, and without those that named nobody else."""
    return [rest for statement in statements if (rest := _statement(statement, gone)) is not None]


def gone_in(document: object, gone: Collection[str] = ()) -> tuple[str, ...]:
    """Return the principals that ``document`` names and that are gone, each once."""
    names = (name for statement in statements_in(document) for name in _gone_of(statement, gone))
    return tuple(dict.fromkeys(names))


def _statement(statement: object, gone: Collection[str]) -> object:
    """Return the statement without the gone, or None where it named nobody else."""
    if not isinstance(statement, Mapping):
        return statement
    element = "Principal" if "Principal" in statement else "NotPrincipal"
    principal = statement.get(element)
    rest = _living_of(principal, gone) if isinstance(principal, Mapping) else principal
    if rest == principal:
        return statement
    if rest:
        return {**statement, element: rest}
    # With nobody named, NotPrincipal would be about everybody.
    return None if element == "Principal" else statement


def _living_of(principal: Mapping[str, object], gone: Collection[str]) -> Mapping[str, object]:
    """Return a Principal element without the gone; empty where it named nobody else."""
    named = _aws(principal)
    alive = [name for name in named if not _is_gone(name, gone)]
    if alive == named:
        return principal
    if alive:
        return {**principal, "AWS": one_or_list(alive)}
    return {kind: who for kind, who in principal.items() if kind != "AWS"}


def _gone_of(statement: object, gone: Collection[str]) -> Iterator[str]:
    if not isinstance(statement, Mapping):
        return
    for element in _ELEMENTS:
        principal = statement.get(element)
        if isinstance(principal, Mapping):
            yield from (str(name) for name in _aws(principal) if _is_gone(name, gone))


def _aws(principal: Mapping[str, object]) -> list[object]:
    return as_list(principal.get("AWS"))


def _is_gone(name: object, gone: Collection[str]) -> bool:
    return isinstance(name, str) and (name in gone or is_orphan(name))
