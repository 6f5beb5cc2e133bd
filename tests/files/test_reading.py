"""Any file is read within bounds: no wait, no end of memory, and a reason where it can't be."""

import os
import socket
from pathlib import Path
from typing import Final

import pytest

from app.files.json_files import read_object
from app.files.reading import MEGABYTE, FileProblem, read_bytes, read_text

POSIX: Final = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def test_a_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes("Übersicht\r\n…\n".encode())
    assert read_text(path, 100) == read_text(str(path), 100, own=True) == "Übersicht\n…\n"
    assert read_bytes(path, 100) == path.read_bytes()


def test_what_is_larger_is_refused_and_what_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a" * MEGABYTE)
    assert read_text(path, MEGABYTE) == "a" * MEGABYTE
    assert read_text(path, MEGABYTE - 1) == FileProblem("it is larger than 0.999999 MB")
    assert read_bytes(path, 0) == FileProblem("it is larger than 0 MB")
    path.write_bytes(b"")
    assert read_bytes(path, 0) == b""


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert read_text(path, 10 * MEGABYTE) == FileProblem("it is larger than 10 MB")


def test_what_is_no_file(tmp_path: Path) -> None:
    missing = read_text(tmp_path / "missing", 9)
    assert isinstance(missing, FileProblem)
    assert missing.missing
    assert isinstance(read_text(tmp_path, 9), FileProblem)
    null = read_text("a\0b", 9)
    assert isinstance(null, FileProblem)
    assert "null" in null.reason
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert read_text(tmp_path / "binary", 9) == FileProblem("it is not text in UTF-8", no_text=True)


@POSIX
@pytest.mark.parametrize("own", [True, False])
def test_nothing_without_an_end_is_waited_for(tmp_path: Path, own: bool) -> None:
    os.mkfifo(tmp_path / "fifo")
    refused = FileProblem("it is a device or a pipe, not a file")
    assert read_text(tmp_path / "fifo", 9, own=own) == refused
    assert read_text("/dev/zero", 9, own=own) == refused
    assert read_text(tmp_path, 9, own=own) == FileProblem("it is a folder")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        assert isinstance(read_text(tmp_path / "s", 9, own=own), FileProblem)


@POSIX
def test_links_lead_on_but_in_our_own_folders(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    assert read_text(tmp_path / "link", 9) == "x"
    assert read_text(tmp_path / "link", 9, own=True) == FileProblem("it is a link")
    assert read_text(tmp_path / "endless", 9) == FileProblem("it is a device or a pipe, not a file")
    assert isinstance(read_text(tmp_path / "loop", 9), FileProblem)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", "[" * 100_000, '{"a": 1' + "0" * 5000 + "}", "\ufeff{}"]
)
def test_another_tool_s_odd_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "token.json"
    path.write_text(text, encoding="utf-8")
    assert read_object(path) == {}
    path.write_text('{"a": 1}', encoding="utf-8")
    assert read_object(path) == {"a": 1}
