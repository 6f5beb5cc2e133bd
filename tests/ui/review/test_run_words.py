"""What a run has come to, in words: each change as made, not begun or not known, and the way on."""

from collections.abc import Sequence

import pytest

from app.core.change import Obstacle, Plan
from app.core.choices import RevokeWay
from app.core.frozen import replace as frozen_replace
from app.core.journal import RunKind, RunState, Step, StepState, new_journal
from app.core.planning.plan import plan
from app.flow.review import Purpose
from app.flow.wizard.run_state import Run
from app.ui.review.run_words import change_rows, summary
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, untouched
from tests.helpers.reviews import reviewed

CHANGES = plan(PLAIN, untouched(PLAIN)).changes

DONE, STARTED, WAITING = StepState.DONE, StepState.STARTED, StepState.WAITING
UNDONE, NOT_DONE = StepState.UNDONE, StepState.NOT_DONE


def _run(*states: StepState, state: RunState = RunState.OPEN, kind: RunKind = RunKind.APPLY) -> Run:
    """Return a run as a start of the program finds it."""
    journal = new_journal(kind=kind, account_id=ACCOUNT, changes=CHANGES, now=MOMENT)
    steps = tuple(Step(one, how, MOMENT) for one, how in zip(CHANGES, states, strict=True))
    return Run.of_journal(frozen_replace(journal, steps=steps, state=state))


@pytest.mark.parametrize(
    ("states", "state", "said"),
    [
        (
            (DONE, WAITING, WAITING),
            RunState.OPEN,
            (
                "This was interrupted. 1 of 3 changes was made. 2 were not made. "
                "You can go on from here, or undo what was made."
            ),
        ),
        (
            (DONE, DONE, NOT_DONE),
            RunState.OPEN,
            (
                "This was interrupted. 2 of 3 changes were made. 1 was not made. "
                "You can go on from here, or undo what was made."
            ),
        ),
        (
            (DONE, STARTED, WAITING),
            RunState.OPEN,
            (
                "This was interrupted. 1 of 3 changes was made. "
                "Of one it is not known: AWS was asked, and its answer did not come. "
                "1 was not made. "
                "You can go on from here, or undo what was made."
            ),
        ),
        (
            (NOT_DONE, WAITING, WAITING),
            RunState.OPEN,
            "This was interrupted. Nothing was changed. “Go on with the changes” begins again.",
        ),
        (
            (DONE, DONE, UNDONE),
            RunState.UNDOING,
            (
                "This was interrupted. 1 of 3 changes is taken back. "
                "The rest is still as it was made. "
                "You can go on taking it back, or leave it so."
            ),
        ),
        (
            (UNDONE, UNDONE, UNDONE),
            RunState.UNDONE,
            "Everything is taken back: the account is exactly as it was before these changes.",
        ),
    ],
)
def test_what_was_and_what_was_not_done(
    states: Sequence[StepState], state: RunState, said: str
) -> None:
    assert summary(_run(*states, state=state))[1].text == said


def test_each_change_is_made_not_known_or_not_begun() -> None:
    rows = change_rows(_run(DONE, STARTED, WAITING))
    assert [row.state for row in rows] == ["done", "unknown", "waiting"]
    assert [row.detail.partition(",")[0] for row in rows] == ["", "AWS was asked", "Not begun"]


def test_what_is_not_taken_back_yet_is_told_as_still_there() -> None:
    rows = change_rows(_run(DONE, DONE, UNDONE, state=RunState.UNDOING))
    assert [row.state for row in rows] == ["done", "done", "undone"]
    assert rows[0].detail == "Not taken back: it is still as it was made."


def test_before_anything_is_done_each_change_tells_whether_it_can_be_undone() -> None:
    planned = Run(reviewed(PLAIN, untouched(PLAIN), Plan(CHANGES)))
    assert {row.detail for row in change_rows(planned)} == {"Can be undone"}


@pytest.mark.parametrize(
    ("kind", "says", "never"),
    [
        (RunKind.APPLY, "the connection does not work before", "take it away"),
        (RunKind.REVOKE, "this program can’t take it away", "connection"),
    ],
)
def test_what_remains_is_told_for_what_was_done(kind: RunKind, says: str, never: str) -> None:
    """After a revocation nobody waits for a connection that works."""
    how = RevokeWay.DELETE_ROLE if kind is RunKind.REVOKE else None
    left = Plan(CHANGES, (Obstacle("check.unreadable", "x"),))
    review = reviewed(PLAIN, untouched(PLAIN), left, Purpose(kind, PLAIN, how))
    made = _run(DONE, DONE, DONE, state=RunState.FINISHED, kind=kind)
    ended = Run(review, made.journal, made.progress, finished=True)
    said = summary(ended)[1].text
    assert says in said
    assert never not in said
