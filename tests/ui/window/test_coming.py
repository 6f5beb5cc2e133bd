"""A page that is shown for the first time: in pieces, but whole once it is seen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.core.frozen import replace
from app.flow.wizard.state import Method, SetupState
from app.ui.pages.details import DetailsPage as Form
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.hands import press
from tests.helpers.pages import DetailsPage, Screen
from tests.helpers.wizard import Wizard, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def _go(wizard: Wizard, page: str) -> None:
    wizard.store.change(lambda state: replace(state, page=page))


def _is_coming(wizard: Wizard) -> bool:
    return wizard.window.is_coming


def _seen(screen: Screen) -> list[str]:
    return [screen.page, screen.said("where"), screen.next_text, screen.window.windowTitle()]


def test_all_stays_as_it_was_until_the_page_is_whole(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, form=form_of(PLAIN))
    screen = DetailsPage(wizard)
    before = _seen(screen)
    _go(wizard, "details")
    assert _is_coming(wizard)
    assert _seen(screen) == before
    wizard.settle()
    assert not _is_coming(wizard)
    assert screen.page == "details"
    assert "Your details" in screen.said("where")
    assert screen.text("accountId").replace(" ", "") == ACCOUNT
    assert screen.focus == "accountId"


def test_each_piece_has_a_turn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    log: list[str] = []

    def noted(name: str, work: Callable[..., None]) -> Callable[..., None]:
        def do(*args: object) -> None:
            if log[-1:] != [name]:
                log.append(name)
                QTimer.singleShot(0, lambda: log.append("turn"))
            work(*args)

        return do

    for name in ("__init__", "show_state", "entered"):
        monkeypatch.setattr(Form, name, noted(name, getattr(Form, name)))
    wizard = open_with(qtbot, PLAIN)
    _go(wizard, "details")
    wizard.settle()
    pieces = "".join(f"{each} " for each in log)
    assert pieces.startswith("__init__ turn show_state turn show_state entered ")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_no_key_is_taken_for_what_nobody_has_seen(qtbot: QtBot, key: Qt.Key) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    wizard.jump("details")
    _go(wizard, "connector")
    press(QApplication.focusWidget() or wizard.window, key)
    assert wizard.store.state.page == "connector"
    wizard.settle()
    assert Screen(wizard).page == "connector"


def test_no_click_is_taken_for_what_nobody_has_seen(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    wizard.jump("details")
    screen = Screen(wizard)
    next_button = screen.find(QAbstractButton, "nextButton")
    QTest.mouseClick(next_button, Qt.MouseButton.LeftButton)
    assert wizard.store.state.page == "create"
    QTest.mouseClick(next_button, Qt.MouseButton.LeftButton)
    wizard.window.go_on()
    wizard.until_idle()
    assert screen.page == "create"
    assert screen.next_text == "Create in the practice AWS"  # and nothing was created
    assert wizard.store.state.creation.run is not None
    assert wizard.store.state.creation.run.is_untouched
    screen.do()
    assert wizard.store.state.creation.run.is_complete


def test_who_turns_back_meanwhile_is_where_they_were(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    screen = DetailsPage(wizard)
    _go(wizard, "details")
    _go(wizard, "welcome")
    assert not _is_coming(wizard)
    wizard.settle()
    assert screen.page == "welcome"
    wizard.jump("details")
    assert screen.text("accountId").replace(" ", "") == ACCOUNT


def test_who_chooses_another_way_meanwhile_sees_the_choice(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = Screen(wizard)
    wizard.jump("method")
    console = screen.find(QAbstractButton, "method-console")
    store = wizard.store
    store.change(lambda state: replace(state, page="sign-in", practise_sign_in=True))
    assert _is_coming(wizard)
    console.click()
    assert not _is_coming(wizard)
    wizard.settle()
    assert screen.page == "method"
    screen.do()
    assert screen.page == "details"


def test_what_changes_meanwhile_is_shown_with_the_page(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    screen = DetailsPage(wizard)
    _go(wizard, "details")
    qtbot.waitUntil(lambda: wizard.window.findChild(Form) is not None)
    wizard.context.masking.set_on(True)
    wizard.store.edit("database_id", "")
    assert _is_coming(wizard)
    wizard.settle()
    assert screen.page == "details"
    assert "Details hidden" in screen.window.windowTitle()
    assert not screen.text("databaseId")


def test_a_page_that_is_there_comes_at_once(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.jump("details")
    wizard.jump("welcome")
    _go(wizard, "details")
    assert not _is_coming(wizard)
    assert Screen(wizard).page == "details"


def test_the_first_page_is_there_when_the_window_is(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    state: SetupState = wizard.store.state
    assert not _is_coming(wizard)
    assert Screen(wizard).page == state.page
