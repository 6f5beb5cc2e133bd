"""I got an error in UbiQuity: pasted, explained, hidden while the screen is shared."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Flow
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.callout import Callout
from tests.helpers.drafts import PLAIN
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

REFUSED = (
    "User: arn:aws:sts::049579744830:assumed-role/c/s is not authorized to perform: "
    "sts:AssumeRole on resource: arn:aws:iam::210987654321:role/ubiquity-connectors-s3-access-role"
)


def test_a_pasted_error_is_hidden_while_sharing_and_nothing_of_it_is_lost(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, None, fake_accounts(PLAIN, practice=False))
    wizard.store.begin(Flow.EXPLAIN)
    wizard.settle()
    box = wizard.window.findChild(QPlainTextEdit, "errorText")
    share = wizard.window.findChild(QCheckBox, "shareToggle")
    assert isinstance(box, QPlainTextEdit)
    assert isinstance(share, QCheckBox)
    box.setPlainText(REFUSED)
    share.setChecked(True)
    wizard.settle()
    assert not box.isVisible()
    share.setChecked(False)
    wizard.settle()
    assert box.isVisible()
    assert box.toPlainText() == REFUSED
    assert wizard.store.state.error_text == REFUSED


def test_what_is_not_of_aws_is_said_to_be_so_and_then_an_error_of_aws_is_explained(
    qtbot: QtBot,
) -> None:
    wizard = open_with(qtbot, PLAIN, None, fake_accounts(PLAIN, practice=False))
    wizard.store.begin(Flow.EXPLAIN)
    wizard.settle()
    box = wizard.window.findChild(QPlainTextEdit, "errorText")
    nothing = wizard.window.findChild(Callout, "notKnown")
    assert isinstance(box, QPlainTextEdit)
    assert isinstance(nothing, Callout)
    assert not nothing.isVisible()
    box.setPlainText("ERROR 1045 (28000): Access denied for user 'root'@'localhost'")
    wizard.settle()
    assert nothing.isVisible()
    words = wizard.window.findChild(QLabel, "notKnown-text")
    assert isinstance(words, QLabel)
    assert "an error of MySQL, not of AWS" in words.text()
    assert "Check my set-up" in words.text()
    box.setPlainText(REFUSED)
    wizard.settle()
    assert not nothing.isVisible()
    assert wizard.window.findChild(FindingCard, "finding-cause-1") is not None


def test_the_likeliest_cause_is_open_and_the_others_are_folded_under_their_names(
    qtbot: QtBot,
) -> None:
    wizard = open_with(qtbot, PLAIN, None, fake_accounts(PLAIN, practice=False))
    wizard.store.begin(Flow.EXPLAIN)
    wizard.settle()
    box = wizard.window.findChild(QPlainTextEdit, "errorText")
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText(REFUSED)
    wizard.settle()
    assert wizard.window.findChild(FindingCard, "finding-cause-1") is not None
    folded = [
        button
        for button in wizard.window.findChildren(QPushButton)
        if button.objectName().startswith("other-cause-") and button.isVisible()
    ]
    assert folded
    assert len({button.accessibleName() for button in folded}) == len(folded)
    assert wizard.window.findChild(FindingCard, "finding-cause-2") is None
    folded[0].click()
    wizard.settle()
    assert wizard.window.findChild(FindingCard, "finding-cause-2") is not None
