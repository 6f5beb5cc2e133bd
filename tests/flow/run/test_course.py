"""A run from its beginning, or from where it stopped, to its end and receipt."""

import asyncio

import pytest

from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, new_journal
from app.core.planning.plan import plan
from app.flow.run.applier import Applier
from app.flow.run.course import Course, EndedRun, carry_out, onward
from app.flow.run.memory_journals import MemoryJournals
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, untouched
from tests.helpers.fakes import REFUSED, FakeCustomer


class KeptReceipts:
    """Receipts on a pile."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def keep(self, name: str, text: str) -> str | None:
        assert text
        self.names.append(name)
        return f"pile/{name}"


class Desk:
    """An account in memory, its journals, and the receipts."""

    def __init__(self) -> None:
        self.aws = FakeCustomer(untouched(PLAIN))
        self.journals = MemoryJournals()
        self.receipts = KeptReceipts()

    def carry_out(self, journal: Journal, course: Course, *, stopped: bool = False) -> EndedRun:
        applier = Applier(self.aws, self.journals, lambda _rows: None, _no_sleep, lambda: MOMENT)
        if stopped:
            applier.stop()
        return asyncio.run(carry_out(applier, journal, course, self.receipts))


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


def _new() -> Journal:
    changes = plan(PLAIN, untouched(PLAIN)).changes
    return new_journal(kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=MOMENT)


def test_a_run_is_made_and_taken_back_with_a_receipt_of_each() -> None:
    desk = Desk()
    made = desk.carry_out(_new(), Course.MAKE)
    assert (made.is_settled, made.journal.state) == (True, RunState.FINISHED)
    undone = desk.carry_out(made.journal, Course.UNDO)
    assert (undone.is_settled, undone.journal.state) == (True, RunState.UNDONE)
    assert undone.receipt_at == made.receipt_at == f"pile/{made.journal.id}"
    assert desk.receipts.names == [made.journal.id] * 2


def test_what_failed_is_gone_on_with() -> None:
    desk = Desk()
    changes = plan(PLAIN, untouched(PLAIN)).changes
    desk.aws.failures = {changes[1].kind: [REFUSED]}
    failed = desk.carry_out(_new(), Course.MAKE)
    assert (failed.is_settled, failed.stopped) == (False, False)
    assert onward(failed.journal) is Course.GO_ON
    assert desk.carry_out(failed.journal, onward(failed.journal)).is_settled


def test_nothing_that_was_begun_leaves_no_receipt() -> None:
    desk = Desk()
    ended = desk.carry_out(_new(), Course.MAKE, stopped=True)
    assert (ended.is_settled, ended.stopped, ended.receipt_at) == (False, True, None)
    assert not ended.receipt_refused
    assert desk.receipts.names == []


def test_a_receipt_that_the_disk_refuses_is_told_and_the_run_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    monkeypatch.setattr(desk.receipts, "keep", lambda _name, _text: None)
    ended = desk.carry_out(_new(), Course.MAKE)
    assert (ended.is_settled, ended.receipt_at, ended.receipt_refused) == (True, None, True)


@pytest.mark.parametrize("undoing", [False, True])
def test_a_run_goes_on_in_its_own_direction(*, undoing: bool) -> None:
    journal = replace(_new(), state=RunState.UNDOING if undoing else RunState.OPEN)
    assert onward(journal) is (Course.UNDO if undoing else Course.GO_ON)
    assert not EndedRun(journal, undoing=undoing).is_settled
