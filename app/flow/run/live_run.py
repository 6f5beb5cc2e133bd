"""One run while it is worked on: its journal, kept at each step, and the rows that tell of it."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.journal import NOT_KEPT, Journal, RunState, Step, StepState
from app.flow.ports.journals import Journals
from app.flow.run import async_journals
from app.flow.run.progress import ChangeProgress, ChangeState


class LiveRun:
    """The journal and the rows of one run. Nothing goes on once the journal could not be kept."""

    def __init__(
        self,
        journal: Journal,
        journals: Journals,
        rows: Mapping[StepState, ChangeState],
        on_progress: Callable[[tuple[ChangeProgress, ...]], None],
        now: Callable[[], datetime],
    ) -> None:
        self.journal = journal
        self.halted = False
        """Whether something failed, so that nothing more may be begun."""
        self._journals = journals
        self._on_progress = on_progress
        self._now = now
        self._rows = [ChangeProgress(step.change, rows[step.state]) for step in journal.steps]

    def step(self, index: int) -> Step:
        """Return the step as it is by now."""
        return self.journal.steps[index]

    def age(self, index: int) -> float:
        """Return how many seconds ago the step's state was last kept; endless where never."""
        at = self.step(index).at
        return float("inf") if at is None else (self._now() - at).total_seconds()

    async def keep(
        self, index: int, step: Step, state: RunState | None = None
    ) -> AwsFailure | None:
        """Put ``step`` into the journal, and the run into ``state``; return why it can't be kept.

        Whatever has to be known after a crash is on disk when this returns None.
        """
        steps = list(self.journal.steps)
        steps[index] = replace(step, at=self._now())
        run = replace(self.journal, steps=tuple(steps), state=state or self.journal.state)
        return await self._save(run)

    async def end(self, state: RunState, settled: Collection[StepState]) -> Journal:
        """Journal the end, where every step is settled; return the run."""
        if not self.halted and all(step.state in settled for step in self.journal.steps):
            failure = await self._save(replace(self.journal, state=state))
            if failure is not None and self._rows:
                last = self._rows[-1]
                self.show(len(self._rows) - 1, last.state, failure)
        return self.journal

    async def _save(self, journal: Journal) -> AwsFailure | None:
        self.journal = journal
        sentence = await async_journals.save(self._journals, journal)
        if sentence is None:
            return None
        self.halted = True
        return AwsFailure("journal", NOT_KEPT, sentence)

    def refuse(self, sentence: str) -> Journal:
        """Tell at the first row that is not settled why nothing is begun; return the run."""
        settled = (StepState.DONE, StepState.KEPT, StepState.UNDONE)
        open_ones = (n for n, s in enumerate(self.journal.steps) if s.state not in settled)
        if self._rows:
            self.fail(next(open_ones, 0), AwsFailure("journal", NOT_KEPT, sentence))
        return self.journal

    def tell(self) -> None:
        """Tell how far every step is."""
        self._on_progress(tuple(self._rows))

    def fail(self, index: int, failure: AwsFailure) -> None:
        """Tell why the step failed; nothing more is begun."""
        self.halted = True
        self.show(index, ChangeState.FAILED, failure)

    def show(
        self,
        index: int,
        state: ChangeState,
        failure: AwsFailure | None = None,
        seconds: float = 0.0,
    ) -> None:
        """Tell how far the step is."""
        self._rows[index] = ChangeProgress(self.step(index).change, state, failure, seconds)
        self.tell()
