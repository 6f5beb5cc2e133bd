"""The hand-off and "Create it for me" show on one page what will be made."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.guide import role_arn
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, PLAIN
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

PAGES = {Method.CREATE: "create", Method.HANDOFF: "handoff"}
SUFFIXES = {Method.CREATE: "", Method.HANDOFF: "-handoff"}


@pytest.mark.parametrize("method", PAGES)
def test_the_three_steps_are_folded_under_their_headings(qtbot: QtBot, method: Method) -> None:
    wizard = open_with(qtbot, ENCRYPTED, method, fake_accounts(ENCRYPTED))
    wizard.jump(PAGES[method])
    page = GuidePage(wizard)
    said = page.said(f"whatIsMade{SUFFIXES[method]}")
    for heading in (
        "Step 1: Create the IAM role",
        "Step 2: Configure the trust policy",
        "Step 3: Attach a permissions policy",
    ):
        assert heading in said
    assert not page.shows("trustPolicy")
    for part in ("role", "trust", "permissions", "key"):
        page.click(f"made-{part}{SUFFIXES[method]}-button")
    assert role_arn(ACCOUNT) in page.said("copy-roleArn")
    copy = page.find(QAbstractButton, "copy-roleArn-copy")
    assert copy.accessibleName() == "Copy: the role’s ARN"
    assert page.document("trustPolicy") == document_text(trust_policy(DATABASE_ID))
    policy = document_text(permissions_policy(ENCRYPTED.buckets))
    assert page.document("permissionsPolicy") == policy
    assert page.document("kmsStatement") == document_text(kms_statement(ACCOUNT))
    assert "Files are never permanently deleted." in page.said(f"whatIsMade{SUFFIXES[method]}")


def test_no_key_is_spoken_of_where_there_is_none(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.HANDOFF, fake_accounts())
    wizard.jump("handoff")
    assert not GuidePage(wizard).shows("made-key-handoff-button")


def test_what_to_send_follows_the_details(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_with(qtbot, PLAIN, Method.HANDOFF, fake_accounts(practice=False))
    wizard.jump("handoff")
    page = GuidePage(wizard)
    assert page.focus == "saveHandoff"
    assert page.next_text == "Next"
    wizard.store.edit("database_id", "Zq7JBlwfjUOUcQjd5gt7vw")
    wizard.jump("handoff")
    page.click("saveHandoff")
    dialog = page.window.findChild(QFileDialog, "handoff-dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    wizard.until_idle()
    assert "Zq7JBlwfjUOUcQjd5gt7vw" in (tmp_path / "ubiquity-s3-access.html").read_text("utf-8")
    page.next("connector")
