"""Principals that no longer exist, in the policies that named them.

A deleted role or user leaves its unique id behind, and AWS takes no policy that names one anew
(IAM User Guide, "AWS JSON policy elements: Principal", on IAM roles as principals). Such an id
lets nobody in and keeps nobody out.
"""

from collections.abc import Collection, Mapping

from app.core.iam.principals import is_orphan


def without_gone(document: object, gone: Collection[str] = ()) -> object:
    """Return ``document`` without ids of the deleted, and without the principals ``gone``.

    A statement that named nobody else goes with them. Where one would be turned into its
    opposite (``NotPrincipal``), or no statement would be left, the document is as it was.
    """
    if not isinstance(document, Mapping):
        return document
    found = document.get("Statement")
    statements = found if isinstance(found, list) else [found]
    kept = [left for one in statements if (left := _statement(one, gone)) is not None]
    if kept == statements or not kept:
        return document
    return {**document, "Statement": kept if isinstance(found, list) else kept[0]}


def _statement(statement: object, gone: Collection[str]) -> object:
    """Return the statement without the gone, or None where it named nobody else."""
    if not isinstance(statement, Mapping) or not isinstance(statement.get("Principal"), Mapping):
        return statement
    principal = statement["Principal"]
    named = principal.get("AWS")
    listed = named if isinstance(named, list) else [named]
    living = [name for name in listed if not _is_gone(name, gone)]
    if living == listed:
        return statement
    rest = {kind: who for kind, who in principal.items() if kind != "AWS"}
    if living:
        rest = {**principal, "AWS": living if len(living) > 1 else living[0]}
    return {**statement, "Principal": rest} if rest else None


def _is_gone(name: object, gone: Collection[str]) -> bool:
    return isinstance(name, str) and (name in gone or is_orphan(name))
