"""The words of a connection test: the guide's own, and what stays in a bucket."""

import pytest

from app.core.left_over import LeftKind, LeftOver
from app.core.wording.connection_test import left_words, spreading_words, success_words

_FOLDERS = "AWS lists {} names, of which {} only stand for folders and are no files."


@pytest.mark.parametrize("files", [1, 2, 12345])
def test_a_success_is_told_in_the_guides_own_words(files: int) -> None:
    assert success_words(files) == f"Connection successful. Found {files} files in bucket."


def test_an_empty_folder_is_a_success() -> None:
    assert success_words(0) == (
        "Connection successful. Found 0 files in bucket. An empty bucket or folder is fine."
    )


def test_both_figures_are_told_where_folders_are_listed_too() -> None:
    assert success_words(3, 2).endswith(f"Found 3 files in bucket. {_FOLDERS.format(5, 2)}")
    assert success_words(0, 3).endswith(f"folder is fine. {_FOLDERS.format(3, 3)}")


def test_one_folder_alone_is_told_of_in_the_singular() -> None:
    assert success_words(3, 1).endswith(
        "AWS lists 4 names, of which 1 only stands for a folder and is no file."
    )
    assert success_words(0, 1).endswith(
        "AWS lists one name, which only stands for a folder and is no file."
    )


def test_what_was_not_counted_to_its_end_is_not_told_as_the_number() -> None:
    words = success_words(1000, 3, complete=False)
    assert words == "Connection successful. Found more than 1000 files in bucket."


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, "0 s"), (18.9, "18 s"), (59.2, "59 s")])
def test_the_seconds_count_while_aws_is_waited_for(seconds: float, shown: str) -> None:
    assert spreading_words(seconds) == f"AWS is still spreading the change ({shown})"


@pytest.mark.parametrize("kind", LeftKind)
def test_what_is_left_is_named_with_what_to_do(kind: LeftKind) -> None:
    version = "v.1" if kind in (LeftKind.VERSION, LeftKind.MARKER) else None
    text = left_words(LeftOver(kind, "one", "in/x.txt", version)).text
    assert "bucket one" in text
    assert "in/x.txt" in text
    assert "delete" in text
    assert ("v.1" in text) is (version is not None)
    assert "{" not in text


def test_a_version_whose_id_is_not_known_is_named_as_that() -> None:
    text = left_words(LeftOver(LeftKind.VERSION, "one", "in/x.txt")).text
    assert "a version of the test file in/x.txt may stay" in text
    assert "{" not in text
