"""The course of a run: from its beginning, or from where it stopped, to its end and receipt."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from app.core.journal import Journal, RunState, StepState
from app.core.wording.receipt import receipt_of, receipt_text
from app.flow.run.applier import Applier
from app.flow.run.records import Receipts


class Course(StrEnum):
    """What is done about a run."""

    MAKE = "make"
    """Begin it. An earlier run that was open is left as it stands."""
    GO_ON = "go-on"
    """Make what is not made yet."""
    UNDO = "undo"
    """Take back what was made, or go on with that."""


def onward(journal: Journal) -> Course:
    """Return how an unfinished run is gone on with: in the direction in which it went."""
    return Course.UNDO if journal.state is RunState.UNDOING else Course.GO_ON


@dataclass(frozen=True, slots=True)
class EndedRun:
    """How a run ended, and whether somebody ``stopped`` it.

    ``receipt_at`` is where its receipt is kept, None where it is not. ``undoing`` tells that it
    was to be taken back.
    """

    journal: Journal
    stopped: bool = False
    undoing: bool = False
    receipt_at: str | None = None

    @property
    def receipt_refused(self) -> bool:
        """Whether something was made, and no receipt of it could be kept."""
        return self.receipt_at is None and _was_begun(self.journal)

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.journal.state is (RunState.UNDONE if self.undoing else RunState.FINISHED)


async def carry_out(
    applier: Applier, journal: Journal, course: Course, receipts: Receipts
) -> EndedRun:
    """Work on the run until it ends, and keep the receipt of what was made of it so far."""
    match course:
        case Course.MAKE:
            journal = await applier.apply(journal)
        case Course.GO_ON:
            journal = await applier.go_on(journal)
        case Course.UNDO:
            journal = await applier.undo(journal)
    receipt_at = await _keep_receipt(journal, receipts)
    return EndedRun(journal, applier.stopped, course is Course.UNDO, receipt_at)


async def _keep_receipt(journal: Journal, receipts: Receipts) -> str | None:
    if not _was_begun(journal):
        return None
    return await asyncio.to_thread(receipts.keep, journal.id, receipt_text(receipt_of(journal)))


def _was_begun(journal: Journal) -> bool:
    return any(step.state is not StepState.WAITING for step in journal.steps)
