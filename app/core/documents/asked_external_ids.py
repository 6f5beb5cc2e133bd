"""The External IDs that a statement of a trust policy asks for, and the statement without one.

Sources: the guide's Step 2; IAM User Guide, "IAM JSON policy elements: Condition".
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.documents.external_ids import is_ours, is_placeholder
from app.core.iam.json_text import strings
from app.core.iam.operators import TextOperator, parse_operator
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth

_KEY: Final = "sts:externalid"

Statement = Mapping[str, object]


def _id_tests(statement: Statement) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield operator, key and values of each test for one of several External IDs."""
    block = statement.get("Condition")
    for name, tests in block.items() if isinstance(block, Mapping) else ():
        operator = parse_operator(name)
        kind = operator.kind if operator else None
        if not isinstance(kind, TextOperator) or kind.negated or kind.arn:
            continue
        for key, value in tests.items() if isinstance(tests, Mapping) else ():
            if str(key).lower() == _KEY:
                yield name, key, strings(value) or ()


def external_ids(statement: Statement) -> tuple[str, ...]:
    """Return each External ID that the statement names as one to come with, once."""
    found = (value for _, _, values in _id_tests(statement) for value in values)
    return tuple(dict.fromkeys(found))


def is_own(value: str, database_id: str) -> bool:
    """Tell whether an External ID is the database's own, gone wrong, or a pattern that fits it."""
    fits = Glob.of(value).match(database_id) is not Truth.FALSE
    return fits or is_ours(value, database_id) or is_placeholder(value)


def with_other_ids(statement: Statement, database_id: str) -> Statement | None:
    """Return the statement for the other External IDs that it asks for; None without any."""
    condition, tests = statement.get("Condition"), list(_id_tests(statement))
    if not tests or not isinstance(condition, Mapping):
        return None
    made = {name: dict(found) for name, found in condition.items()}
    for name, key, values in tests:
        kept = [value for value in values if not is_own(value, database_id)]
        if not kept:
            return None
        made[name][key] = kept[0] if len(kept) == 1 else kept
    return {**statement, "Condition": made}
