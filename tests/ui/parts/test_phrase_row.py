"""The check phrase in the window: beside the fields while they are hidden, and in a dialog."""

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.core.phrase import PhraseOf
from app.core.wording.phrases import phrase_words
from app.ui.parts.phrase_dialog import phrase_dialog
from app.ui.parts.phrase_row import PhraseRow
from tests.helpers.drafts import PLAIN
from tests.helpers.hands import part
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def wizard(qtbot: QtBot) -> Wizard:
    wizard = open_wizard(qtbot, fake_accounts(PLAIN, practice=False), form=form_of(PLAIN))
    wizard.jump("details")
    return wizard


ACCOUNT = phrase_words(PLAIN.account_id, PhraseOf.ACCOUNT)
DATABASE = phrase_words(PLAIN.database_id, PhraseOf.DATABASE)


def test_they_stand_under_the_fields_while_these_are_hidden(
    wizard: Wizard, clipboard: QClipboard
) -> None:
    account = part(wizard.window, QLabel, "accountId-phrase")
    database = part(wizard.window, QLabel, "databaseId-phrase")
    assert not account.isVisible()
    wizard.context.masking.set_on(True)
    wizard.until_idle()
    assert account.text() == f"Check phrase: {ACCOUNT}"
    assert database.text() == f"Check phrase: {DATABASE}"
    copy = part(wizard.window, QPushButton, "accountId-phrase-copy")
    assert copy.accessibleName() == "Copy: the check phrase (AWS account ID)"
    copy.click()
    assert clipboard.text() == ACCOUNT
    wizard.store.edit("account_id", "12345678901")  # a digit is missing: no words for a guess
    wizard.until_idle()
    assert not account.isVisible()
    wizard.store.edit("account_id", "123456789013")
    wizard.until_idle()
    assert account.text() == f"Check phrase: {phrase_words('123456789013', PhraseOf.ACCOUNT)}"
    wizard.context.masking.set_on(False)
    assert not account.isVisible()


def test_a_value_that_changes_while_its_words_are_worked_out_has_its_own(wizard: Wizard) -> None:
    row = PhraseRow(wizard.context, PhraseOf.ACCOUNT, "account", "row")
    row.show_value("111111111111")
    row.show_value("222222222222")
    wizard.until_idle()
    assert row.words == phrase_words("222222222222", PhraseOf.ACCOUNT)
    row.show_value("333333333333")
    row.show_value("")
    wizard.until_idle()
    assert (row.words, row.isHidden()) == ("", True)


def test_the_dialog_has_them_large_and_says_what_to_do(wizard: Wizard) -> None:
    wizard.context.masking.set_on(True)
    part(wizard.window, QPushButton, "sharePhrases").click()
    wizard.until_idle()
    dialog = part(wizard.window, QWidget, "phraseDialog")
    assert part(dialog, QLabel, "phraseAccount").text() == ACCOUNT
    assert part(dialog, QLabel, "phraseDatabase").text() == DATABASE
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "reads the three words out" in said
    for value in (PLAIN.account_id, PLAIN.database_id):
        assert value not in said
    part(dialog, QPushButton, "phraseDialog-close").click()


def test_without_details_it_says_what_comes_first(wizard: Wizard) -> None:
    wizard.store.begin_anew()
    wizard.until_idle()
    dialog = phrase_dialog(wizard.window, wizard.context)
    dialog.open()
    wizard.until_idle()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Fill your details in first" in said
    assert dialog.findChild(PhraseRow) is None
    dialog.close()
    wizard.store.edit("account_id", PLAIN.account_id)
    wizard.store.leave("account_id")
    dialog = phrase_dialog(wizard.window, wizard.context)
    dialog.open()
    wizard.until_idle()
    assert part(dialog, PhraseRow).words == ACCOUNT
    dialog.close()
