"""Another administrator changes something at every call of a run: theirs is never overwritten.

One gap can't be closed: AWS takes most requests whatever is there, so that what somebody puts in
the very same place between our last look and our request is lost. It is no wider than one write
to the journal (``Meddling.overwritten_by``).
"""

import asyncio
from collections.abc import Iterator

import pytest

from app.core.change import ChangeKind
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.undo import inverse
from app.core.frozen import replace
from app.core.journal import RunState, Step, StepState
from app.core.snapshot import Snapshot
from tests.helpers.other_admins import MEDDLINGS, Meddling
from tests.helpers.runs import STARTS
from tests.helpers.walks import GO_ON, UNDO, Ends, Walk


@pytest.fixture(scope="module", autouse=True)
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        Walk.runner = runner
        yield runner


class Other:
    """The other administrator."""

    def __init__(self, walk: Walk, meddling: Meddling) -> None:
        self.walk, self.meddling = walk, meddling
        self.was_here = self.with_ours = False
        self.next_call = ""
        self._steps: list[Step] = []

    def meddle(self) -> None:
        aws = self.walk.aws
        changes = self.meddling.changes(aws.snapshot)
        self.was_here = bool(changes)
        self.with_ours = MADE_BY_TAG in (aws.snapshot.role.tags or {})
        versions = {"version_before": aws.snapshot.customer_policy.version or ""}
        aws.others_do(changes)
        versions["version"] = aws.snapshot.customer_policy.version or ""
        self._steps = [Step(change, StepState.DONE, made=versions) for change in changes]

    def take_back(self) -> None:
        for step in self._steps:
            self.walk.aws.others_do(inverse(step))

    def stands(self) -> bool:
        """Tell whether what they did is there, or is to go with a role of ours."""
        if self.meddling.stands(self.walk.aws.snapshot):
            return True
        return self.meddling.goes_with_role and (self.with_ours or self._is_deleted())

    def _is_deleted(self) -> bool:
        """Tell whether the run has deleted the role, and not made it anew yet."""
        steps = self.walk.journal.steps
        deletions = (s for s in steps if s.change.kind is ChangeKind.DELETE_ROLE)
        return any(step.state in (StepState.DONE, StepState.UNDOING) for step in deletions)

    @property
    def came_too_late_to_be_seen(self) -> bool:
        """Whether a request for the same place followed at once."""
        return bool({str(kind) for kind in self.meddling.overwritten_by} & {self.next_call})


def _met(walk: Walk, meddling: Meddling, way: str, number: int) -> Other:
    other = Other(walk, meddling)
    begun = len(walk.aws.calls)
    walk.aws.between = {begun + number: other.meddle}
    walk.work(way)
    other.next_call = walk.aws.calls[begun + number] if len(walk.aws.calls) > begun + number else ""
    return other


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("about", MEDDLINGS)
def test_what_another_administrator_does_stands(name: str, about: str) -> None:
    start, changes = STARTS[name]()
    ends, meddling = Ends(start, changes), MEDDLINGS[about]
    for number in range(ends.calls):
        walk = Walk(start, changes)
        other = _met(walk, meddling, GO_ON, number)
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
        other = _met(walk, meddling, UNDO, number)
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
        other = _met(walk, MEDDLINGS[about], GO_ON, number)
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
        for other in [_met(Walk(*STARTS[name]()), MEDDLINGS[about], GO_ON, number)]
        if other.was_here
    ]
    assert met
    assert all(other.meddling.stands(other.walk.aws.snapshot) for other in met[:1])
