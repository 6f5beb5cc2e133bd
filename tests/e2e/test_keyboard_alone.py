"""The whole set-up by keyboard alone: Tab, Shift+Tab, Space, Enter, arrows, Esc and letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.hands import press, type_text
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import open_wizard

pytestmark = pytest.mark.usefixtures("loop")

ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
TAB, BACKTAB, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape


class Keyboard:
    """Presses keys where the system would send them, and sees that the focus is never lost."""

    def __init__(self, screen: DetailsPage) -> None:
        self.screen = screen

    def press(self, *keys: Qt.Key) -> None:
        """Press ``keys`` one after the other."""
        for key in keys:
            press(self._target(), key)
            self._rest()

    def type(self, text: str) -> None:
        """Type ``text``."""
        type_text(self._target(), text)
        self._rest()

    def tab_to(self, name: str, key: Qt.Key = TAB) -> None:
        """Press Tab until ``name`` has the focus."""
        for _ in range(60):
            if self.screen.focus == name:
                return
            self.press(key)
        raise AssertionError(f"Tab never comes to {name}")

    def go(self, page: str) -> None:
        """Press Enter, and wait for ``page``."""
        self.press(ENTER)
        self.screen.wizard.until_page(page)
        self.screen.wizard.until_idle()
        self._rest()

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.screen.window

    def _rest(self) -> None:
        wizard = self.screen.wizard
        wizard.settle()
        if QApplication.activePopupWidget() is None and wizard.window.isVisible():
            wizard.activate()
            focus = QApplication.focusWidget()
            assert focus is not None
            assert not focus.visibleRegion().isEmpty(), self.screen.focus


@pytest.fixture
def screen(qtbot: QtBot, accounts: PracticeAccounts) -> DetailsPage:
    return DetailsPage(open_wizard(qtbot, accounts))


@pytest.fixture
def keys(screen: DetailsPage) -> Keyboard:
    return Keyboard(screen)


def _fill_in(keys: Keyboard) -> None:
    """Type all details of the encrypted practice bucket."""
    assert keys.screen.focus == "accountId"
    keys.type(ACCOUNT_ID)
    keys.press(TAB)
    keys.type(DATABASE_ID)
    keys.press(TAB)
    keys.type("practice-encrypted")
    keys.press(TAB)
    keys.type("sydney")
    keys.press(DOWN, ENTER)  # the first of the list
    assert keys.screen.text("bucketRegion") == "ap-southeast-2"
    keys.tab_to("bucketPrefix")
    keys.type("imports/")
    keys.press(TAB, SPACE)
    assert keys.screen.find(QCheckBox, "restrictToPrefix").isChecked()
    keys.press(TAB)
    assert keys.screen.focus == "encryption-default"
    keys.press(DOWN)
    assert keys.screen.find(QRadioButton, "encryption-kms").isChecked()
    keys.press(TAB)
    assert keys.screen.focus == "kmsKeyArn"
    keys.type(KEY_ARN)


def test_the_whole_way(keys: Keyboard, screen: DetailsPage) -> None:
    keys.go("method")
    assert screen.focus == "method-create"
    keys.press(DOWN, SPACE)
    assert screen.find(QRadioButton, "method-console").isChecked()
    keys.go("details")
    _fill_in(keys)
    keys.go("role")
    for step, following in (
        ("role", "trust"),
        ("trust", "permissions"),
        ("permissions", "connector"),
    ):
        assert screen.focus == f"practise-{step}"
        keys.press(SPACE)
        screen.wizard.until_idle()
        assert screen.find(QCheckBox, f"done-{step}").isChecked()
        assert screen.focus == f"done-{step}"
        keys.tab_to("nextButton")
        keys.go(following)
    keys.tab_to("done-connector")
    keys.press(SPACE)
    keys.go("test")
    screen.wizard.until_idle()  # it begins by itself
    keys.tab_to("practisePress")
    keys.press(SPACE)
    screen.wizard.until_idle()
    assert "Connection successful." in screen.said("testResult")
    assert screen.focus == "nextButton"
    keys.go("finish")
    keys.press(ENTER)
    assert not screen.window.isVisible()


def test_back_with_esc_and_to_a_page_by_the_sidebar(keys: Keyboard, screen: DetailsPage) -> None:
    keys.go("method")
    keys.press(SPACE)
    keys.go("details")
    keys.tab_to("fill-bucket", BACKTAB)
    keys.press(ENTER)
    assert screen.text("accountId") == ACCOUNT_ID
    keys.tab_to("steps")
    keys.press(DOWN)
    keys.go("create")
    keys.press(ESC)
    assert screen.page == "details"
    keys.press(ESC)
    assert (screen.page, screen.focus) == ("method", "method-create")


def test_sharing_is_switched_by_keyboard(keys: Keyboard, screen: DetailsPage) -> None:
    keys.tab_to("shareToggle", BACKTAB)
    keys.press(SPACE)
    assert screen.wizard.context.masking.on
