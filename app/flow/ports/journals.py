"""Where the journals of runs are kept, and who may change an account."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.core.formats.reading import InputProblem
    from app.core.journal import Journal


class Claim(Protocol):
    """The sole right to change one account from this computer; ends with the program at latest."""

    def take(self) -> str | None:
        """Take it; return the sentence where another program, or another window, has it."""

    def give_back(self) -> None:
        """Let others have it. Does nothing where it was not taken."""


class Journals(Protocol):
    """Where the journals of runs are kept; on disk, or for the practice AWS in memory.

    Each method may wait for the disk: ``app.flow.run.async_journals`` calls them in a thread.
    """

    def begin(self, journal: "Journal") -> "Journal":
        """Return a run that is about to begin with the next number; nothing is kept yet.

        Whoever calls this holds the claim to the account. A run that has a number keeps it.
        """

    def save(self, journal: "Journal") -> str | None:
        """Keep ``journal`` durably; return the sentence where that is not possible."""

    def find(self, journal_id: str) -> "Journal | None":
        """Return the journal as it was last saved; None where there is none that can be read."""

    def claim(self, account_id: str) -> Claim:
        """Return the claim, not yet taken, to change the account."""

    def unfinished(self, account_id: str | None = None) -> "Journal | None":
        """Return the latest journal that is open or being undone; of any account for None."""

    def last_to_undo(self, account_id: str) -> "Journal | None":
        """Return the latest run in the account that can be undone and was not."""

    def problems(self) -> tuple["InputProblem", ...]:
        """Return why each journal that can't be read can't, and what that means for undo."""
