"""Wildcards, on texts known whole and in part.

AWS "IAM JSON policy elements: Resource": ``*`` stands for any run of characters, slashes and
colons included, ``?`` for exactly one.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.iam.context import UNNAMED, Anything, PartText
from app.core.iam.patterns import Glob, arn_components
from app.core.iam.truth import Truth

YES, NO, UNSURE = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ANY = Anything()


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("*", "a/b:c", True),
        ("?", "", False),
        ("?", "a", True),
        ("?", "ab", False),
        ("a*", "a", True),
        ("*a", "ba", True),
        ("*a", "ab", False),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "acb", False),
        ("a*a", "a", False),
        ("a?*b", "ab", False),
        ("a?*b", "axb", True),
        ("*?b", "bb", True),
        ("**", "x", True),
        ("[ab]", "a", False),
        ("a.c", "abc", False),
        # The examples of AWS "IAM JSON policy elements: Resource", Using wildcards.
        ("bucket/*/test/*", "bucket/1/test/object.jpg", True),
        ("bucket/*/test/*", "bucket/1/2/test/3/object.jpg", True),
        ("bucket/*/test/*", "bucket/1///test///object.jpg", True),
        ("bucket/*/test/*", "bucket//test/object.jpg", True),
        ("bucket/*/test/*", "bucket/1/test/", True),
        ("bucket/*/test/*", "bucket/1-test/object.jpg", False),
        ("bucket/*/test/*", "bucket/test/object.jpg", False),
        ("bucket/*/test/*", "bucket/1/2/test.jpg", False),
    ],
)
def test_whole_texts(pattern: str, text: str, fits: bool) -> None:
    assert Glob.of(pattern).match(text) is Truth.of(fits)


def test_literal_takes_wildcards_as_they_are() -> None:
    assert Glob.literal("a*").match("a*") is YES
    assert Glob.literal("a*").match("ab") is NO


@pytest.mark.parametrize(
    ("pattern", "parts", "answer"),
    [
        ("*", (ANY,), YES),
        ("?*", (ANY,), YES),
        ("??*", (ANY,), UNSURE),
        ("a*", (ANY,), UNSURE),
        ("AROA1:*", ("AROA1:", ANY), YES),
        ("AROA2:*", ("AROA1:", ANY), NO),
        ("AROA1:job", ("AROA1:", ANY), UNSURE),
        ("AROA1:??*", ("AROA1:", Anything(2)), YES),
        ("AROA1:?", ("AROA1:", Anything(2)), NO),
        ("*:job", ("AROA1:", ANY), UNSURE),
        ("AROA1", ("AROA1:", ANY), NO),
        ("s3.*.amazonaws.com", ("s3.", ANY, ".amazonaws.com"), YES),
        ("kms.*", ("s3.", ANY, ".amazonaws.com"), NO),
        ("*a*", (ANY, "a", ANY), YES),
        ("*a*a*", (ANY, "a", ANY), UNSURE),
        ("", (Anything(0),), UNSURE),
    ],
)
def test_texts_known_in_part(
    pattern: str, parts: tuple[str | Anything, ...], answer: Truth
) -> None:
    assert Glob.of(pattern).match(PartText(parts)) is answer


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [
        ("b/*", True),
        ("b/imports/*", True),
        ("b/imports*", True),
        ("b/imports/?*", True),
        ("b/*/*", True),
        ("*", True),
        ("b/imports/", False),
        ("b/imports/*.csv", False),
        ("b/imports/a*", False),
        ("b/imports/????????", False),
        ("b/imports/*/x", False),
        ("b/import/*", False),
        ("b", False),
    ],
)
def test_a_name_that_no_policy_mentions(pattern: str, covered: bool) -> None:
    """formats.md, ``access``: the decision for a name under the prefix that no policy mentions."""
    assert Glob.of(pattern).match(PartText(("b/imports/", UNNAMED))) is Truth.of(covered)


def test_components_of_arns() -> None:
    pattern = Glob.of("arn:aws:s3:::b/x:*")
    parts = pattern.components()
    assert parts is not None
    assert parts[5] == Glob.of("b/x:*")
    assert Glob.of("arn:aws:*").components() is None
    assert arn_components("arn:aws:s3:::b/x:y") == ("arn", "aws", "s3", "", "", "b/x:y")
    assert arn_components("not an arn") is None
    assert arn_components(PartText(("arn:aws:", ANY))) is None


_LETTERS = st.text("ab*?", max_size=8)


@settings(deadline=None)
@given(_LETTERS, st.text("abc", max_size=8))
def test_agrees_with_a_regular_expression(pattern: str, text: str) -> None:
    """On texts short enough for the regular expression not to explode."""
    expression = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern)
    assert Glob.of(pattern).match(text) is Truth.of(re.fullmatch(expression, text) is not None)


@settings(deadline=None)
@given(_LETTERS, st.text("ab", max_size=3), st.text("abc", min_size=1, max_size=5))
def test_certain_of_a_part_is_certain_of_each_whole(pattern: str, start: str, rest: str) -> None:
    answer = Glob.of(pattern).match(PartText((start, ANY)))
    if answer is not UNSURE:
        assert Glob.of(pattern).match(start + rest) is answer


def test_long_patterns_stay_fast() -> None:
    """A pattern on which a backtracking matcher would never end."""
    assert Glob.of("*a" * 400 + "b").match("a" * 4000) is NO
    assert Glob.of("a*" * 300).match(PartText(("a" * 300, ANY))) is YES
