"""A support bundle, opened: what the customer saw, marked as a replay, and nothing to be done."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.journal import RunKind, StepState, new_journal
from app.core.planning.plan import plan
from app.core.support_case import SupportCase
from app.flow.checking import checked_account
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.state import Flow
from app.ui.report.chain_view import ChainView
from app.ui.widgets.scroll_dialog import ScrollDialog
from tests.helpers.bundles import SAVED, case_of, write_case
from tests.helpers.clipping import clipped
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, PLAIN, untouched, whole
from tests.helpers.everything_said import everything_heard, everything_said
from tests.helpers.hands import part
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

LOOKING = (
    "replayBack",
    "-copy",
    "-save",
    "-more",
    "-button",
    "-details",
    "-sides",
    "-open",
    "admin-replay-1",
)
"""What the buttons of a replay end in: to look, to copy, to save a text, to go back."""


def case() -> SupportCase:
    changes = plan(ENCRYPTED, untouched(ENCRYPTED)).changes
    journal = new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=SAVED, draft=ENCRYPTED
    )
    return replace(case_of(ENCRYPTED, untouched(ENCRYPTED)), journal=journal)


def opened(wizard: Wizard, path: Path) -> ScrollDialog:
    part(wizard.window, QAction, "open").trigger()
    wizard.settle()
    files = part(wizard.window, QFileDialog, "openFile")
    files.fileSelected.emit(str(path))
    files.close()
    wizard.until_idle()
    found = wizard.window.findChildren(ScrollDialog)[-1]
    assert found.isVisible()
    return found


def texts(root: QWidget) -> list[str]:
    labels = [label for label in root.findChildren(QLabel) if label.isVisible()]
    return [label.accessibleName() or label.text() for label in labels]


def test_support_sees_what_the_customer_saw_and_can_do_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_case(case(), tmp_path / "sent.zip", seed=None)
    customer = open_with(qtbot, ENCRYPTED)
    customer.store.begin(Flow.CHECK)
    customer.jump("check")
    checked = checked_account(ENCRYPTED, untouched(ENCRYPTED))
    customer.store.change(
        lambda state: replace(state, connection=Connection(checked=replace(checked, mended=())))
    )
    customer.settle()
    wizard = open_wizard(qtbot)
    before = wizard.store.state
    shown = opened(wizard, path)
    assert shown.windowTitle() == "Replay of a support bundle"
    seen = texts(part(customer.window, ChainView, "chain"))
    assert len(seen) > 10
    assert texts(part(shown, ChainView, "replay")) == seen
    everything = "\n".join(texts(shown))
    for told in ("sent.zip", "nothing can be changed", ACCOUNT, DATABASE_ID, BUCKET, "user/jo"):
        assert told in everything
    assert "What this program would change" in everything
    assert "Create the role" in everything
    assert "What the program found: Blocked" in part(
        shown, QPlainTextEdit, "replay-README-view-text"
    ).toPlainText()  # fmt: skip
    assert not shown.findChildren(QWidget, "replayWarning")
    names = [b.objectName() for b in shown.findChildren(QAbstractButton) if b.isVisible()]
    assert [name for name in names if not name.endswith(LOOKING)] == []
    assert clipped(shown) == []
    assert wizard.store.state == before
    part(shown, QAbstractButton, "replayBack").click()
    wizard.activate()
    Screen(wizard).next("method")


def test_where_the_customer_was_told_something_else_that_is_said(
    qtbot: QtBot, tmp_path: Path
) -> None:
    journal = case().journal
    assert journal is not None
    odd = replace(journal.steps[0], change=replace(journal.steps[0].change, before=[5], after=5))
    journal = replace(journal, steps=(replace(odd, state=StepState.DONE),))
    told = replace(case_of(PLAIN, whole(PLAIN)), snapshot=untouched(PLAIN), journal=journal)
    wizard = open_wizard(qtbot)
    shown = opened(wizard, write_case(told, tmp_path / "sent.zip"))
    warning = "\n".join(texts(part(shown, QWidget, "replayWarning")))
    assert "The customer was told something else: Ready" in warning
    assert "is masked" in "\n".join(texts(shown))
    assert "Send no text from here to the customer as it is" in "\n".join(texts(shown))
    shown.reject()
    wizard.activate()
    # Without a snapshot what was sent is still read.
    stuck = replace(case_of(PLAIN, whole(PLAIN)), snapshot=None, report=None)
    shown = opened(wizard, write_case(stuck, tmp_path / "sent.zip"))
    assert "it holds no snapshot" in "\n".join(texts(part(shown, QWidget, "replayWarning")))
    readme = part(shown, QPlainTextEdit, "replay-README-view-text").toPlainText()
    assert "The account was not checked." in readme


def test_a_damaged_bundle_gets_one_sentence_and_then_a_whole_one_is_shown(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_case(case(), tmp_path / "sent.zip")
    good = path.read_bytes()
    path.write_bytes(good[:-30])
    wizard = open_wizard(qtbot)
    problem = opened(wizard, path)
    assert problem.objectName() == "problemDialog"
    assert "sent.zip: its end is missing" in "\n".join(texts(problem))
    problem.reject()
    wizard.activate()
    path.write_bytes(good)
    assert opened(wizard, path).objectName() == "replayDialog"


def test_on_a_shared_screen_a_replay_shows_and_says_no_value(qtbot: QtBot, tmp_path: Path) -> None:
    path = write_case(case(), tmp_path / f"{ACCOUNT}.zip", seed=None)
    wizard = open_with(qtbot, PLAIN)
    wizard.context.masking.set_on(True)
    shown = opened(wizard, path)
    for button in shown.findChildren(QAbstractButton):
        if button.objectName().startswith("replay-") and "more" in button.objectName():
            button.click()
    wizard.settle()
    said = [text for _, text in (*everything_said(shown), *everything_heard(shown))]
    assert len(said) > 60
    assert [s for s in said if any(v in s for v in (ACCOUNT, BUCKET, DATABASE_ID, "/jo"))] == []
