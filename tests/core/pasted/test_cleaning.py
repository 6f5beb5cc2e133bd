"""Cleaning pasted text, and saying what was removed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.pasted.cleaning import GAPS, StrayCharacter, clean, shown_characters, stray_kind
from app.core.wording.problems import problem_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "expected_text", "notes"),
    [
        ("abc", "abc", []),
        ("", "", []),
        (" abc", "abc", ["One space was removed."]),
        (" abc ", "abc", ["Two spaces were removed."]),
        (" " * 12 + "abc", "abc", ["12 spaces were removed."]),
        ("abc\r\n", "abc", ["One line break was removed."]),
        ("\n\nabc\n", "abc", ["Three line breaks were removed."]),
        ("\tabc\t", "abc", ["Two tabs were removed."]),
        ("\xa0abc\u202f", "abc", ["Two no-break spaces were removed."]),
        ("\ufeffabc\u200b", "abc", ["Two invisible characters were removed."]),
        ("\u202aabc\u202c\ufe0f", "abc", ["Three invisible characters were removed."]),
        ("“abc”", "abc", ["Two quotation marks were removed."]),
        ("abc'", "abc", ["One quotation mark was removed."]),
        ("'", "", ["One quotation mark was removed."]),
        (
            ' " abc\n" ',
            "abc",
            [
                "Three spaces were removed.",
                "One line break was removed.",
                "Two quotation marks were removed.",
            ],
        ),
        ("\u3000abc", "abc", ["One space was removed."]),
        ("a b\u200bc", "a b\u200bc", []),
        ("a\r\nb", "a\r\nb", []),
    ],
)
def test_ends_are_cleaned_and_it_is_said(text: str, expected_text: str, notes: list[str]) -> None:
    cleaned = clean(text)
    assert cleaned.text == expected_text
    assert [problem_text(note) for note in cleaned.notes("account_id")] == notes


def test_gaps_inside_go_only_where_asked() -> None:
    assert clean("a b\u200bc\nd", inside=GAPS).text == "abcd"
    assert clean("a b\u200bc", inside={StrayCharacter.INVISIBLE}).text == "a bc"


@pytest.mark.parametrize(
    ("text", "expected_text"),
    [('"a/"', "a/"), ('"a/', '"a/'), ("it's/'", "it's/'"), ("'", "'"), ("''", "")],
)
def test_paired_quotes_leave_a_single_one(text: str, expected_text: str) -> None:
    assert clean(text, paired_quotes=True).text == expected_text


@settings(deadline=None)
@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing_more(text: str, paired: bool) -> None:
    once = clean(text, paired_quotes=paired)
    assert clean(once.text, paired_quotes=paired).lost == ()


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_gap_survives_cleaning_everywhere(text: str) -> None:
    cleaned = clean(text, inside=GAPS)
    assert not any(stray_kind(char) for char in cleaned.text)
    lost = sum(count for _, count in cleaned.lost)
    assert lost == len(text.replace("\r\n", "\n")) - len(cleaned.text)


@pytest.mark.parametrize(
    ("characters", "expected_text"),
    [
        ("{", "“{”"),
        ("é", "“é” (U+00E9)"),
        ("\u200b", "U+200B"),
        ("\xa0", "U+00A0"),
        ("\u0301", "U+0301"),
        ("\ud800", "U+D800"),
        ("{}{", "“{”, “}”"),
        ("abcdef", "“a”, “b”, “c”, “d”, “e”, …"),
    ],
)
def test_characters_are_shown_so_that_they_can_be_seen(characters: str, expected_text: str) -> None:
    assert shown_characters(characters) == expected_text
