"""A sample of the kills; ``python -m tests.kills`` does two thousand."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

_SECONDS: Final = 240.0
"""How long a slow machine may take: the sample itself takes a few seconds."""


@pytest.mark.skipif(sys.platform == "win32", reason="forks its processes")
def test_no_kill_ends_wrongly() -> None:
    """In a process of its own: what forks may have no other thread."""
    command = [sys.executable, "-m", "tests.kills", "6", "--only", "2"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "0 wrong ends" in done.stdout
