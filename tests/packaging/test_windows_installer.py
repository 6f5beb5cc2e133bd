"""The Windows installer: what it is told of a built folder, its words, and that NSIS takes it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from app.core.program_names import PRODUCT
from app.system.own_folders import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

LANGUAGES = ("ENGLISH", "GERMAN", "FRENCH", "JAPANESE", "ARABIC")


@pytest.fixture
def installer(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("windows.installer")


@pytest.fixture
def built(tmp_path: Path, installer: ModuleType) -> Path:
    """Return a folder as a build leaves it, with a file at some depth."""
    folder = tmp_path / "built"
    (folder / "_internal" / "deep").mkdir(parents=True)
    (folder / "_internal" / "deep" / "a library with a long name.dll").write_bytes(b"x" * 3000)
    for name in installer.CONTENTS - {"_internal"}:
        (folder / name).write_bytes(b"MZ")
    return folder


@pytest.mark.parametrize(
    ("version", "of_four"),
    [("1.2.3", "1.2.3.0"), ("0.1", "0.1.0.0"), ("1.2rc3", "1.2.0.0"), ("1.2.3.4.5", "1.2.3.4")],
)
def test_a_version_as_windows_has_them(installer: ModuleType, version: str, of_four: str) -> None:
    assert installer.of_four(version) == of_four


def test_what_the_installer_is_told(installer: ModuleType, built: Path, tmp_path: Path) -> None:
    told = installer.definitions(built, tmp_path / "setup.exe", "1.2.3")
    assert told["SIZE_KB"] == "2"
    longest = len("\\_internal.old\\deep\\a library with a long name.dll")
    assert told["LONGEST"] == str(longest)
    assert told["DRAFT_EXTENSION"].startswith(".")


def test_only_a_whole_build_becomes_an_installer(
    installer: ModuleType, built: Path, tmp_path: Path
) -> None:
    assert installer.why_not_installable(built) is None
    (built / "notes.txt").touch()  # the uninstaller would leave it
    assert "notes.txt" in installer.why_not_installable(built)
    (built / "notes.txt").unlink()
    program = built / "ubiquity-s3-setup.exe"
    program.rename(tmp_path / "aside.exe")
    assert "lacks ubiquity-s3-setup.exe" in installer.why_not_installable(built)
    (tmp_path / "aside.exe").rename(program)
    assert installer.why_not_installable(built) is None
    assert "is no built program" in installer.why_not_installable(tmp_path / "nowhere")


def test_without_nsis_one_sentence(
    installer: ModuleType,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    icon = tmp_path / "icon.ico"
    icon.touch()
    arguments = ["--folder", str(built), "--out", str(tmp_path), "--icon", str(icon)]
    assert installer.main(arguments) == 1
    assert capsys.readouterr().err.count("NSIS is missing") == 1


def test_every_language_has_all_words(root: Path) -> None:
    text = (root / "packaging" / "windows" / "strings.nsh").read_text(encoding="utf-8")
    spoken: dict[str, set[str]] = {}
    for language, name in re.findall(r"^!insertmacro Say ([A-Z]+) (\w+) \"..+\"$", text, re.M):
        spoken.setdefault(language, set()).add(name)
    spoken["SPANISH"] = set(re.findall(r"^!insertmacro SayInSpanish (\w+) \"..+\"$", text, re.M))
    script = (root / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\(([A-Z]\w+)\)", script))
    assert len(used) > 10
    assert spoken == dict.fromkeys((*LANGUAGES, "SPANISH"), used)


def test_the_details_that_it_may_delete_are_the_programs_own(root: Path) -> None:
    script = (root / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    assert f'!define PRODUCT "{PRODUCT}"' in script
    assert r'!define DETAILS "$LOCALAPPDATA\UbiQuity\${PRODUCT}"' in script
    assert data_folder().name == PRODUCT  # below the maker's folder, on Windows alone


def test_it_removes_what_a_build_has_and_no_more(root: Path, installer: ModuleType) -> None:
    script = (root / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    swept = set(re.findall(r'RMDir /r "([^"]+)"', script))
    assert swept == {
        *(rf"$INSTDIR\{name}" for name in ("_internal", "_internal.old", "${NAME}")),
        "${DETAILS}",
    }
    named = set(re.findall(r"\$INSTDIR\\([^\"\\,]+)", script)) - {"*.*", "Uninstall.exe"}
    variables = {"${WINDOW_PROGRAM}.exe", "${CONSOLE_PROGRAM}.exe", "_internal"}
    assert {name.removesuffix(".old") for name in named} - {
        "${NAME}",
        "${PROGRAM}.exe",
    } == variables
    assert len(installer.CONTENTS) == len(variables)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="needs nsis")
def test_nsis_takes_it_without_a_warning(
    installer: ModuleType, built: Path, tmp_path: Path
) -> None:
    icon = tmp_path / "icon.ico"
    # One picture of 1 by 1 pixel: two headers, its colour, its mask.
    header = b"\0\0\1\0\1\0\1\1\0\0\1\0\x20\0\x30\0\0\0\x16\0\0\0"
    picture = b"\x28\0\0\0\1\0\0\0\2\0\0\0\1\0\x20\0" + b"\0" * 24 + b"\xff" * 4 + b"\0" * 4
    icon.write_bytes(header + picture)
    made = installer.make(built, tmp_path / "out", icon, "1.2.3", sign=False, quick=True)
    assert made.name == "ubiquity-s3-setup-1.2.3-windows-x64.exe"
    # For 32 bits, or a Windows of that kind couldn't even say why not.
    program = made.read_bytes()
    header_at = int.from_bytes(program[0x3C:0x40], "little")
    assert program[header_at : header_at + 6] == b"PE\0\0\x4c\x01"
