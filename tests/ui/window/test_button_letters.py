"""Alt and a letter press a button from wherever the focus is, where the system has that."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Method
from app.ui.widgets import accelerators
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.window.button_letters import ButtonLetters
from tests.helpers.drafts import PLAIN
from tests.helpers.hands import ALT, press
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import Wizard, open_with

pytestmark = pytest.mark.usefixtures("loop")


def _at_details(qtbot: QtBot) -> Wizard:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    wizard.jump("details")
    wizard.clock.now += 10
    return wizard


def test_footer_and_page_have_letters_and_the_words_stay_words(qtbot: QtBot) -> None:
    screen = DetailsPage(_at_details(qtbot))
    letters = {name: screen.find(Button, name).letter for name in ("backButton", "nextButton")}
    assert letters == {"backButton": "B", "nextButton": "N"}
    assert screen.next_text == "Next"
    screen.find(QWidget, "accountId").setFocus()
    press(screen.window, Qt.Key.Key_B, ALT)
    screen.wizard.until_page("method")
    screen.wizard.clock.now += 10
    press(screen.window, Qt.Key.Key_N, ALT)
    screen.wizard.until_page("details")


def test_a_letter_of_the_page_presses_its_button(qtbot: QtBot) -> None:
    wizard = _at_details(qtbot)
    letter = DetailsPage(wizard).find(Button, "addBucket").letter
    press(wizard.window, Qt.Key[f"Key_{letter.upper()}"], ALT)
    wizard.until(lambda: len(wizard.store.state.details.form.buckets) == 2)


def test_of_many_that_say_the_same_none_takes_a_letter(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    page = FlowRow(*(Button(words, "button") for words in ("Mend", "Mend", "Move", "Open")))
    window.setCentralWidget(page)
    window.show()
    letters = ButtonLetters(window, (), lambda: page)
    letters.renew()
    qtbot.waitUntil(lambda: any(button.letter for button in page.findChildren(Button)))
    given = [(button.text(), button.letter) for button in page.findChildren(Button)]
    assert given == [("Mend", ""), ("Mend", ""), ("Move", "M"), ("Open", "O")]


@pytest.fixture
def hurried(qapp: QApplication) -> Iterator[None]:
    """Let presses that come one after the other be those of a hurried hand."""
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(400)
    yield
    qapp.setDoubleClickInterval(usual)


@pytest.mark.usefixtures("hurried")
def test_a_letter_too_many_turns_no_second_page(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    wizard.clock.now += 10
    button = DetailsPage(wizard).find(Button, "nextButton")
    press(wizard.window, Qt.Key.Key_N, ALT)
    wizard.until_page("method")
    press(wizard.window, Qt.Key.Key_N, ALT)
    assert not button.isDown()
    wizard.clock.now += 10
    press(wizard.window, Qt.Key.Key_N, ALT)
    assert button.isDown()
    wizard.until_page("details")


def test_other_words_keep_their_letter_listening(qtbot: QtBot) -> None:
    button = Button("Read again", "again")
    qtbot.addWidget(button)
    button.set_letter("R")
    button.setText("Reading")
    assert button.shortcut().toString() == "Alt+R"
    button.set_letter("")
    assert button.shortcut().isEmpty()


def test_macos_has_no_letters(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerators, "SYSTEM_HAS_THEM", False)
    wizard = _at_details(qtbot)
    assert {button.letter for button in wizard.window.findChildren(Button)} == {""}
