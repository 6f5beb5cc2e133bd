import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Method
from app.ui.look.theme import Theme
from app.ui.look.tokens import DARK, LIGHT
from app.ui.look.typeface import semibold
from app.ui.widgets.wrapped import text_width
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def test_shows_where_you_are_and_what_is_left(qtbot: QtBot) -> None:
    screen = Screen(open_with(qtbot, PLAIN, Method.CONSOLE))
    screen.next("method")
    screen.next("details")
    assert screen.sidebar == [
        "Welcome: Done",
        "How to do it: Done",
        "Your details: Current",
        "The role: To do",
        "Trust policy: To do",
        "Permissions: To do",
        "The connector: To do",
        "Test: To do",
        "Finish: To do",
    ]


def test_review_and_create_is_part_of_its_own_way_only(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    screen = Screen(wizard)
    for method in Method:
        wizard.store.choose_method(method)
        wizard.settle()
        listed = "Review and create: To do" in screen.sidebar
        assert listed == (method is Method.CREATE)


def test_a_click_leads_to_pages_that_can_be_reached(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = Screen(wizard)
    screen.go_to(2)
    assert screen.page == "details"
    screen.go_to(4)  # the connector waits for the changes
    assert screen.page == "details"
    screen.go_to(1)
    assert screen.page == "method"


def test_the_keyboard_leads_there_too(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = Screen(wizard)
    screen.find(QListWidget, "steps").setFocus()
    screen.key(Qt.Key.Key_Down)
    assert screen.page == "welcome"
    screen.key(Qt.Key.Key_Return)
    assert screen.page == "method"
    assert screen.focus == "method-create"


def test_looking_around_and_leaving_changes_nothing(qtbot: QtBot) -> None:
    screen = Screen(open_with(qtbot, PLAIN, Method.CREATE))
    steps = screen.find(QListWidget, "steps")
    steps.setFocus()
    screen.key(Qt.Key.Key_Down)
    assert steps.currentRow() == 1
    screen.key(Qt.Key.Key_Tab)
    assert (screen.page, steps.currentRow()) == ("welcome", 0)


def test_names_the_account(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    screen = Screen(wizard)
    assert not screen.shows("account")
    wizard.store.edit("account_id", ACCOUNT)
    wizard.settle()
    assert screen.said("account") == f"AWS account {ACCOUNT}"
    assert not screen.shows("practiceBadge")
    assert "PRACTICE" not in screen.window.windowTitle()


def test_says_practice_in_the_accounts_place(qtbot: QtBot) -> None:
    screen = Screen(open_with(qtbot, PLAIN))
    assert screen.said("practiceBadge") == "PRACTICE"
    assert ACCOUNT not in screen.said("account")
    assert "PRACTICE" in screen.window.windowTitle()


@pytest.mark.usefixtures("large_text")
def test_no_line_is_cut_off_in_large_text(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    steps = Screen(wizard).find(QListWidget, "steps")
    for row in range(steps.count()):
        item = steps.item(row)
        room = steps.visualItemRect(item)
        words = text_width(semibold(steps.font()), item.text())
        assert words + steps.iconSize().width() < room.width()
        assert room.height() >= steps.fontMetrics().height()


def test_the_marks_follow_light_and_dark(qtbot: QtBot, theme: Theme) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    light = _mark(wizard)
    theme.force("dark")
    wizard.settle()
    assert _mark(wizard) != light


def test_the_name_and_the_mark_stand_over_the_steps_in_the_themes_colours(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = Screen(open_with(qtbot, PLAIN))
    assert screen.said("brandName") == "UbiQuity"
    mark, steps = screen.find(QWidget, "brandMark"), screen.find(QWidget, "steps")
    assert (
        mark.mapTo(screen.window, mark.rect().bottomLeft()).y()
        < steps.mapTo(screen.window, steps.rect().topLeft()).y()
    )
    light = mark.grab().toImage()
    assert light.pixelColor(light.width() // 2, 3).name().upper() == LIGHT.accent
    theme.force("dark")
    screen.wizard.settle()
    dark = mark.grab().toImage()
    assert dark.pixelColor(dark.width() // 2, 3).name().upper() == DARK.accent


def _mark(wizard: Wizard) -> QImage:
    item = Screen(wizard).find(QListWidget, "steps").item(0)
    return item.icon().pixmap(16, 16).toImage()
