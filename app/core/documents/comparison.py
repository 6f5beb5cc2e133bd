"""Policy documents compared by what they say, not by how they are written.

AWS takes a string where a list of one could stand, one statement where a list could stand,
actions in any case, and as a principal an account's id for its root's ARN; order in these lists
means nothing. Where in doubt two documents differ. Source: IAM User Guide, "Grammar of the IAM
JSON policy language" and "AWS JSON policy elements", Principal and Action.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from app.core.documents.statements import RawStatement, statements_of
from app.core.iam.json_text import as_list

_ACCOUNT_ROOT: Final = re.compile(r"arn:aws:iam::(\d{12}):root")


def same_document(one: object, other: object) -> bool:
    """Tell whether two documents say the same, statement by statement; Sids don't count."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    return one.get("Version") == other.get("Version") and _statement_set(one) == _statement_set(
        other
    )


def same_statement(one: RawStatement, other: RawStatement) -> bool:
    """Tell whether two statements say the same; their Sids don't count."""
    return _plain(one) == _plain(other)


def _statement_set(document: Mapping[str, object]) -> list[str]:
    return sorted(_plain(statement) for statement in statements_of(document))


def _plain(statement: RawStatement) -> str:
    elements = {
        key: _value(value, _WRITTEN_ALIKE.get(key, _as_it_is))
        for key, value in statement.items()
        if key != "Sid"
    }
    return json.dumps(elements, sort_keys=True)


def _value(value: object, written: Callable[[str], str]) -> object:
    if isinstance(value, Mapping):
        return {key: _value(inner, written) for key, inner in value.items()}
    return sorted({_text(inner, written) for inner in as_list(value)})


def _text(value: object, written: Callable[[str], str]) -> str:
    return written(value) if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _as_it_is(text: str) -> str:
    return text


def _principal(text: str) -> str:
    root = _ACCOUNT_ROOT.fullmatch(text)
    return root.group(1) if root else text


_WRITTEN_ALIKE: Final[Mapping[str, Callable[[str], str]]] = {
    "Principal": _principal,
    "NotPrincipal": _principal,
    "Action": str.lower,
    "NotAction": str.lower,
}
"""How the texts of a statement's elements are written where AWS takes several ways."""
