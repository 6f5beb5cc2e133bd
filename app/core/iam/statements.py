"""One statement of a policy: its elements, and what AWS would refuse of them.

Source: AWS "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy language".
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen, replace
from app.core.iam.conditions import Condition, parse_conditions
from app.core.iam.document_faults import DocumentFault
from app.core.iam.elements import (
    Actions,
    ElementReader,
    PolicyKind,
    Resources,
    read_actions,
    read_principals,
    read_resources,
)
from app.core.iam.json_text import shown, strings
from app.core.iam.principals import Principals
from app.core.iam.work import Work


class Effect(StrEnum):
    """What a statement does where it applies. The values are case-sensitive."""

    ALLOW = "Allow"
    DENY = "Deny"


@frozen
class Statement:
    """A statement, taken apart.

    ``raw`` is the JSON as it was given. An element is None where the policy's kind has none (a
    trust policy has no resource) or where AWS would refuse it; ``unreadable`` names the latter.
    """

    index: int
    raw: object
    sid: str | None = None
    effect: Effect | None = None
    principals: Principals | None = None
    actions: Actions | None = None
    resources: Resources | None = None
    conditions: tuple[Condition, ...] = ()
    unreadable: frozenset[str] = frozenset()


_STATEMENT: Final = 10
"""About how many steps it takes to read a statement, beside its texts."""

_PAIRS: Final = ("Principal", "Action", "Resource")
_ELEMENTS: Final = frozenset(
    ("Sid", "Effect", "Condition", *_PAIRS, *(f"Not{name}" for name in _PAIRS))
)


def parse_statement(
    raw: object, index: int, kind: PolicyKind, work: Work, *, variables: bool
) -> tuple[Statement, list[DocumentFault]]:
    """Take one statement apart, whatever it is, as part of the ``work``.

    Returns the statement, in which refused elements are unreadable, and the faults.
    """
    if not isinstance(raw, Mapping):
        fault = DocumentFault("not-an-object", index, "Statement")
        return Statement(index, raw, unreadable=frozenset({"Statement"})), [fault]
    work.spend(_STATEMENT)
    reader = ElementReader(raw, index, variables, work)
    for name in raw:
        if name not in _ELEMENTS:
            reader.refuse("element-unknown", shown(name))
    statement = Statement(
        index,
        raw,
        _sid(reader),
        _effect(reader),
        read_principals(reader, kind),
        read_actions(reader),
        read_resources(reader, kind),
    )
    _note_oddities(reader, statement, kind)
    return _with_conditions(statement, reader), reader.faults


def _sid(reader: ElementReader) -> str | None:
    sid = reader.raw.get("Sid")
    if sid is None or isinstance(sid, str):
        return sid
    reader.refuse("value-malformed", "Sid", unreadable=False)
    return None


def _effect(reader: ElementReader) -> Effect | None:
    value = reader.raw.get("Effect")
    effect = next((possible for possible in Effect if possible.value == value), None)
    if effect is None:
        is_there = "Effect" in reader.raw
        reader.refuse("value-malformed" if is_there else "element-missing", "Effect", shown(value))
    return effect


def _with_conditions(statement: Statement, reader: ElementReader) -> Statement:
    """Add the conditions. A refused one is unknown by itself, so it isn't noted as unreadable."""
    unreadable = frozenset(r.element for r in reader.faults if r.unreadable)
    if "Condition" not in reader.raw:
        return replace(statement, unreadable=unreadable)
    conditions, faults = parse_conditions(
        reader.raw["Condition"], statement.index, reader.work, variables=reader.variables
    )
    reader.faults += faults
    return replace(statement, conditions=conditions, unreadable=unreadable)


def _note_oddities(reader: ElementReader, statement: Statement, kind: PolicyKind) -> None:
    """Report what AWS refuses today and whose meaning is plain all the same.

    "NotPrincipal must be used with Effect Deny", and no longer in trust policies; and "AssumeRole
    policy may only specify STS AssumeRole actions" (IAM's error text).
    """
    principals, actions = statement.principals, statement.actions
    if principals and principals.negated and (statement.effect is Effect.ALLOW or kind == "trust"):
        reader.refuse("element-not-allowed", "NotPrincipal", unreadable=False)
    if kind == "trust" and actions and not actions.negated:
        for text in strings(reader.raw.get("Action")) or ():
            if not text.lower().startswith("sts:"):
                reader.refuse("action-not-sts", "Action", text, unreadable=False)
