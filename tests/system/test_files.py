"""Small files, written whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn

import pytest

from app.system.files import read_text, write_text

TOP: Final = Path(__file__).resolve().parents[2]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.json"
    write_text(path, "Übersicht\n…\r\n")
    assert path.read_bytes() == "Übersicht\n…\r\n".encode()
    write_text(path, "two")
    assert read_text(path) == "two"
    assert list(path.parent.iterdir()) == [path]


def test_half_a_character_is_escaped_as_json_does(tmp_path: Path) -> None:
    write_text(tmp_path / "x.json", '"\ud83d"')
    assert read_text(tmp_path / "x.json") == '"\\ud83d"'


def test_what_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    assert read_text(tmp_path / "missing") is None
    assert read_text(tmp_path) is None
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert read_text(tmp_path / "binary") is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OSError, match="taken"):
        write_text(tmp_path / "taken" / "file", "x")
    write_text(tmp_path / "free" / "file", "x")
    assert read_text(tmp_path / "free" / "file") == "x"


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
    assert read_text(path) == "old"
    assert list(tmp_path.iterdir()) == [path]
    write_text(path, "new")
    assert read_text(path) == "new"


def test_a_crash_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_text(path, "old")
    code = (
        "import os, pathlib, sys\n"
        "from app.system.files import write_text\n"
        "os.fsync = lambda _file: os._exit(9)\n"
        "write_text(pathlib.Path(sys.argv[1]), 'new' * 100_000)\n"
    )
    crashed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=TOP, check=False)  # noqa: S603 - our own code
    assert crashed.returncode == 9
    assert read_text(path) == "old"
