"""What is sent to somebody else who looks after the AWS account, and where it is saved."""

import errno
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.documents.file_names import HANDOFF_FILE
from app.core.draft import Draft
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.guide import ROLE_NAME, role_arn
from app.core.needs.by_export import policy_to_deploy
from app.core.wording.handoff.forms import FORMS, needs_of_form
from app.exports.cloudformation.quick_create import quick_create_link
from app.exports.handoff import handoff_files, handoff_forms
from app.flow.wizard.state import Method
from app.ui.parts.handoff_box import PDF_FILE
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import DetailsPage, GuidePage
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")


def _at(
    qtbot: QtBot, page: str, draft: Draft = PLAIN, accounts: FakeAccounts | None = None
) -> GuidePage:
    source = accounts or fake_accounts(draft, practice=False)
    wizard = open_with(qtbot, draft, Method.HANDOFF, source)
    wizard.jump(page)
    return GuidePage(wizard)


def _choose_folder(page: GuidePage, folder: Path) -> str:
    """Save in ``folder``; return the one that the dialog begins in."""
    page.click("saveHandoff")
    dialog = page.window.findChild(QFileDialog, "handoff-dialog")
    assert isinstance(dialog, QFileDialog)
    begun = dialog.directory().absolutePath()
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    page.wizard.until_idle()
    page.wizard.activate()
    return begun


def _contents(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_the_page_is_saved_for_a_browser_and_for_paper(qtbot: QtBot, tmp_path: Path) -> None:
    step = _at(qtbot, "handoff", ENCRYPTED)
    assert step.focus == "saveHandoff"
    assert not step.shows("practise-all")
    _choose_folder(step, tmp_path)
    files = dict(_contents(tmp_path))
    pdf = PdfReader(io.BytesIO(files.pop(PDF_FILE)))
    assert ROLE_NAME in "".join(page.extract_text() for page in pdf.pages)
    expected = {file.name: file.text.encode() for file in handoff_files(ENCRYPTED, "html")}
    assert files == expected
    own = read_draft(files[HANDOFF_FILE].decode(), HANDOFF_FILE)
    assert own == DraftFile(ENCRYPTED)
    said = step.said("handoff-outcome")
    assert f"Saved in {tmp_path.name}: {PDF_FILE}, " in said
    step.click("handoff-show")
    assert step.wizard.computer.links[-1] == QUrl.fromLocalFile(str(tmp_path)).toString()
    letter = step.document("handoffLetter")
    assert all(f"- {name}" in letter for name in (PDF_FILE, *expected))
    step.next("connector")
    assert "Wait until your AWS administrator has made the role" in step.said("connector-intro")


def test_every_other_form_is_a_click_away_with_its_own_permissions(
    qtbot: QtBot, tmp_path: Path
) -> None:
    step = _at(qtbot, "handoff", ENCRYPTED)
    step.click("handoff-needs-button")
    assert json.loads(step.document("handoffNeeds")) == policy_to_deploy("html", ENCRYPTED)
    step.click("handoff-others")
    assert step.focus == "handoff-form-html"
    assert not step.shows("handoff-others")
    folder = tmp_path
    for form in handoff_forms()[1:]:
        step.click(f"handoff-form-{form}")
        assert not step.shows("handoff-show")  # what was saved was something else
        last, folder = folder, tmp_path / form
        folder.mkdir()
        begun = _choose_folder(step, folder)
        assert last == tmp_path or Path(begun) == last  # where the last was saved
        expected = {file.name: file.text.encode() for file in handoff_files(ENCRYPTED, form)}
        assert _contents(folder) == expected
        letter = step.document("handoffLetter")
        assert all(f"- {name}" in letter for name in expected)
        assert FORMS[form].asked.partition("{")[0] in letter
        assert json.loads(step.document("handoffNeeds")) == needs_of_form(form, ENCRYPTED)


def test_a_template_in_s3_makes_a_link_that_opens_it(qtbot: QtBot, clipboard: QClipboard) -> None:
    step = _at(qtbot, "handoff", ENCRYPTED)
    assert not step.shows("templateAddress")
    step.click("handoff-others")
    step.click("handoff-form-cloudformation")
    form = DetailsPage(step.wizard)
    form.enter("templateAddress", "https://example.org/it.yaml")
    assert not step.shows("quickCreate")
    assert "not the address of a file in S3" in form.message("templateAddress")
    address = f"https://{BUCKET}.s3.amazonaws.com/template.yaml"
    form.paste("templateAddress", address)
    assert "not the address" not in form.message("templateAddress")
    step.click("quickCreate-copy")
    assert clipboard.text() == quick_create_link(ENCRYPTED, address)
    step.click("handoff-form-bash")
    assert not step.shows("quickCreate")


def test_what_can_not_be_saved_is_said_and_nothing_is_left_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    step = _at(qtbot, "handoff")
    _choose_folder(step, tmp_path / "not-there")
    reason = os.strerror(errno.ENOENT)  # in the language of the system
    assert f"could not be saved: {reason}. Choose another folder." in step.said("handoff-outcome")
    assert not step.shows("handoff-show")
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        _choose_folder(step, tmp_path)
    assert os.strerror(errno.ENOSPC) in step.said("handoff-outcome")
    assert not _contents(tmp_path)
    _choose_folder(step, tmp_path)
    assert "Saved in" in step.said("handoff-outcome")
    assert len(_contents(tmp_path)) == 3


def test_somebody_s_file_is_overwritten_only_when_that_is_said(
    qtbot: QtBot, tmp_path: Path
) -> None:
    mine = tmp_path / HANDOFF_FILE
    mine.write_text("mine")
    step = _at(qtbot, "handoff")
    _choose_folder(step, tmp_path)
    assert _contents(tmp_path) == {HANDOFF_FILE: b"mine"}
    assert f"Nothing was saved yet: {tmp_path.name} already has {HANDOFF_FILE}" in step.said(
        "handoff-inTheWay"
    )
    step.do("handoff-aside")
    assert step.focus == "saveHandoff"
    assert not step.shows("handoff-inTheWay")
    (beside,) = (each for each in tmp_path.iterdir() if each.is_dir())
    assert f"Saved in {beside.name}" in step.said("handoff-outcome")
    assert len(_contents(beside)) == 3
    assert mine.read_text() == "mine"

    _choose_folder(step, tmp_path)
    step.do("handoff-replace")
    assert _contents(tmp_path)[HANDOFF_FILE] == _contents(beside)[HANDOFF_FILE]
    assert f"Saved in {tmp_path.name}" in step.said("handoff-outcome")
    _choose_folder(step, tmp_path)  # the same files once more
    assert not step.shows("handoff-inTheWay")
    assert f"Saved in {tmp_path.name}" in step.said("handoff-outcome")


def test_the_letter_can_be_copied_and_written(
    qtbot: QtBot, clipboard: QClipboard, tmp_path: Path
) -> None:
    step = _at(qtbot, "handoff", ENCRYPTED)
    computer = step.wizard.computer
    step.click("handoffLetter-copy")
    text = step.find(QPlainTextEdit, "handoffLetter-text").toPlainText()
    assert clipboard.text() == text
    assert role_arn(ACCOUNT) in text
    step.click("handoff-mail")
    assert parse_qs(urlsplit(computer.links[-1]).query)["body"] == [text.replace("\n", "\r\n")]
    assert "attach the files yourself" in step.said("handoff")

    # What is hidden from those who see the screen is not put on it by a mail program.
    step.share()
    step.click("handoff-mail")
    link = unquote(computer.links[-1])
    assert not [value for value in (ACCOUNT, BUCKET, DATABASE_ID, KEY_ARN) if value in link]
    assert HANDOFF_FILE in link
    step.share()

    _choose_folder(step, tmp_path)
    computer.opens = False
    step.click("handoff-mail")
    assert "Copy the text instead" in step.said("handoff-mailOutcome")
    step.click("handoff-show")
    assert f"It is {tmp_path}" in step.said("handoff-outcome").replace("\u200b", "")
    computer.opens = True
    step.click("handoff-mail")
    assert not step.shows("handoff-mailOutcome-text")


def test_practice_does_what_the_administrator_would(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    accounts = FakeAccounts(signed_in(aws))
    step = _at(qtbot, "handoff", accounts=accounts)
    assert not step.shows("practised")
    step.do("practise-all")
    assert step.shows("practised")
    assert len(aws.applied) == 3
