"""Making the changes of a reviewed plan, going on with them, and taking them back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.frozen import replace
from app.core.i18n import tr
from app.core.journal import RunState
from app.flow.run import async_journals
from app.flow.run.applier import Applier
from app.flow.run.course import Course, carry_out, onward
from app.flow.wizard.run_state import Run

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.core.journal import Journal
    from app.flow.run.course import EndedRun
    from app.flow.run.progress import ChangeProgress
    from app.flow.run.records import Records
    from app.flow.wizard.account_actions import AccountActions
    from app.flow.wizard.state import RunPlace, SetupState


class RunActions:
    """Runs one plan at a time; ``place`` is where the state tells of it."""

    def __init__(self, account: "AccountActions", records: "Records", place: "RunPlace") -> None:
        self._account = account
        self._records = records
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

    def take_up(self, journal: "Journal") -> None:
        """Put a journal that an earlier start left into the state."""
        self.put(Run.of_journal(journal))

    async def begin(self, journal: "Journal") -> None:
        """Make the changes of a new journal; one that was open before is left as it stands."""
        self.change(lambda run: replace(run, undoing=False, undone=False))
        await self._work(journal, Course.MAKE)

    async def go_on(self) -> None:
        """Go on with what was interrupted, in the direction in which it went."""
        journal = self.run.journal if self.run else None
        if journal is not None:
            await self._work(journal, onward(journal))

    async def undo(self) -> None:
        """Take back what was done."""
        journal = self.run.journal if self.run else None
        if journal is not None:
            await self._work(journal, Course.UNDO)

    async def leave(self) -> None:
        """Leave the run as it is, for good, and forget it here."""
        journal = self.run.journal if self.run else None
        if journal is not None:
            await async_journals.close(self._records.journals, journal)
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
        words = tr("Stopping once the present change has ended")
        self._account.store.change(lambda state: replace(state, busy=words))
        return True

    async def _work(self, journal: "Journal", course: Course) -> None:
        undoing = course is Course.UNDO
        self._answered(undoing=undoing)
        signed_in = await self._account.right_account(journal.account_id)
        if signed_in is None:
            return
        self.change(lambda run: replace(run, running=True, stopped=False, journal=journal))
        self._account.store.change(self._place.outdate)
        applier = self._applier = Applier(signed_in.aws, self._records.journals, self._tell_rows)
        try:
            words = tr("Taking the changes back") if undoing else tr("Making the changes")
            with self._account.doing(words):
                ended = await carry_out(applier, journal, course, self._records.receipts)
                await self._tell_end(ended)
        finally:
            self._applier = None
            self.change(lambda run: replace(run, running=False))
        self._tell_failure()

    def _answered(self, *, undoing: bool) -> None:
        """Take back the question that was answered with yes, at once with what follows from it."""

        def answered(state: "SetupState") -> "SetupState":
            run = self._place.run_in(state)
            if run is not None and undoing:
                state = self._place.put(state, replace(run, undoing=True))
            return replace(state, confirming=None)

        self._account.store.change(answered)

    def _tell_rows(self, rows: tuple["ChangeProgress", ...]) -> None:
        self.change(lambda run: replace(run, progress=rows))

    async def _tell_end(self, ended: "EndedRun") -> None:
        journal = ended.journal
        self.change(
            lambda run: replace(
                run,
                journal=journal,
                receipt_at=ended.receipt_at,
                receipt_refused=ended.receipt_refused,
                stopped=ended.stopped,
                finished=journal.state is RunState.FINISHED,
                undone=journal.state is RunState.UNDONE,
            )
        )
        undoable = await async_journals.last_to_undo(self._records.journals, journal.account_id)
        self._account.store.change(
            lambda state: replace(
                state, past=replace(state.past, undoable=undoable, interrupted=None)
            )
        )

    def _tell_failure(self) -> None:
        """Say what stopped the run; a sign-in that has run out is asked for anew, no more."""
        failure = self.failure
        if failure is None or failure.finding is None:
            return
        self._account.store.change(lambda state: replace(state, failure=failure))
        if failure.finding.startswith("signin."):
            self._account.store.change(lambda state: replace(state, signed_in=None))

    @property
    def failure(self) -> "AwsFailure | None":
        """Why the run stopped, where AWS or the network stopped it."""
        rows = self.run.progress if self.run else ()
        return next((row.failure for row in rows if row.failure is not None), None)
