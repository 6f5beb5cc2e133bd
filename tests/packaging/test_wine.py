"""Trying the Windows build under Wine: what is fetched, and what is said to be missing."""

from __future__ import annotations

import tomllib
from email import message_from_string
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

LOCK = """\
# made by a program
everywhere==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via something
linux-only==2.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
windows-only==3.0 ; sys_platform == 'win32' \\
    --hash=sha256:dd
of-an-old-python==4.0 ; python_full_version < '3.12' \\
    --hash=sha256:ee
of-a-new-python==4.1 ; python_full_version >= '3.12' \\
    --hash=sha256:ff
"""


@pytest.fixture
def try_out(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("wine.try_out")


def test_what_windows_needs_of_the_lock_file(load: Callable[[str], ModuleType]) -> None:
    assert load("wine.windows_python").for_windows(LOCK) == [
        "everywhere==1.0 --hash=sha256:aa --hash=sha256:bb",
        "windows-only==3.0 --hash=sha256:dd",
        "of-a-new-python==4.1 --hash=sha256:ff",
    ]


def test_the_real_lock_file_has_a_build_for_windows(
    root: Path, load: Callable[[str], ModuleType]
) -> None:
    windows_python = load("wine.windows_python")
    lines = windows_python.for_windows((root / windows_python.LOCK).read_text(encoding="utf-8"))
    packages = {line.partition("==")[0] for line in lines}
    assert {"pywin32-ctypes", "pyside6-essentials", "pyinstaller", "moto"} <= packages
    assert packages.isdisjoint({"secretstorage", "jeepney", "macholib"})
    assert all("--hash=" in line for line in lines)


def test_the_other_python_is_told_what_the_program_asks_for(
    root: Path, load: Callable[[str], ModuleType]
) -> None:
    """By the source: what is installed here may be of an earlier one."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = message_from_string(load("wine.windows_python").metadata_text(project))
    asked = [Requirement(line) for line in told.get_all("Requires-Dist") or ()]
    usual = {each.name for each in asked if each.marker is None}
    assert usual == {Requirement(line).name for line in project["dependencies"]}
    practice = {each.name for each in asked if each.marker and "practice" in str(each.marker)}
    assert practice == {
        Requirement(line).name for line in project["optional-dependencies"]["practice"]
    }


def test_what_is_missing_is_one_command(
    try_out: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert try_out.main(["--work", str(tmp_path / "work")]) == 2
    told = capsys.readouterr().err.strip()
    assert told.endswith("apt-get install wine nsis binutils-mingw-w64-x86-64")
    assert len(told.splitlines()) == 1
    assert not (tmp_path / "work").exists()


def test_a_path_as_wine_names_it(load: Callable[[str], ModuleType], tmp_path: Path) -> None:
    wine = load("wine.wine")
    assert wine.as_windows(tmp_path / "a").startswith("Z:\\")
    assert wine.Wine(["wine"], tmp_path).path_of("C:\\Größe\\x y") == (
        tmp_path / "drive_c" / "Größe" / "x y"
    )
