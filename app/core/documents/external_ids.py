"""The External IDs that a trust policy asks for, against the one that UbiQuity sends.

Sources: the guide's Step 2 and Troubleshooting ("Invalid External ID"); AWS STS API Reference,
AssumeRole, ``ExternalId``.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from app.core.guide import PLACEHOLDER_DATABASE_ID
from app.core.iam.conditions import ConditionReading
from app.core.iam.operators import TextOperator
from app.core.report import Evidence, Finding
from app.core.wording.external_id import is_damaged_form

MISMATCH: Final = "trust.external-id-mismatch"
_KEY: Final = "sts:externalid"


def asks_for_external_id(reading: ConditionReading) -> bool:
    """Tell whether the condition compares the External ID with texts, as the guide's does.

    Another operator on the key (``StringNotEquals``, ``Null``, ``NumericEquals``) is a condition
    like any other.
    """
    condition = reading.condition
    kind = condition.operator.kind if condition.operator else None
    compares = isinstance(kind, TextOperator) and not kind.negated and not kind.arn
    return condition.key.lower() == _KEY and compares and bool(condition.values)


def is_placeholder(text: str) -> bool:
    """Tell whether the guide's placeholder was left in, with whatever stands around it."""
    return PLACEHOLDER_DATABASE_ID in text.upper()


def is_ours(text: str, expected: str) -> bool:
    """Tell whether an External ID is the draft's, or the draft's gone wrong."""
    return text == expected or is_damaged_form(expected, text)


def external_id_finding(expected: str, found: Sequence[str]) -> Finding:
    """Return what is wrong with the External IDs ``found`` where ``expected`` isn't one of them."""
    left_in = next((text for text in found if is_placeholder(text)), None)
    if left_in is not None:
        params = {"expected": expected, "found": left_in}
        return Finding("trust.external-id-placeholder", Evidence.PREDICTED, params=params)
    nearest = max(found, key=lambda text: _likeness(expected, text))
    others = [text for text in dict.fromkeys(found) if text != nearest]
    return Finding(
        MISMATCH,
        Evidence.PREDICTED,
        params={"expected": expected, "found": nearest, "others": others or None},
    )


def _likeness(expected: str, text: str) -> tuple[bool, int]:
    """Return how like ``expected`` a text is: gone wrong first, then by its two ends."""
    ends = _alike(expected, text) + _alike(expected[::-1], text[::-1])
    return is_damaged_form(expected, text), ends


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a.lower() != b.lower():
            break
        count += 1
    return count
