"""A check without a sign-in: pasted, recognised, what is missing, and the report beneath."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.guide import role_arn
from app.core.report import Verdict
from app.flow.checking import CheckedAccount, account_out_of_reach
from app.flow.wizard.state import Flow
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.list_box import ListBox
from tests.core.pasted_documents.copies import pretty
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, PLAIN, whole
from tests.helpers.fake_console import FakeConsole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.pages import GuidePage, Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")

TRUST = pretty(trust_policy(DATABASE_ID))
GOOD = "\n".join((role_arn(ACCOUNT), TRUST, pretty(permissions_policy(PLAIN.buckets))))
TICKS = ("other-policies", "boundary", "bucket-policy-1", "owner-1", "encryption-1")


@pytest.fixture
def wizard(qtbot: QtBot) -> Wizard:
    wizard = open_wizard(qtbot, fake_accounts(PLAIN, practice=False), form=form_of(PLAIN))
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    Screen(wizard).do("checkInstead")
    return wizard


def _paste(wizard: Wizard, text: str) -> None:
    Screen(wizard).find(QPlainTextEdit, "pastedText").setPlainText(text)
    wizard.until_idle()


def _tick_all(wizard: Wizard) -> None:
    for name in TICKS:
        Screen(wizard).find(CheckBox, f"wanted-{name}-tick").click()
        wizard.until_idle()


def _checked(wizard: Wizard) -> CheckedAccount:
    checked = wizard.store.state.connection.checked
    assert checked is not None
    return checked


def test_pasted_documents_are_diagnosed_and_ready_once_all_is_known(
    wizard: Wizard, spoken: list[Spoken]
) -> None:
    screen = GuidePage(wizard)
    assert screen.next_text == "Check what I pasted"
    _paste(wizard, GOOD.replace(DATABASE_ID, DATABASE_ID.upper()))
    assert screen.shows("wanted-boundary")
    assert not screen.shows("wanted-trust")
    assert any(said.sentence == "3 documents recognised." for said in spoken)
    screen.do()
    assert _checked(wizard).report.verdict is Verdict.BLOCKED
    assert DATABASE_ID in screen.document("toSave-1")
    assert not screen.shows("showChanges")
    _paste(wizard, GOOD)
    assert not screen.shows("toSave")
    assert _checked(wizard).report.verdict is Verdict.INCOMPLETE
    _tick_all(wizard)
    assert _checked(wizard).report.verdict is Verdict.READY
    assert any("Ready" in said.sentence for said in spoken)


def test_what_was_passed_over_is_said_and_what_cannot_be_read_is_mended(wizard: Wizard) -> None:
    screen = Screen(wizard)
    _paste(wizard, TRUST[:-2])
    assert "line 16" in screen.said("pastedTrouble")
    assert not screen.shows("pasted-1")
    screen.do()
    assert screen.shows("pastedNothing")
    _paste(wizard, TRUST.replace("\n}", ",\n}"))
    assert not screen.shows("pastedTrouble")
    assert not screen.shows("pastedNothing")
    assert "comma too many in line 16" in screen.said("pasted-1-said")


def test_a_document_is_taken_for_what_the_person_says(wizard: Wizard) -> None:
    screen = Screen(wizard)
    _paste(wizard, GOOD)
    choice = screen.find(ListBox, "pasted-3-place")
    boundary = choice.findText("The role’s permissions boundary")
    choice.setCurrentIndex(boundary)
    choice.activated.emit(boundary)
    wizard.until_idle()
    assert not screen.shows("wanted-boundary")
    assert screen.shows("wanted-permissions")
    unused = choice.findText("Not used")
    choice.activated.emit(unused)
    wizard.until_idle()
    assert screen.shows("wanted-boundary")


def test_the_text_is_kept_on_the_way_back_and_where_somebody_would_rather_sign_in(
    wizard: Wizard,
) -> None:
    screen = Screen(wizard)
    _paste(wizard, GOOD)
    screen.back("details")
    screen.next("check")
    assert screen.find(QPlainTextEdit, "pastedText").toPlainText() == GOOD
    screen.do("checkInstead")
    assert not screen.shows("pastedText")
    screen.do("checkInstead")
    assert screen.shows("pasted-3")
    screen.do("clearPasted")
    assert not screen.shows("pasted-1")


def test_what_was_pasted_is_hidden_while_the_screen_is_shared(wizard: Wizard) -> None:
    screen = Screen(wizard)
    _paste(wizard, GOOD)
    screen.share()
    field = screen.find(HiddenText, "pastedText")
    assert set(field.toPlainText()) == {"•", "\n"}
    assert field.text() == wizard.store.state.pasted.text
    choice = screen.find(ListBox, "pasted-1-place")
    assert not any(BUCKET in choice.itemText(index) for index in range(choice.count()))


def test_each_missing_thing_leads_to_where_it_stands(wizard: Wizard) -> None:
    screen = Screen(wizard)
    screen.do("wanted-trust-link")
    screen.do("wanted-bucket-policy-1-link")
    trust, bucket = wizard.links
    assert trust.endswith("section=trust_relationships")
    assert f"/s3/buckets/{BUCKET}?" in bucket
    assert bucket.endswith("tab=permissions")


def test_where_no_browser_answers_the_address_can_be_taken_along(
    wizard: Wizard, clipboard: QClipboard
) -> None:
    wizard.computer.opens = False
    screen = Screen(wizard)
    screen.click("wanted-bucket-policy-1-link")
    assert "No browser answers on this computer." in screen.said("problemText")
    assert BUCKET not in screen.said("problemText")  # the screen may be shared
    screen.click("problemCopy")
    assert clipboard.text() == wizard.links[-1]
    screen.click("problemDialog-close")
    wizard.computer.opens = True
    screen.click("wanted-bucket-policy-1-link")
    assert not screen.shows("problemText")


def test_what_is_missing_is_asked_for_with_one_message(wizard: Wizard) -> None:
    screen = Screen(wizard)
    _paste(wizard, TRUST)
    screen.do("askForMissing")
    message = QApplication.clipboard().text()
    assert ACCOUNT in message
    assert "The bucket policy of" in message
    assert "trust policy" not in message


def test_dropped_files_of_policies_are_checked_together(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_wizard(qtbot, fake_accounts(PLAIN, practice=False), form=form_of(PLAIN))
    files = {"trust.json": TRUST, "permissions.json": pretty(permissions_policy(PLAIN.buckets))}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = [str(tmp_path / name) for name in files]
    wizard.context.start("intake", wizard.context.intake.take_files(paths))
    wizard.until_idle()
    screen = Screen(wizard)
    assert wizard.store.state.page == "check"
    assert screen.shows("pasted-2")
    screen.do()
    assert _checked(wizard).report.verdict is Verdict.INCOMPLETE


def test_where_a_sign_in_is_refused_pasting_is_offered(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(PLAIN, practice=False), form=form_of(PLAIN))
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    failure = AwsFailure(
        "sts:GetCallerIdentity",
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        403,
    )
    checked = account_out_of_reach(PLAIN, failure)
    wizard.store.change(
        lambda state: replace(state, connection=state.connection.with_checked(checked))
    )
    wizard.settle()
    screen = Screen(wizard)
    screen.do("chain-caller-pasteInstead")
    _paste(wizard, GOOD)
    screen.do()
    assert _checked(wizard).report.verdict is Verdict.INCOMPLETE


def test_whoever_pastes_is_no_longer_waited_for_in_the_browser(qtbot: QtBot) -> None:
    console, accounts = FakeConsole(), fake_accounts(PLAIN, practice=False)
    wizard = open_wizard(qtbot, accounts, form=form_of(PLAIN), console=console)
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    screen = Screen(wizard)
    console.person.clear()
    screen.click("consoleSignIn-check")
    wizard.until(lambda: screen.shows("consoleWaiting-check"))
    screen.do("checkInstead")
    assert console.cancelled == 1
    console.person.set()
    _paste(wizard, GOOD)
    screen.do()
    assert wizard.store.state.signed_in is None
    assert _checked(wizard).report.verdict is Verdict.INCOMPLETE


def test_while_the_account_is_read_the_way_stays(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    aws.gate = gate = Gate()
    wizard = open_wizard(qtbot, FakeAccounts(signed_in(aws)), form=form_of(PLAIN))
    wizard.store.begin(Flow.CHECK)
    wizard.until(lambda: gate.has_arrivals)
    screen = Screen(wizard)
    assert not screen.find(QAbstractButton, "checkInstead").isEnabled()
    gate.open()
    wizard.until_idle()
    screen.do("checkInstead")
    assert wizard.store.state.pasted.is_open
