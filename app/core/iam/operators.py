"""The condition operators by name, with their ``ForAllValues:`` and ``…IfExists`` forms.

Source: AWS "IAM JSON policy elements: Condition operators" and "Set operators for multivalued
context keys". Operator names are read in any case.
"""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from app.core.iam import text_operators, value_operators
from app.core.iam.context import Text
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth
from app.core.iam.value_operators import ValueTest

TextTest = Callable[[Glob, Text], Truth]
SetOperator = Literal["all", "any"]


class TextOperator(NamedTuple):
    """Compares texts; its values may hold policy variables, and ``wildcards`` if it says so.

    Those of an ``arn`` operator have six components each.
    """

    test: TextTest
    negated: bool = False
    wildcards: bool = False
    arn: bool = False


class ValueOperator(NamedTuple):
    """Compares values of a type. ``parse`` gives None for a value AWS would refuse."""

    test: ValueTest
    parse: Callable[[str], object]
    negated: bool = False


class NullOperator(NamedTuple):
    """Tests whether the key is in the request at all."""

    negated: bool = False


OperatorKind = TextOperator | ValueOperator | NullOperator


class Operator(NamedTuple):
    """An operator as a policy names it, taken apart."""

    kind: OperatorKind
    over: SetOperator | None = None
    if_exists: bool = False


def _any_text(text: str) -> object:
    """Accept every value: a Boolean of another spelling is stored, and equals nothing."""
    return text


_same = text_operators.same
_folded = text_operators.same_without_case
_arn = text_operators.same_arn
_number = value_operators.number
_date = value_operators.moment
_address = value_operators.network

_KINDS: Final[dict[str, OperatorKind]] = {
    "StringEquals": TextOperator(_same),
    "StringNotEquals": TextOperator(_same, negated=True),
    "StringEqualsIgnoreCase": TextOperator(_folded),
    "StringNotEqualsIgnoreCase": TextOperator(_folded, negated=True),
    "StringLike": TextOperator(_same, wildcards=True),
    "StringNotLike": TextOperator(_same, negated=True, wildcards=True),
    "ArnEquals": TextOperator(_arn, wildcards=True, arn=True),
    "ArnLike": TextOperator(_arn, wildcards=True, arn=True),
    "ArnNotEquals": TextOperator(_arn, negated=True, wildcards=True, arn=True),
    "ArnNotLike": TextOperator(_arn, negated=True, wildcards=True, arn=True),
    "NumericEquals": ValueOperator(value_operators.NUMBER_EQUAL, _number),
    "NumericNotEquals": ValueOperator(value_operators.NUMBER_EQUAL, _number, negated=True),
    "NumericLessThan": ValueOperator(value_operators.NUMBER_LESS, _number),
    "NumericLessThanEquals": ValueOperator(value_operators.NUMBER_AT_MOST, _number),
    "NumericGreaterThan": ValueOperator(value_operators.NUMBER_MORE, _number),
    "NumericGreaterThanEquals": ValueOperator(value_operators.NUMBER_AT_LEAST, _number),
    "DateEquals": ValueOperator(value_operators.DATE_EQUAL, _date),
    "DateNotEquals": ValueOperator(value_operators.DATE_EQUAL, _date, negated=True),
    "DateLessThan": ValueOperator(value_operators.DATE_LESS, _date),
    "DateLessThanEquals": ValueOperator(value_operators.DATE_AT_MOST, _date),
    "DateGreaterThan": ValueOperator(value_operators.DATE_MORE, _date),
    "DateGreaterThanEquals": ValueOperator(value_operators.DATE_AT_LEAST, _date),
    "Bool": ValueOperator(value_operators.FLAG_EQUAL, _any_text),
    "BinaryEquals": ValueOperator(value_operators.OCTETS_EQUAL, value_operators.octets),
    "IpAddress": ValueOperator(value_operators.ADDRESS_WITHIN, _address),
    "NotIpAddress": ValueOperator(value_operators.ADDRESS_WITHIN, _address, negated=True),
    "Null": NullOperator(),
}
_BY_NAME: Final = {name.lower(): kind for name, kind in _KINDS.items()}
_SETS: Final[dict[str, SetOperator]] = {"forallvalues": "all", "foranyvalue": "any"}
_IF_EXISTS: Final = "ifexists"


def parse_operator(name: str) -> Operator | None:
    """Return the operator that ``name`` stands for, or None where AWS knows none such."""
    over, colon, rest = name.lower().rpartition(":")
    if colon and over not in _SETS:
        return None
    if_exists = rest.endswith(_IF_EXISTS)
    kind = _BY_NAME.get(rest.removesuffix(_IF_EXISTS))
    # IfExists goes with every operator but Null.
    if kind is None or (if_exists and isinstance(kind, NullOperator)):
        return None
    return Operator(kind, _SETS[over] if colon else None, if_exists)
