"""I got an error in UbiQuity: pasted, explained, hidden while the screen is shared."""

import pytest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Flow
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
