"""Two programs at once on one account: the window and the command line, or two computers."""

import asyncio
import threading
from pathlib import Path
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.frozen import replace
from app.core.journal import NOT_KEPT, Journal, RunKind, RunState, StepState, new_journal
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot, State
from app.flow.ports.journals import Journals
from app.flow.run.applier import Applier
from app.flow.run.async_journals import close
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.progress import ChangeProgress
from app.system.journal_files import JournalFiles
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, MOMENT, ROLE_ARN, untouched, whole
from tests.helpers.fakes import REFUSED, FakeCustomer, Gate
from tests.helpers.runs import change

CHANGES: Final = plan(ENCRYPTED, untouched(ENCRYPTED)).changes


class Program:
    """One program: its own look at the journals, and what it tells."""

    def __init__(self, aws: FakeCustomer, journals: Journals) -> None:
        self.told: list[tuple[ChangeProgress, ...]] = []
        self.applier = Applier(aws, journals, self.told.append, self._no_sleep, lambda: MOMENT)

    async def _no_sleep(self, _seconds: float) -> None:
        """Wait for nothing."""

    @property
    def refusals(self) -> list[str]:
        failures = [row.failure for row in self.told[-1] if row.failure]
        assert all(failure.code == NOT_KEPT for failure in failures)
        return [failure.message for failure in failures]


def _journal(changes: tuple[Change, ...] = CHANGES) -> Journal:
    return new_journal(kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=MOMENT)


def _with_trust(snapshot: Snapshot, trust: object) -> Snapshot:
    return replace(snapshot, role=replace(snapshot.role, trust_policy=trust))


@pytest.mark.parametrize("way", ["apply", "go_on", "undo"])
def test_a_run_that_another_program_works_on_is_left_alone(way: str, tmp_path: Path) -> None:
    """The second may do nothing while the first works, and must know what it did afterwards."""

    async def scene() -> None:
        aws = FakeCustomer(untouched(ENCRYPTED))
        aws.gate = gate = Gate()
        first = Program(aws, JournalFiles(tmp_path))
        second = Program(aws, JournalFiles(tmp_path))
        running = asyncio.create_task(first.applier.apply(_journal()))
        await gate.arrival()
        (found,) = [JournalFiles(tmp_path).unfinished()]
        assert found is not None
        assert found.steps[0].state is StepState.STARTED
        calls = list(aws.calls)
        assert await getattr(second.applier, way)(found) == found
        assert aws.calls == calls
        (sentence,) = second.refusals
        assert f"changing account {ACCOUNT} already" in sentence
        gate.open()
        assert (await running).state is RunState.FINISHED
        # The second still has the journal as it was at its start.
        ended = await second.applier.go_on(found)
        assert ended == JournalFiles(tmp_path).find(found.id)
        assert [step.state for step in ended.steps] == [StepState.DONE] * 4
        assert len(second.told[-1]) == 4
        undone = await second.applier.undo(found)
        assert undone.state is RunState.UNDONE
        assert aws.snapshot == untouched(ENCRYPTED)

    asyncio.run(scene())


def test_another_account_is_nobodys_concern(tmp_path: Path) -> None:
    files = JournalFiles(tmp_path)
    other = files.claim("999999999999")
    assert other.take() is None
    program = Program(FakeCustomer(untouched(ENCRYPTED)), files)
    assert asyncio.run(program.applier.apply(_journal())).state is RunState.FINISHED
    other.give_back()


def test_two_computers_do_not_overwrite_one_another() -> None:
    """Both planned from the same account; what the first made, the second must not touch."""
    start = whole(ENCRYPTED)
    before, theirs = start.role.trust_policy, trust_policy("another-database-id-00")
    aws = FakeCustomer(start)
    mine: object = {"Version": "2012-10-17", "Statement": []}
    update = change(ChangeKind.UPDATE_TRUST_POLICY, ROLE_ARN, before, theirs)
    first, second = (Program(aws, MemoryJournals()) for _ in range(2))
    made = asyncio.run(first.applier.apply(_journal((update,))))
    assert made.state is RunState.FINISHED
    late = asyncio.run(second.applier.apply(_journal((replace(update, after=mine),))))
    assert late.state is RunState.OPEN
    (row,) = second.told[-1]
    assert row.failure is not None
    assert row.failure.finding == "change.conflict"
    assert aws.snapshot == _with_trust(start, theirs)
    assert asyncio.run(second.applier.undo(late)).state is RunState.UNDONE
    assert aws.snapshot == _with_trust(start, theirs)
    assert asyncio.run(first.applier.undo(made)).state is RunState.UNDONE
    assert aws.snapshot == start


def test_what_the_other_computer_created_is_not_deleted_by_an_undo() -> None:
    aws = FakeCustomer(untouched(ENCRYPTED))
    first, second = (Program(aws, MemoryJournals()) for _ in range(2))
    made = asyncio.run(first.applier.apply(_journal()))
    late = asyncio.run(second.applier.apply(_journal()))
    assert [step.state for step in late.steps] == [StepState.KEPT] * 4
    asyncio.run(second.applier.undo(late))
    assert aws.snapshot.role.state is State.FOUND
    assert plan(ENCRYPTED, aws.snapshot).changes == ()
    asyncio.run(first.applier.undo(made))
    assert aws.snapshot == untouched(ENCRYPTED)


def test_a_run_is_left_as_it_stands_by_now(tmp_path: Path) -> None:
    async def scene() -> None:
        aws, files = FakeCustomer(untouched(ENCRYPTED)), JournalFiles(tmp_path)
        stale = _journal()
        aws.failures[ChangeKind.CREATE_ROLE] = [REFUSED]
        await Program(aws, files).applier.apply(stale)
        rival = JournalFiles(tmp_path).claim(ACCOUNT)
        assert rival.take() is None
        assert ACCOUNT in (await close(files, stale) or "")
        rival.give_back()
        assert await close(files, stale) is None
        left = files.find(stale.id)
        assert left is not None
        assert (left.state, left.steps[0].state) == (RunState.CLOSED, StepState.DONE)
        # One that another program has ended is ended, and stays so.
        ended = await Program(aws, files).applier.go_on(left)
        assert await close(files, stale) is None
        assert files.find(stale.id) == ended
        assert ended.state is RunState.FINISHED

    asyncio.run(scene())


# A slow disk


class SlowDisk(MemoryJournals):
    """Keeps a journal only once the test lets it; ``threads`` are those that it was called in."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.may_write = threading.Event()
        self.threads: set[int] = set()

    def save(self, journal: Journal) -> str | None:
        self.threads.add(threading.get_ident())
        self.asked.set()
        assert self.may_write.wait(60)
        return super().save(journal)


def test_a_slow_disk_does_not_hold_the_window_up() -> None:
    async def scene() -> None:
        aws, disk = FakeCustomer(untouched(ENCRYPTED)), SlowDisk()
        running = asyncio.create_task(Program(aws, disk).applier.apply(_journal()))
        await asyncio.to_thread(disk.asked.wait, 60)
        # The event loop runs, and nothing is sent before the journal is on the disk.
        assert aws.applied == []
        disk.may_write.set()
        assert (await running).state is RunState.FINISHED
        assert threading.get_ident() not in disk.threads

    asyncio.run(scene())


def test_cancelled_while_the_disk_writes() -> None:
    async def scene() -> None:
        aws, disk = FakeCustomer(untouched(ENCRYPTED)), SlowDisk()
        running = asyncio.create_task(Program(aws, disk).applier.apply(_journal()))
        await asyncio.to_thread(disk.asked.wait, 60)
        for _ in range(2):  # closing the window cancels, and closing it again does too
            running.cancel()
            await asyncio.sleep(0)
            assert not running.done()
        disk.may_write.set()
        with pytest.raises(asyncio.CancelledError):
            await running
        kept = disk.find(_journal().id)
        assert kept is not None
        assert kept.steps[0].state is StepState.STARTED
        assert aws.applied == []
        ended = await Program(aws, disk).applier.go_on(kept)
        assert ended.state is RunState.FINISHED

    asyncio.run(scene())
