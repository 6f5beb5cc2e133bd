"""Small files, written whole or not at all."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

import pytest

from app.files.writing import make_folder, sweep, write_text

TOP: Final = Path(__file__).resolve().parents[2]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.json"
    write_text(path, "Übersicht\n…\r\n")
    assert path.read_bytes() == "Übersicht\n…\r\n".encode()
    write_text(path, "two")
    assert path.read_text("utf-8") == "two"
    assert list(path.parent.iterdir()) == [path]


def test_half_a_character_is_escaped_as_json_does(tmp_path: Path) -> None:
    write_text(tmp_path / "x.json", '"\ud83d"')
    assert (tmp_path / "x.json").read_text("utf-8") == '"\\ud83d"'


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OSError, match="taken"):
        write_text(tmp_path / "taken" / "file", "x")
    write_text(tmp_path / "free" / "file", "x")
    assert (tmp_path / "free" / "file").read_text("utf-8") == "x"


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(_file: int) -> NoReturn:
        raise error

    path = tmp_path / "file"
    write_text(path, "old")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(type(error)):
            write_text(path, "new")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    write_text(path, "new")
    assert path.read_text("utf-8") == "new"


def test_a_crash_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_text(path, "old")
    code = (
        "import os, pathlib, sys\n"
        "from app.files.writing import write_text\n"
        "os.fsync = lambda _file: os._exit(9)\n"
        "write_text(pathlib.Path(sys.argv[1]), 'new' * 100_000)\n"
    )
    crashed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=TOP, check=False)  # noqa: S603 - our own code
    assert crashed.returncode == 9
    assert path.read_text("utf-8") == "old"


POSIX: Final = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@POSIX
@pytest.mark.usefixtures("umask")
def test_each_folder_that_is_made_is_its_owner_s_alone_from_birth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    mkdir = os.mkdir

    def seen(path: str | Path, mode: int = 0o777) -> None:
        mkdir(path, mode)
        made.append(stat.S_IMODE(Path(path).stat().st_mode))

    there = tmp_path / "there"
    there.mkdir(0o755)
    there.chmod(0o755)
    monkeypatch.setattr(os, "mkdir", seen)
    write_text(there / "one" / "two" / "file", "x")
    assert made == [0o700, 0o700]
    assert stat.S_IMODE(there.stat().st_mode) == 0o755
    assert stat.S_IMODE((there / "one" / "two" / "file").stat().st_mode) == 0o600


@POSIX
def test_the_parents_of_new_folders_are_settled_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    fsync = os.fsync

    def seen(handle: int) -> None:
        fsync(handle)
        settled.append(Path(f"/proc/self/fd/{handle}").readlink())

    if not Path("/proc/self/fd").exists():
        pytest.skip("What a handle stands for is not to be seen here.")
    monkeypatch.setattr(os, "fsync", seen)
    write_text(tmp_path / "one" / "two" / "file", "x")
    folders = [path for path in settled if path.is_dir()]
    assert folders == [tmp_path, tmp_path / "one", tmp_path / "one" / "two"]


def test_a_folder_may_appear_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, answers = tmp_path / "one", [False, True, True]
    there.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_dir", lambda _path: answers.pop(0))
        make_folder(there)
    assert answers == []
    (tmp_path / "taken").touch()
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "taken")


def test_what_a_crash_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    left = [".a.json.abcd_123", ".receipt-x.txt.00000000"]
    ours = ["a.json", ".a.json", ".hidden.json.long_name", ".a.json.ABCDEFGH", "a.json.abcd_123"]
    for name in (*left, *ours, ".young.json.abcdefgh"):
        (tmp_path / name).touch()
        if "young" not in name:
            os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".folder.json.abcdefgh").mkdir()
    os.utime(tmp_path / ".folder.json.abcdefgh", (0, 0))
    sweep(tmp_path)
    kept = {*ours, ".young.json.abcdefgh", ".folder.json.abcdefgh"}
    assert {path.name for path in tmp_path.iterdir()} == kept
    sweep(tmp_path / "missing")


def test_a_crash_leaves_what_is_swept(tmp_path: Path) -> None:
    """The name of the copy that a crash leaves is one that is swept."""
    code = (
        "import os, pathlib, sys\n"
        "from app.files.writing import write_text\n"
        "os.fsync = lambda _file: os._exit(9)\n"
        "write_text(pathlib.Path(sys.argv[1]), 'new')\n"
    )
    path = tmp_path / "20261129T052813230140Z-apply.json"
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=TOP, check=False)  # noqa: S603 - our own code
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_scanner_that_has_the_file_open_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where nobody else may rename a file that is open."""
    tries: list[int] = []
    waits: list[float] = []
    replace = Path.replace

    def scanned(self: Path, target: Path) -> Path:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError(13, "being used by another process")
        return replace(self, target)

    monkeypatch.setattr("app.files.writing.sys.platform", "win32")
    monkeypatch.setattr("time.sleep", waits.append)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", scanned)
        write_text(tmp_path / "a.json", "whole")
        assert (tmp_path / "a.json").read_text() == "whole"
        assert len(waits) == 2
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _kept_open)
        with pytest.raises(PermissionError):
            write_text(tmp_path / "a.json", "other")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["whole"]


def _kept_open(_self: Path, _target: Path) -> NoReturn:
    raise PermissionError(13, "being used by another process")
