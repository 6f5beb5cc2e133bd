"""Making the changes of a reviewed plan, going on with them, and taking them back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.core.change import Plan
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.journal import Journal, RunState, StepState
from app.core.wording.receipt import receipt_of, receipt_text
from app.flow.run import async_journals
from app.flow.run.applier import Applier
from app.flow.run.progress import ROWS, UNDO_ROWS, ChangeProgress
from app.flow.run.records import Records
from app.flow.wizard.account_actions import AccountActions
from app.flow.wizard.state import Run, RunPlace


class RunActions:
    """Runs one plan at a time; ``place`` is where the state tells of it."""

    def __init__(self, account: AccountActions, records: Records, place: RunPlace) -> None:
        self._account = account
        self._journals = records.journals
        self._receipts = records.receipts
        self._place = place
        self._applier: Applier | None = None

    @property
    def run(self) -> Run | None:
        """The run as the state has it."""
        return self._place.run_in(self._account.state)

    def put(self, run: Run | None) -> None:
        """Put a run into the state in place of the one there, or leave none."""
        self._account.store.change(lambda state: self._place.put(state, run))

    def change(self, changed: Callable[[Run], Run]) -> None:
        """Put what ``changed`` makes of the run in its place, where there is one."""
        run = self.run
        if run is not None:
            self.put(changed(run))

    def take_up(self, journal: Journal) -> None:
        """Put a journal that an earlier start left into the state."""
        self.put(run_of(journal))

    async def begin(self, journal: Journal) -> None:
        """Make the changes of a new journal; one that was open before is left as it stands."""
        self.change(lambda run: replace(run, undoing=False, undone=False))
        await self._work(journal, tr("Making the changes"), lambda a, j: a.apply(j))

    async def go_on(self) -> None:
        """Go on with what was interrupted, in the direction in which it went."""
        journal = self.run.journal if self.run else None
        if journal is None:
            return
        if journal.state is RunState.UNDOING:
            await self.undo()
        else:
            await self._work(journal, tr("Making the changes"), lambda a, j: a.go_on(j))

    async def undo(self) -> None:
        """Take back what was done."""
        journal = self.run.journal if self.run else None
        if journal is not None:
            self.change(lambda run: replace(run, undoing=True))
            await self._work(journal, tr("Taking the changes back"), lambda a, j: a.undo(j))

    async def leave(self) -> None:
        """Leave the run as it is, for good, and forget it here."""
        journal = self.run.journal if self.run else None
        if journal is not None:
            await async_journals.close(self._journals, journal)
            self._account.store.change(
                lambda state: replace(self._place.put(state, None), failure=None)
            )

    @property
    def is_working(self) -> bool:
        """Whether changes are being made right now."""
        return self._applier is not None

    def stop(self) -> bool:
        """Let the change that is under way finish, and start no other; False if none runs."""
        if self._applier is None:
            return False
        self._applier.stop()
        words = tr("Stopping, once the present change has ended")
        self._account.store.change(lambda state: replace(state, busy=words))
        return True

    async def _work(
        self,
        journal: Journal,
        words: str,
        work: Callable[[Applier, Journal], Awaitable[Journal]],
    ) -> None:
        signed_in = await self._account.right_account(journal.account_id)
        if signed_in is None:
            return
        begun = journal
        self.change(lambda run: replace(run, running=True, stopped=False, journal=begun))
        applier = self._applier = Applier(signed_in.aws, self._journals, self._tell_rows)
        try:
            with self._account.doing(words):
                journal = await work(applier, journal)
                await self._tell_end(journal, stopped=applier.stopped)
        finally:
            self._applier = None
            self.change(lambda run: replace(run, running=False))
        self._tell_failure()

    def _tell_rows(self, rows: tuple[ChangeProgress, ...]) -> None:
        self.change(lambda run: replace(run, progress=rows))

    async def _tell_end(self, journal: Journal, *, stopped: bool) -> None:
        receipt_at = await self._keep_receipt(journal)
        self.change(
            lambda run: replace(
                run,
                journal=journal,
                receipt_at=receipt_at,
                stopped=stopped,
                finished=journal.state is RunState.FINISHED,
                undone=journal.state is RunState.UNDONE,
            )
        )
        undoable = await async_journals.last_to_undo(self._journals, journal.account_id)
        self._account.store.change(
            lambda state: replace(
                state, past=replace(state.past, undoable=undoable, interrupted=None)
            )
        )

    async def _keep_receipt(self, journal: Journal) -> str | None:
        """Keep the receipt of what was made so far; return where it is."""
        if not any(step.state is not StepState.WAITING for step in journal.steps):
            return None
        text = receipt_text(receipt_of(journal))
        return await asyncio.to_thread(self._receipts.keep, journal.id, text)

    def _tell_failure(self) -> None:
        """Say what stopped the run; a sign-in that has run out is asked for anew, no more."""
        failure = self.failure
        if failure is None or failure.finding is None:
            return
        self._account.store.change(lambda state: replace(state, failure=failure))
        if failure.finding.startswith("signin."):
            self._account.store.change(lambda state: replace(state, signed_in=None))

    @property
    def failure(self) -> AwsFailure | None:
        """Why the run stopped, where AWS or the network stopped it."""
        rows = self.run.progress if self.run else ()
        return next((row.failure for row in rows if row.failure is not None), None)


def run_of(journal: Journal) -> Run:
    """Return a run as its journal has it."""
    changes = tuple(step.change for step in journal.steps)
    going_back = journal.state in (RunState.UNDOING, RunState.UNDONE)
    looks = UNDO_ROWS if going_back else ROWS
    rows = tuple(ChangeProgress(step.change, looks[step.state]) for step in journal.steps)
    return Run(
        Plan(changes),
        progress=rows,
        journal=journal,
        undoing=journal.state is RunState.UNDOING,
        finished=journal.state is RunState.FINISHED,
        undone=journal.state is RunState.UNDONE,
    )
