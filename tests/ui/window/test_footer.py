import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.widgets.flash import FLASH
from app.ui.window.footer import Footer
from tests.helpers.hands import part
from tests.helpers.stage import staged
from tests.helpers.wizard import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def footer(qtbot: QtBot, clock: HandClock) -> Footer:
    footer = Footer(clock)
    staged(qtbot, footer)
    _idle(footer)
    return footer


def _idle(footer: Footer, waiting: str = "") -> None:
    footer.show_way(next_text="Next", waiting=waiting, first=False, busy=None)


def _busy(footer: Footer, what: str = "Reading") -> None:
    footer.show_way(next_text="Next", waiting="Waiting for: it", first=False, busy=what)


def _button(footer: Footer, name: str) -> QPushButton:
    return part(footer, QPushButton, f"{name}Button")


def test_under_a_second_nothing_flashes(footer: Footer, clock: HandClock) -> None:
    _idle(footer, "Waiting for: the changes")
    _busy(footer)
    clock.now += FLASH - 0.1
    footer.tick()
    assert footer.line == "Waiting for: the changes"
    assert not _button(footer, "cancel").isVisible()
    assert _button(footer, "next").isEnabled()
    assert _button(footer, "back").isEnabled()


def test_longer_work_is_named_with_its_time_and_can_be_cancelled(
    qtbot: QtBot, footer: Footer, clock: HandClock
) -> None:
    _busy(footer)
    clock.now += FLASH
    footer.tick()
    assert footer.line == "Reading · 1 s"
    clock.now += 2
    footer.tick()
    assert footer.line == "Reading · 3 s"
    for name in ("next", "back"):
        assert _button(footer, name).isEnabled()  # or it would lose the focus
        assert _button(footer, name).property("busy") is True
        assert _button(footer, name).accessibleDescription() == "Reading"
    with qtbot.waitSignal(footer.cancel_pressed):
        _button(footer, "cancel").click()


def test_other_words_do_not_set_the_time_back(footer: Footer, clock: HandClock) -> None:
    _busy(footer)
    clock.now += 4
    _busy(footer, "Stopping")
    assert footer.line == "Stopping · 4 s"


def test_it_is_as_before_when_work_ends(footer: Footer, clock: HandClock) -> None:
    _busy(footer)
    clock.now += 5
    footer.tick()
    _idle(footer, "Waiting for: a tick")
    assert footer.line == "Waiting for: a tick"
    assert not _button(footer, "cancel").isVisible()
    assert _button(footer, "next").property("busy") is False
    assert _button(footer, "next").accessibleDescription() == ""
    _busy(footer)
    assert footer.line == "Waiting for: a tick"  # the next work begins at nothing


@pytest.mark.parametrize("name", ["next", "back"])
def test_the_focus_stays_where_it_was(footer: Footer, clock: HandClock, name: str) -> None:
    _button(footer, name).setFocus()
    _busy(footer)
    clock.now += 1
    footer.tick()
    assert _button(footer, name).hasFocus()
    _idle(footer)
    assert _button(footer, name).hasFocus()


def test_cancel_leaves_the_focus_to_next(footer: Footer, clock: HandClock) -> None:
    _busy(footer)
    clock.now += 1
    footer.tick()
    _button(footer, "cancel").setFocus()
    _idle(footer)
    assert _button(footer, "next").hasFocus()


def test_the_focus_is_left_where_it_is_elsewhere(qtbot: QtBot, clock: HandClock) -> None:
    footer, field = Footer(clock), QLineEdit()
    staged(qtbot, footer, field)
    field.setFocus()
    _busy(footer)
    clock.now += 1
    footer.tick()
    assert field.hasFocus()
    _idle(footer)
    assert field.hasFocus()


def test_insisting_is_seen_until_something_else_is_said(footer: Footer) -> None:
    line = part(footer, QLabel, "waitingLine")
    _idle(footer, "Waiting for: a tick")
    footer.insist()
    assert line.property("role") == "warning"
    _idle(footer, "")
    assert line.property("role") == "muted"


def test_a_press_while_something_is_done_says_what(footer: Footer, clock: HandClock) -> None:
    line = part(footer, QLabel, "waitingLine")
    _busy(footer)
    footer.insist()
    assert line.property("role") != "warning"  # under a second nothing flashes
    clock.now += 1
    footer.tick()
    footer.insist()
    assert line.property("role") == "warning"


def test_the_first_page_has_no_back(footer: Footer) -> None:
    footer.show_way(next_text="Next", waiting="", first=True, busy=None)
    assert not _button(footer, "back").isVisible()


def test_what_takes_away_is_red_beside_the_primary_button_and_never_the_default(
    qtbot: QtBot, footer: Footer
) -> None:
    footer.show_destructive("undo", "Undo these changes", "What was made is deleted.")
    button = part(footer, QPushButton, "undo")
    assert (button.text(), button.property("look")) == ("Undo these changes", "destructive")
    assert button.accessibleDescription() == "What was made is deleted."
    assert not button.isDefault()
    with qtbot.waitSignal(footer.destructive_pressed):
        button.click()
    footer.show_destructive("", "")
    assert not button.isVisible()
