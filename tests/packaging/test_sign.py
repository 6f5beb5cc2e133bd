"""Signing Windows programs: refused in one sentence, and done by each system's tool."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from tests.packaging.conftest import Programs

posix_only = pytest.mark.skipif(os.name == "nt", reason="fake programs are shell scripts")

SETTINGS = {
    "UBIQUITY_SIGN_PFX": "/safe/certificate.pfx",
    "UBIQUITY_SIGN_PFX_PASSWORD_FILE": "/safe/password",
    "UBIQUITY_SIGN_TIMESTAMP_URL": "http://stamp.example",
}
COPYING = 'echo "$@" >>"$0.log"; while [ "$1" != -out ]; do shift; done; echo signed >"$2"'


@pytest.fixture
def sign(load: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    for name in (*SETTINGS, "UBIQUITY_SIGN_THUMBPRINT"):
        monkeypatch.delenv(name, raising=False)
    return load("windows.sign")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.exe"
    file.write_text("unsigned", encoding="ascii")
    return file


@posix_only
@pytest.mark.parametrize("missing", SETTINGS)
def test_what_is_not_set_is_named_and_nothing_is_signed(
    sign: ModuleType,
    program: Path,
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    programs("osslsigncode", COPYING)
    for name, setting in SETTINGS.items():
        if name != missing:
            monkeypatch.setenv(name, setting)
    assert sign.main([str(program)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"Nothing was signed: {missing} is not set.")
    assert len(told.splitlines()) == 1
    assert program.read_text(encoding="ascii") == "unsigned"
    monkeypatch.setenv(missing, SETTINGS[missing])
    assert sign.main([str(program)]) == 0
    assert program.read_text(encoding="ascii") == "signed\n"


@posix_only
def test_elsewhere_osslsigncode_signs(
    sign: ModuleType, program: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = programs("osslsigncode", COPYING)
    for name, setting in SETTINGS.items():
        monkeypatch.setenv(name, setting)
    assert sign.main([str(program)]) == 0
    command = tool.with_name("osslsigncode.log").read_text(encoding="utf-8")
    assert "-readpass /safe/password" in command  # the file's name, not what is in it
    assert "-ts http://stamp.example" in command
    assert "-h sha256" in command
    assert sorted(entry.name for entry in program.parent.glob("program.exe*")) == ["program.exe"]


@posix_only
def test_a_tool_that_fails_is_quoted_and_the_file_is_as_it_was(
    sign: ModuleType,
    program: Path,
    programs: Programs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    programs("osslsigncode", "echo 'the password is wrong' >&2; exit 1")
    for name, setting in SETTINGS.items():
        monkeypatch.setenv(name, setting)
    assert sign.main([str(program)]) == 1
    assert "osslsigncode failed: the password is wrong" in capsys.readouterr().err
    assert program.read_text(encoding="ascii") == "unsigned"
    programs("osslsigncode", COPYING)
    assert sign.main([str(program)]) == 0


def test_on_windows_signtool_signs_by_a_certificate_of_the_store(
    sign: ModuleType, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign.shutil, "which", lambda name: name)
    settings = {"UBIQUITY_SIGN_THUMBPRINT": "ab" * 20}
    command = sign.signtool(program, settings, "http://stamp.example")
    assert command[:3] == ["signtool", "sign", "/q"]
    assert " ".join(command).count("/fd SHA256 ") == 1
    assert "/tr http://stamp.example /td SHA256" in " ".join(command)
    assert "/tr" not in sign.signtool(program, settings, "none")
    with pytest.raises(sign.CannotSignError, match="UBIQUITY_SIGN_THUMBPRINT is not set"):
        sign.signtool(program, {}, "none")


def test_a_missing_file_and_a_missing_tool_are_named(
    sign: ModuleType, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(sign.CannotSignError, match="there is no file"):
        sign.sign(tmp_path / "nothing.exe", SETTINGS, windows=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sign.CannotSignError, match="osslsigncode is not on the path"):
        sign.sign(program, SETTINGS, windows=False)
