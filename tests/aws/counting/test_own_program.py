"""How the program is started once more, to work for itself."""

import sys
from pathlib import Path

import pytest

import app.__main__
from app.aws.counting import worker
from app.aws.counting.own_program import COUNT, command_of


def test_from_source_it_is_python_with_the_package() -> None:
    assert command_of(COUNT) == [sys.executable, "-m", "app", COUNT]


@pytest.mark.parametrize("suffix", ["", ".exe"])
@pytest.mark.parametrize("started", ["ubiquity-s3-setup", "UbiQuity S3 Connection Setup"])
def test_frozen_it_is_the_program_with_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, started: str, suffix: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / f"{started}{suffix}"))
    assert command_of(COUNT) == [str(tmp_path / f"ubiquity-s3-setup{suffix}"), COUNT]


def test_so_started_it_counts_and_reads_no_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "work", lambda: 42)
    monkeypatch.setattr(sys, "argv", ["ubiquity-s3-setup", COUNT])
    assert app.__main__.main() == 42
