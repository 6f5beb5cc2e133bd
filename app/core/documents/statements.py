"""Statements of a policy document: read, taken out and put in, all others to the letter."""

from collections.abc import Collection, Mapping, Sequence

from app.core.documents.policies import Document
from app.core.iam.json_text import as_list, strings

RawStatement = Mapping[str, object]
"""A statement as JSON, whatever is in it; ``iam.statements.Statement`` is one that was read."""


def statements_in(document: object) -> list[object]:
    """Return the statements of a document whatever they are, in their order."""
    if not isinstance(document, Mapping) or "Statement" not in document:
        return []
    return as_list(document["Statement"])


def statements_of(document: object) -> list[RawStatement]:
    """Return the statements of a document; empty where it has none that are objects."""
    return [entry for entry in statements_in(document) if isinstance(entry, Mapping)]


def with_statements(document: Mapping[str, object], statements: Sequence[object]) -> Document:
    """Return ``document`` with ``statements`` in place of its own."""
    return {**document, "Statement": list(statements)}


def with_one(document: Mapping[str, object], place: int, statement: object) -> Document:
    """Return ``document`` with ``statement`` in place of the one at ``place``."""
    statements = statements_in(document)
    statements[place] = statement
    return with_statements(document, statements)


def with_more(document: Mapping[str, object], added: Sequence[RawStatement]) -> Document:
    """Return ``document`` with statements at its end, whose Sids no other statement has.

    IAM: "Statement IDs (SID) in a single policy must be unique".
    """
    statements = statements_in(document)
    for statement in added:
        statements.append(_with_own_sid(statement, statements))
    return with_statements(document, statements)


def _with_own_sid(statement: RawStatement, others: Sequence[object]) -> RawStatement:
    sids = {other.get("Sid") for other in others if isinstance(other, Mapping)}
    sid, number = statement.get("Sid"), 2
    if sid is None or sid not in sids:
        return statement
    while f"{sid}{number}" in sids:
        number += 1
    return {**statement, "Sid": f"{sid}{number}"}


def allows(statement: object, elements: Collection[str]) -> bool:
    """Tell whether it is an Allow with no other elements than ``elements``, Sid and Effect."""
    return (
        isinstance(statement, Mapping)
        and statement.get("Effect") == "Allow"
        and set(statement) <= {"Sid", "Effect", *elements}
    )


def aws_principals(statement: RawStatement) -> tuple[str, ...]:
    """Return the AWS principals of a statement that has no others; empty where it has."""
    element = statement.get("Principal")
    if not isinstance(element, Mapping) or set(element) != {"AWS"}:
        return ()
    return strings(element["AWS"]) or ()
