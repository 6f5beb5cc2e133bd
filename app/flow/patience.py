"""How long anybody waits for what is worked out; whatever takes longer ends in "unknown"."""

from time import monotonic
from typing import Final

from app.core.iam.work import MOST_STEPS, Work

PATIENCE: Final = 8.0
"""Seconds; to read the file before and to tell the report after takes the rest of ten."""


def patient_work() -> Work:
    """Return a share of work that ends when it has taken too many steps, or too long from now."""
    end = monotonic() + PATIENCE
    return Work(MOST_STEPS, lambda: monotonic() > end)
