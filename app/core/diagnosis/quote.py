"""Statements quoted in findings: to the letter, with the part of the condition that decides."""

from collections.abc import Iterable, Mapping

from app.core.iam.conditions import ConditionReading
from app.core.iam.json_text import as_list, one_or_list
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Statement
from app.core.iam.truth import Truth

Json = dict[str, object]


def quoted(statement: Statement) -> Json:
    """Return the values ``statement`` and ``sid`` of a finding."""
    raw = statement.raw
    return {"statement": dict(raw) if isinstance(raw, Mapping) else {}, "sid": statement.sid}


def condition_of(conditions: Iterable[ConditionReading]) -> Json:
    """Return ``conditions`` as a Condition element has them: operator, key, values."""
    part: dict[str, Json] = {}
    for reading in conditions:
        condition = reading.condition
        tests = part.setdefault(condition.operator_name, {})
        tests[condition.key] = one_or_list(condition.values)
    return dict(part)


def conditions_that_are(truth: Truth, reading: StatementReading) -> tuple[ConditionReading, ...]:
    """Return the conditions of ``reading`` that hold, fail or are unknown."""
    return tuple(condition for condition in reading.conditions if condition.truth is truth)


def deciding_condition(reading: StatementReading) -> Json:
    """Return what a Deny turns on: the conditions nobody can decide, else all of them."""
    unknown = conditions_that_are(Truth.UNKNOWN, reading)
    return condition_of(unknown or reading.conditions)


def texts_in(statement: Statement, *elements: str) -> tuple[str, ...]:
    """Return the texts of the first of ``elements`` that the statement has, one or a list."""
    raw = statement.raw
    if not isinstance(raw, Mapping):
        return ()
    content = next((raw[element] for element in elements if element in raw), None)
    return tuple(value for value in as_list(content) if isinstance(value, str))
