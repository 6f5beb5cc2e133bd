"""The moment that a build bears, so that two builds of one state are the same bytes."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT_HISTORY = 1_767_225_600
"""2026-01-01 (UTC), where the source came without its history: a moment as good as any other."""


def source_date(root: Path) -> int:
    """Return SOURCE_DATE_EPOCH, else when the clone's last commit was made; seconds since 1970."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return WITHOUT_HISTORY
    return int(told) if told.isdigit() else WITHOUT_HISTORY
