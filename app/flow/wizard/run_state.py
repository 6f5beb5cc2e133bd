"""A plan and what became of it, as the window shows it."""

from typing import TYPE_CHECKING

from app.core.change import Plan
from app.core.choices import Choices
from app.core.frozen import frozen, replace
from app.core.journal import RunKind, RunState
from app.flow.revoking import sought_after
from app.flow.run.progress import ROWS, UNDO_ROWS, ChangeProgress
from app.flow.wizard.ticks import shows_the_same

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.journal import Journal
    from app.flow.review import Review


@frozen
class Run:
    """A plan and what became of it.

    ``review`` holds the plan and what it was made from; None where the run was taken up from its
    journal. ``journal`` is there from the moment the first change is to be made.
    """

    review: "Review | None" = None
    journal: "Journal | None" = None
    progress: tuple[ChangeProgress, ...] = ()
    running: bool = False
    finished: bool = False
    stopped: bool = False
    undoing: bool = False
    undone: bool = False
    receipt_at: str | None = None
    """Where the receipt is kept on this computer."""
    receipt_refused: bool = False
    """Whether there is a receipt, and no place for it there."""

    @staticmethod
    def of_review(review: "Review") -> "Run":
        """Return a run of which nothing was begun; it has ended where nothing has to be done."""
        return Run(review, finished=not review.plan.changes)

    @staticmethod
    def of_journal(journal: "Journal") -> "Run":
        """Return a run as its journal has it."""
        going_back = journal.state in (RunState.UNDOING, RunState.UNDONE)
        looks = UNDO_ROWS if going_back else ROWS
        return Run(
            journal=journal,
            progress=tuple(ChangeProgress(s.change, looks[s.state]) for s in journal.steps),
            undoing=journal.state is RunState.UNDOING,
            finished=journal.state is RunState.FINISHED,
            undone=journal.state is RunState.UNDONE,
        )

    def planned_as(self, review: "Review") -> "Run":
        """Return the run with another plan, made from the same reading."""
        return replace(self, review=review, finished=not review.plan.changes)

    @property
    def plan(self) -> Plan:
        """What is to be changed, and what can't be."""
        if self.review is not None:
            return self.review.plan
        steps = self.journal.steps if self.journal else ()
        return Plan(tuple(step.change for step in steps))

    @property
    def choices(self) -> Choices:
        """What was chosen; the state's own may be newer for as long as is planned anew."""
        return self.review.choices if self.review else Choices()

    @property
    def lacking(self) -> tuple[str, ...] | None:
        """The actions that AWS says the sign-in may not do; None where that is not known."""
        return self.review.lacking if self.review else ()

    @property
    def refused(self) -> tuple[str, ...]:
        """The permissions for want of which AWS did not tell the sign-in something."""
        return self.review.refused if self.review else ()

    @property
    def sought(self) -> "Draft | None":
        """Revoking: the details that the account is read for once more, for the proof."""
        if self.review is not None and self.review.sought is not None:
            return self.review.sought
        return sought_after(self.journal) if self.journal else None

    @property
    def made_for(self) -> "Draft | None":
        """The details that it was planned for, or taken up with."""
        if self.review is not None:
            return self.review.purpose.draft
        return self.journal.draft if self.journal else None

    def stays_for(self, draft: "Draft | None") -> bool:
        """Whether it is what ``draft`` needs too; None while nobody knows what that will be.

        Only what is made stays: a plan may turn on anything that was read for the old details.
        """
        made_for = self.made_for
        if self.is_untouched or not self.is_complete or made_for is None:
            return False
        return draft is None or shows_the_same("create", made_for, draft)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of the plan was begun."""
        return self.journal is None and not self.progress

    @property
    def is_complete(self) -> bool:
        """Whether all that the plan can do is in AWS, or nothing had to be done."""
        return self.finished and not self.undone

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done with the run any more but to read the account anew.

        Nothing of it was begun, or all of it was taken back.
        """
        return self.is_untouched or self.undone

    @property
    def goes_back(self) -> bool:
        """Whether what was done is being taken back, or was."""
        return self.undoing or self.undone

    @property
    def kind(self) -> RunKind:
        """What the run is for."""
        if self.journal is not None:
            return self.journal.kind
        return self.review.purpose.kind if self.review else RunKind.APPLY
