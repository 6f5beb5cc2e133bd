"""The practice AWS beside the window: this very program, where it can be."""

import importlib.util
import subprocess
import sys

import pytest

from app.system.practice_window import practice_command, why_no_practice


def test_the_command_is_this_program() -> None:
    command = practice_command()
    assert command[-1] == "practice"
    helped = subprocess.run([*command, "--help"], capture_output=True, check=True, text=True)  # noqa: S603
    assert "--scenario" in helped.stdout


def test_a_bundled_program_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert practice_command() == (sys.executable, "practice")


def test_an_installation_without_practice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_no_practice() is None
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "practice" in (why_no_practice() or "")
