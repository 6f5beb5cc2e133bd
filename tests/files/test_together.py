"""Several files at once: all or none, and nobody's without being asked for."""

from pathlib import Path

import pytest

from app.files.together import in_the_way, new_folder, save_together

FILES = {"a.txt": b"one", "b.txt": b"two"}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_all_are_saved_and_the_same_once_more_is_no_matter(tmp_path: Path) -> None:
    assert in_the_way(tmp_path, FILES) == ()
    save_together(tmp_path, FILES)
    assert contents(tmp_path) == FILES
    assert in_the_way(tmp_path, FILES) == ()


def test_what_is_somebody_else_s_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"eno")
    (tmp_path / "b.txt").mkdir()
    assert in_the_way(tmp_path, FILES) == ("a.txt", "b.txt")


@pytest.mark.parametrize("at", [0, 1])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    calls = iter([False] * at + [True] * 9)

    def full(_handle: int) -> None:
        if next(calls):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_together(tmp_path, FILES)
    assert contents(tmp_path) == {"a.txt": b"old"}
    monkeypatch.undo()
    save_together(tmp_path, FILES)
    assert contents(tmp_path) == FILES


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save_together(tmp_path / "none", FILES)


def test_a_new_folder_is_never_one_that_is_there(tmp_path: Path) -> None:
    names = [new_folder(tmp_path, "ours").name for _ in range(3)]
    assert names == ["ours", "ours 2", "ours 3"]
