"""The fault walk over real requests: the practice AWS, over HTTP, reached by the program's boto3.

Writes of a run times troubles, and reads refused (botocore itself sends a read again that is slowed
down or lost), every other one with each start; the end is read back from moto and compared to the
letter. The walk over more starts and every call is ``tests/flow/run/test_fault_walk.py``, without a
network.
"""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Final

import pytest

from app.core.change import ChangeKind
from app.core.changes.undo import left_by_undo
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.journal import RunState, StepState
from app.practice.faults import RequestFault
from app.practice.server import PracticeAws
from tests.helpers.in_memory import in_memory
from tests.helpers.instead import EXPIRED, HTML, NO_XML, PAGES, Instead, instead
from tests.helpers.journal_truth import lies_in
from tests.helpers.practice_account import Json, as_undone
from tests.helpers.practice_starts import ROLE_ARN
from tests.practice.scene import ANEW, WALKED, Scene


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore read again without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture
def scene(aws: PracticeAws) -> Iterator[Scene]:
    with in_memory(aws):
        yield Scene(aws)


@pytest.fixture(params=WALKED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Cast = Callable[[Scene], None]

ONCE_MADE: Final = (StepState.DONE, StepState.UNDONE, StepState.KEPT)
UNCERTAIN: Final = (RequestFault.LOST_BEFORE, RequestFault.LOST_AFTER)


def _troubles(
    counted: dict[str, int], on_writes: Iterable[RequestFault] = RequestFault
) -> Iterator[tuple[str, Cast]]:
    """Yield a way to spoil each request that was counted, and to kill the program at a write."""
    for action, count in counted.items():
        is_read = action.partition(":")[2].startswith(("Get", "List"))
        for number in range(1, count + 1):
            for trouble in (RequestFault.REFUSED,) if is_read else on_writes:
                yield f"{action} {number} {trouble.name}", _cast(action, number, trouble)


def _cast(action: str, number: int, trouble: RequestFault) -> Cast:
    def spoil(scene: Scene) -> None:
        scene.aws.faults.counted.clear()
        scene.aws.faults.troubles = {(action, number): trouble}

    return spoil


def _deaths(writes: int) -> Iterator[tuple[str, Cast]]:
    for number in range(1, writes + 1):
        for when in ("dies_before", "dies_after"):
            yield f"{when} {number}", _kill(when, number)


def _kill(when: str, number: int) -> Cast:
    return lambda scene: setattr(scene.account, when, scene.account.writes + number)


def _some(name: str, troubles: list[tuple[str, Cast]]) -> list[tuple[str, Cast]]:
    """Return every other trouble, begun at another one with each start; all are walked in memory.

    Of those where each takes a reading of the whole account a fifth.
    """
    return troubles[::5] if name == ANEW else troubles[WALKED.index(name) % 2 :: 2]


class Ends:
    """What each way comes to where nothing goes wrong, and the requests that it takes."""

    def __init__(self, scene: Scene, name: str) -> None:
        self._scene, self._name = scene, name
        scene.begin(name)
        self.start = scene.everything()
        assert scene.work() is RunState.FINISHED
        self.forth, self.writes = dict(scene.aws.faults.counted), scene.account.writes
        self.made = scene.everything()
        scene.aws.faults.counted.clear()
        assert scene.work(undo=True) is RunState.UNDONE
        self.back = dict(scene.aws.faults.counted)
        self.writes_back = scene.account.writes - self.writes
        self.undone = scene.everything()
        self._undone = {0: self.start, len(scene.journal.steps): self.undone}

    def undone_from(self, made: int) -> Json:
        """Return what undo leaves where the first ``made`` changes were made, and no other.

        It is the start but for what no undo brings back: policy versions that were deleted.
        """
        if made not in self._undone:
            journal = self._scene.begin(self._name)
            self._scene.journal = replace(journal, steps=journal.steps[:made])
            self._scene.work()
            self._scene.work(undo=True)
            self._undone[made] = self._scene.everything()
        return self._undone[made]


def test_undo_puts_everything_back(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    assert as_undone(ends.undone) == as_undone(ends.start)
    assert ends.made != ends.start


def test_a_role_that_a_key_names_is_made_anew(scene: Scene) -> None:
    ends = Ends(scene, "elsewhere")
    assert list(ends.made["roles"]) == [ROLE_ARN]
    assert ROLE_ARN in json.dumps(ends.made["key"])
    # What named the deleted role can't be put back: AWS takes no policy that names nobody.
    assert left_by_undo(scene.journal)[-1].kind is ChangeKind.PUT_KEY_POLICY
    gone = {**ends.start, "key": ends.undone["key"]}
    assert ends.undone == gone
    assert "AROA" not in json.dumps(ends.undone["key"])


def test_whatever_happens_the_run_can_be_gone_on_with(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in _some(name, [*_troubles(ends.forth), *_deaths(ends.writes)]):
        scene.begin(name)
        spoil(scene)
        scene.work()
        assert scene.work() is RunState.FINISHED, told
        assert scene.everything() == ends.made, told
        assert scene.work(undo=True) is RunState.UNDONE, told
        assert scene.everything() == ends.undone, told


def test_whatever_happens_the_run_can_be_undone(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in _some(name, [*_troubles(ends.forth, UNCERTAIN), *_deaths(ends.writes)]):
        scene.begin(name)
        spoil(scene)
        scene.work()
        assert scene.work(undo=True) is RunState.UNDONE, told
        end = scene.everything()
        made = sum(step.state in ONCE_MADE for step in scene.journal.steps)
        assert end == ends.undone_from(made), told


def test_whatever_happens_to_an_undo_it_can_be_gone_on_with(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in _some(name, [*_troubles(ends.back), *_deaths(ends.writes_back)]):
        scene.begin(name)
        scene.work()
        spoil(scene)
        scene.work(undo=True)
        assert scene.work(undo=True) is RunState.UNDONE, told
        assert scene.everything() == ends.undone, told


_ONLY: Final = 1
_EVERY: Final = 8
"""One call in so many is spoilt here: the walk in memory spoils each."""


@pytest.mark.parametrize("spoilt", [HTML, NO_XML, EXPIRED], ids=lambda spoilt: spoilt.name)
def test_something_else_in_the_place_of_answers(scene: Scene, name: str, spoilt: Instead) -> None:
    """A page of the network's, or a token that has expired: for one answer, or from then on."""
    ends = Ends(scene, name)
    walked = 0
    for first in range(len(spoilt.name) % _EVERY, sum(ends.forth.values()), _EVERY):
        for count, handled in ((_ONLY, True), (None, False)):
            walked += 1
            scene.begin(name)
            with instead(spoilt, first, count, handled=handled and spoilt.may_be_handled):
                scene.work()
            assert asyncio.run(lies_in(scene.journal, scene.account)) == []
            if walked % 3:
                assert scene.work() is RunState.FINISHED
                assert scene.everything() == ends.made
            with instead(spoilt, first, count, handled=handled and spoilt.may_be_handled):
                scene.work(undo=True)
            assert asyncio.run(lies_in(scene.journal, scene.account)) == []
            assert scene.work(undo=True) is RunState.UNDONE
            assert as_undone(scene.everything()) == as_undone(ends.start)


@pytest.mark.parametrize("start", ["shared", "past the role"])
def test_no_page_is_taken_for_an_answer(scene: Scene, start: str) -> None:
    """Neither for what is there, nor for a change that was made: that is then not certain."""
    scene.begin(start)
    asyncio.run(scene.account.present(scene.journal.steps[0].change))  # who signs is known then
    for spoilt, step in itertools.product(PAGES, scene.journal.steps):
        with instead(spoilt):
            there = asyncio.run(scene.account.present(step.change))
            made = asyncio.run(scene.account.apply(step.change))
        told = (spoilt.name, step.change.kind, there, made)
        assert isinstance(there, AwsFailure), told
        assert isinstance(made, AwsFailure), told
        assert made.took_effect_unknown, told
        assert made.finding in ("env.proxy", "env.aws-fault"), told
