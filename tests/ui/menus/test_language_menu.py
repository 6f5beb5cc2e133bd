"""Another language, chosen while the window is open: at once, and nothing typed is lost."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap.outside import speak
from app.core.fields.form import form_of
from app.core.i18n import install, language, tr
from app.core.languages import ENGLISH, Language
from app.core.wording.characters import marked
from app.core.wording.languages import translation_words
from app.system.settings_file import SettingsFile
from app.system.translations import available_languages, install_language
from app.ui.look.language import let_qt_speak
from app.ui.widgets.accelerators import letter_of
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.times import day_and_time, time_of_day
from app.ui.widgets.words import RowWords, directed, isolated, without_isolation
from tests.helpers.drafts import PLAIN
from tests.helpers.hands import part
from tests.helpers.pages import DetailsPage, Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

MOMENT = datetime(2020, 1, 2, 3, 4, tzinfo=UTC)
CANCEL = QDialogButtonBox.StandardButton.Cancel


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    install(None)
    let_qt_speak(qapp)


def choose(wizard: Wizard, tag: str) -> None:
    part(wizard.window, QAction, f"language-{tag or 'system'}").trigger()
    wizard.settle()


def words_of(wizard: Wizard) -> tuple[str, str]:
    """Return what Next says, and the title of the menu Help."""
    button = Screen(wizard).find(QAbstractButton, "nextButton")
    return button.text().replace("&", ""), part(wizard.window, QMenu, "helpMenu").title()


def ticked(wizard: Wizard) -> set[str]:
    menu = part(wizard.window, QMenu, "languageMenu")
    return {each.text().replace("&", "") for each in menu.actions() if each.isChecked()}


def test_every_language_is_named_in_itself_and_found_in_english(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    menu = part(wizard.window, QMenu, "languageMenu")
    assert menu.title() == "La&nguage"
    names = [each.text() for each in menu.actions() if not each.isSeparator()]
    assert names[1] == "English"
    assert {"Deutsch", "العربية"} <= set(names)
    assert ticked(wizard) == {"As the system"}
    choose(wizard, "ar")
    assert "Language" in menu.title().replace("&", "")
    picture = menu.icon().pixmap(16, 16).toImage()
    assert any(picture.pixelColor(x, 8).alpha() for x in range(picture.width()))
    assert ticked(wizard) == {"العربية"}


def test_all_is_said_in_it_at_once_and_nothing_typed_is_lost(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(PLAIN, practice=False), form=form_of(PLAIN))
    wizard.jump("details")
    screen = DetailsPage(wizard)
    screen.type("accountId", "4711")
    english, before = words_of(wizard), wizard.store.state
    centre = wizard.window.centralWidget()
    for tag in ("de", "ar", ENGLISH.tag):
        choose(wizard, tag)
        assert (wizard.computer.language, language()) == (tag, tag)
        assert wizard.store.state.details.form == before.details.form
        assert screen.text("accountId") == "4711"
        assert (words_of(wizard) == english) == (tag == ENGLISH.tag)
        right_to_left = wizard.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        assert right_to_left == (tag == "ar")
    assert wizard.window.centralWidget() is not centre
    screen.type("accountId", PLAIN.account_id)
    screen.next()


def test_what_stands_in_a_field_alone_is_typed_again(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    wizard.jump("explain")
    box = next(each for each in wizard.window.findChildren(HiddenText) if each.isVisible())
    box.set_text("An error occurred")
    name = box.objectName()
    choose(wizard, "de")
    (again,) = (
        each
        for each in wizard.window.findChildren(HiddenText)
        if each.isVisible() and each.objectName() == name
    )
    assert again.text() == "An error occurred"


def test_what_runs_ends_first(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    centre, ended = wizard.window.centralWidget(), asyncio.Event()

    async def work() -> None:
        await ended.wait()

    wizard.context.start("work", work())
    choose(wizard, "de")
    assert language() == ENGLISH.tag
    assert wizard.window.centralWidget() is centre
    choose(wizard, "ar")
    ended.set()
    wizard.until(lambda: language() == "ar")
    assert wizard.window.centralWidget() is not centre
    assert not wizard.crashes
    Screen(wizard).next("method")


def test_about_says_who_has_read_each_language(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    part(wizard.window, QAction, "about").trigger()
    wizard.settle()
    told = part(wizard.window, QLabel, "aboutLanguages").text().splitlines()
    assert "Deutsch: machine-made, not yet read by a native speaker" in told
    assert len(told) == len(available_languages()) - 1
    french = Language("fr", "Français", ("Ann", "Bob"))
    assert translation_words([ENGLISH, french]) == ("Français: read by Ann and Bob",)


def test_it_is_kept_for_the_next_start(tmp_path: Path) -> None:
    for tag, spoken in (("de", "de"), ("xx", ENGLISH.tag), ("", ENGLISH.tag)):
        settings = SettingsFile(tmp_path)
        speak(tag, settings)
        assert (settings.now.language, language()) == (tag, spoken)
        settings.settle()
        assert SettingsFile(tmp_path).load().language == tag


def test_the_letters_of_each_menu_are_one_of_a_kind_in_every_language(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    bar = wizard.window.menuBar()
    twice = {}
    for each in available_languages():
        choose(wizard, each.tag)
        for menu in (bar, *bar.findChildren(QMenu)):
            letters = [letter_of(action.text()).casefold() for action in menu.actions()]
            twice[each.tag, menu.objectName()] = {
                letter for letter, times in Counter(letters).items() if letter and times > 1
            }
    assert {place: letters for place, letters in twice.items() if letters} == {}


def test_qt_speaks_it_too(qtbot: QtBot, qapp: QApplication) -> None:
    wizard = open_wizard(qtbot)
    said = {}
    for each in (*available_languages(), ENGLISH):
        choose(wizard, each.tag)
        box = QDialogButtonBox(CANCEL)
        qtbot.addWidget(box)
        said[each.tag] = box.button(CANCEL).text().replace("&", "")
    assert said["de"] == "Abbrechen"
    assert len(set(said.values())) == len(said)
    assert said[ENGLISH.tag] == "Cancel"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_words_lie_as_the_language_does_and_are_copied_as_they_are(qapp: QApplication) -> None:
    arn = "arn:aws:iam::111122223333:role/x"
    assert (directed("AWS"), isolated(arn)) == ("AWS", arn)
    install_language("ar")
    let_qt_speak(qapp)
    assert directed("AWS الآن").startswith("\u200f")
    assert directed("الآن AWS") == "الآن AWS"
    assert directed("") == ""
    foreign = "Connection successful. Found 6 files in bucket."
    assert directed(foreign) == f"\u200f{isolated(foreign)}"
    assert directed("AWS CloudShell") == "\u200fAWS CloudShell"
    assert without_isolation(directed(foreign)) == foreign
    assert isolated(arn) != arn
    assert without_isolation(directed(isolated(arn))) == arn


@pytest.mark.parametrize(
    "words", ["Not tried yet", "Noch nicht versucht", "Pas encore essayé tout"]
)
def test_words_in_a_row_want_one_line_and_bear_less(qtbot: QtBot, words: str) -> None:
    label = RowWords(words)
    qtbot.addWidget(label)
    line = label.fontMetrics().lineSpacing()
    assert label.sizeHint().height() < 2 * line
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(words)
    assert label.minimumSizeHint().width() < label.sizeHint().width()


@pytest.mark.parametrize("tag", [each.tag for each in available_languages()])
def test_times_of_day_have_the_digits_of_all_other_numbers_and_nothing_unseen(tag: str) -> None:
    install_language(tag)
    for shown in (time_of_day(MOMENT), day_and_time(MOMENT)):
        assert [each for each in shown if each.isdigit() and not each.isascii()] == []
        assert re.search(r"\d", shown)
        assert marked(shown) == shown


@pytest.mark.parametrize("tag", [each.tag for each in available_languages()])
def test_no_word_of_a_language_holds_what_would_be_told_by_its_name(tag: str) -> None:
    """As a space before a colon in French that doesn't break, once in a sentence with values."""
    install_language(tag)
    said = [tr(each) for each in ("Blocked", "Waiting for: {what}", "AWS account: {account}")]
    assert [words for words in said if marked(words) != words] == []


def test_the_window_is_mirrored(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    Screen(wizard).next("method")
    choose(wizard, "ar")
    sidebar = part(wizard.window, QWidget, "sidebar")
    assert sidebar.x() > wizard.window.width() / 2
    back, forward = (Screen(wizard).find(QWidget, f"{name}Button") for name in ("back", "next"))
    assert forward.x() < back.x()
