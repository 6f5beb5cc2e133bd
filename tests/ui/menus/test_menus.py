"""The menu bar: each entry does the real thing, by the menu and by its keys."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core import i18n
from app.core.failure import AwsFailure
from app.core.fields.form import DetailsForm, form_of
from app.core.formats.draft_json import draft_to_json
from app.core.formats.snapshot_json import dump_snapshot
from app.core.formats.writing import file_text
from app.core.guide import GUIDE_ADDRESS
from app.flow.wizard.state import Method, Past, SavedSession
from app.system.translations import available_languages
from app.ui.look.text_size import SIZES, allowed, bigger, smaller
from app.ui.look.theme import Theme
from app.ui.menus import deeds
from app.ui.menus.language_names import readable_name
from app.ui.widgets import scroll_dialog
from app.ui.widgets.scroll_dialog import ScrollDialog
from tests.helpers.clipping import clipped
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, PLAIN, untouched, whole
from tests.helpers.everything_said import everything_heard, everything_said
from tests.helpers.hands import ALT, CONTROL, part, press, type_text
from tests.helpers.pages import Screen
from tests.helpers.pseudo_locale import PseudoLocale, untranslated
from tests.helpers.wizard import FILES, LOGS, Wizard, fake_accounts, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def action(wizard: Wizard, name: str) -> QAction:
    return part(wizard.window, QAction, name)


def choose(wizard: Wizard, name: str) -> None:
    """Choose an entry, which has to be there to be chosen."""
    entry = action(wizard, name)
    assert entry.isEnabled()
    entry.trigger()
    wizard.settle()


def dialog(wizard: Wizard, name: str) -> ScrollDialog:
    found = part(wizard.window, ScrollDialog, name)
    assert found.isVisible()
    return found


def close(wizard: Wizard, shown: ScrollDialog) -> None:
    shown.reject()
    wizard.activate()


def texts(root: QWidget) -> str:
    labels = [label for label in root.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.accessibleName() or label.text() for label in labels)


# The table


def test_letters_are_one_of_a_kind_and_nobody_hears_the_sign(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    bar, names = wizard.window.menuBar(), set(map(readable_name, available_languages()))
    for actions in (bar.actions(), *(menu.actions() for menu in bar.findChildren(QMenu))):
        letters = [
            text[text.index("&") + 1].casefold()
            for text in (each.text() for each in actions if not each.isSeparator())
            if text not in names
        ]
        assert max(Counter(letters).values()) == 1, letters


def test_macos_moves_no_entry_by_its_words(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    actions = [a for menu in wizard.window.menuBar().findChildren(QMenu) for a in menu.actions()]
    roles = {a.objectName(): a.menuRole() for a in actions if a.objectName()}
    role = QAction.MenuRole
    moved = {name: found for name, found in roles.items() if found is not role.NoRole}
    assert moved == {"quit": role.QuitRole, "about": role.AboutRole}


def test_a_menu_opens_by_its_letter(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    press(wizard.window, Qt.Key.Key_V, ALT)
    menu = part(wizard.window, QMenu, "viewMenu")
    assert menu.isVisible()
    menu.close()
    wizard.activate()
    Screen(wizard).next("method")


# View


def test_text_grows_and_shrinks_by_keys_and_all_is_laid_out_anew(
    qtbot: QtBot, theme: Theme
) -> None:
    wizard = open_with(qtbot, PLAIN)
    button = Screen(wizard).find(QAbstractButton, "nextButton")
    usual, height = QApplication.font().pointSizeF(), button.height()
    keypad = Qt.KeyboardModifier.KeypadModifier
    for key, modifier, percent in (
        (Qt.Key.Key_Plus, CONTROL, 110),
        (Qt.Key.Key_Equal, CONTROL, 125),
        (Qt.Key.Key_Plus, CONTROL | keypad, 150),
        (Qt.Key.Key_Minus, CONTROL | keypad, 125),
        (Qt.Key.Key_Minus, CONTROL, 110),
        (Qt.Key.Key_0, CONTROL | keypad, 100),
        (Qt.Key.Key_Minus, CONTROL, 90),
        (Qt.Key.Key_0, CONTROL, 100),
    ):
        press(wizard.window, key, modifier)
        assert theme.text_size == percent
        assert QApplication.font().pointSizeF() == pytest.approx(usual * percent / 100)
    assert wizard.computer.kept_sizes == [110, 125, 150, 125, 110, 100, 90, 100]
    theme.set_text_size(200)
    wizard.settle()
    assert button.height() > height
    assert clipped(wizard.window) == []


def test_sizes_end_where_they_end() -> None:
    assert (smaller(SIZES[0]), bigger(SIZES[-1])) == (SIZES[0], SIZES[-1])
    assert [allowed(percent) for percent in (0, 100, 118, 9000)] == [80, 100, 125, 300]


def test_hiding_details_is_one_thing_in_the_menu_and_the_header(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    screen = Screen(wizard)
    box, entry = screen.find(QCheckBox, "shareToggle"), action(wizard, "hideDetails")
    choose(wizard, "hideDetails")
    assert (box.isChecked(), entry.isChecked(), wizard.context.masking.on) == (True, True, True)
    screen.share()
    assert (box.isChecked(), entry.isChecked(), wizard.context.masking.on) == (False, False, False)


# File


def test_starting_anew_asks_once_where_something_would_be_lost(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    wizard.jump("details")
    choose(wizard, "startAnew")
    question = dialog(wizard, "anewQuestion")
    part(question, QAbstractButton, "anewNo").click()
    wizard.activate()
    assert wizard.store.state.draft == PLAIN
    choose(wizard, "startAnew")
    part(dialog(wizard, "anewQuestion"), QAbstractButton, "anewYes").click()
    wizard.activate()
    state = wizard.store.state
    assert (state.page, state.details.form) == ("welcome", DetailsForm())
    assert state.creation.method is None
    choose(wizard, "startAnew")  # nothing is lost now, so nothing is asked
    assert wizard.window.findChildren(ScrollDialog, "anewQuestion") == []
    Screen(wizard).next("method")


def test_starting_anew_leaves_an_earlier_start_behind_and_keeps_the_sign_in(qtbot: QtBot) -> None:
    session = SavedSession("details", form_of(PLAIN), None, frozenset())
    wizard = open_wizard(qtbot, resumable=session)
    wizard.store.change(lambda state: replace(state, past=Past(resumable=session)))
    choose(wizard, "startAnew")
    part(dialog(wizard, "anewQuestion"), QAbstractButton, "anewYes").click()
    wizard.activate()
    assert wizard.store.state.past.resumable is None
    assert not Screen(wizard).shows("resume")


def test_nothing_starts_anew_while_something_runs(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.store.change(lambda state: replace(state, busy="Reading"))
    assert not action(wizard, "startAnew").isEnabled()
    wizard.store.change(lambda state: replace(state, busy=None))
    assert action(wizard, "startAnew").isEnabled()


def test_quitting_closes_the_window(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    with qtbot.waitSignal(wizard.window.closed):
        press(wizard.window, Qt.Key.Key_Q, CONTROL)


# A snapshot from a file


@pytest.fixture
def snapshot_file(tmp_path: Path) -> Path:
    path = tmp_path / "sent.json"
    path.write_text(dump_snapshot(whole(PLAIN)), encoding="utf-8")
    return path


@pytest.fixture
def draft_file(tmp_path: Path) -> Path:
    path = tmp_path / "draft.json"
    path.write_text(file_text(draft_to_json(PLAIN)), encoding="utf-8")
    return path


def pick(wizard: Wizard, name: str, path: Path) -> None:
    """Choose ``path`` in the file dialog ``name``, and wait for what comes of it."""
    files = part(wizard.window, QFileDialog, name)
    files.fileSelected.emit(str(path))
    files.close()
    wizard.until_idle()


def test_a_snapshot_is_replayed_with_the_details_it_was_taken_for(
    qtbot: QtBot, snapshot_file: Path
) -> None:
    wizard = open_with(qtbot, PLAIN)
    before = wizard.store.state
    choose(wizard, "open")
    pick(wizard, "openFile", snapshot_file)
    shown = dialog(wizard, "replayDialog")
    assert "sent.json" in texts(shown)
    assert "nothing can be changed here" in texts(shown)
    assert part(shown, QWidget, "replay-verdict").isVisible()
    assert clipped(shown) == []
    assert wizard.store.state == before
    part(shown, QAbstractButton, "replayBack").click()
    wizard.activate()
    Screen(wizard).next("method")


def test_without_such_details_their_file_is_asked_for(
    qtbot: QtBot, snapshot_file: Path, draft_file: Path
) -> None:
    wizard = open_wizard(qtbot)
    choose(wizard, "open")
    pick(wizard, "openFile", snapshot_file)
    pick(wizard, "draftFile", draft_file)
    assert dialog(wizard, "replayDialog").isVisible()
    assert wizard.store.state.details.form == DetailsForm()


def test_details_of_another_account_do_not_serve(qtbot: QtBot, tmp_path: Path) -> None:
    other = replace(PLAIN, account_id="210987654321")
    path = tmp_path / "other.json"
    path.write_text(dump_snapshot(untouched(other)), encoding="utf-8")
    wizard = open_with(qtbot, PLAIN)
    choose(wizard, "open")
    pick(wizard, "openFile", path)
    assert part(wizard.window, QFileDialog, "draftFile").isVisible()


def test_a_bad_file_gets_one_sentence_and_then_a_good_one_is_shown(
    qtbot: QtBot, snapshot_file: Path
) -> None:
    good = snapshot_file.read_bytes()
    wizard = open_with(qtbot, PLAIN)
    for content, told in (
        (good[:-9], "sent.json: this is not JSON"),
        (good.replace(b'"version": 1', b'"version": 2'), "sent.json: this program reads version 1"),
        (b"{", "sent.json: this is nothing that this program can open"),
        (b"\xff\xfe", "sent.json: this is nothing that this program can open"),
        (None, "sent.json: the file can’t be read"),
    ):
        snapshot_file.unlink()
        if content is not None:
            snapshot_file.write_bytes(content)
        choose(wizard, "open")
        pick(wizard, "openFile", snapshot_file)
        problem = dialog(wizard, "problemDialog")
        assert told in texts(problem)
        assert str(snapshot_file.parent) not in texts(problem)
        close(wizard, problem)
    snapshot_file.write_bytes(good)
    choose(wizard, "open")
    pick(wizard, "openFile", snapshot_file)
    assert dialog(wizard, "replayDialog").isVisible()


def test_on_a_shared_screen_a_replay_shows_and_says_no_value(
    qtbot: QtBot, snapshot_file: Path, tmp_path: Path
) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.context.masking.set_on(True)
    named = tmp_path / f"{ACCOUNT}.json"
    snapshot_file.rename(named)
    for content in (named.read_text(encoding="utf-8"), ACCOUNT):
        named.write_text(content, encoding="utf-8")
        choose(wizard, "open")
        pick(wizard, "openFile", named)
        name = "replayDialog" if content != ACCOUNT else "problemDialog"
        shown = dialog(wizard, name)
        said = [text for _, text in (*everything_said(shown), *everything_heard(shown))]
        assert len(said) > 10
        assert [s for s in said if any(v in s for v in (ACCOUNT, BUCKET, DATABASE_ID))] == []
        close(wizard, shown)


# Help


def test_f1_opens_the_guide(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    press(wizard.window, Qt.Key.Key_F1)
    assert wizard.links == [GUIDE_ADDRESS]


def test_the_guides_own_words_are_in_the_program(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    for entry, name, said, anchor in (
        ("showNeeds", "needsDialog", "UbiQuity Account ID", "#before-you-begin"),
        ("showTroubles", "troublesDialog", "External ID mismatch", "#troubleshooting"),
    ):
        choose(wizard, entry)
        shown = dialog(wizard, name)
        assert said in texts(shown)
        part(shown, QAbstractButton, f"{name}-guide").click()
        assert wizard.links[-1] == f"{GUIDE_ADDRESS}{anchor}"
        press(shown, Qt.Key.Key_Escape)
        wizard.activate()
    Screen(wizard).next("method")


def test_where_no_browser_answers_the_address_can_be_copied(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    wizard = open_wizard(qtbot)
    wizard.computer.opens = False
    for entry, copied in (
        ("openGuide", GUIDE_ADDRESS),
        ("openFiles", str(FILES)),
        ("openLog", str(LOGS)),
        ("writeToSupport", "support@ubiquity.co.nz"),
    ):
        choose(wizard, entry)
        _until_made(wizard)
        told = dialog(wizard, "problemDialog")
        part(told, QAbstractButton, "problemCopy").click()
        assert clipboard.text() == copied
        told.accept()
        wizard.activate()
        wizard.settle()


def _until_made(wizard: Wizard) -> None:
    wizard.until(lambda: not wizard.context.tasks.is_running("own-folder"))


def practise(wizard: Wizard) -> None:
    """Open the practice AWS as it begins."""
    choose(wizard, "practise")
    part(wizard.window, QAbstractButton, "practiseOpen").click()
    dialog(wizard, "practiceDialog").close()
    wizard.activate()


def test_a_rehearsal_of_each_failure_is_a_click_away(qtbot: QtBot, theme: Theme) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    choose(wizard, "practise")
    shown = dialog(wizard, "practiceDialog")
    rows = part(shown, QListWidget, "rehearsals")

    def seen() -> list[str]:
        items = [rows.item(row) for row in range(rows.count())]
        return [item.text() for item in items if not item.isHidden()]

    role = ["Role", "There is no role.\nrole.missing"]
    open_to_all = "Anybody may assume the role.\ntrust.too-open"
    assert seen() == [
        *role,
        "Trust",
        open_to_all,
        "The External ID is another.\ntrust.external-id-mismatch",
        "The connection",
        "UbiQuity was here.\nvisit.seen",
    ]
    words = part(shown, QLineEdit, "rehearsalWords")
    assert words.hasFocus()
    type_text(words, "ASSUME trust")
    assert seen() == ["Trust", open_to_all]
    place = rows.visualItemRect(rows.item(3)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    type_text(words, "x")
    assert seen() == []
    assert any("No rehearsal has these words" in each.text() for each in shown.findChildren(QLabel))
    words.clear()
    assert len(seen()) == 7
    assert not any("No rehearsal" in each.text() for each in shown.findChildren(QLabel))
    rows.setCurrentRow(1)
    press(rows, Qt.Key.Key_Return)
    began = ("the program", "practice", "--scenario")
    assert wizard.computer.started == [(*began, "trust.too-open"), (*began, "role.missing")]
    assert clipped(shown) == []
    close(wizard, shown)
    theme.set_text_size(SIZES[-1])
    choose(wizard, "practise")
    large = dialog(wizard, "practiceDialog")
    free = large.screen().availableGeometry()
    assert free.size().expandedTo(large.frameSize()) == free.size()
    assert clipped(large) == []


def test_practising_opens_a_window_of_its_own(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    practise(wizard)
    assert wizard.computer.started == [("the program", "practice")]
    assert not wizard.store.state.practice


def test_who_practises_already_is_not_sent_there(qtbot: QtBot) -> None:
    assert not action(open_wizard(qtbot), "practise").isEnabled()


def test_where_there_is_no_practice_it_is_said_and_then_it_works(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    wizard.computer.no_practice = "It is not installed."
    choose(wizard, "practise")
    told = dialog(wizard, "problemDialog")
    assert "It is not installed." in texts(told)
    told.accept()
    wizard.activate()
    wizard.computer.no_practice, wizard.computer.starts = None, False
    practise(wizard)
    assert "could not be started" in texts(dialog(wizard, "problemDialog"))
    dialog(wizard, "problemDialog").accept()
    wizard.activate()
    wizard.computer.starts = True
    practise(wizard)
    assert len(wizard.computer.started) == 2


def letter(wizard: Wizard) -> tuple[str, str]:
    """Begin a letter to support; return its subject and its text."""
    choose(wizard, "writeToSupport")
    link = urlsplit(wizard.links[-1])
    assert (link.scheme, link.path) == ("mailto", "support@ubiquity.co.nz")
    # Nobody hears whether a mail program has answered: the address can be taken elsewhere.
    told = dialog(wizard, "problemDialog")
    assert "support@ubiquity.co.nz" in texts(told)
    assert part(told, QAbstractButton, "problemCopy").isVisible()
    told.accept()
    fields = parse_qs(link.query, strict_parsing=True)
    return fields["subject"][0], fields["body"][0]


def test_a_letter_to_support_tells_what_is_so_and_no_secret(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, accounts=fake_accounts(practice=False))
    wizard.jump("details")
    failure = AwsFailure("caller", "AccessDenied", "the message with a value in it")
    wizard.store.change(lambda state: replace(state, failure=failure))
    subject, body = letter(wizard)
    assert "Your details" in subject
    for told in ("The program 1.2", "A system 5", "AccessDenied", ACCOUNT, BUCKET):
        assert told in body
    assert DATABASE_ID not in body
    assert "the message" not in body
    wizard.context.masking.set_on(True)
    _, hidden = letter(wizard)
    assert "AccessDenied" in hidden
    assert ACCOUNT not in hidden
    assert BUCKET not in hidden


def test_the_folder_of_the_programs_files_is_opened(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    choose(wizard, "openFiles")
    _until_made(wizard)
    assert wizard.links[0].startswith("file://")
    assert wizard.links[0].endswith("/where/the files are")
    choose(wizard, "openLog")
    _until_made(wizard)
    assert wizard.links[1].endswith("/where/the log is")


def test_about_tells_versions_and_licences_to_be_copied(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    wizard = open_wizard(qtbot)
    choose(wizard, "about")
    shown = dialog(wizard, "aboutDialog")
    part(shown, QAbstractButton, "aboutCopy").click()
    lines = clipboard.text().splitlines()
    assert lines[:2] == ["The program 1.2", "A system 5"]
    assert lines[2].startswith("Qt 6.")
    assert clipboard.text() == part(shown, QLabel, "aboutText").text()
    assert "LGPL" in part(shown, QLabel, "aboutQt").text()
    assert clipped(shown) == []


def test_the_licence_of_every_part_is_found_and_read(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    choose(wizard, "about")
    part(dialog(wizard, "aboutDialog"), QAbstractButton, "aboutLicences").click()
    wizard.until_idle()
    shown = dialog(wizard, "licencesDialog")
    rows, text = (
        part(shown, QListWidget, "licenceParts"),
        part(shown, QPlainTextEdit, "licenceText"),
    )
    find = part(shown, QLineEdit, "licenceWords")
    assert find.hasFocus()

    def listed() -> list[str]:
        items = map(rows.item, range(rows.count()))
        return [item.text() for item in items if not item.isHidden()]

    assert listed()[1:] == ["boto3 1.44, licence Apache-2.0", "Nobody’s, licence MIT"]
    assert "about snakes" in text.toPlainText()
    for words, found in (("RIVERS", ["boto3"]), ("apache boto", ["boto3"]), ("psf", ["Python"])):
        find.clear()
        type_text(find, words)
        assert [line.split()[0] for line in listed()] == found
        assert text.accessibleName() == f"The licence of {found[0]}"
    find.clear()
    type_text(find, "no such words")
    assert listed() == []
    assert any("No part has these words" in each.text() for each in shown.findChildren(QLabel))
    find.clear()
    assert len(listed()) == 3
    press(rows, Qt.Key.Key_End)
    assert text.toPlainText() == "Its text is missing in this installation."
    assert clipped(shown) == []


_DIALOGS = {"showNeeds": "needsDialog", "showTroubles": "troublesDialog", "about": "aboutDialog"}


def test_dialogs_stay_on_the_screen_in_the_largest_text(qtbot: QtBot, theme: Theme) -> None:
    wizard = open_with(qtbot, PLAIN)
    theme.set_text_size(SIZES[-1])
    for entry, name in {
        **_DIALOGS,
        "startAnew": "anewQuestion",
        "pasteSent": "pasteDialog",
    }.items():
        choose(wizard, entry)
        shown = dialog(wizard, name)
        free = shown.screen().availableGeometry()
        assert free.size().expandedTo(shown.frameSize()) == free.size()
        assert clipped(shown) == []
        close(wizard, shown)


def test_every_word_is_translated_and_has_room_to_be_longer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_active", [PseudoLocale()])
    wizard = open_with(qtbot, PLAIN)
    bar = wizard.window.menuBar()
    actions = [*bar.actions(), *(a for menu in bar.findChildren(QMenu) for a in menu.actions())]
    said = [action.text().replace("&", "") for action in actions]
    for entry, name in {
        **_DIALOGS,
        "startAnew": "anewQuestion",
        "pasteSent": "pasteDialog",
    }.items():
        choose(wizard, entry)
        shown = dialog(wizard, name)
        assert clipped(shown) == []
        ours = [label for label in shown.findChildren(QLabel) if label.objectName() != "aboutText"]
        said += [label.text() for label in ours]
        said += [button.text() for button in shown.findChildren(QAbstractButton)]
        close(wizard, shown)
    names = {each.name for each in available_languages()}
    rest = (untranslated(text.removesuffix("(Language)")) for text in said if text not in names)
    assert [text for text in rest if re.search(r"\w", text)] == []


def test_what_a_menu_did_is_said_aloud(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(deeds, "announce", lambda _widget, words: said.append(words))
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    for entry in ("biggerText", "normalText"):
        choose(wizard, entry)
    practise(wizard)
    assert said == ["Text 110 %", "Text 100 %", "The practice AWS opens in a window of its own."]


def test_a_question_is_said_before_an_answer_has_the_focus(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str]] = []
    wizard = open_with(qtbot, PLAIN)
    screen = Screen(wizard)
    monkeypatch.setattr(
        scroll_dialog, "announce", lambda _widget, words: said.append((screen.focus, words))
    )
    choose(wizard, "startAnew")
    [(focus, words)] = said
    assert focus == "nextButton"
    answer = part(dialog(wizard, "anewQuestion"), QAbstractButton, "anewNo")
    assert (screen.focus, answer.accessibleDescription()) == ("anewNo", words)
