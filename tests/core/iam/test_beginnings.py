"""Finding the patterns that may match a text leaves out none that does."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.iam.beginnings import Beginnings
from app.core.iam.context import UNNAMED, Anything, PartText, Text
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth

PATTERNS = st.lists(st.text("ab*?", max_size=5).map(Glob.of), max_size=12)
PARTS = st.lists(st.one_of(st.text("ab", max_size=3), st.just(Anything(1)), st.just(UNNAMED)))
TEXTS = st.one_of(st.text("ab", max_size=5), PARTS.map(lambda parts: PartText(tuple(parts))))


@given(PATTERNS, TEXTS)
def test_what_is_left_out_does_not_match(patterns: list[Glob], text: Text) -> None:
    places = Beginnings.of([pattern.beginning for pattern in patterns]).fitting(text)
    assert places == sorted(set(places))
    others = [pattern for place, pattern in enumerate(patterns) if place not in places]
    assert {pattern.match(text) for pattern in others} <= {Truth.FALSE}


def test_only_patterns_that_begin_like_the_text_are_found() -> None:
    beginnings = Beginnings.of(["ab", "", "abc", "b", "ab", "abd"])
    assert beginnings.fitting("abc") == [0, 1, 2, 4]
    assert beginnings.fitting("a") == [1]
    assert beginnings.fitting(PartText(("abc", UNNAMED))) == [0, 1, 2, 4]
    assert beginnings.fitting(PartText(("ab", Anything()))) == [0, 1, 2, 4, 5]
    assert beginnings.fitting(PartText((UNNAMED,))) == [0, 1, 2, 3, 4, 5]
