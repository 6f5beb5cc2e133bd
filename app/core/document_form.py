"""Policy documents compared by what they say, not by how they are written.

AWS takes a string where a list of one could stand, one statement where a list could stand, and
an account's id for its root's ARN; order in these lists means nothing. Source: IAM User Guide,
"Grammar of the IAM JSON policy language" and "AWS JSON policy elements: Principal".
"""

import json
import re
from collections.abc import Mapping
from typing import Final

_ACCOUNT_ROOT: Final = re.compile(r"arn:aws:iam::(\d{12}):root")


def statements_of(document: object) -> list[Mapping[str, object]]:
    """Return the statements of a document; empty where it has none that are objects."""
    if not isinstance(document, Mapping):
        return []
    statement = document.get("Statement")
    listed = statement if isinstance(statement, list) else [statement]
    return [entry for entry in listed if isinstance(entry, Mapping)]


def same_document(one: object, other: object) -> bool:
    """Tell whether two documents say the same, statement by statement; Sids don't count."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    return one.get("Version") == other.get("Version") and _statement_set(one) == _statement_set(
        other
    )


def same_statement(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Tell whether two statements say the same; their Sids don't count."""
    return _plain(one) == _plain(other)


def _statement_set(document: Mapping[str, object]) -> list[str]:
    return sorted(_plain(statement) for statement in statements_of(document))


def _plain(statement: Mapping[str, object]) -> str:
    said = {key: _value(value) for key, value in statement.items() if key != "Sid"}
    return json.dumps(said, sort_keys=True)


def _value(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted({_text(inner) for inner in value})
    return [_text(value)]


def _text(value: object) -> str:
    if not isinstance(value, str):
        return json.dumps(value, sort_keys=True)
    root = _ACCOUNT_ROOT.fullmatch(value)
    return root.group(1) if root else value
