"""Making the changes of a run, going on with it, and taking it back, with a journal of it all.

Each step is journalled before its request goes out and after AWS confirmed it. So whatever
happens, the journal tells what was done, or may have been, and AWS is asked about the latter.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from app.core.change import Change
from app.core.changes.kinds import rules_of
from app.core.changes.undo import deleted_before, inverse
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.journal import Journal, RunState, StepState
from app.flow.clocks import Sleep
from app.flow.ports.aws import CustomerAws, Present
from app.flow.ports.journals import Journals
from app.flow.run.async_journals import as_begun, as_saved, claimed, leave_earlier
from app.flow.run.live_run import LiveRun
from app.flow.run.one_change import Begin, ChangeOutcome, ChangeTask, End, Maker
from app.flow.run.patience import Patience, WaitReason
from app.flow.run.progress import ROWS, UNDO_ROWS, ChangeProgress, ChangeState
from app.flow.run.step_notes import begun, note

_IN_EFFECT: Final = (StepState.DONE, StepState.UNDOING)
_MAY_BE: Final = (StepState.STARTED, *_IN_EFFECT)

_STILL_ON_ITS_WAY: Final = 60.0
"""Seconds after which a request that was begun is no longer waited for: the program's own
patience with an answer is half of that."""

_HALF_WAY: Final = "half_way"
"""Noted in ``Step.made`` where only the first of a step's two requests took effect."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


RunWork = Callable[[LiveRun], Awaitable[Journal]]
OpenJournal = Callable[[Journals, Journal], Awaitable[Journal]]
Rows = Mapping[StepState, ChangeState]


class Applier:
    """Works on one run at a time, while nothing else on this computer changes the same account.

    ``on_progress`` gets all rows after every step. ``stop`` lets the request that is under way
    finish and sends no other: what was sent can't be called back. A cancelled task leaves the
    journal as true as a killed program does.
    """

    def __init__(
        self,
        aws: CustomerAws,
        journals: Journals,
        on_progress: Callable[[tuple[ChangeProgress, ...]], None],
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._journals = journals
        self._on_progress = on_progress
        self._now = now
        self._patience = Patience(sleep)
        self._maker = Maker(aws, self._patience)

    def stop(self) -> None:
        """Send no further request."""
        self._patience.stopping = True

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._patience.stopping

    async def apply(self, journal: Journal) -> Journal:
        """Make the changes of ``journal`` in their order; return it as it ended.

        After a failure no change is begun, and the run stays open. An earlier run that was open
        is left as it stands.
        """

        async def work(run: LiveRun) -> Journal:
            await leave_earlier(self._journals, run.journal)
            return await self._forwards(run)

        return await self._claimed(journal, ROWS, work, as_begun)

    async def go_on(self, journal: Journal) -> Journal:
        """Find out what became of what was begun, then make what is not made yet.

        A run that is being undone, or is undone, is returned as it is.
        """
        return await self._claimed(journal, ROWS, self._forwards)

    async def undo(self, journal: Journal) -> Journal:
        """Take back what was made, the last first; return the journal as it ended.

        Each thing must be as the run left it, else nothing more is taken back. What is not
        certain to be ours, and what can't be taken back, stays as it is.
        """
        return await self._claimed(journal, UNDO_ROWS, self._backwards)

    async def _claimed(
        self, journal: Journal, rows: Rows, work: RunWork, opened: OpenJournal = as_saved
    ) -> Journal:
        """Do ``work`` on the run as ``opened`` has it by now, and nobody else meanwhile."""

        def live(journal: Journal) -> LiveRun:
            return LiveRun(journal, self._journals, rows, self._on_progress, self._now)

        async with claimed(self._journals, journal.account_id) as rival:
            if rival is not None:
                return live(journal).refuse(rival)
            run = live(await opened(self._journals, journal))
            if run.journal.steps != journal.steps:
                run.tell()
            return await work(run)

    # Forwards

    async def _forwards(self, run: LiveRun) -> Journal:
        if run.journal.state in (RunState.UNDOING, RunState.UNDONE):
            return run.journal
        for index, step in enumerate(run.journal.steps):
            if step.state in (StepState.DONE, StepState.KEPT):
                continue
            if run.halted or self.stopped:
                run.show(index, ChangeState.NOT_DONE)
            else:
                await self._make(run, index)
        return await run.end(RunState.FINISHED, (StepState.DONE, StepState.KEPT))

    async def _make(self, run: LiveRun, index: int) -> None:
        run.show(index, ChangeState.RUNNING)
        if rules_of(run.step(index).change).names_the_role:
            await self._until_usable(run, index)

        sent_at: datetime | None = None

        async def begin(present: Present) -> Change | AwsFailure:
            # Sent again it stays to the letter as it was: the first may be on its way yet.
            nonlocal sent_at
            sent_at = sent_at or present.at or self._now()
            step = begun(run.step(index), present, sent_at)
            return await run.keep(index, step, RunState.OPEN) or step.change

        step = run.step(index)
        task = self._task(run, index, step.change, begin, sent=step.state is StepState.STARTED)
        await note(run, index, await self._maker.make(task))

    async def _until_usable(self, run: LiveRun, index: int) -> None:
        """Wait until what the run made before can be read: a key policy may name the role."""
        for number in range(index):
            step = run.step(number)
            if step.state is StepState.DONE and rules_of(step.change).awaited:
                task = self._task(run, index, step.change, _nothing, sent=True)
                await self._maker.look(replace(task, recent=True), sent=True)

    # Backwards

    async def _backwards(self, run: LiveRun) -> Journal:
        for index in reversed(range(len(run.journal.steps))):
            if run.step(index).state is StepState.STARTED and not (run.halted or self.stopped):
                await self._settle(run, index)
            if run.step(index).state in _IN_EFFECT and not (run.halted or self.stopped):
                await self._take_back(run, index)
        settled = [state for state in StepState if state not in _MAY_BE]
        return await run.end(RunState.UNDONE, settled)

    async def _settle(self, run: LiveRun, index: int) -> None:
        """Find out whether a step that was begun took effect."""
        step = run.step(index)
        run.show(index, ChangeState.RUNNING)
        task = self._task(run, index, step.change, _nothing, sent=True)
        standing = await self._maker.look(task, sent=True)
        if isinstance(standing, ChangeOutcome):
            await note(run, index, standing)
        elif task.is_ready(standing):
            await run.keep(index, replace(step, state=StepState.NOT_DONE))
            run.show(index, ChangeState.NOT_DONE)
        else:
            facts = {**step.made, _HALF_WAY: "yes"}
            await run.keep(index, replace(step, state=StepState.DONE, made=facts))

    async def _take_back(self, run: LiveRun, index: int) -> None:
        changes = inverse(run.step(index), deleted_before(run.journal, index))
        if not changes:
            await run.keep(index, replace(run.step(index), state=StepState.KEPT))
            return
        run.show(index, ChangeState.RUNNING)
        sent = run.step(index).state is StepState.UNDOING
        for number in range(run.step(index).undone, len(changes)):
            if not await self._made_inverse(run, index, changes[number], sent=sent):
                return
            sent = False
        failure = await run.keep(index, replace(run.step(index), state=StepState.UNDONE))
        run.show(index, ChangeState.UNDONE, failure)

    async def _made_inverse(self, run: LiveRun, index: int, change: Change, *, sent: bool) -> bool:
        async def begin(_present: Present) -> Change | AwsFailure:
            step = replace(run.step(index), state=StepState.UNDOING)
            return await run.keep(index, step, RunState.UNDOING) or change

        facts = run.step(index).made
        task = replace(
            self._task(run, index, change, begin, sent=sent),
            tagged=facts.get("tagged") == "yes",
            half_way=facts.get(_HALF_WAY) == "yes",
        )
        outcome = await self._maker.make(task)
        failure = outcome.failure
        if outcome.end in (End.MADE, End.THERE):
            step = run.step(index)
            undone = replace(step, state=StepState.UNDOING, undone=step.undone + 1)
            failure = await run.keep(index, undone, RunState.UNDOING)
            if failure is None:
                return True
        if failure is None:
            run.show(index, ChangeState.DONE)
        else:
            run.fail(index, failure)
        return False

    def _task(
        self,
        run: LiveRun,
        index: int,
        change: Change,
        begin: Begin,
        *,
        sent: bool,
    ) -> ChangeTask:
        self._patience.begin()

        def waiting(reason: WaitReason | None, failure: AwsFailure | None) -> None:
            slowed = reason is WaitReason.SLOWED
            state = ChangeState.SLOWED if slowed else ChangeState.SPREADING
            run.show(index, state, failure, self._patience.seconds)

        recent = run.age(index) < _STILL_ON_ITS_WAY
        gone = deleted_before(run.journal, index)
        return ChangeTask(change, sent, begin, waiting, recent=recent, gone=gone)


async def _nothing(_present: Present) -> Change | AwsFailure:
    """Begin nothing: what is there is only looked at."""
    raise AssertionError("What is only looked at is never sent.")
