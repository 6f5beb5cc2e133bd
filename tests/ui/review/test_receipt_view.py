"""The receipt says where a copy of it is kept, or that none could be."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.core.journal import RunKind, StepState, new_journal
from app.core.planning.plan import plan
from app.flow.wizard.run_state import Run
from app.ui.review.receipt_view import ReceiptView
from app.ui.widgets.disclosure import DisclosureButton
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, untouched
from tests.helpers.hands import part

JOURNAL = new_journal(
    kind=RunKind.APPLY,
    account_id=ACCOUNT,
    changes=plan(PLAIN, untouched(PLAIN)).changes,
    now=MOMENT,
)


@pytest.mark.parametrize(
    ("kept_at", "refused", "practice", "said"),
    [
        ("/kept/receipt-1.txt", False, False, "A copy is kept on this computer: /kept/receipt-1"),
        (None, True, False, "No copy could be kept on this computer. Save it elsewhere"),
        (None, True, True, ""),
        (None, False, False, ""),
    ],
)
def test_where_a_copy_is(
    qtbot: QtBot, masking: Masking, kept_at: str | None, refused: bool, practice: bool, said: str
) -> None:
    view = ReceiptView(masking, "receipt")
    qtbot.addWidget(view)
    run = Run(journal=JOURNAL, receipt_at=kept_at, receipt_refused=refused)
    view.show_run(replace(run, finished=True), PLAIN, practice=practice)
    part(view, DisclosureButton).click()
    place = part(view, ValueText, "receipt-place")
    assert place.isHidden() is (said == "")
    if said:
        assert place.shown_text().startswith(said)


def test_it_is_made_when_it_is_opened_and_follows_the_run_from_then_on(
    qtbot: QtBot, masking: Masking
) -> None:
    view = ReceiptView(masking, "receipt")
    qtbot.addWidget(view)
    view.show_run(Run(journal=JOURNAL), PLAIN, practice=False)
    assert view.findChild(DocumentView) is None
    part(view, DisclosureButton).click()
    document = part(view, DocumentView)
    assert ACCOUNT in document.shown
    before = document.shown
    done = replace(JOURNAL.steps[0], state=StepState.DONE)
    later = replace(JOURNAL, steps=(done, *JOURNAL.steps[1:]))
    view.show_run(Run(journal=later), PLAIN, practice=False)
    assert part(view, DocumentView) is document
    assert document.shown != before
