"""How External IDs differ: the kind, the sentence, the alignment, and whose ID it may be."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.damage import DifferenceKind, is_damaged_form
from app.core.guide import EXAMPLE_DATABASE_ID, PLACEHOLDER_DATABASE_ID
from app.core.wording.external_id import aligned, describe_difference

ID = EXAMPLE_DATABASE_ID
SIGNED = "x+q/BlwfjUOUcQjd5gt7vQ"
"""An ID with the two signs that base64 has two alphabets for."""

Kind = DifferenceKind

ONE_KIND = (
    (ID, f"{ID} ", Kind.SPACES),
    (ID, f"\n{ID}", Kind.SPACES),
    (ID, f"{ID[:7]} {ID[7:]}", Kind.SPACES),
    (ID, f"{ID}\u00a0", Kind.SPACES),
    (ID, f"{ID}\u200b", Kind.INVISIBLE),
    (ID, f"\ufeff{ID}", Kind.INVISIBLE),
    (ID, ID.upper(), Kind.CASE),
    (ID, ID.swapcase(), Kind.CASE),
    (ID, f"{ID}==", Kind.PADDING),
    (f"{ID}==", ID, Kind.PADDING),
    (ID, f'"{ID}"', Kind.QUOTED),
    (ID, f"“{ID}”", Kind.QUOTED),
    (SIGNED, SIGNED.replace("+", "-").replace("/", "_"), Kind.ALPHABET),
    (SIGNED.replace("+", "-"), SIGNED, Kind.ALPHABET),
    (SIGNED, quote(SIGNED, safe=""), Kind.PERCENT),
    (ID, PLACEHOLDER_DATABASE_ID, Kind.PLACEHOLDER),
    (ID, f" <{PLACEHOLDER_DATABASE_ID.lower()}>", Kind.PLACEHOLDER),
    (ID, f"{ID[:-1]}A", Kind.PLACE),
    (ID, ID[:-3], Kind.PLACE),
    (ID, f"{ID}A", Kind.PLACE),
    (ID, "A1b2C3d4E5f6G7h8I9j0Kw", Kind.OTHER),
    (ID, "", Kind.OTHER),
    (ID, "*", Kind.OTHER),
    (ID, ID, Kind.NONE),
    ("", "", Kind.NONE),
)


@pytest.mark.parametrize(("expected", "found", "kind"), ONE_KIND)
def test_names_the_kind_of_difference(expected: str, found: str, kind: DifferenceKind) -> None:
    difference = describe_difference(expected, found)
    assert difference.kinds == (kind,)
    assert difference.sentence
    assert expected == "" or expected not in difference.sentence


SEVERAL = (
    (ID, f" {ID.lower()}", {Kind.SPACES, Kind.CASE}),
    (ID, f"'{ID}==' ", {Kind.SPACES, Kind.QUOTED, Kind.PADDING}),
    (SIGNED, f"{quote(SIGNED, safe='').upper()}%3D", {Kind.PERCENT, Kind.CASE, Kind.PADDING}),
    (SIGNED, f"\u200bx-q_{SIGNED[4:]}", {Kind.INVISIBLE, Kind.ALPHABET}),
)


@pytest.mark.parametrize(("expected", "found", "kinds"), SEVERAL)
def test_names_all_kinds_that_it_takes(
    expected: str, found: str, kinds: set[DifferenceKind]
) -> None:
    difference = describe_difference(expected, found)
    assert set(difference.kinds) == kinds
    assert difference.kind is difference.kinds[0]


PLACES = (
    (f"{ID[:4]}l{ID[5:]}", f"at character 5: “{ID[4]}” is needed, and “l” is there"),
    (ID[:-1], f"at character 22: “{ID[21]}” is needed, and nothing is there"),
    (f"{ID}x", "at character 23: nothing is needed, and “x” is there"),
    (f"\u0445{ID[1:]}", "and “[cyrillic small letter ha]” is there"),
)


@pytest.mark.parametrize(("found", "words"), PLACES)
def test_says_where_they_first_differ(found: str, words: str) -> None:
    assert words in describe_difference(ID, found).sentence


def test_shows_what_cannot_be_seen() -> None:
    segments = describe_difference(ID, f"{ID[:3]} \t{ID[3:]}\r\n\u200b").segments
    assert [segment.found_shown for segment in segments if not segment.same] == [
        "·→",
        "¶¶[zero-width space]",
    ]
    assert [segment.expected_shown for segment in segments if segment.same] == [ID[:3], ID[3:]]


def test_the_other_alphabet_is_a_legal_id_of_its_own() -> None:
    found = SIGNED.replace("+", "-").replace("/", "_")
    assert describe_difference(SIGNED, found).kind is Kind.ALPHABET
    assert not is_damaged_form(SIGNED, found)


IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=2)
ANY = st.text(max_size=40)


@given(ANY, ANY)
def test_the_segments_make_up_both(expected: str, found: str) -> None:
    segments = aligned(expected, found)
    assert "".join(segment.expected for segment in segments) == expected
    assert "".join(segment.found for segment in segments) == found
    assert all(segment.same == (segment.expected == segment.found) for segment in segments)


@given(ANY, ANY)
def test_any_two_texts_are_described(expected: str, found: str) -> None:
    difference = describe_difference(expected, found)
    assert difference.sentence
    assert (difference.kinds == (Kind.NONE,)) == (expected == found)


@given(IDS, st.integers(0, 40), st.text(" \t\r\n\u00a0", min_size=1, max_size=4))
def test_white_space_anywhere_is_damage(expected: str, place: int, white: str) -> None:
    found = expected[:place] + white + expected[place:]
    assert describe_difference(expected, found).kinds == (Kind.SPACES,)
    assert is_damaged_form(expected, found)


@given(IDS, st.integers(1, 3))
def test_padding_is_damage(expected: str, count: int) -> None:
    found = expected + "=" * count
    assert describe_difference(expected, found).kinds == (Kind.PADDING,)
    assert is_damaged_form(expected, found)


@given(IDS, ANY)
def test_whatever_is_damaged_is_not_called_another_id(expected: str, found: str) -> None:
    if is_damaged_form(expected, found):
        assert describe_difference(expected, found).kind not in {Kind.OTHER, Kind.PLACE, Kind.NONE}


def test_what_is_too_long_for_an_id_is_taken_whole() -> None:
    (segment,) = aligned(ID, "a" * 5000)
    assert (segment.same, segment.expected, len(segment.found)) == (False, ID, 5000)
