"""Folders that last no longer than the process, and what a killed one leaves."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from app.files import passing_folder
from app.files.passing_folder import PassingFolder, sweep_passing_folders

_MAKES_ONE: Final = """
import sys
from app.files.passing_folder import PassingFolder
folder = PassingFolder()
(folder.path / "token.json").write_text("{}")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder for files that pass, in which each is old enough to be looked at."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(passing_folder, "_YOUNG", -60.0)
    return tmp_path


@contextmanager
def _another_process(place: Path) -> "Iterator[tuple[subprocess.Popen[str], Path]]":
    """Yield another process of the program, and the folder that it made."""
    process = subprocess.Popen(  # noqa: S603 - this test's own program
        [sys.executable, "-c", _MAKES_ONE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place)},
    )
    with process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_a_folder_is_its_owners_alone_and_gone_once_closed(place: Path) -> None:
    with PassingFolder() as folder:
        assert folder.path.is_dir()
        assert [path.stat().st_mode & 0o077 for path in (folder.path, folder.path.parent)] == [0, 0]
        (folder.path / "kept.json").write_text("{}")
    assert list(place.iterdir()) == []


def test_a_folder_that_nobody_closed_goes_with_whoever_had_it(place: Path) -> None:
    folder = PassingFolder()
    assert list(place.iterdir()) != []
    del folder
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_start(place: Path) -> None:
    with _another_process(place) as (process, left):
        assert left.is_dir()
        sweep_passing_folders()
        assert (left / "token.json").is_file()  # its process lives
        process.kill()
        process.wait()
        with PassingFolder() as own:
            assert not left.parent.exists()
            assert own.path.is_dir()
    assert list(place.iterdir()) == []


def test_a_process_that_ends_by_itself_leaves_nothing(place: Path) -> None:
    with _another_process(place) as (process, _):
        process.communicate("")
    assert list(place.iterdir()) == []


def _young(_place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(passing_folder, "_YOUNG", 60.0)


def _linked(place: Path, folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)


def _linked_lock(place: Path, folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = place / "elsewhere.txt"
    elsewhere.write_text("x")
    folder.mkdir()
    (folder / "in-use").symlink_to(elsewhere)


def _somebody_elses(_place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 4711)


def _without_locks(_place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> bool:
        raise OSError(95, "Operation not supported")

    folder.mkdir()
    monkeypatch.setattr(passing_folder, "is_locked_now", refuse)


def _a_file(_place: Path, folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("x")


@pytest.mark.parametrize(
    "prepare", [_young, _linked, _linked_lock, _somebody_elses, _without_locks, _a_file]
)
def test_what_is_not_surely_ours_and_left_stays(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[[Path, Path, pytest.MonkeyPatch], None],
) -> None:
    folder = place / "ubiquity-s3-setup-passing-abcd1234"
    prepare(place, folder, monkeypatch)
    sweep_passing_folders()
    assert folder.exists()
