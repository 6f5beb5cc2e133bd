"""Journals kept in memory: for the practice AWS, which the next start finds as new."""

from app.core.changes.undo import latest_to_undo, latest_unfinished
from app.core.formats.reading import InputProblem
from app.core.journal import Journal, numbered


class NoRival:
    """Implements ``app.flow.ports.journals.Claim`` where no other program can be at work."""

    def take(self) -> str | None:
        """Take it; always possible."""
        return None

    def give_back(self) -> None:
        """Give nothing back."""


class MemoryJournals:
    """Implements ``app.flow.ports.journals.Journals`` for as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, Journal] = {}

    def begin(self, journal: Journal) -> Journal:
        """Return the run with the number after all that are kept."""
        if journal.number is not None:
            return journal
        last = max((kept.number or 0 for kept in self._kept.values()), default=0)
        return numbered(journal, last, self._kept)

    def save(self, journal: Journal) -> str | None:
        """Keep ``journal``; always possible."""
        self._kept[journal.id] = journal
        return None

    def find(self, journal_id: str) -> Journal | None:
        """Return the journal as it was last saved."""
        return self._kept.get(journal_id)

    def claim(self, account_id: str) -> NoRival:
        """Return the claim to an account that nobody else knows of."""
        del account_id
        return NoRival()

    def unfinished(self, account_id: str | None = None) -> Journal | None:
        """Return the latest run that was not ended."""
        return latest_unfinished(self._kept.values(), account_id)

    def last_to_undo(self, account_id: str) -> Journal | None:
        """Return the latest run in the account that can be undone and was not."""
        return latest_to_undo(self._kept.values(), account_id)

    def problems(self) -> tuple[InputProblem, ...]:
        """Return none: what is in memory can be read."""
        return ()
