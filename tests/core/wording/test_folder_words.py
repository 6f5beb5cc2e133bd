"""The words about the folders of a bucket."""

import pytest

from app.core.wording.folder_words import (
    count_words,
    folder_failure,
    folder_name,
    further_failure,
    nothing_here,
)
from tests.helpers.fakes import NO_BUCKET, NOT_LISTED, OFFLINE


@pytest.mark.parametrize(
    ("folder", "at", "name"),
    [
        ("imports/", "", "imports"),
        ("imports/2026/", "imports/", "2026"),
        ("//", "/", "(no name)"),
        ("/", "", "(no name)"),
        ("a\x07/", "", "a[U+0007]"),
        ("a\u202eb/", "", "a[right-to-left override]b"),
        ("a b+c%20/", "", "a b+c%20"),
    ],
)
def test_a_name_can_be_read(folder: str, at: str, name: str) -> None:
    assert folder_name(folder, at) == name


@pytest.mark.parametrize(
    ("count", "shown", "is_whole", "words"),
    [
        (1, 1, True, "1 folder."),
        (40, 40, True, "40 folders."),
        (40, 3, True, "40 folders. 3 of them match."),
        (1000, 1000, False, "1,000 folders so far; there are more."),
        (1000, 0, False, "1,000 folders so far; there are more. 0 of them match."),
    ],
)
def test_how_many_so_far(count: int, shown: int, is_whole: bool, words: str) -> None:
    assert count_words(count, shown, is_whole=is_whole) == words


def test_nothing_has_a_way_on() -> None:
    said = {
        nothing_here(0, at_top=True, is_whole=True),
        nothing_here(3, at_top=True, is_whole=True),
        nothing_here(3, at_top=False, is_whole=True),
        nothing_here(5000, at_top=True, is_whole=False),
    }
    assert len(said) == 4
    assert sum("ype the folder" in words or "whole bucket" in words for words in said) == 3


def test_a_failure_has_a_way_on_and_is_short_where_there_are_folders() -> None:
    for failure in (NOT_LISTED, NO_BUCKET, OFFLINE):
        assert "lose this" in folder_failure(failure).text
        assert further_failure(failure).text.startswith("The rest can’t be read. ")
    assert further_failure(OFFLINE).text.count(".") <= 3
