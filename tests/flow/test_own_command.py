"""The program started once more: from source, and by each of a bundle's two programs."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.flow.own_command import console_command, start_folder, window_command


def test_from_source_it_is_python_with_the_package() -> None:
    command = console_command("practice", "--help")
    assert command == window_command("practice", "--help")
    assert command == (sys.executable, "-m", "app", "practice", "--help")
    helped = subprocess.run(  # noqa: S603
        command, cwd=start_folder(), capture_output=True, check=True, text=True
    )
    assert "--scenario" in helped.stdout


@pytest.mark.parametrize("suffix", ["", ".exe"])
@pytest.mark.parametrize("started", ["ubiquity-s3-setup", "UbiQuity S3 Connection Setup"])
def test_of_a_bundle_it_is_the_program_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, started: str, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"{started}{suffix}"))
    console, window = (
        str(tmp_path / f"{name}{suffix}")
        for name in ("ubiquity-s3-setup", "UbiQuity S3 Connection Setup")
    )
    assert console_command("--version") == (console, "--version")
    assert window_command("practice") == (window, "practice")
    assert window_command() == (window,)
    assert start_folder() is None
