import errno
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")


def _at(
    qtbot: QtBot, page: str, draft: Draft = PLAIN, accounts: FakeAccounts | None = None
) -> GuidePage:
    source = accounts or fake_accounts(draft, practice=False)
    wizard = open_with(qtbot, draft, Method.HANDOFF, source)
    wizard.jump(page)
    return GuidePage(wizard)


def _choose_folder(page: GuidePage, folder: Path) -> None:
    page.click("saveHandoff")
    dialog = page.window.findChild(QFileDialog, "handoff-dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    page.wizard.settle()


def test_a_hand_off_is_saved_in_a_folder(qtbot: QtBot, tmp_path: Path) -> None:
    step = _at(qtbot, "handoff", ENCRYPTED)
    assert step.focus == "saveHandoff"
    _choose_folder(step, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "what-to-do.txt",
        "trust-policy.json",
        "permissions-policy.json",
        "kms-key-statement.json",
    }
    letter = (tmp_path / "what-to-do.txt").read_text(encoding="utf-8")
    for value in (ROLE_NAME, POLICY_NAME, DATABASE_ID, BUCKET, KEY_ARN, role_arn(ACCOUNT)):
        assert value in letter
    assert f"Saved in {tmp_path.name}" in step.said("handoff-outcome")
    step.next("connector")
    assert "Wait until your AWS administrator has made the role" in step.said("connector-intro")


def test_a_folder_that_cannot_be_written_to_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    step = _at(qtbot, "handoff")
    _choose_folder(step, tmp_path / "not-there")
    said = step.said("handoff-outcome")
    reason = os.strerror(errno.ENOENT)  # in the language of the system
    assert f"could not be saved: {reason}. Choose another folder." in said


def test_the_letter_can_be_copied(qtbot: QtBot, clipboard: QClipboard) -> None:
    step = _at(qtbot, "handoff")
    step.click("handoffLetter-copy")
    assert clipboard.text() == step.find(QPlainTextEdit, "handoffLetter-text").toPlainText()
    assert "please send me the role’s ARN" in clipboard.text()


def test_practice_does_what_the_administrator_would(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    accounts = FakeAccounts(signed_in(aws))
    step = _at(qtbot, "handoff", accounts=accounts)
    assert not step.shows("practised")
    step.do("practise-all")
    assert step.shows("practised")
    assert len(aws.applied) == 3


def test_a_real_hand_off_changes_nothing(qtbot: QtBot) -> None:
    step = _at(qtbot, "handoff")
    assert not step.shows("practise-all")
