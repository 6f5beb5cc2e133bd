"""The way through AWS CloudShell, as a person sees and uses it."""

import hashlib
from dataclasses import replace as replaced
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.formats.snapshot_block import block_of
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.snapshot import Caller, Snapshot
from app.exports.cloudshell.way import cloudshell_way
from app.flow.wizard.state import Method
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.paste_edit import PasteEdit
from tests.helpers.drafts import ACCOUNT, PLAIN, untouched, whole
from tests.helpers.hands import CONTROL, part, press
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

OTHER: Final = "210987654321"


def now(snapshot: Snapshot, *, hours: int = 0) -> Snapshot:
    """Return the snapshot as it was read so many hours ago."""
    return replace(snapshot, captured_at=datetime.now(UTC) - timedelta(hours=hours))


SOUND: Final = block_of(now(whole(PLAIN)))


@pytest.fixture
def wizard(qtbot: QtBot) -> Wizard:
    accounts = fake_accounts(PLAIN, practice=False)
    opened = open_with(qtbot, PLAIN, Method.CLOUDSHELL, accounts)
    opened.jump("cloudshell")
    return opened


def paste(wizard: Wizard, clipboard: QClipboard, text: str, suffix: str = "-cloudshell") -> None:
    """Paste ``text`` into the page's box by keys, and wait for what comes of it."""
    clipboard.setText(text)
    box = Screen(wizard).find(PasteEdit, f"pasteSent{suffix}")
    box.setFocus()
    press(box, Qt.Key.Key_V, CONTROL)
    wizard.until_idle()


def test_from_the_button_to_step_4(wizard: Wizard, clipboard: QClipboard, tmp_path: Path) -> None:
    page = Screen(wizard)
    assert page.focus == "openCloudshell"
    page.click("openCloudshell")
    assert wizard.links == [
        "https://ap-southeast-2.console.aws.amazon.com/cloudshell/home?region=ap-southeast-2"
    ]
    way = cloudshell_way(PLAIN)
    if way.command is not None:
        page.click("copyCommand")
        assert clipboard.text() == way.command
        assert way.sha256 in page.said("programChecksum")
        page.click("uploadInstead-button")
    assert way.sha256 in page.said("fileChecksum")
    page.click("saveProgram")
    folders = part(wizard.window, QFileDialog, "program-dialog")
    others = tmp_path / way.program.name
    others.write_text("somebody's", encoding="utf-8")
    folders.fileSelected.emit(str(tmp_path))
    folders.close()
    wizard.activate()
    wizard.until_idle()
    assert way.program.name in page.said("program-inTheWay")
    assert others.read_text(encoding="utf-8") == "somebody's"
    page.do("program-replace")
    assert f"Saved in {tmp_path.name}" in page.said("program-outcome")
    assert hashlib.sha256(others.read_bytes()).hexdigest() == way.sha256
    page.next()
    assert page.page == "cloudshell"
    assert "what CloudShell printed" in page.line
    paste(wizard, clipboard, f"[cloudshell-user@ip ~]$ python3 a.py\r\n{SOUND}")
    assert page.page == "connector"
    assert "Ready" in page.said("sentNote")
    assert "AWS is ready" in page.said("connector-intro")
    page.click("done-connector")
    page.next("test")
    page.click("skipTest")
    assert "What is there now" in page.said("page-finish")
    page.click("finishReceipt-more-button")
    receipt = part(wizard.window, DocumentView, "finishReceipt-text").shown
    assert role_arn(ACCOUNT) in receipt
    assert "Ready: " in receipt
    wizard.context.masking.set_on(True)
    assert ACCOUNT not in part(wizard.window, DocumentView, "finishReceipt-text").shown


def test_what_is_wrong_with_a_block_is_said_with_the_way_on(
    wizard: Wizard, clipboard: QClipboard
) -> None:
    page = Screen(wizard)
    for text, said in (
        (SOUND[:300], "cut short"),
        (SOUND.replace("e", "f"), "altered"),
        ("The program has printed nothing.", "there is no block"),
    ):
        paste(wizard, clipboard, text)
        assert said in page.said("problemText")
        assert "Ask for it" not in page.said("problemText")  # it says itself what to do
        part(wizard.window, QAbstractButton, "problemDialog-close").click()
        wizard.activate()
    paste(wizard, clipboard, block_of(now(whole(PLAIN), hours=30)))
    assert "more than a day ago" in page.said("sentNotes-cloudshell")
    jo = Caller(f"arn:aws:iam::{OTHER}:user/jo", OTHER)
    paste(wizard, clipboard, block_of(replace(now(whole(PLAIN)), caller=jo)))
    assert f"in the AWS account {OTHER}" in page.said("sentNotes-cloudshell")
    assert not page.shows("sentNext-cloudshell")
    paste(wizard, clipboard, block_of(now(untouched(PLAIN))))
    assert page.page == "cloudshell"
    assert page.said("sent-cloudshell-role-state") == "Broken"
    assert not page.shows("sentOutcome-cloudshell")
    paste(wizard, clipboard, role_arn(ACCOUNT))
    assert "the right role" in page.said("sentOutcome-cloudshell")
    assert "or go on without it" in page.said("sentOutcome-cloudshell")  # Next waits
    paste(wizard, clipboard, SOUND)
    assert page.page == "connector"


def test_what_can_not_be_copied_back_holds_nobody_up(wizard: Wizard) -> None:
    page = Screen(wizard)
    page.click("withoutBlock")
    assert page.page == "connector"
    assert not page.shows("sentNote")
    assert "AWS is ready" not in page.said("connector-intro")  # nobody has looked


def test_a_sign_in_that_is_refused_leads_there(qtbot: QtBot) -> None:
    accounts = fake_accounts(PLAIN, practice=False)
    wizard = open_with(qtbot, PLAIN, Method.CREATE, accounts)
    wizard.jump("create")
    page = Screen(wizard)
    for finding in ("change.conflict", "signin.not-allowed"):
        failure = AwsFailure("iam:CreateRole", "AccessDenied", "", finding=finding)
        wizard.store.change(partial(replaced, failure=failure))
        wizard.settle()
        assert page.shows("failure-create-cloudshell") is (finding == "signin.not-allowed")
    page.click("failure-create-cloudshell")
    assert page.page == "cloudshell"


def test_an_administrators_answer_leads_on_from_the_hand_off(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    wizard = open_with(qtbot, PLAIN, Method.HANDOFF, fake_accounts(PLAIN, practice=False))
    wizard.jump("handoff")
    page = Screen(wizard)
    paste(wizard, clipboard, "It is done.", "-handoff")
    assert "There is no role’s ARN in this." in page.said("sentOutcome-handoff")
    paste(wizard, clipboard, role_arn(OTHER), "-handoff")
    assert OTHER in page.said("sentOutcome-handoff")
    page.click("copySent-handoff")
    assert role_arn(ACCOUNT) in clipboard.text()
    wizard.context.masking.set_on(True)
    assert OTHER not in page.said("sentOutcome-handoff")
    wizard.context.masking.set_on(False)
    paste(wizard, clipboard, f"Done! {role_arn(ACCOUNT)}", "-handoff")
    assert page.page == "connector"
    assert "the right role" in page.said("sentNote")
    intro = page.said("connector-intro")
    assert "Wait until" not in intro
    assert "AWS is ready" not in intro  # an ARN tells no more than the name
