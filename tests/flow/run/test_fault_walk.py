"""Every call of apply, undo and revoke, times everything that may happen to it.

Whatever happens, going on ends with all changes made, and undo with the account as it was: to
the letter. "Killed" is a new start that knows nothing but the journal as it was last saved.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.change import ChangeKind
from app.core.frozen import replace
from app.core.journal import RunState
from app.core.snapshot import BucketFacts, RoleFacts, Snapshot
from tests.helpers.faults import Fault
from tests.helpers.runs import STARTS
from tests.helpers.walks import GO_ON, UNDO, Ends, Walk, from_then_on, made_steps


@pytest.fixture(scope="module", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    """Run all of it in one event loop: making one takes longer than a walk in it."""
    with asyncio.Runner() as runner:
        Walk.runner = runner
        yield runner


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
        assert walk.lies() == []
        for way in ways:
            _ends_well(walk, ends, way)


def _ends_well(walk: Walk, ends: Ends, way: str) -> None:
    """Go one way to the end, and find the account as it is where nothing went wrong."""
    journal = walk.work(way)
    wanted = RunState.UNDONE if way == UNDO else RunState.FINISHED
    assert journal.state is wanted, walk.aws.calls
    end = ends.undone_from(made_steps(journal)) if way == UNDO else ends.made
    assert walk.aws.snapshot == end, walk.aws.calls


LASTING: Final = [fault for fault in Fault if not fault.kills]


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("fault", LASTING, ids=lambda fault: fault.name.lower())
def test_whatever_lasts_from_a_call_of_a_run_on(name: str, fault: Fault) -> None:
    """A token expires, a right is taken away, a network's page stands before everything."""
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    for number in range(ends.calls):
        walk = Walk(start, changes)
        assert walk.work(GO_ON, from_then_on(number, fault)).state is RunState.OPEN
        assert len(walk.failures) == 1
        assert walk.lies() == []
        # Nothing more happens while it lasts, whatever is tried.
        before = walk.aws.snapshot
        assert walk.work(UNDO, from_then_on(0, fault)).state is not RunState.FINISHED
        assert walk.aws.snapshot == before or fault.takes_effect
        _ends_well(walk, ends, UNDO)
    for number in range(ends.undo_calls):
        walk = Walk(start, changes)
        walk.work(GO_ON, {number: Fault.KILLED_AFTER})
        walk.work(GO_ON, from_then_on(number // 2, fault))
        assert walk.lies() == []
        _ends_well(walk, ends, GO_ON)
        assert walk.work(UNDO, from_then_on(number, fault)).state is not RunState.UNDONE
        assert walk.lies() == []
        _ends_well(walk, ends, UNDO)


_PAIRS: Final = 60
"""How many pairs of faults each start is tried with: all of them would be twenty thousand."""


@pytest.mark.parametrize("name", STARTS)
def test_two_faults_in_one_run(name: str) -> None:
    start, changes = STARTS[name]()
    ends, choose = Ends(start, changes), random.Random(name)  # noqa: S311 - the same each time
    for _ in range(_PAIRS):
        first, second = sorted(choose.sample(range(ends.calls + 2), 2))
        pair = {first: choose.choice(list(Fault)), second: choose.choice(list(Fault))}
        walk = Walk(start, changes)
        walk.work(GO_ON, pair)
        assert walk.lies() == [], pair
        if choose.random() < 0.5:
            walk.work(UNDO, pair)
            assert walk.lies() == [], pair
            _ends_well(walk, ends, UNDO)
        else:
            _ends_well(walk, ends, GO_ON)


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_whatever_happens_to_a_call_of_undo(name: str, fault: Fault) -> None:
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    for number in range(ends.undo_calls):
        walk = Walk(start, changes)
        walk.work(GO_ON)
        walk.work(UNDO, {number: fault})
        assert walk.lies() == []
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
        assert walk.aws.snapshot == ends.undone_from(made_steps(journal))
    else:
        assert journal.state is RunState.FINISHED
        assert walk.aws.snapshot == ends.made


def test_the_walk_walks() -> None:
    """The starts between them have every kind of change that a run can hold."""
    kinds: Callable[[str], set[ChangeKind]] = lambda name: {c.kind for c in STARTS[name]()[1]}  # noqa: E731
    everything = set().union(*map(kinds, STARTS))
    assert everything == set(ChangeKind) - {ChangeKind.SET_DEFAULT_POLICY_VERSION}
