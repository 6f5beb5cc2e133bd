"""Finding the patterns that may match a text leaves out none that does."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.iam.beginnings import Beginnings, Marks
from app.core.iam.context import UNNAMED, Anything, PartText, Text
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth

PATTERNS = st.lists(st.text("ab*?", max_size=5).map(Glob.of), max_size=12)
PARTS = st.lists(st.one_of(st.text("ab", max_size=3), st.just(Anything(1)), st.just(UNNAMED)))
TEXTS = st.one_of(st.text("ab", max_size=5), PARTS.map(lambda parts: PartText(tuple(parts))))


@given(PATTERNS, TEXTS)
def test_what_is_left_out_does_not_match(patterns: list[Glob], text: Text) -> None:
    places = Beginnings.of([pattern.marks for pattern in patterns]).fitting(text)
    assert places == sorted(set(places))
    others = [pattern for place, pattern in enumerate(patterns) if place not in places]
    assert {pattern.match(text) for pattern in others} <= {Truth.FALSE}


def test_only_patterns_that_begin_like_the_text_are_found() -> None:
    beginnings = Beginnings.of([Marks(text) for text in ("ab", "", "abc", "b", "ab", "abd")])
    assert beginnings.fitting("abc") == [0, 1, 2, 4]
    assert beginnings.fitting("a") == [1]
    assert beginnings.fitting(PartText(("abc", UNNAMED))) == [0, 1, 2, 4]
    assert beginnings.fitting(PartText(("ab", Anything()))) == [0, 1, 2, 4, 5]
    assert beginnings.fitting(PartText((UNNAMED,))) == [0, 1, 2, 3, 4, 5]


def test_of_patterns_that_begin_alike_those_are_found_that_hold_what_the_text_holds() -> None:
    patterns = ("a*c", "a*d?c", "*bc*", "a?", "*", "a*b*cd")
    beginnings = Beginnings.of([Glob.of(text).marks for text in patterns])
    assert beginnings.fitting("abc") == [0, 2, 3, 4]
    assert beginnings.fitting(PartText(("abc", UNNAMED, "cd"))) == [0, 1, 2, 3, 4, 5]
    assert beginnings.fitting(PartText(("ab", UNNAMED, "c"))) == [0, 3, 4]
    assert beginnings.fitting(PartText(("ab", Anything(), "c"))) == [0, 1, 2, 3, 4, 5]
