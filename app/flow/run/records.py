"""What is kept of runs: the journals to go on or undo by, and the receipts for people."""

from dataclasses import dataclass
from typing import Protocol

from app.flow.ports.journals import Journals


class Receipts(Protocol):
    """Where receipts are kept."""

    def keep(self, name: str, text: str) -> str | None:
        """Keep the receipt ``text`` of the run ``name``; return where, or None if it is not."""


class NoReceipts:
    """Keeps none: the practice AWS ends with the program, and so does what was made in it."""

    def keep(self, name: str, text: str) -> str | None:
        """Return None."""
        del name, text
        return None


@dataclass(frozen=True, slots=True)
class Records:
    """Both places."""

    journals: Journals
    receipts: Receipts
