"""Set-ups and revocations from any start of the account, with faults and others in the middle."""

import asyncio
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.core.change import Change, ChangeKind
from app.core.choices import Choice, Choices, RevokeWay
from app.core.journal import RunState
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot, State
from tests.core.planning.any_start import WISHES, mendable, starts
from tests.helpers.drafts import MOMENT, PLAIN, untouched
from tests.helpers.faults import Fault
from tests.helpers.other_admins import MEDDLINGS
from tests.helpers.snapshots import World
from tests.helpers.walks import GO_ON, UNDO, Ends, Other, Walk, from_then_on, made_steps

EXAMPLES = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SETUP: Final = "set up"
WAYS: Final = st.sampled_from([SETUP, *RevokeWay])
CALLS: Final = st.integers(0, 30)
FAULTS: Final = st.one_of(
    st.dictionaries(CALLS, st.sampled_from(list(Fault)), min_size=1, max_size=2),
    st.builds(from_then_on, CALLS, st.sampled_from([fault for fault in Fault if not fault.kills])),
)
ABOUT: Final = st.sampled_from([name for name in MEDDLINGS if "of the name" not in name])


@pytest.fixture(scope="module", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        Walk.runner = runner
        yield runner


def all_is_read(start: Snapshot) -> bool:
    """Tell whether the account in memory has everything: it is made of what was read."""
    states = {start.role.state, start.customer_policy.state, *(b.state for b in start.buckets)}
    return not start.unreadable and State.UNREADABLE not in states


def changes_of(world: World, way: str, choices: Choices) -> tuple[Snapshot, tuple[Change, ...]]:
    draft, start = world.read()
    if way == SETUP:
        return start, plan(draft, start, choices).changes
    how = RevokeWay(way)
    planned = revoke_plan(start, how, draft.account_id, draft, Choices(), MOMENT)
    return start, planned.changes


@EXAMPLES
@given(
    starts() | mendable(),
    WAYS,
    st.just(Choices()) | WISHES,
    FAULTS,
    FAULTS,
    st.sampled_from([GO_ON, UNDO]),
)
def test_from_any_start_whatever_happens(
    world: World,
    way: str,
    choices: Choices,
    first: dict[int, Fault],
    second: dict[int, Fault],
    last: str,
) -> None:
    start, changes = changes_of(world, way, choices)
    assume(changes and all_is_read(start))
    ends, walk = Ends(start, changes), Walk(start, changes)
    walk.work(GO_ON, first)
    assert walk.lies() == []
    walk.work(last, second)
    assert walk.lies() == []
    journal = walk.work(last)
    assert journal.state is (RunState.UNDONE if last == UNDO else RunState.FINISHED)
    end = ends.undone_from(made_steps(journal)) if last == UNDO else ends.made
    assert walk.aws.snapshot == end


@EXAMPLES
@given(starts() | mendable(), WAYS, st.just(Choices()) | WISHES, ABOUT, CALLS)
def test_from_any_start_whatever_others_do(
    world: World, way: str, choices: Choices, about: str, number: int
) -> None:
    start, changes = changes_of(world, way, choices)
    assume(changes and all_is_read(start))
    walk = Walk(start, changes)
    other = Other.met(walk, MEDDLINGS[about], GO_ON, number)
    assume(other.was_here and not other.came_too_late_to_be_seen)
    assert other.stands()
    walk.work(UNDO)
    assert other.stands()
    assert walk.failures or walk.journal.state is RunState.UNDONE
    other.take_back()
    assert walk.work(UNDO).state is RunState.UNDONE


def test_what_is_put_into_a_role_comes_after_the_role() -> None:
    choices = Choices(frozenset({Choice.INLINE_POLICY}))
    start = untouched(PLAIN)
    changes = plan(PLAIN, start, choices).changes
    assert [change.kind for change in changes] == [
        ChangeKind.CREATE_ROLE,
        ChangeKind.PUT_ROLE_POLICY,
    ]
    walk = Walk(start, changes)
    assert walk.work(GO_ON).state is RunState.FINISHED
    assert walk.work(UNDO).state is RunState.UNDONE
    assert walk.aws.snapshot.role.state is State.MISSING
