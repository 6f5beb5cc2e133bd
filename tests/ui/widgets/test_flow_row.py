import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.widgets.flow_row import FlowRow
from tests.helpers.clipping import clipped
from tests.helpers.stage import staged


def _buttons() -> list[QPushButton]:
    return [QPushButton(f"Button number {number}") for number in range(3)]


def test_buttons_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    buttons = _buttons()
    staged(qtbot, FlowRow(*buttons))
    assert {button.y() for button in buttons} == {0}
    assert [button.x() for button in buttons] == sorted(button.x() for button in buttons)
    assert all(button.width() == button.sizeHint().width() for button in buttons)


def test_what_is_lower_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    words, button = QLabel("Watching"), _buttons()[0]
    button.setMinimumHeight(40)
    staged(qtbot, FlowRow(words, button))
    assert words.height() < button.height()
    assert abs(words.geometry().center().y() - button.geometry().center().y()) <= 1


def test_they_go_on_in_the_next_line_where_there_is_none(qtbot: QtBot) -> None:
    buttons = _buttons()
    window = staged(qtbot, FlowRow(*buttons), width=buttons[0].sizeHint().width() * 2)
    assert len({button.y() for button in buttons}) == 3
    assert clipped(window) == []


def test_hidden_ones_take_no_room(qtbot: QtBot) -> None:
    buttons = _buttons()
    row = FlowRow(*buttons)
    staged(qtbot, row)
    buttons[0].hide()
    qtbot.waitUntil(lambda: buttons[1].x() == 0)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_they_begin_where_reading_begins(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    buttons = _buttons()
    row = FlowRow(*buttons)
    row.setLayoutDirection(direction)
    staged(qtbot, row)
    first, second = buttons[0].x(), buttons[1].x()
    assert (first < second) == (direction == Qt.LayoutDirection.LeftToRight)


def test_a_height_is_measured_anew_once_a_button_has_become_another(qtbot: QtBot) -> None:
    buttons = _buttons()
    row = FlowRow(*buttons)
    staged(qtbot, row)
    width = sum(button.sizeHint().width() for button in buttons) + 100
    one_line = row.heightForWidth(width)
    buttons[0].setText("A button whose words fill a line of their own, and more than that" * 3)
    assert row.heightForWidth(width) > one_line
    buttons[0].hide()
    assert row.heightForWidth(width) == one_line
    row.add(QPushButton("One more, with many words that go on and on" * 3))
    qtbot.waitUntil(lambda: row.heightForWidth(width) > one_line)  # Qt shows it by and by
