"""Letters for buttons: one of a kind, and never in the words themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.widgets.accelerators import letter_of, letters_for, underlined


@pytest.mark.parametrize(
    ("texts", "taken", "letters"),
    [
        (["Back", "Cancel", "Next"], "", ["B", "C", "N"]),
        (["Back", "Cancel", "Create in the practice AWS"], "", ["B", "C", "i"]),
        (["Check now"], "ch", ["n"]),
        (["Save as…", "Save all"], "", ["S", "a"]),
        (["…", "1 file"], "", ["", "1"]),
        (["aa", "aA"], "", ["a", ""]),
    ],
)
def test_words_give_their_first_letters_first(
    texts: list[str], taken: str, letters: list[str]
) -> None:
    assert letters_for(texts, taken) == letters


@pytest.mark.parametrize(
    ("text", "letter", "drawn"),
    [
        ("Next", "N", "&Next"),
        ("Save as…", "a", "Save &as…"),
        ("Test again", "e", "T&est again"),
        ("Salt & pepper", "p", "Salt && &pepper"),
        ("Other words", "x", "Other words"),
        ("No letter", "", "No letter"),
    ],
)
def test_it_is_underlined_where_it_was_taken(text: str, letter: str, drawn: str) -> None:
    assert underlined(text, letter) == drawn


@given(st.lists(st.text(max_size=12), max_size=8))
@settings(max_examples=50)
def test_whatever_the_words_no_letter_is_there_twice(texts: list[str]) -> None:
    letters = [letter.casefold() for letter in letters_for(texts) if letter]
    assert len(letters) == len(set(letters))
    for text, letter in zip(texts, letters_for(texts), strict=True):
        assert letter in text
        assert letter_of(underlined(text, letter)) == letter


def test_a_menus_letter() -> None:
    assert [letter_of(text) for text in ("&File", "Salt && &pepper", "Plain")] == ["F", "p", ""]
