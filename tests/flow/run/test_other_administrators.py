"""Another administrator changes something at every call of a run: theirs is never overwritten.

One gap can't be closed: AWS takes most requests whatever is there, so that what somebody puts in
the very same place between our last look and our request is lost. It is no wider than one write
to the journal (``Meddling.overwritten_by``).
"""

import asyncio
from collections.abc import Iterator

import pytest

from app.core.frozen import replace
from app.core.journal import RunState
from app.core.snapshot import Snapshot
from tests.helpers.other_admins import MEDDLINGS
from tests.helpers.runs import STARTS
from tests.helpers.walks import GO_ON, UNDO, Ends, Other, Walk


@pytest.fixture(scope="module", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        Walk.runner = runner
        yield runner


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("about", MEDDLINGS)
def test_what_another_administrator_does_stands(name: str, about: str) -> None:
    start, changes = STARTS[name]()
    ends, meddling = Ends(start, changes), MEDDLINGS[about]
    for number in range(ends.calls):
        walk = Walk(start, changes)
        other = Other.met(walk, meddling, GO_ON, number)
        if not other.was_here or other.came_too_late_to_be_seen:
            continue
        assert other.stands(), walk.aws.calls
        walk.work(UNDO)
        assert other.stands(), walk.aws.calls
        assert walk.failures or walk.journal.state is RunState.UNDONE
        other.take_back()
        assert walk.work(UNDO).state is RunState.UNDONE, walk.aws.calls
    for number in range(ends.undo_calls):
        walk = Walk(start, changes)
        walk.work(GO_ON)
        other = Other.met(walk, meddling, UNDO, number)
        if not other.was_here or other.came_too_late_to_be_seen:
            continue
        assert other.stands(), walk.aws.calls
        assert walk.failures or walk.journal.state is RunState.UNDONE
        other.take_back()
        assert walk.work(UNDO).state is RunState.UNDONE, walk.aws.calls
        assert _but_for_numbers(walk.aws.snapshot) == _but_for_numbers(ends.undone)


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("about", MEDDLINGS)
def test_once_theirs_is_taken_back_the_run_is_gone_on_with(name: str, about: str) -> None:
    start, changes = STARTS[name]()
    ends = Ends(start, changes)
    for number in range(ends.calls):
        walk = Walk(start, changes)
        other = Other.met(walk, MEDDLINGS[about], GO_ON, number)
        if not other.was_here or other.came_too_late_to_be_seen:
            continue
        other.take_back()
        assert walk.work(GO_ON).state is RunState.FINISHED, walk.aws.calls
        assert _but_for_numbers(walk.aws.snapshot) == _but_for_numbers(ends.made)


def _but_for_numbers(snapshot: Snapshot) -> Snapshot:
    """Leave out the versions' numbers: theirs took one."""
    attached = tuple(replace(p, version=None) for p in snapshot.role.attached_policies)
    return replace(
        snapshot,
        role=replace(snapshot.role, attached_policies=attached),
        customer_policy=replace(snapshot.customer_policy, version=None, versions=None),
    )


@pytest.mark.parametrize("about", MEDDLINGS)
def test_the_other_administrator_gets_somewhere(about: str) -> None:
    met = [
        other
        for name in STARTS
        for number in (0, 2)
        for other in [Other.met(Walk(*STARTS[name]()), MEDDLINGS[about], GO_ON, number)]
        if other.was_here
    ]
    assert met
    assert all(other.meddling.stands(other.walk.aws.snapshot) for other in met[:1])
