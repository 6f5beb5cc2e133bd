import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QColor, QFont, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from app.ui.look.tokens import DARK, LIGHT, Tokens
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from tests.helpers.clipping import clipped
from tests.helpers.hands import CONTROL, part, press, type_text, wheel
from tests.helpers.stage import staged

ACCOUNT = "123456789012"
TEXT = json.dumps(
    {"Version": "2012-10-17", "AWS": f"arn:aws:iam::{ACCOUNT}:root", "n": 3, "on": True},
    indent=2,
)


@pytest.fixture
def view(qtbot: QtBot, masking: Masking) -> DocumentView:
    view = DocumentView(masking, "trustPolicy")
    view.show_document(TEXT, [ACCOUNT], "Trust policy", "trust-policy.json")
    staged(qtbot, view)
    return view


def _text(view: DocumentView) -> NumberedText:
    return part(view, NumberedText, "trustPolicy-text")


def _button(view: DocumentView, name: str) -> QPushButton:
    return part(view, QPushButton, f"trustPolicy-{name}")


def _colours(block: QTextBlock) -> dict[str, tuple[str, str]]:
    """Return each coloured piece of a line with its foreground and background."""
    return {
        block.text()[part.start : part.start + part.length]: (
            part.format.foreground().color().name(),
            part.format.background().color().name(),
        )
        for part in block.layout().formats()
    }


def _line(view: DocumentView, number: int) -> dict[str, tuple[str, str]]:
    return _colours(_text(view).document().findBlockByNumber(number))


def _hex(colour: str) -> str:
    return QColor(colour).name()


def test_shows_the_text_with_its_names(view: DocumentView) -> None:
    assert view.shown == TEXT
    assert _text(view).accessibleName() == "Trust policy"
    assert part(view, QLabel, "trustPolicy-title").text() == "Trust policy"
    assert _button(view, "copy").accessibleName() == "Copy: Trust policy"
    assert _button(view, "save").accessibleName() == "Save as…: Trust policy"
    assert _text(view).isReadOnly()


@pytest.mark.parametrize(("scheme", "worn"), [("light", LIGHT), ("dark", DARK)])
def test_colours_switch_live(view: DocumentView, theme: Theme, scheme: str, worn: Tokens) -> None:
    theme.force("light" if scheme == "dark" else "dark")
    theme.force("dark" if scheme == "dark" else "light")
    assert _line(view, 1)['"Version"'][0] == _hex(worn.key)
    assert _line(view, 1)['"2012-10-17"'][0] == _hex(worn.string)
    assert _line(view, 2)[ACCOUNT] == (_hex(worn.text), _hex(worn.mark))
    assert _line(view, 3)["3"][0] == _hex(worn.literal)
    assert _line(view, 4)["true"][0] == _hex(worn.literal)


def test_plain_text_has_marks_and_no_syntax(view: DocumentView) -> None:
    view.show_document(f'Send "true" to {ACCOUNT}, please.', [ACCOUNT], "Letter", "letter.txt")
    assert list(_line(view, 0)) == [ACCOUNT]


def test_masking_hides_values_on_the_screen_and_copies_the_exact_text(
    view: DocumentView, masking: Masking, clipboard: QClipboard
) -> None:
    masking.set_on(True)
    assert ACCOUNT not in view.shown
    assert "arn:aws:iam::12••••••••:root" in view.shown
    assert "12••••••••" in _line(view, 2)
    _button(view, "copy").click()
    assert clipboard.text() == TEXT
    masking.set_on(False)
    assert view.shown == TEXT


def test_a_selection_is_copied_as_plain_text(view: DocumentView, clipboard: QClipboard) -> None:
    text = _text(view)
    text.setFocus()
    press(text, Qt.Key.Key_A, CONTROL)
    press(text, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == TEXT
    assert clipboard.mimeData().formats() == ["text/plain"]


def test_the_keyboard_moves_through_it_and_tab_leaves_it(view: DocumentView) -> None:
    text = _text(view)
    assert view.findChildren(QPushButton)
    _button(view, "copy").setFocus()
    press(_button(view, "copy"), Qt.Key.Key_Tab)
    assert _button(view, "save").hasFocus()
    press(_button(view, "save"), Qt.Key.Key_Tab)
    assert text.hasFocus()
    press(text, Qt.Key.Key_Down)
    assert text.textCursor().blockNumber() == 1
    type_text(text, "x")
    assert view.shown == TEXT
    press(text, Qt.Key.Key_Tab)
    assert not text.hasFocus()


def test_showing_the_same_again_keeps_the_place(view: DocumentView) -> None:
    text = _text(view)
    text.moveCursor(QTextCursor.MoveOperation.End)
    view.show_document(TEXT, [ACCOUNT], "Trust policy", "trust-policy.json")
    assert text.textCursor().atEnd()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_is_as_high_as_its_lines(qtbot: QtBot, view: DocumentView, factor: float) -> None:
    text = _text(view)
    font = QFont(view.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    view.setFont(font)
    view.window().resize(640, 900)
    qtbot.wait(1)
    assert text.verticalScrollBar().maximum() == 0
    assert text.height() < (text.blockCount() + 3) * text.fontMetrics().lineSpacing()


def _lines(count: int) -> str:
    return "\n".join("line" for _ in range(count))


@pytest.mark.parametrize("height", [400, 700])
def test_sixty_lines_are_shown_whole(qtbot: QtBot, view: DocumentView, height: int) -> None:
    view.show_document(_lines(60), [], "Short", "short.txt")
    view.window().resize(640, height)
    qtbot.wait(1)
    text = _text(view)
    assert text.verticalScrollBar().maximum() == 0
    assert text.height() >= 60 * text.fontMetrics().lineSpacing()


@pytest.mark.parametrize("family", ["DejaVu Sans Mono", "Liberation Mono", "Nimbus Mono PS"])
@pytest.mark.parametrize("size", [9.0, 10.0, 13.5, 20.0])
def test_wrapped_lines_are_shown_whole_too(
    qtbot: QtBot, view: DocumentView, family: str, size: float
) -> None:
    """Rows of some fonts are a pixel higher than the font says."""
    view.show_document("\n".join(["many words " * 20] * 12), [], "Text", "text.txt")
    view.window().resize(640, 300)
    text = _text(view)
    text.setFont(QFont(family, round(size)))
    for _ in range(4):
        qtbot.wait(1)
    assert text.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("text", [_lines(61), "word " * 8000], ids=["lines", "one line"])
def test_a_longer_document_scrolls(qtbot: QtBot, view: DocumentView, text: str) -> None:
    view.show_document(text, [], "Long", "long.txt")
    view.window().resize(640, 700)
    qtbot.wait(1)
    shown = _text(view)
    assert shown.verticalScrollBar().maximum() > 0
    assert shown.height() <= 26 * shown.fontMetrics().lineSpacing()


@pytest.mark.parametrize(
    ("lines", "focused", "modifier", "inside"),
    [
        (30, False, Qt.KeyboardModifier.NoModifier, False),
        (30, True, Qt.KeyboardModifier.NoModifier, False),
        (200, False, Qt.KeyboardModifier.NoModifier, False),
        (200, True, Qt.KeyboardModifier.NoModifier, True),
        (200, True, CONTROL, False),
    ],
)
def test_the_wheel_scrolls_the_page_until_a_long_document_is_worked_in(
    qtbot: QtBot,
    view: DocumentView,
    lines: int,
    focused: bool,
    modifier: Qt.KeyboardModifier,
    inside: bool,
) -> None:
    view.show_document(_lines(lines), [], "Text", "text.txt")
    view.window().resize(640, 700)
    qtbot.wait(1)
    text = _text(view)
    (text if focused else _button(view, "copy")).setFocus()
    size = text.font().pointSizeF()
    assert wheel(text.viewport(), -120, modifier) is inside
    assert (text.verticalScrollBar().value() > 0) is inside
    assert text.font().pointSizeF() == size


@pytest.mark.parametrize(("text", "numbered"), [(TEXT, True), ("Receipt\nAdded: a role", False)])
def test_what_aws_tells_mistakes_in_by_the_line_has_its_lines_numbered(
    qtbot: QtBot, view: DocumentView, text: str, numbered: bool
) -> None:
    view.show_document("x", [], "First", "first.txt")
    view.show_document(text, [], "Text", "text.txt")
    qtbot.wait(1)
    assert (_text(view).viewport().x() > 20) is numbered


def test_a_long_line_wraps(qtbot: QtBot, view: DocumentView) -> None:
    view.show_document("x" * 500, [], "Long", "long.txt")
    qtbot.wait(1)
    text = _text(view)
    assert text.horizontalScrollBar().maximum() == 0
    assert text.document().size().height() > 5


def _save_to(qtbot: QtBot, view: DocumentView, path: Path) -> None:
    _button(view, "save").click()
    dialog = part(view.window(), QFileDialog, "trustPolicy-dialog")
    assert Path(dialog.selectedFiles()[0]).name == "trust-policy.json"
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_ShowModal) or dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        dialog.fileSelected.emit(str(path))
        dialog.reject()
    qtbot.waitUntil(lambda: bool(_outcome(view)))


def _outcome(view: DocumentView) -> str:
    return part(view, QLabel, "trustPolicy-outcome-text").accessibleName()


def test_saves_the_exact_text(
    qtbot: QtBot, view: DocumentView, masking: Masking, tmp_path: Path
) -> None:
    masking.set_on(True)
    text = TEXT + "\n· Māori ·\n"
    view.show_document(text, [ACCOUNT], "Trust policy", "trust-policy.json")
    _save_to(qtbot, view, tmp_path / "mine.json")
    assert (tmp_path / "mine.json").read_bytes() == text.encode()
    assert _outcome(view) == "Saved as mi••••••••."
    masking.set_on(False)
    assert _outcome(view) == "Saved as mine.json."


def test_a_failure_to_save_is_said_in_place(
    qtbot: QtBot, view: DocumentView, tmp_path: Path
) -> None:
    (tmp_path / "taken").mkdir()
    _save_to(qtbot, view, tmp_path / "taken")
    assert _outcome(view).startswith("taken could not be saved: ")
    view.show_document("other", [], "Other", "other.txt")
    assert _outcome(view) == ""


def test_a_full_disk_leaves_what_was_there_and_another_place_will_do(
    qtbot: QtBot, view: DocumentView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "mine.json").write_text("what was there")
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        _save_to(qtbot, view, tmp_path / "mine.json")
    words = "mine.json could not be saved: No space left on device. Choose another place."
    assert _outcome(view) == words
    assert [path.read_text() for path in tmp_path.iterdir()] == ["what was there"]
    _save_to(qtbot, view, tmp_path / "other.json")
    assert (tmp_path / "other.json").read_text() == TEXT


def test_a_slow_disk_holds_nobody_up(
    qtbot: QtBot, view: DocumentView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr("os.fsync", lambda _file: goes_on.wait(60))
    view._save_to(str(tmp_path / "mine.json"))
    view.show_document(TEXT, [], "Trust policy", "trust-policy.json")  # the person goes on
    assert _outcome(view) == ""
    goes_on.set()
    qtbot.waitUntil(lambda: _outcome(view) == "Saved as mine.json.")
    assert (tmp_path / "mine.json").read_text() == TEXT


@pytest.mark.usefixtures("large_text")
def test_large_text_fits(qtbot: QtBot, masking: Masking) -> None:
    view = DocumentView(masking, "doc")
    view.show_document(TEXT, [ACCOUNT], "Permissions policy", "p.json")
    assert clipped(staged(qtbot, view, width=520)) == []


HOSTILE = json.dumps(
    {"Sid": "a\u202eb\u200b\x9b\u2028\U000e0041 \u00a0\U0001f600c"}, ensure_ascii=False
)


def test_what_can_not_be_seen_is_marked_and_copied_and_saved_as_it_is(
    qtbot: QtBot, view: DocumentView, clipboard: QClipboard, tmp_path: Path
) -> None:
    view.show_document(HOSTILE, ["a\u202eb"], "Trust policy", "trust-policy.json")
    assert view.shown == (
        '{"Sid": "a[right-to-left override]b[zero-width space][U+009B][line separator]'
        '[tag latin capital letter a] [no-break space]\U0001f600c"}'
    )
    assert "a[right-to-left override]b" in _line(view, 0)  # the value is marked as ever
    _button(view, "copy").click()
    assert clipboard.text() == HOSTILE
    _save_to(qtbot, view, tmp_path / "saved.json")
    assert (tmp_path / "saved.json").read_text(encoding="utf-8") == HOSTILE
    text = _text(view)
    text.selectAll()
    press(text, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == HOSTILE
    cursor = text.textCursor()
    cursor.setPosition(len('{"Sid": "a[right'))
    cursor.setPosition(len('{"Sid": "a[right-to-left override]b'), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    press(text, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "\u202eb"
    view.show_document(TEXT, [ACCOUNT], "Trust policy", "trust-policy.json")
    assert view.shown == TEXT


def test_half_a_character_is_saved_as_its_escape(
    qtbot: QtBot, view: DocumentView, tmp_path: Path
) -> None:
    half = json.dumps({"Sid": "a\ud800"}, ensure_ascii=False)
    view.show_document(half, [], "Trust policy", "trust-policy.json")
    _save_to(qtbot, view, tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text(encoding="utf-8")) == {"Sid": "a\ud800"}
