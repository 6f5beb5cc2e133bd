"""Characters made visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.wording.characters import is_invisible, visible

SHOWN = (
    ("", ""),
    ("aZ9+/=_-@", "aZ9+/=_-@"),
    ("a b", "a·b"),
    ("a\tb\nc\r", "a→b¶c¶"),
    ("\u00a0", "[no-break space]"),
    ("\u200b\ufeff", "[zero-width space][byte order mark]"),
    ("\u202e", "[right-to-left override]"),
    ("\x07", "[U+0007]"),
    ("\u0430", "[cyrillic small letter a]"),
    ("\U000f0000", "[U+F0000]"),
)


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_shows_what_the_eye_cannot_tell(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    assert not [char for char in visible(text) if is_invisible(char) and char != " "]


@pytest.mark.parametrize("char", [" ", "\n", "\u00ad", "\u200b", "\u2028", "\ue000", "\x00"])
def test_knows_what_leaves_no_ink(char: str) -> None:
    assert is_invisible(char)


@pytest.mark.parametrize("char", "aZ9=-_é漢")
def test_knows_what_leaves_ink(char: str) -> None:
    assert not is_invisible(char)
