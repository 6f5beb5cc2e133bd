"""The question at the start: what an earlier start of the program has done, and what it has not."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.core.change import Change
from app.core.frozen import replace as frozen_replace
from app.core.journal import RunKind, RunState, Step, StepState, new_journal
from app.core.planning.plan import plan
from app.flow.wizard.state import Past
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, untouched
from tests.helpers.pages import Screen
from tests.helpers.wizard import open_wizard
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")

CHANGES = plan(PLAIN, untouched(PLAIN)).changes
DONE, STARTED, WAITING = StepState.DONE, StepState.STARTED, StepState.WAITING


@pytest.mark.parametrize(
    ("changes", "states", "state", "kind", "said"),
    [
        (
            CHANGES,
            (DONE, STARTED, WAITING),
            RunState.OPEN,
            RunKind.APPLY,
            (
                "A set-up in AWS account {account} was interrupted. 1 of 3 changes was made. "
                "Of one it is not known: AWS was asked, and its answer did not come. "
                "1 was not made. You can go on from there, or undo what was made."
            ),
        ),
        (
            CHANGES[1:],
            (WAITING, WAITING),
            RunState.OPEN,
            RunKind.APPLY,
            (
                "Mending the set-up in AWS account {account} was interrupted. Nothing was changed. "
                "You can go on from there, or undo what was made."
            ),
        ),
        (
            CHANGES,
            (DONE, DONE, StepState.UNDONE),
            RunState.UNDOING,
            RunKind.REVOKE,
            (
                "Taking changes back in AWS account {account} was interrupted. 1 of 3 changes is "
                "taken back. The rest is still as it was made. You can go on taking it back."
            ),
        ),
    ],
)
def test_it_says_what_was_done_and_what_was_not(
    qtbot: QtBot,
    spoken: list[Spoken],
    changes: Sequence[Change],
    states: Sequence[StepState],
    state: RunState,
    kind: RunKind,
    said: str,
) -> None:
    steps = tuple(Step(one, how, MOMENT) for one, how in zip(changes, states, strict=True))
    begun = new_journal(kind=kind, account_id=ACCOUNT, changes=changes, now=MOMENT)
    journal = frozen_replace(begun, steps=steps, state=state)
    wizard = open_wizard(qtbot)
    wizard.store.change(lambda shown: frozen_replace(shown, past=Past(interrupted=journal)))
    words = said.format(account=ACCOUNT)
    assert Screen(wizard).said("interrupted").endswith(words)
    assert words in [one.sentence for one in spoken]
