"""The External IDs that a trust policy asks for, against the one that UbiQuity sends.

Sources: the guide's Step 2 and Troubleshooting ("Invalid External ID"); AWS STS API Reference,
AssumeRole, ``ExternalId``; IAM User Guide, "IAM JSON policy elements: Condition".
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.documents.damage import is_damaged_form
from app.core.documents.statements import RawStatement
from app.core.guide import PLACEHOLDER_DATABASE_ID
from app.core.iam.conditions import ConditionReading
from app.core.iam.json_text import one_or_list, strings
from app.core.iam.operators import Operator, TextOperator, parse_operator
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth

_KEY: Final = "sts:externalid"


def asks_for_external_id(reading: ConditionReading) -> bool:
    """Tell whether the condition compares the External ID with texts, as the guide's does.

    Another operator on the key (``StringNotEquals``, ``Null``, ``NumericEquals``) is a condition
    like any other.
    """
    condition = reading.condition
    return _asks(condition.operator, condition.key) and bool(condition.values)


def _asks(operator: Operator | None, key: str) -> bool:
    kind = operator.kind if operator else None
    compares = isinstance(kind, TextOperator) and not kind.negated and not kind.arn
    return compares and key.lower() == _KEY


def _tests_of_id(statement: RawStatement) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield operator, key and values of each test for one of several External IDs."""
    condition = statement.get("Condition")
    for name, tests in condition.items() if isinstance(condition, Mapping) else ():
        operator = parse_operator(name)
        for key, value in tests.items() if isinstance(tests, Mapping) else ():
            if _asks(operator, str(key)):
                yield name, key, strings(value) or ()


def external_ids(statement: RawStatement) -> tuple[str, ...]:
    """Return each External ID that the statement accepts, once, as it is written there."""
    values = (value for _, _, accepted in _tests_of_id(statement) for value in accepted)
    return tuple(dict.fromkeys(values))


def is_placeholder(text: str) -> bool:
    """Tell whether the guide's placeholder was left in, with whatever stands around it."""
    return PLACEHOLDER_DATABASE_ID in text.upper()


def is_ours(text: str, database_id: str) -> bool:
    """Tell whether an External ID is ``database_id``, or ``database_id`` gone wrong."""
    return text == database_id or is_damaged_form(database_id, text)


def is_own(text: str, database_id: str) -> bool:
    """Tell whether an External ID is the database's alone: its own, gone wrong, or left unfilled.

    A pattern that fits the database's ID is its own as well, and so is the guide's placeholder.
    """
    fits = Glob.of(text).match(database_id) is not Truth.FALSE
    return fits or is_ours(text, database_id) or is_placeholder(text)


def with_other_ids(statement: RawStatement, database_id: str) -> RawStatement | None:
    """Return the statement for the other External IDs that it accepts; None without any."""
    condition, tests = statement.get("Condition"), list(_tests_of_id(statement))
    if not tests or not isinstance(condition, Mapping):
        return None
    narrowed = {name: dict(compared) for name, compared in condition.items()}
    for name, key, values in tests:
        others = [value for value in values if not is_own(value, database_id)]
        if not others:
            return None
        narrowed[name][key] = one_or_list(others)
    return {**statement, "Condition": narrowed}
