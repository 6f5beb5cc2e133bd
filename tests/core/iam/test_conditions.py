"""Condition operators, set operators and missing keys, case by case.

Each table names the AWS document it comes from; "operators" is AWS "IAM JSON policy elements:
Condition operators", "sets" is "Single-valued vs. multivalued context keys".
"""

from collections.abc import Sequence

import pytest

from app.core.iam.conditions import parse_conditions, read_condition
from app.core.iam.context import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Anything,
    Context,
    KeyValue,
    PartText,
    known,
    one_of,
)
from app.core.iam.truth import Truth, all_of

YES, NO, UNSURE = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
KEY = "aws:Key"
OTHERS = {"aws:username": known("jo"), "aws:secret": UNKNOWN}


def read(operator: str, wanted: object, value: KeyValue, *, variables: bool = True) -> Truth:
    """Return what one condition on ``KEY`` makes of ``value``."""
    conditions, _ = parse_conditions({operator: {KEY: wanted}}, 0, variables=variables)
    context = Context({KEY.lower(): value, **OTHERS})
    return all_of(read_condition(condition, context).truth for condition in conditions)


# From the operators page: "String condition operators"
STRINGS = [
    ("StringEquals", "a", "a", YES),
    ("StringEquals", "a", "A", NO),
    ("StringEquals", "a*", "ab", NO),
    ("StringEquals", "a*", "a*", YES),
    ("StringEquals", ["x", "a"], "a", YES),
    ("StringEquals", [], "a", NO),
    ("StringEquals", "", "", YES),
    ("StringNotEquals", "a", "a", NO),
    ("StringNotEquals", ["x", "a"], "a", NO),
    ("StringNotEquals", ["x", "y"], "a", YES),
    ("StringEqualsIgnoreCase", "aB", "Ab", YES),
    ("StringEqualsIgnoreCase", "a*", "ab", NO),
    ("StringNotEqualsIgnoreCase", "aB", "Ab", NO),
    ("StringNotEqualsIgnoreCase", "aB", "c", YES),
    ("StringLike", "a*", "abc", YES),
    ("StringLike", "a?", "abc", NO),
    ("StringLike", "A*", "abc", NO),
    ("StringLike", "imports/ubiquity/*", "imports/ubiquity/", YES),
    ("StringLike", "imports/ubiquity/*", "imports/ubiquity", NO),
    ("StringLike", ["", "home/"], "", YES),
    ("StringNotLike", "a*", "abc", NO),
    ("StringNotLike", ["x*", "y*"], "abc", YES),
    ("stringlike", "a*", "abc", YES),
    # Quotation marks are optional for numbers and Booleans ("Grammar of the IAM JSON policy
    # language").
    ("StringEquals", 7, "7", YES),
    ("StringEquals", True, "true", YES),
]

# From the operators page: "Numeric condition operators"
NUMBERS = [
    ("NumericEquals", "10", "10", YES),
    ("NumericEquals", 10, "10.0", YES),
    ("NumericEquals", "10", "ten", NO),
    ("NumericNotEquals", "10", "10", NO),
    ("NumericNotEquals", "10", "11", YES),
    ("NumericLessThan", "10", "9.5", YES),
    ("NumericLessThan", "10", "10", NO),
    ("NumericLessThanEquals", "10", "10", YES),
    ("NumericLessThanEquals", "-1.5", "-1.4", NO),
    ("NumericGreaterThan", "1.2", "1.3", YES),
    ("NumericGreaterThan", "1.2", "1.2", NO),
    ("NumericGreaterThanEquals", "1000", "1000", YES),
    ("NumericGreaterThanEquals", ["5000", "10"], "1000", YES),
]

# From the operators page: "Date condition operators", W3C forms of ISO 8601 or epoch time
DATES = [
    ("DateEquals", "2026-11-23T01:02:03Z", "2026-11-23T01:02:03Z", YES),
    ("DateEquals", "2026-11-23T14:02:03+13:00", "2026-11-23T01:02:03Z", YES),
    ("DateEquals", "2026-11-22T20:02:03-05:00", "2026-11-23T01:02:03Z", YES),
    ("DateEquals", "1795395723", "2026-11-23T01:02:03Z", YES),
    ("DateEquals", 1795395723, "2026-11-23T01:02:03Z", YES),
    ("DateEquals", "2026-11-23", "2026-11-23T00:00:00Z", YES),
    ("DateEquals", "2026-11", "2026-11-01T00:00:00Z", YES),
    ("DateEquals", "2026", "2026-01-01T00:00:00Z", YES),
    ("DateEquals", "2026-11-23T01:02Z", "2026-11-23T01:02:00Z", YES),
    ("DateEquals", "2026-11-23T01:02:03.5Z", "2026-11-23T01:02:03.500Z", YES),
    ("DateNotEquals", "2026-11-23", "2026-11-24", YES),
    ("DateLessThan", "2026-11-24", "2026-11-23T23:59:59Z", YES),
    ("DateLessThan", "2026-11-23", "2026-11-23", NO),
    ("DateLessThanEquals", "2026-11-23", "2026-11-23", YES),
    ("DateGreaterThan", "2026-11-23", "2026-11-23T00:00:01Z", YES),
    ("DateGreaterThanEquals", "2026-11-23", "2026-11-22T23:59:59Z", NO),
    ("DateGreaterThan", "2026-11-23", "no date", NO),
]

# From the operators page: "Boolean condition operators", "Binary condition operators"
FLAGS = [
    ("Bool", "true", "true", YES),
    ("Bool", True, "true", YES),
    ("Bool", "True", "true", YES),
    ("Bool", "false", "true", NO),
    ("Bool", ["true", "false"], "false", YES),
    ("Bool", "yes", "true", NO),
    ("Bool", "true", "yes", NO),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", YES),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ6", NO),
]

# From the operators page: "IP address condition operators"
ADDRESSES = [
    ("IpAddress", "203.0.113.0/24", "203.0.113.7", YES),
    ("IpAddress", "203.0.113.0/24", "203.0.114.7", NO),
    ("IpAddress", "203.0.113.7", "203.0.113.7", YES),
    ("IpAddress", "203.0.113.7/24", "203.0.113.9", YES),
    ("IpAddress", "0.0.0.0/0", "203.0.113.7", YES),
    ("IpAddress", "0.0.0.0/0", "2001:db8::1", NO),
    ("IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5678::9", YES),
    ("IpAddress", "2001:db8::1", "2001:db8:0::1", YES),
    ("IpAddress", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", YES),
    ("IpAddress", "10.0.0.0/8", "nonsense", NO),
    ("NotIpAddress", "203.0.113.0/24", "203.0.113.7", NO),
    ("NotIpAddress", ["203.0.113.0/24", "10.0.0.0/8"], "192.0.2.1", YES),
]

# From the operators page: "Amazon Resource Name (ARN) condition operators": six components,
# each by itself
ROLE = "arn:aws:iam::123456789012:role/app/conn"
ARNS = [
    ("ArnEquals", ROLE, ROLE, YES),
    ("ArnLike", "arn:aws:iam::123456789012:role/*", ROLE, YES),
    ("ArnEquals", "arn:aws:iam::123456789012:role/*", ROLE, YES),
    ("ArnLike", "arn:aws:iam::*:role/*", ROLE, YES),
    ("ArnLike", "arn:*:*:*:*:*", ROLE, YES),
    ("ArnLike", "arn:aws:iam::123456789012:role/?onn", ROLE, NO),
    # A wildcard doesn't cross into the next component.
    ("ArnLike", "arn:aws:*:role/app/conn:*:*", ROLE, NO),
    ("ArnLike", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x:y", YES),
    ("ArnLike", "arn:aws:iam::123456789012:ROLE/*", ROLE, NO),
    ("ArnLike", "arn:aws:iam::123456789012:role/*", "no arn", NO),
    ("ArnNotEquals", ROLE, ROLE, NO),
    ("ArnNotLike", "arn:aws:iam::999999999999:*", ROLE, YES),
    ("ArnNotLike", ["arn:aws:iam::9*:*", "arn:aws:iam::1*:*"], ROLE, NO),
]


@pytest.mark.parametrize(
    ("operator", "wanted", "text", "answer"),
    [*STRINGS, *NUMBERS, *DATES, *FLAGS, *ADDRESSES, *ARNS],
)
def test_operators(operator: str, wanted: object, text: str, answer: Truth) -> None:
    assert read(operator, wanted, known(text)) is answer


# From the operators page: the note on missing keys, "…IfExists", "Null"
MISSING = [
    ("StringEquals", "a", NO),
    ("StringLike", "*", NO),
    ("NumericLessThan", "10", NO),
    ("DateLessThan", "2026-11-23", NO),
    ("Bool", "true", NO),
    ("Bool", "false", NO),
    ("BinaryEquals", "QmluYXJ5", NO),
    ("IpAddress", "0.0.0.0/0", NO),
    ("ArnLike", "arn:aws:iam::*:*", NO),
    ("StringNotEquals", "a", YES),
    ("StringNotEqualsIgnoreCase", "a", YES),
    ("StringNotLike", "*", YES),
    ("NumericNotEquals", "10", YES),
    ("DateNotEquals", "2026-11-23", YES),
    ("NotIpAddress", "0.0.0.0/0", YES),
    ("ArnNotEquals", "arn:aws:iam::*:*", YES),
    ("StringEqualsIfExists", "a", YES),
    ("StringNotEqualsIfExists", "a", YES),
    ("BoolIfExists", "true", YES),
    ("NumericLessThanIfExists", "10", YES),
    ("IpAddressIfExists", "10.0.0.0/8", YES),
    ("ArnLikeIfExists", "arn:aws:iam::*:*", YES),
    ("Null", "true", YES),
    ("Null", True, YES),
    ("Null", "false", NO),
    ("Null", ["true", "false"], YES),
    # sets: "also returns true if there are no context keys in the request"; "if the key does
    # not exist, the condition returns false"
    ("ForAllValues:StringEquals", "a", YES),
    ("ForAllValues:StringNotEquals", "a", YES),
    ("ForAllValues:StringEqualsIfExists", "a", YES),
    ("ForAnyValue:StringEquals", "a", NO),
    ("ForAnyValue:StringNotEquals", "a", NO),
    ("ForAnyValue:StringEqualsIfExists", "a", NO),
]


@pytest.mark.parametrize(("operator", "wanted", "answer"), MISSING)
def test_missing_key(operator: str, wanted: object, answer: Truth) -> None:
    assert read(operator, wanted, ABSENT) is answer


# From the operators page: "Null", "…IfExists", with the key there
THERE = [
    ("Null", "true", NO),
    ("Null", "false", YES),
    ("StringEqualsIfExists", "b", NO),
    ("StringEqualsIfExists", "a", YES),
    ("StringNotEqualsIfExists", "a", NO),
]


@pytest.mark.parametrize(("operator", "wanted", "answer"), THERE)
def test_key_that_is_there(operator: str, wanted: object, answer: Truth) -> None:
    assert read(operator, wanted, known("a")) is answer


# From the sets page: "ForAllValues", "ForAnyValue"
SETS = [
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), YES),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), NO),
    ("ForAllValues:StringLike", ["a*"], ("ab", "ac"), YES),
    ("ForAllValues:StringNotEquals", ["a"], ("b", "c"), YES),
    ("ForAllValues:StringNotEquals", ["a"], ("a", "c"), NO),
    ("ForAllValues:StringEquals", ["a"], (), YES),
    # "… or a null data set, such as an empty string"
    ("ForAllValues:StringEquals", ["a"], ("",), YES),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c", "b"), YES),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c", "d"), NO),
    ("ForAnyValue:StringNotEquals", ["a"], ("a", "b"), YES),
    ("ForAnyValue:StringNotEquals", ["a"], ("a", "a"), NO),
    ("ForAnyValue:StringEquals", ["a"], (), NO),
    ("ForAnyValue:StringLike", ["*"], ("",), NO),
    ("forallvalues:stringequals", ["a"], ("a",), YES),
    # A single-valued key is a set of one.
    ("ForAnyValue:StringEquals", ["a"], ("a",), YES),
    # Without a set operator, any value fits and no value may fit a negated one.
    ("StringEquals", ["a"], ("a", "b"), YES),
    ("StringNotEquals", ["a"], ("a", "b"), NO),
    ("Null", "true", (), YES),
]


@pytest.mark.parametrize(("operator", "wanted", "texts", "answer"), SETS)
def test_several_values(operator: str, wanted: object, texts: Sequence[str], answer: Truth) -> None:
    assert read(operator, wanted, known(*texts)) is answer


# Variables and tags: "Where you can use policy variables", "Policy variables with no value"
VARIABLES = [
    ("StringEquals", "${aws:username}", "jo", YES),
    ("StringLike", "home/${aws:username}/*", "home/jo/x", YES),
    ("StringEquals", "${aws:nothing}", "${aws:nothing}", NO),
    ("StringNotEquals", "${aws:nothing}", "x", YES),
    ("StringEquals", ["${aws:nothing}", "x"], "x", YES),
    ("StringEquals", "${aws:secret}", "x", UNSURE),
    ("StringEquals", ["${aws:secret}", "x"], "x", YES),
    ("StringNotEquals", ["${aws:secret}", "x"], "x", NO),
    ("StringLike", "a${*}", "a*", YES),
    ("StringLike", "a${*}", "ab", NO),
    ("ArnLike", "arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/jo", YES),
    ("StringEqualsIgnoreCase", "${aws:username}", "JO", YES),
]


@pytest.mark.parametrize(("operator", "wanted", "text", "answer"), VARIABLES)
def test_variables(operator: str, wanted: object, text: str, answer: Truth) -> None:
    assert read(operator, wanted, known(text)) is answer


def test_no_variables_in_version_2008() -> None:
    """AWS "IAM JSON policy elements: Version"."""
    text = "${aws:username}"
    assert read("StringEquals", text, known(text), variables=False) is YES
    assert read("StringEquals", text, known("jo"), variables=False) is NO
    assert read("StringLike", "a${*}", known("a${bc}"), variables=False) is YES


PART = known(PartText(("AROA1:", Anything())))

# What nobody knows: certain only where every possible value gives the same answer.
UNCERTAIN = [
    ("StringEquals", "a", UNKNOWN, UNSURE),
    ("StringEquals", [], UNKNOWN, NO),
    ("StringLike", "*", UNKNOWN, UNSURE),
    ("StringLike", "*", PRESENT, YES),
    ("StringLikeIfExists", "*", UNKNOWN, YES),
    ("StringNotLike", "*", UNKNOWN, UNSURE),
    ("StringNotLike", "*", PRESENT, NO),
    ("ForAllValues:StringLike", "*", UNKNOWN, YES),
    ("ForAllValues:StringLike", "a", UNKNOWN, UNSURE),
    ("ForAnyValue:StringLike", "*", UNKNOWN, UNSURE),
    ("Null", "true", UNKNOWN, UNSURE),
    ("Null", "true", PRESENT, NO),
    ("Null", ["true", "false"], UNKNOWN, YES),
    ("Bool", "true", PRESENT, UNSURE),
    ("Bool", ["true", "false"], PRESENT, YES),
    ("IpAddress", "10.0.0.0/8", PRESENT, UNSURE),
    ("IpAddress", ["0.0.0.0/0", "::/0"], PRESENT, YES),
    ("IpAddress", ["0.0.0.0/0"], PRESENT, UNSURE),
    ("NotIpAddress", ["0.0.0.0/0", "::/0"], PRESENT, NO),
    ("NumericLessThan", "1.2", PRESENT, UNSURE),
    ("DateLessThan", "2026-11-23", UNKNOWN, UNSURE),
    ("StringLike", "AROA1:*", PART, YES),
    ("StringLike", "AROA2:*", PART, NO),
    ("StringEquals", "AROA1:job", PART, UNSURE),
    ("StringNotLike", ["AROA2:*", "123456789012"], PART, YES),
    ("StringEqualsIgnoreCase", "aroa1:job", PART, UNSURE),
    ("StringEqualsIgnoreCase", "aroa2:job", PART, NO),
    ("ArnLike", "arn:aws:iam::1:*", known(PartText(("arn:aws:iam::1:role/", Anything()))), YES),
    ("ArnLike", "arn:aws:iam::2:*", known(PartText(("arn:aws:iam::1:role/", Anything()))), NO),
    (
        "ArnLike",
        "arn:aws:iam::1:role/x",
        known(PartText(("arn:aws:iam::1:role/", Anything()))),
        UNSURE,
    ),
    ("ArnLike", "arn:aws:iam::1:role/x", PRESENT, UNSURE),
    # No MFA: either absent or false.
    ("Bool", "true", one_of(ABSENT, known("false")), NO),
    ("BoolIfExists", "false", one_of(ABSENT, known("false")), YES),
    ("Bool", "false", one_of(ABSENT, known("false")), UNSURE),
    ("BoolIfExists", "true", one_of(ABSENT, known("false")), UNSURE),
]


@pytest.mark.parametrize(("operator", "wanted", "value", "answer"), UNCERTAIN)
def test_unknown_values(operator: str, wanted: object, value: KeyValue, answer: Truth) -> None:
    assert read(operator, wanted, value) is answer


# Grammar of the IAM JSON policy language; IAM's error texts
REFUSED = [
    ({"StringMatches": {KEY: "a"}}, "operator-unknown", "StringMatches"),
    ({"ForSomeValues:StringEquals": {KEY: "a"}}, "operator-unknown", "ForSomeValues:StringEquals"),
    ({"NullIfExists": {KEY: "true"}}, "operator-unknown", "NullIfExists"),
    ({"StringEquals": {"ExternalId": "a"}}, "value-malformed", "ExternalId"),
    ({"StringEquals": {KEY: {"a": "b"}}}, "value-malformed", KEY),
    ({"StringEquals": {KEY: None}}, "value-malformed", KEY),
    ({"StringEquals": {KEY: ["a", ["b"]]}}, "value-malformed", KEY),
    ({"StringEquals": "a"}, "value-malformed", ""),
    ({"NumericLessThan": {KEY: "ten"}}, "value-malformed", KEY),
    ({"DateLessThan": {KEY: "23/11/2026"}}, "value-malformed", KEY),
    ({"DateLessThan": {KEY: "2026-13-01"}}, "value-malformed", KEY),
    ({"IpAddress": {KEY: "10.0.0.0/33"}}, "value-malformed", KEY),
    ({"IpAddress": {KEY: "10.0.0.0/255.0.0.0"}}, "value-malformed", KEY),
    ({"BinaryEquals": {KEY: "???"}}, "value-malformed", KEY),
    ({"ArnLike": {KEY: "*"}}, "value-malformed", KEY),
    ("StringEquals", "operator-unknown", ""),
    (["StringEquals"], "operator-unknown", ""),
]


@pytest.mark.parametrize(("block", "code", "value"), REFUSED)
def test_what_aws_would_refuse_is_unknown(block: object, code: str, value: str) -> None:
    conditions, refusals = parse_conditions(block, 3, variables=True)
    assert [(r.code, r.statement, r.element, r.value) for r in refusals] == [
        (code, 3, "Condition", value)
    ]
    context = Context({KEY.lower(): known("a")})
    assert [read_condition(condition, context).truth for condition in conditions] == [UNSURE]


def test_nothing_asked_is_answered() -> None:
    blocks: tuple[object, ...] = ({}, {"StringEquals": {}})
    for block in blocks:
        assert parse_conditions(block, 0, variables=True) == ((), [])


def test_missing_keys_are_named_as_written() -> None:
    block = {"StringEquals": {"AWS:SourceVPCE": "vpce-1", "aws:Known": "${aws:Secret}"}}
    conditions, _ = parse_conditions(block, 0, variables=True)
    context = Context({"aws:known": known("x"), "aws:secret": UNKNOWN, "aws:sourcevpce": UNKNOWN})
    readings = [read_condition(condition, context) for condition in conditions]
    assert [reading.missing for reading in readings] == [("AWS:SourceVPCE",), ("aws:Secret",)]
