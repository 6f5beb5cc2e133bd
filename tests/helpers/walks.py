"""One account in memory and one run in it, for walks over everything that may happen."""

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Self

from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.undo import inverse
from app.core.failure import AwsFailure
from app.core.journal import Journal, RunKind, RunState, Step, StepState, new_journal
from app.core.snapshot import Snapshot
from app.core.wording.failures import failure_words
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.progress import ChangeProgress
from tests.helpers.drafts import ACCOUNT, MOMENT
from tests.helpers.fakes import FakeCustomer
from tests.helpers.faults import Fault, Killed
from tests.helpers.journal_truth import lies_in
from tests.helpers.other_admins import Meddling

GO_ON: Final = "go on"
UNDO: Final = "undo"

_TO_THE_END: Final = 400
"""Calls: no run of these makes so many."""


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


def from_then_on(number: int, fault: Fault) -> dict[int, Fault]:
    """Return what happens where ``fault`` meets the call ``number`` and all after it."""
    return dict.fromkeys(range(number, _TO_THE_END), fault)


class Walk:
    """One account and one run in it, worked on by one applier after the other.

    After each the journal is asked whether it tells the truth, and the rows whether they tell why
    the run did not end; ``failures`` are those that the last one told.
    """

    runner: asyncio.Runner

    def __init__(self, start: Snapshot, changes: Iterable[Change]) -> None:
        self.aws = FakeCustomer(start)
        self.journals = MemoryJournals()
        self.failures: list[AwsFailure] = []
        self.journal: Journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT, changes=tuple(changes), now=MOMENT
        )

    def work(self, way: str, faults: dict[int, Fault] | None = None) -> Journal:
        """Start the program, go on or undo, and have ``faults`` from the next call on."""
        begun = len(self.aws.calls)
        self.aws.faults = {begun + number: fault for number, fault in (faults or {}).items()}
        rows: list[tuple[ChangeProgress, ...]] = []
        applier = Applier(
            self.aws, self.journals, rows.append, _no_sleep, lambda: datetime.now(UTC)
        )
        work = applier.undo if way == UNDO else applier.go_on
        killed = True
        with contextlib.suppress(Killed):
            self.runner.run(work(self.journal))
            killed = False
        self.journal = self.journals.find(self.journal.id) or self.journal
        self.failures = [row.failure for row in (rows[-1] if rows else ()) if row.failure]
        settled = (RunState.FINISHED, RunState.UNDONE, RunState.UNDOING)
        assert killed or self.failures or self.journal.state in settled, self.aws.calls
        assert all(failure_words(failure).lines for failure in self.failures)
        return self.journal

    def lies(self) -> list[str]:
        """Return what the journal says of the account that is not so."""
        self.aws.faults, self.aws.between = {}, {}
        return self.runner.run(lies_in(self.journal, self.aws))


class Ends:
    """What each way ends with where nothing goes wrong, and how many calls it takes."""

    def __init__(self, start: Snapshot, changes: tuple[Change, ...]) -> None:
        self._start, self._changes = start, changes
        self._undone: dict[int, Snapshot] = {0: start}
        walk = Walk(start, changes)
        assert walk.work(GO_ON).state is RunState.FINISHED, (walk.failures, walk.aws.calls)
        self.made, self.calls = walk.aws.snapshot, len(walk.aws.calls)
        assert walk.work(UNDO).state is RunState.UNDONE, (walk.failures, walk.aws.calls)
        self.undone, self.undo_calls = walk.aws.snapshot, len(walk.aws.calls) - self.calls
        self._undone[len(changes)] = self.undone

    def undone_from(self, made: int) -> Snapshot:
        """Return what undo leaves where the first ``made`` changes were made.

        It is the start but for what no undo brings back: policy versions that were deleted.
        """
        if made not in self._undone:
            self._undone[made] = Ends(self._start, self._changes[:made]).undone
        return self._undone[made]


def made_steps(journal: Journal) -> int:
    """Return how many steps were made, be they undone by now: always the first ones."""
    gone = (StepState.WAITING, StepState.NOT_DONE)
    return sum(step.state not in gone for step in journal.steps)


class Other:
    """The other administrator, in the middle of a walk.

    ``was_here``: they could do what they wanted; ``with_ours``: to a role that the run had made;
    ``next_call`` is the call of the run that came next.
    """

    def __init__(self, walk: Walk, meddling: Meddling) -> None:
        self.walk, self.meddling = walk, meddling
        self.was_here = self.with_ours = False
        self.next_call = ""
        self._steps: list[Step] = []

    def meddle(self) -> None:
        aws = self.walk.aws
        changes = self.meddling.changes(aws.snapshot)
        self.was_here = bool(changes)
        self.with_ours = MADE_BY_TAG in (aws.snapshot.role.tags or {})
        versions = {"version_before": aws.snapshot.customer_policy.version or ""}
        aws.others_do(changes)
        versions["version"] = aws.snapshot.customer_policy.version or ""
        self._steps = [Step(change, StepState.DONE, made=versions) for change in changes]

    def take_back(self) -> None:
        for step in self._steps:
            self.walk.aws.others_do(inverse(step))

    def stands(self) -> bool:
        """Tell whether what they did is there, or is to go with a role of ours."""
        if self.meddling.stands(self.walk.aws.snapshot):
            return True
        return self.meddling.goes_with_role and (self.with_ours or self._is_deleted())

    def _is_deleted(self) -> bool:
        """Tell whether the run has deleted the role, and not made it anew yet."""
        steps = self.walk.journal.steps
        deletions = (s for s in steps if s.change.kind is ChangeKind.DELETE_ROLE)
        return any(step.state in (StepState.DONE, StepState.UNDOING) for step in deletions)

    @property
    def came_too_late_to_be_seen(self) -> bool:
        """Whether a request for the same place followed at once."""
        return bool({str(kind) for kind in self.meddling.overwritten_by} & {self.next_call})

    @classmethod
    def met(cls, walk: Walk, meddling: Meddling, way: str, number: int) -> Self:
        """Work one way on the run, and meet the other administrator before the call ``number``."""
        other = cls(walk, meddling)
        place = len(walk.aws.calls) + number
        walk.aws.between = {place: other.meddle}
        walk.work(way)
        other.next_call = walk.aws.calls[place] if len(walk.aws.calls) > place else ""
        return other
