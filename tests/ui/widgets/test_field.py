from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QClipboard
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets import message_line
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.masking import Masking
from tests.helpers.clipping import clipped
from tests.helpers.hands import CONTROL, part, press, type_text
from tests.helpers.stage import staged
from tests.ui.conftest import Spoken

Make = Callable[[str], Field | ChoiceField]
HELPER = "12 digits. In AWS: account menu, top right"


@pytest.fixture(params=[Field, ChoiceField])
def make(request: pytest.FixtureRequest, masking: Masking) -> Make:
    """Make either kind of field: what the two share is tested on both."""
    return lambda name: request.param("Account &ID", HELPER, name, masking)


def _edited(field: Field | ChoiceField) -> list[str]:
    seen: list[str] = []
    field.edited.connect(seen.append)
    return seen


def _shown(field: QWidget, name: str) -> QWidget:
    return part(field, QWidget, name)


def test_names(qtbot: QtBot, make: Make) -> None:
    field = make("accountId")
    staged(qtbot, field)
    assert field.control.objectName() == "accountId"
    assert len(field.findChildren(QWidget, "accountId")) == 1
    assert field.control.accessibleName() == "Account ID"
    assert field.control.accessibleDescription() == HELPER
    label = next(iter(field.findChildren(QLabel)))
    assert label.buddy() is field.control


def test_typing_tells_each_change(qtbot: QtBot, make: Make) -> None:
    field = make("accountId")
    staged(qtbot, field)
    seen = _edited(field)
    field.setFocus()
    type_text(field.control, "12")
    assert seen == ["1", "12"]
    assert field.text() == "12"


RAW = [
    " 1234 ",
    "1234\n5678\n",
    "12\r\n34",
    "a\tb",
    "x\u00a0y\u200bz\ufeff",
    "a\u2028b\u2029c",
    '"quoted"',
]


@pytest.mark.parametrize("pasted", RAW)
def test_what_is_pasted_arrives_as_it_is(
    qtbot: QtBot, make: Make, clipboard: QClipboard, pasted: str
) -> None:
    field = make("accountId")
    staged(qtbot, field)
    seen = _edited(field)
    field.setFocus()
    clipboard.setText(pasted)
    press(field.control, Qt.Key.Key_V, CONTROL)
    assert seen == [pasted]
    assert field.text() == pasted


def test_dictation_and_screen_readers_count_as_edits(qtbot: QtBot, make: Make) -> None:
    field = make("accountId")
    staged(qtbot, field)
    seen = _edited(field)
    interface = QAccessible.queryAccessibleInterface(field.edit)
    interface.setText(QAccessible.Text.Value, "spoken")
    assert seen == ["spoken"]


def test_showing_a_text_is_no_edit_and_keeps_the_cursor(qtbot: QtBot, make: Make) -> None:
    field = make("accountId")
    staged(qtbot, field)
    field.set_text("123456")
    seen = _edited(field)
    field.edit.setCursorPosition(2)
    field.set_text("123456")
    assert field.edit.cursorPosition() == 2
    field.set_text("1234567")
    assert field.text() == "1234567"
    assert seen == []


def test_tells_when_it_is_left_by_tab(qtbot: QtBot, make: Make) -> None:
    first, second = make("first"), make("second")
    staged(qtbot, first, second)
    first.setFocus()
    with qtbot.waitSignal(first.left):
        press(first.control, Qt.Key.Key_Tab)
    assert second.control.hasFocus()


def test_going_to_another_program_is_not_leaving(qtbot: QtBot, make: Make) -> None:
    field = make("accountId")
    staged(qtbot, field)
    field.setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.assertNotEmitted(field.left), qtbot.waitActive(other):
        other.show()
        other.activateWindow()


@pytest.mark.parametrize("severity", ["error", "warning", "note", "good"])
def test_a_message_takes_the_helpers_place(
    qtbot: QtBot, make: Make, severity: message_line.LineSeverity
) -> None:
    field = make("accountId")
    staged(qtbot, field)
    assert field.message == HELPER
    field.show_message(severity, "Eleven digits are there.")
    assert field.message == "Eleven digits are there."
    assert field.severity == severity
    described = field.control.accessibleDescription()
    assert "Eleven digits are there." in described
    assert HELPER in described
    field.show_message(None)
    assert field.message == field.control.accessibleDescription() == HELPER
    assert field.severity is None


def test_problems_are_said_once(qtbot: QtBot, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(message_line, "announce", lambda _widget, sentence: said.append(sentence))
    field = make("accountId")
    staged(qtbot, field)
    for _ in range(2):
        field.show_message("error", "Too short.")
    assert said == ["Error: Too short."]  # as it is seen: the helper makes room for it
    field.show_message("note", "One space was removed.")
    assert len(said) == 1


def test_what_was_cleaned_is_said_where_it_was_just_pasted(
    qtbot: QtBot, make: Make, spoken: list[Spoken]
) -> None:
    field, other = make("accountId"), QPushButton("Elsewhere")
    staged(qtbot, field, other)
    other.setFocus()
    field.show_message("note", "Filled in from your sign-in.")
    assert spoken == []
    field.setFocus()
    for _ in range(2):
        field.show_message("note", "One space was removed.")
    assert [said.sentence for said in spoken] == ["One space was removed."]


def test_an_offer_can_be_taken_by_keyboard(qtbot: QtBot, make: Make) -> None:
    field = make("bucketPrefix")
    staged(qtbot, field)
    field.show_message("warning", "A folder ends in a slash.", ("imports/", "Add the slash"))
    button = part(field, QPushButton, "bucketPrefix-message-offer")
    assert button.text() == "Add the slash"
    field.setFocus()
    press(field.control, Qt.Key.Key_Tab)
    assert button.hasFocus()
    with qtbot.waitSignal(field.offer_taken) as taken:
        press(button, Qt.Key.Key_Space)
    assert taken.args == ["imports/"]
    assert field.control.hasFocus()  # not wherever the focus falls when the button goes
    field.show_message(None)
    assert not button.isVisible()


def test_a_message_masks_its_values(qtbot: QtBot, make: Make, masking: Masking) -> None:
    field = make("accountId")
    staged(qtbot, field)
    masking.set_on(True)
    field.show_message("note", "{account} was taken from the ARN.", None, {"account": "1" * 12})
    assert field.message == "11•••••••• was taken from the ARN."
    field.show_message("note", "What was typed may hold {braces}.")
    assert field.message == "What was typed may hold {braces}."


def test_masking_hides_what_is_typed(qtbot: QtBot, make: Make, masking: Masking) -> None:
    field = make("accountId")
    staged(qtbot, field)
    field.set_text("123456789012")
    masking.set_on(True)
    assert "1" not in field.edit.displayText()
    assert field.text() == "123456789012"
    masking.set_on(False)
    assert field.edit.displayText() == "123456789012"


def test_no_helper_and_no_message_take_no_room(qtbot: QtBot, masking: Masking) -> None:
    field = Field("Name", "", "name", masking)
    staged(qtbot, field)
    line = part(field, message_line.MessageLine)
    assert not line.isVisible()
    field.set_helper("Help")
    assert line.isVisible()
    assert field.message == "Help"


def test_a_message_before_its_place_opens_no_window(qtbot: QtBot, masking: Masking) -> None:
    line = message_line.MessageLine(masking, "buckets-message")
    line.show_message("error", "Too many buckets.")
    assert not line.isVisible()
    staged(qtbot, line)
    assert line.isVisible()
    assert line.severity == "error"


@pytest.mark.usefixtures("large_text")
def test_large_text_fits(qtbot: QtBot, make: Make) -> None:
    field = make("bucketPrefix")
    field.set_text("imports")
    field.show_message(
        "warning",
        "A folder’s prefix ends in a slash; without it, imports-private/ would be opened too.",
        ("imports/", "Add the slash"),
    )
    assert clipped(staged(qtbot, field, width=480)) == []
