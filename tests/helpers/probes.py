"""Programs of the tests that look at this one from a process of their own, and tell in JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).parents[2]


def told_by(probe: str, folder: Path, more: Mapping[str, str]) -> dict[str, Any]:
    """Run the module ``probe`` in ``folder``, off-screen, and return what it tells.

    ``more`` is added to its environment.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        **more,
    }
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", probe],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told
