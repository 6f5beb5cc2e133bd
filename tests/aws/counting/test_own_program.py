"""How the program is started once more, to work for itself."""

import sys

import pytest

import app.__main__
from app.aws.counting import worker
from app.aws.counting.own_program import COUNT


def test_so_started_it_counts_and_reads_no_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "work", lambda: 42)
    monkeypatch.setattr(sys, "argv", ["ubiquity-s3-setup", COUNT])
    assert app.__main__.main() == 42
