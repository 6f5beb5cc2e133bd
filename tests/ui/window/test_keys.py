"""What keys and hurried hands do: where the focus goes by itself, Enter, Esc, double presses."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.core.guide import UBIQUITY_ACCOUNT
from app.flow.wizard.state import Method
from tests.helpers.drafts import PLAIN
from tests.helpers.fakes import FakeAccounts, FakeCustomer, FakeUbiquity, Gate, signed_in
from tests.helpers.pages import DetailsPage, Screen
from tests.helpers.wizard import fake_accounts, listing, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

ENTER, SPACE, ESC = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up


@pytest.fixture
def hurried(qapp: QApplication) -> Iterator[None]:
    """Let two presses of the same moment count as a double one, as they do for people."""
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(400)
    yield
    qapp.setDoubleClickInterval(usual)


def _reviewing(qtbot: QtBot, aws: FakeCustomer, page: str = "create") -> Screen:
    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(aws), practice=True))
    wizard.store.change(lambda state: replace(state, page=page))
    return Screen(wizard)


def _named(screen: Screen) -> None:
    """Let the work have taken so long that it is named."""
    screen.wizard.clock.now += 2
    screen.wizard.until(lambda: screen.shows("cancelButton"))


def _place(screen: Screen) -> tuple[QPoint, QSize]:
    """Return where Next is in the window, and how large."""
    button = screen.find(QPushButton, "nextButton")
    return button.mapTo(screen.window, QPoint()), button.size()


# While something is done


def test_a_busy_second_leaves_focus_and_words_of_the_primary_button(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    screen = _reviewing(qtbot, aws)
    screen.wizard.until_idle()
    aws.gate = Gate()
    before = _place(screen)
    words = screen.next_text
    screen.key(ENTER)
    screen.wizard.until(lambda: aws.gate is not None and aws.gate.has_arrivals)
    _named(screen)
    assert screen.shows("cancelButton")
    assert (screen.focus, screen.next_text) == ("nextButton", words)
    assert _place(screen) == before
    screen.key(ENTER)  # what is done is said, and nothing is begun or stopped
    aws.gate.open()
    screen.wizard.until_idle()
    assert (screen.focus, screen.next_text) == ("nextButton", "Next")
    run = screen.wizard.store.state.creation.run
    assert run is not None
    assert run.is_complete


def test_next_has_the_focus_once_nothing_is_waited_for(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    support = signed_in(FakeCustomer(), FakeUbiquity([listing(PLAIN)]), UBIQUITY_ACCOUNT)
    wizard.store.change(lambda state: replace(state, page="test", signed_in=support))
    wizard.until_idle()  # it begins by itself
    screen = Screen(wizard)
    assert wizard.store.state.connection.worked
    screen.find(QPushButton, "testAgain").setFocus()
    screen.key(SPACE)
    wizard.until_idle()
    assert screen.focus == "nextButton"
    screen.next("finish")


# Enter


def test_enter_leads_neither_back_nor_takes_away(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    screen = _reviewing(qtbot, aws)
    screen.wizard.until_idle()
    screen.do()
    for name in ("backButton", "undo"):
        screen.find(QPushButton, name).setFocus()
        screen.key(ENTER)
        assert (screen.page, screen.focus) == ("create", name)
        assert screen.wizard.store.state.confirming is None
    screen.key(SPACE)
    assert screen.focus == "nextButton"
    screen.find(QPushButton, "undo-yes").setFocus()
    screen.key(ENTER)
    screen.wizard.until_idle()
    assert screen.shows("undo-yes")
    screen.key(SPACE)
    screen.wizard.until_idle()
    run = screen.wizard.store.state.creation.run
    assert run is not None
    assert run.undone


def test_enter_never_cancels(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.gate = Gate()
    screen = _reviewing(qtbot, aws)
    screen.wizard.until(lambda: screen.wizard.store.state.busy is not None)
    _named(screen)
    screen.find(QPushButton, "cancelButton").setFocus()
    screen.key(ENTER)
    assert screen.wizard.store.state.busy is not None
    screen.key(SPACE)
    screen.wizard.until_idle()
    assert screen.wizard.store.state.creation.run is None
    assert screen.focus == "nextButton"


@pytest.mark.parametrize("key", [ENTER, DOWN, UP])
def test_a_card_is_chosen_by_enter_and_by_arrows(qtbot: QtBot, key: Qt.Key) -> None:
    wizard = open_wizard(qtbot, fake_accounts(), form=None)
    wizard.jump("method")
    screen = DetailsPage(wizard)
    assert (screen.focus, wizard.store.state.creation.method) == ("method-create", Method.CREATE)
    if key == UP:
        screen.click("method-cloudshell")
    if key == ENTER:
        screen.find(QRadioButton, "method-console").setFocus()
    screen.key(key)
    assert wizard.store.state.creation.method is Method.CONSOLE
    assert (screen.page, screen.focus) == ("method", "method-console")
    screen.key(ENTER)  # it is chosen: Enter leads on
    assert screen.page == "details"


# Twice


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("key", [ENTER, SPACE])
def test_a_key_pressed_twice_turns_one_page(qtbot: QtBot, key: Qt.Key) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    screen = Screen(wizard)
    wizard.clock.now += 1
    screen.key(key)
    screen.find(QPushButton, "nextButton").setFocus()
    screen.key(key)
    assert screen.page == "method"
    wizard.clock.now += 1
    screen.key(key)
    assert screen.page == "details"


def test_a_key_held_down_turns_one_page(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    screen = Screen(wizard)
    screen.key(ENTER)
    for _ in range(5):
        _repeat(screen)
    assert screen.page == "method"
    screen.find(QPushButton, "nextButton").setFocus()
    for _ in range(5):
        _repeat(screen)
    assert screen.page == "method"
    screen.next("details")


def _repeat(screen: Screen) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(QApplication.focusWidget() or screen.window, event)
    screen.wizard.settle()


def test_a_double_click_turns_one_page(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    screen = Screen(wizard)
    _double_click(screen, "nextButton")
    assert screen.page == "method"
    screen.next("details")
    _double_click(screen, "backButton")
    assert screen.page == "method"


@pytest.mark.usefixtures("hurried")
def test_what_has_just_been_shown_is_not_made_by_a_press_too_many(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    screen = _reviewing(qtbot, aws)
    screen.wizard.until_idle()
    assert screen.next_text == "Create in the practice AWS"
    screen.click("nextButton")
    assert aws.applied == []
    screen.wizard.clock.now += 1
    _double_click(screen, "nextButton")
    screen.wizard.until_idle()
    run = screen.wizard.store.state.creation.run
    assert run is not None
    assert run.is_complete
    assert screen.page == "create"


def _double_click(screen: Screen, name: str) -> None:
    """Click twice at the same place, whatever the first click has put there."""
    button = screen.find(QPushButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    screen.wizard.settle()
    under = screen.window.childAt(button.mapTo(screen.window, button.rect().center()))
    assert under is not None
    QTest.mouseDClick(under, Qt.MouseButton.LeftButton)
    screen.wizard.settle()


# Esc


def test_esc_closes_a_question_before_it_goes_back(qtbot: QtBot) -> None:
    screen = _reviewing(qtbot, FakeCustomer())
    screen.wizard.until_idle()
    screen.do()
    screen.click("undo")
    screen.key(ESC)
    assert (screen.page, screen.wizard.store.state.confirming) == ("create", None)
    assert screen.focus == "nextButton"
    screen.key(ESC)
    assert screen.page == "details"


def test_esc_closes_what_is_offered_to_a_typed_value_first(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    wizard.jump("details")
    screen = DetailsPage(wizard)
    box = screen.box("bucketRegion")
    box.setFocus()
    QTest.keyClicks(box, "syd")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, ESC)
    wizard.activate()
    assert QApplication.activePopupWidget() is None
    assert screen.page == "details"
    screen.key(ESC)
    assert screen.page != "details"
