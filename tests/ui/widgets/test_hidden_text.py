"""Text that is typed while others look on: dots to them, and to whoever types the same as ever."""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible, QClipboard, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from app.ui.widgets.hidden_text import HiddenText
from tests.helpers.hands import CONTROL, press, type_text
from tests.helpers.stage import staged

Hand = Callable[[QPlainTextEdit], object]
LINES: Final = 4
TEXT: Final = "arn:aws:iam::123456789012:role/x\nsecond line"


@pytest.fixture
def box(qtbot: QtBot) -> HiddenText:
    box = HiddenText("box", "An error", LINES)
    staged(qtbot, box)
    box.setFocus()
    return box


def test_its_lines_are_in_sight_in_any_size_of_the_text(box: HiddenText, theme: Theme) -> None:
    for percent in (100, 200, 100):
        theme.set_text_size(percent)
        assert box.height() == LINES * box.fontMetrics().height()


def _dots(text: str) -> str:
    return "".join("\n" if letter == "\n" else "•" for letter in text)


def _pasted(text: str) -> Hand:
    def paste(box: QPlainTextEdit) -> None:
        QApplication.clipboard().setText(text)
        box.paste()

    return paste


def _key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Hand:
    return lambda box: press(box, key, modifier)


def _composed(box: QPlainTextEdit) -> None:
    """As an input method does it, for those who don't type letters one by one."""
    event = QInputMethodEvent()
    event.setCommitString("東京")
    QApplication.sendEvent(box, event)


def _spoken_in(box: QPlainTextEdit) -> None:
    """As dictation does it, by the accessible object."""
    editable = QAccessible.queryAccessibleInterface(box).editableTextInterface()
    assert editable is not None
    editable.insertText(0, "said")


_HANDS: Final[dict[str, Hand]] = {
    "letters": lambda box: type_text(box, "aZ"),
    "enter": _key(Qt.Key.Key_Return),
    "backspace": _key(Qt.Key.Key_Backspace),
    "delete": _key(Qt.Key.Key_Delete),
    "left": _key(Qt.Key.Key_Left),
    "home": _key(Qt.Key.Key_Home),
    "end": _key(Qt.Key.Key_End, CONTROL),
    "select": _key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    "select line": _key(Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier),
    "select all": _key(Qt.Key.Key_A, CONTROL),
    "paste": _pasted("one\ntwo"),
    "composed": _composed,
    "dictated": _spoken_in,
    "program": lambda box: box.insertPlainText("p\nq"),
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hands=st.lists(st.sampled_from(sorted(_HANDS)), min_size=4, max_size=14))
def test_each_key_does_the_same_as_in_a_box_that_is_not_hidden(
    box: HiddenText, hands: list[str]
) -> None:
    """But those that go by how the letters look: up and down, and from word to word."""
    plain = QPlainTextEdit()
    for each in (box, plain):
        each.clear()
    box.set_hidden(True)
    for hand in hands:
        for each in (plain, box):
            _HANDS[hand](each)
        assert box.toPlainText() == _dots(plain.toPlainText()), hand
        assert box.text() == plain.toPlainText(), hand
        places = [(c.anchor(), c.position()) for c in (box.textCursor(), plain.textCursor())]
        assert places[0] == places[1], hand
    box.set_hidden(False)
    assert box.toPlainText() == plain.toPlainText()


def test_nothing_of_it_is_heard_copied_or_undone(box: HiddenText, clipboard: QClipboard) -> None:
    box.set_text(TEXT)
    box.set_hidden(True)
    clipboard.setText("before")
    heard = QAccessible.queryAccessibleInterface(box).textInterface()
    assert heard is not None
    assert heard.text(0, heard.characterCount()) == _dots(TEXT)
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y):
        press(box, key, CONTROL)
    assert clipboard.text() == "before"
    assert box.text() == TEXT
    box.set_hidden(False)
    press(box, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == TEXT  # what is selected stays no secret of its owner


def test_what_was_typed_and_the_cursor_stay_where_they_are(box: HiddenText) -> None:
    box.set_text("a😀b\nc")
    cursor = box.textCursor()
    cursor.setPosition(3)  # after the picture, which Qt counts as two
    box.setTextCursor(cursor)
    box.set_hidden(True)
    type_text(box, "X")
    assert box.text() == "a😀Xb\nc"
    box.set_hidden(False)
    type_text(box, "Y")
    assert box.toPlainText() == box.text() == "a😀XYb\nc"
    press(box, Qt.Key.Key_Z, CONTROL)
    assert box.text() == "a😀Xb\nc"


def test_its_owner_is_told_of_each_change_and_of_none_that_only_hides(box: HiddenText) -> None:
    told: list[str] = []
    box.edited.connect(lambda: told.append(box.text()))
    type_text(box, "ab")
    box.set_hidden(True)
    type_text(box, "c")
    press(box, Qt.Key.Key_Backspace)
    box.set_text("else")
    box.set_hidden(False)
    assert told == ["a", "ab", "abc", "ab", "else"]


def test_dots_that_are_dropped_on_themselves_move_nothing(box: HiddenText) -> None:
    """What leaves the box is dots; moved inside they would be letters that nobody typed."""
    box.set_text("secret")
    box.set_hidden(True)
    box.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    assert box.createMimeDataFromSelection().text() in {"", "••••••"}
    data = QMimeData()
    data.setText("x\r\ny")
    box.insertFromMimeData(data)
    assert box.text() == "x\ny"
