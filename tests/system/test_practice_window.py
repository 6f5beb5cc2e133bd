"""The practice AWS beside the window: this very program, where it can be."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from app.system.practice_window import practice_command, why_no_practice


def test_the_command_is_this_program() -> None:
    command = practice_command()
    assert command[-1] == "practice"
    helped = subprocess.run([*command, "--help"], capture_output=True, check=True, text=True)  # noqa: S603
    assert "--scenario" in helped.stdout


@pytest.mark.parametrize("suffix", ["", ".exe"])
@pytest.mark.parametrize("started", ["ubiquity-s3-setup", "UbiQuity S3 Connection Setup"])
def test_of_a_bundle_it_is_the_program_without_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, started: str, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"{started}{suffix}"))
    program = tmp_path / f"UbiQuity S3 Connection Setup{suffix}"
    assert practice_command() == (str(program), "practice")


def test_an_installation_without_practice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_no_practice() is None
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "practice" in (why_no_practice() or "")
