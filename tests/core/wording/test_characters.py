"""Characters made visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.damage import is_invisible
from app.core.wording.characters import visible

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
