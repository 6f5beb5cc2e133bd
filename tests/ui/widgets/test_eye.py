"""A value is shown as long as its eye is held, and not a moment longer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.eye import Eye
from app.ui.widgets.field import Field
from app.ui.widgets.masking import Masking
from tests.helpers.hands import CONTROL, part, press, type_text
from tests.helpers.stage import staged
from tests.ui.conftest import Spoken

VALUE = "123456789012"


@pytest.fixture(params=[Field, ChoiceField])
def field(request: pytest.FixtureRequest, qtbot: QtBot, masking: Masking) -> Field | ChoiceField:
    field: Field | ChoiceField = request.param("Account &ID", "Twelve digits", "account", masking)
    other = Field("Other", "", "other", masking)
    staged(qtbot, field, other)
    if isinstance(field, ChoiceField):
        field.set_choices([("acme-one", "acme-one"), (VALUE, VALUE)])
    masking.set_on(True)
    field.edit.setFocus()
    type_text(field.edit, VALUE)
    return field


def _eye(field: QWidget) -> Eye:
    return part(field, Eye)


def _shown(field: Field | ChoiceField) -> bool:
    assert field.text() == VALUE
    return field.edit.displayText() == VALUE


def _mouse(eye: Eye) -> None:
    QTest.mousePress(eye, Qt.MouseButton.LeftButton)


def _space(eye: Eye) -> None:
    eye.setFocus()
    QTest.keyPress(eye, Qt.Key.Key_Space)


def _let_go(eye: Eye) -> None:
    QTest.mouseRelease(eye, Qt.MouseButton.LeftButton)
    QTest.keyRelease(eye, Qt.Key.Key_Space)


def _leave(eye: Eye) -> None:
    eye.setFocus()
    eye.clearFocus()


def _other_window(eye: Eye) -> None:
    """As Qt tells it of: another program's window has come in front."""
    window = eye.window()
    window.setVisible(True)
    QApplication.sendEvent(eye, QEvent(QEvent.Type.ActivationChange))


def _hide(eye: Eye) -> None:
    eye.window().hide()


@pytest.mark.parametrize("hold", [_mouse, _space])
@pytest.mark.parametrize("end", [_let_go, _leave, _hide])
def test_it_is_shown_while_held(
    field: Field | ChoiceField, hold: Callable[[Eye], None], end: Callable[[Eye], None]
) -> None:
    eye = _eye(field)
    assert eye.isVisible()
    assert not _shown(field)
    hold(eye)
    assert _shown(field)
    end(eye)
    assert not _shown(field)


def test_another_window_in_front_closes_it(
    monkeypatch: pytest.MonkeyPatch, field: Field | ChoiceField
) -> None:
    eye = _eye(field)
    _mouse(eye)
    assert _shown(field)
    monkeypatch.setattr(Eye, "isActiveWindow", lambda _eye: False)
    _other_window(eye)
    assert not _shown(field)


def test_one_eye_shows_one_value(field: Field | ChoiceField) -> None:
    window = field.window()
    other = part(window, QLineEdit, "other")
    other.setText("else")
    _mouse(_eye(field))
    assert other.displayText() != "else"


def test_the_pointer_leaves_the_focus_in_the_field(field: Field | ChoiceField) -> None:
    left: list[str] = []
    field.left.connect(lambda: left.append("left"))
    field.edit.setCursorPosition(3)
    _mouse(_eye(field))
    _let_go(_eye(field))
    assert field.edit.hasFocus()
    assert (left, field.edit.cursorPosition()) == ([], 3)
    type_text(field.edit, "x")
    assert field.text() == f"{VALUE[:3]}x{VALUE[3:]}"


def test_without_sharing_there_is_no_eye(field: Field | ChoiceField, masking: Masking) -> None:
    _mouse(_eye(field))
    masking.set_on(False)
    assert not _eye(field).isVisible()
    assert _shown(field)
    masking.set_on(True)
    assert not _shown(field)  # the hand that held it before has let it go


def test_what_is_typed_is_dots_and_is_not_lost_between_both(
    field: Field | ChoiceField, masking: Masking
) -> None:
    field.edit.setCursorPosition(4)
    masking.set_on(False)
    assert (field.edit.displayText(), field.edit.cursorPosition()) == (VALUE, 4)
    masking.set_on(True)
    assert field.edit.cursorPosition() == 4
    press(field.edit, Qt.Key.Key_Z, CONTROL)  # Qt would take all of a password away
    assert field.text() == VALUE


def test_nothing_is_copied_while_hidden(field: Field | ChoiceField, clipboard: QClipboard) -> None:
    clipboard.setText("before")
    field.edit.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        press(field.edit, key, CONTROL)
    assert (clipboard.text(), field.text()) == ("before", VALUE)


def test_it_has_a_name_and_says_how_it_is_held(
    field: Field | ChoiceField, spoken: list[Spoken]
) -> None:
    eye = _eye(field)
    heard = QAccessible.queryAccessibleInterface(eye)
    assert heard.text(QAccessible.Text.Name) == "Hold to show: Account ID"
    eye.setFocus()
    press(eye, Qt.Key.Key_Return)
    assert not _shown(field)
    assert [each.sentence for each in spoken] == ["Hold the space bar to show it."]
