"""Little room: header and sidebar fold into one line, and nothing is lost by it."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Method
from app.ui.look.theme import Theme
from app.ui.widgets.short_line import ShortLine
from app.ui.window.footer import Footer
from app.ui.window.sizes import SMALLEST, is_tight
from tests.helpers.clipping import clipped
from tests.helpers.drafts import PLAIN
from tests.helpers.hands import part
from tests.helpers.pages import Screen
from tests.helpers.stage import staged
from tests.helpers.wizard import Wizard, fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")


@pytest.mark.parametrize(
    ("size", "line", "sidebar", "tight"),
    [
        ((1024, 700), 15, 220, False),
        ((600, 400), 15, 220, False),
        ((1024, 680), 29, 340, False),  # 200 % text on a laptop
        ((600, 400), 29, 340, True),
        ((667, 316), 15, 220, True),  # a laptop at 200 %
        ((540, 700), 15, 220, True),
    ],
)
def test_the_page_comes_first(size: tuple[int, int], line: int, sidebar: int, tight: bool) -> None:
    assert is_tight(QSize(*size), line, sidebar) is tight


def _small(qtbot: QtBot, *, practice: bool = True) -> Wizard:
    wizard = open_with(qtbot, PLAIN, Method.CREATE, fake_accounts(practice=practice))
    _shrink(wizard)
    return wizard


def _shrink(wizard: Wizard) -> None:
    """Make the window as small as it opens on a laptop at 300 %."""
    wizard.window.setMinimumSize(1, 1)
    wizard.window.resize(480, 320)
    wizard.settle()


def test_where_one_is_stays_said_and_the_steps_can_be_chosen(qtbot: QtBot) -> None:
    wizard = _small(qtbot)
    screen = Screen(wizard)
    assert not screen.shows("steps")
    assert not screen.shows("where")
    assert screen.shows("compactBadge")
    steps = screen.find(QPushButton, "stepsButton")
    assert steps.accessibleName() == "Page 1 of 7: Welcome"
    assert not part(wizard.window, QAction, "compact-test").isEnabled()
    part(wizard.window, QAction, "compact-details").trigger()
    wizard.settle()
    assert screen.page == "details"
    assert steps.accessibleName() == "Page 3 of 7: Your details"
    assert clipped(wizard.window) == []


def test_it_unfolds_as_soon_as_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    wizard = _small(qtbot, practice=False)
    screen = Screen(wizard)
    wizard.window.resize(800, 600)
    wizard.settle()
    assert screen.shows("steps")
    assert not screen.shows("stepsButton")
    theme.set_text_size(300)
    wizard.settle()
    assert screen.shows("stepsButton")
    assert not screen.shows("compactBadge")


def test_the_focus_is_not_lost_with_what_is_folded(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = Screen(wizard)
    screen.find(QWidget, "steps").setFocus()
    _shrink(wizard)
    assert screen.focus not in ("", "steps")
    screen.find(QWidget, "nextButton").setFocus()
    screen.key(Qt.Key.Key_Tab)
    assert screen.focus == "stepsButton"


def test_a_narrow_footer_has_its_line_above_and_cuts_no_button(qtbot: QtBot) -> None:
    footer = Footer()
    footer.show_way(
        next_text="Create in the practice AWS", waiting="Waiting for: it", first=False, busy=None
    )
    window = staged(qtbot, footer, width=700)
    line, forward = (part(footer, QWidget, name) for name in ("waitingLine", "nextButton"))
    for width, is_above in ((700, False), (360, True), (240, True), (700, False)):
        window.resize(width, 300)
        qtbot.wait(1)
        bottom = line.mapTo(footer, line.rect().bottomLeft()).y()
        assert (bottom < forward.mapTo(footer, forward.rect().topLeft()).y()) is is_above
        assert clipped(footer) == []


def test_a_line_without_room_is_cut_for_the_eye_alone(qtbot: QtBot) -> None:
    words = "Waiting for: tick “I have done this” once it is saved, and then all of the rest"
    line = ShortLine(2)
    line.setText(words)
    staged(qtbot, line, width=900)
    one = line.height()
    assert line.toolTip() == ""
    line.window().resize(240, 200)
    qtbot.wait(1)
    line.grab()
    assert line.heightForWidth(line.width()) == 2 * line.fontMetrics().lineSpacing()
    assert one < line.heightForWidth(line.width())
    assert (line.text(), line.toolTip()) == (words, words)
    line.set_most_lines(1)
    assert line.heightForWidth(line.width()) == line.fontMetrics().lineSpacing()


@pytest.mark.parametrize("width", [1000, 700, 560, 440])
def test_a_second_click_in_the_same_place_answers_no_question(qtbot: QtBot, width: int) -> None:
    """However slow it comes: what answers stands elsewhere than what asked."""
    footer, whole = Footer(), QWidget()
    column = QVBoxLayout(whole)
    column.addStretch(1)
    column.addWidget(footer)
    window = staged(qtbot, whole, width=width)
    window.resize(width, 400)
    footer.show_way(next_text="Close", waiting="", first=False, busy=None)
    footer.show_destructive("revokeNow", "Revoke access")
    qtbot.wait(1)
    asks = part(footer, QPushButton, "revokeNow")
    clicked = asks.rect().translated(asks.mapTo(window, asks.rect().topLeft()))
    footer.show_way(next_text="Keep everything as it is", waiting="", first=True, busy=None)
    footer.show_destructive("revokeNow-yes", "Revoke access", answers=True)
    qtbot.wait(1)
    answer = part(footer, QPushButton, "revokeNow-yes")
    assert answer.isVisible()
    assert not asks.isVisible()
    assert not clicked.intersects(
        answer.rect().translated(answer.mapTo(window, answer.rect().topLeft()))
    )
    assert clipped(footer) == []


def test_a_page_that_needs_more_room_folds_them_and_the_next_leaves_them_so(
    qtbot: QtBot, theme: Theme
) -> None:
    """Not in English, but in longer words pages want more than is left beside the sidebar."""
    wizard = open_with(qtbot, PLAIN, Method.CREATE, fake_accounts())
    screen = Screen(wizard)
    wizard.window.resize(SMALLEST)
    wizard.settle()
    assert screen.shows("steps")
    welcome = screen.find(QWidget, "scroll-welcome").widget()  # type: ignore[attr-defined]
    welcome.setMinimumWidth(450)
    wizard.settle()
    assert not screen.shows("steps")
    assert clipped(wizard.window) == []
    wizard.jump("details")
    assert not screen.shows("steps")
    wizard.window.resize(800, 600)
    wizard.settle()
    assert screen.shows("steps")
    wizard.window.resize(SMALLEST)
    wizard.settle()
    assert not screen.shows("steps")
    welcome.setMinimumWidth(0)
    theme.set_text_size(110)
    wizard.settle()
    theme.set_text_size(100)
    wizard.settle()
    assert screen.shows("steps")
