"""Every call of apply, undo and revoke, times everything that may happen to it.

Whatever happens, going on ends with all changes made, and undo with the account as it was: to
the letter. "Killed" is a new start that knows nothing but the journal as it was last saved.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.change import Change, ChangeKind
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, StepState, new_journal
from app.core.snapshot import BucketFacts, RoleFacts, Snapshot
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from tests.helpers.drafts import ACCOUNT, MOMENT
from tests.helpers.fakes import FakeCustomer
from tests.helpers.faults import Fault, Killed
from tests.helpers.runs import STARTS

GO_ON: Final = "go on"
UNDO: Final = "undo"


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


@pytest.fixture(scope="module", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    """Run all of it in one event loop: making one takes longer than a walk in it."""
    with asyncio.Runner() as runner:
        Walk.runner = runner
        yield runner


class Walk:
    """One account and one run in it, worked on by one applier after the other."""

    runner: asyncio.Runner

    def __init__(self, start: Snapshot, changes: Iterable[Change]) -> None:
        self.aws = FakeCustomer(start)
        self.journals = MemoryJournals()
        self.journal: Journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT, changes=tuple(changes), now=MOMENT
        )

    def work(self, way: str, faults: dict[int, Fault] | None = None) -> Journal:
        """Start the program, go on or undo, and have ``faults`` from the next call on."""
        begun = len(self.aws.calls)
        self.aws.faults = {begun + number: fault for number, fault in (faults or {}).items()}
        applier = Applier(
            self.aws, self.journals, lambda _rows: None, _no_sleep, lambda: datetime.now(UTC)
        )
        work = applier.undo if way == UNDO else applier.go_on
        with contextlib.suppress(Killed):
            self.runner.run(work(self.journal))
        self.journal = self.journals.find(self.journal.id) or self.journal
        return self.journal


class Ends:
    """What each way ends with where nothing goes wrong, and how many calls it takes."""

    def __init__(self, start: Snapshot, changes: tuple[Change, ...]) -> None:
        self._start, self._changes = start, changes
        self._undone: dict[int, Snapshot] = {0: start}
        walk = Walk(start, changes)
        assert walk.work(GO_ON).state is RunState.FINISHED
        self.made, self.calls = walk.aws.snapshot, len(walk.aws.calls)
        assert walk.work(UNDO).state is RunState.UNDONE
        self.undone, self.undo_calls = walk.aws.snapshot, len(walk.aws.calls) - self.calls
        self._undone[len(changes)] = self.undone

    def undone_from(self, made: int) -> Snapshot:
        """Return what undo leaves where the first ``made`` changes were made.

        It is the start but for what no undo brings back: policy versions that were deleted.
        """
        if made not in self._undone:
            self._undone[made] = Ends(self._start, self._changes[:made]).undone
        return self._undone[made]


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("ways", [(GO_ON,), (UNDO,), (GO_ON, UNDO)], ids=" then ".join)
def test_whatever_happens_to_a_call_of_apply(
    name: str, fault: Fault, ways: tuple[str, ...]
) -> None:
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    for number in range(ends.calls):
        walk = Walk(start, changes)
        walk.work(GO_ON, {number: fault})
        for way in ways:
            journal = walk.work(way)
            wanted = RunState.UNDONE if way == UNDO else RunState.FINISHED
            assert journal.state is wanted, walk.aws.calls
            end = ends.undone_from(_made(journal)) if way == UNDO else ends.made
            assert walk.aws.snapshot == end, walk.aws.calls


def _made(journal: Journal) -> int:
    """Return how many steps were made, be they undone by now: always the first ones."""
    gone = (StepState.WAITING, StepState.NOT_DONE)
    return sum(step.state not in gone for step in journal.steps)


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_whatever_happens_to_a_call_of_undo(name: str, fault: Fault) -> None:
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    for number in range(ends.undo_calls):
        walk = Walk(start, changes)
        walk.work(GO_ON)
        walk.work(UNDO, {number: fault})
        assert walk.work(UNDO).state is RunState.UNDONE
        assert walk.aws.snapshot == ends.undone, walk.aws.calls


@pytest.mark.parametrize("name", STARTS)
def test_undo_puts_everything_back(name: str) -> None:
    start, changes = STARTS[name]()
    undone = Ends(start, changes).undone
    assert _but_for_numbers(undone) == _but_for_numbers(start)
    assert _but_for_grants(undone) == _but_for_grants(start)
    policy, before = undone.customer_policy, start.customer_policy
    assert (policy.state, policy.document) == (before.state, before.document)
    assert policy.tags == before.tags
    if ChangeKind.DELETE_POLICY not in {change.kind for change in changes}:
        assert policy.version == before.version  # one that is made anew begins with v1


def _but_for_grants(snapshot: Snapshot) -> list[BucketFacts]:
    """Return the buckets without the grants of their keys: one that is revoked is gone."""
    keys = ((bucket, bucket.kms_key) for bucket in snapshot.buckets)
    return [
        replace(bucket, kms_key=replace(key, grants=None)) if key else bucket
        for bucket, key in keys
    ]


def _but_for_numbers(snapshot: Snapshot) -> RoleFacts:
    """Return the role without the numbers of its policies' versions."""
    attached = tuple(replace(p, version=None) for p in snapshot.role.attached_policies)
    return replace(snapshot.role, attached_policies=attached)


_FAULTS: Final = st.dictionaries(st.integers(0, 40), st.sampled_from(list(Fault)), max_size=6)


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(STARTS)),
    disasters=st.lists(st.tuples(st.sampled_from([GO_ON, UNDO]), _FAULTS), max_size=4),
    last=st.sampled_from([GO_ON, UNDO]),
)
def test_one_disaster_after_another(
    name: str, disasters: list[tuple[str, dict[int, Fault]]], last: str
) -> None:
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    walk = Walk(start, changes)
    for way, faults in disasters:
        walk.work(way, faults)
    undoing = walk.journal.state in (RunState.UNDOING, RunState.UNDONE)
    journal = walk.work(UNDO if undoing else last)
    if undoing or last == UNDO:
        assert journal.state is RunState.UNDONE
        assert walk.aws.snapshot == ends.undone_from(_made(journal))
    else:
        assert journal.state is RunState.FINISHED
        assert walk.aws.snapshot == ends.made


def test_the_walk_walks() -> None:
    """The starts between them have every kind of change that a run can hold."""
    kinds: Callable[[str], set[ChangeKind]] = lambda name: {c.kind for c in STARTS[name]()[1]}  # noqa: E731
    everything = set().union(*map(kinds, STARTS))
    assert everything == set(ChangeKind) - {ChangeKind.SET_DEFAULT_POLICY_VERSION}
