from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QTextDocument
from pytestqt.qtbot import QtBot

from app.core.wording.characters import marked
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText
from tests.helpers.clipping import clipped
from tests.helpers.hands import CONTROL, press
from tests.helpers.stage import staged


def _read(widget: ValueText) -> str:
    """Return what is really on the screen: the rich text as Qt reads it."""
    document = QTextDocument()
    document.setHtml(widget.text())
    return document.toPlainText().replace("\u200b", "")


@pytest.mark.parametrize(
    ("template", "values", "read"),
    [
        ("Nothing to fill in.", {}, "Nothing to fill in."),
        ("The role {role} is there.", {"role": "my-role"}, "The role my-role is there."),
        ("{a} and {a} and {b}", {"a": "x", "b": "y"}, "x and x and y"),
        ("An unknown {place} stays.", {"other": "x"}, "An unknown {place} stays."),
        ("{open and } and {} stay", {"open": "x"}, "{open and } and {} stay"),
        ("<b>{x}</b> & co", {"x": "<i>&amp;"}, "<b><i>&amp;</b> & co"),
        ("{x}", {"x": "{y}", "y": "no"}, "{y}"),
        ("two\nlines", {}, "two\nlines"),
    ],
)
def test_shows_plain_text(
    qtbot: QtBot, masking: Masking, template: str, values: Mapping[str, str], read: str
) -> None:
    widget = ValueText(masking, "text")
    qtbot.addWidget(widget)
    widget.show_text(template, values)
    assert _read(widget) == widget.shown_text() == widget.accessibleName() == read


@given(value=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_is_read_as_it_is_or_marked(qtbot: QtBot, masking: Masking, value: str) -> None:
    widget = ValueText(masking)
    qtbot.addWidget(widget)
    widget.show_text("[{value}]", {"value": value})
    assert widget.shown_text() == f"[{marked(value)}]"
    # Two spaces or more are one in rich text.
    assert _read(widget).split() == f"[{marked(value)}]".split()


HIDDEN = "a\u202eb\u200b\nc\x1b"


def test_what_can_not_be_seen_is_marked_and_copied_as_it_is(
    qtbot: QtBot, masking: Masking, clipboard: QClipboard
) -> None:
    widget = ValueText(masking)
    staged(qtbot, widget, width=600)
    widget.show_text("{name}", {"name": HIDDEN})
    assert _read(widget) == "a[right-to-left override]b[zero-width space][line break]c[U+001B]"
    document = QTextDocument()
    document.setHtml(widget.text())
    widget.setSelection(0, len(document.toPlainText()))  # the places to break at count
    widget.setFocus()
    press(widget, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == HIDDEN


def test_masks_live_on_the_screen_and_for_screen_readers(qtbot: QtBot, masking: Masking) -> None:
    widget = ValueText(masking)
    qtbot.addWidget(widget)
    widget.show_text("The bucket {bucket} is empty.", {"bucket": "customer-data"})
    masking.set_on(True)
    assert _read(widget) == widget.accessibleName() == "The bucket cu•••••••• is empty."
    assert "customer" not in widget.text()
    masking.set_on(False)
    assert _read(widget) == "The bucket customer-data is empty."


def test_copies_plain_text_and_nothing_more(
    qtbot: QtBot, masking: Masking, clipboard: QClipboard
) -> None:
    bucket = "b" * 63
    widget = ValueText(masking)
    staged(qtbot, widget, width=300)
    widget.show_text("{bucket}", {"bucket": bucket})
    widget.setSelection(0, len(bucket) + 3)  # the places to break at count
    widget.setFocus()
    press(widget, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == bucket
    assert clipboard.mimeData().formats() == ["text/plain"]


def test_copying_nothing_leaves_the_clipboard(
    qtbot: QtBot, masking: Masking, clipboard: QClipboard
) -> None:
    clipboard.setText("before")
    widget = ValueText(masking)
    staged(qtbot, widget)
    widget.show_text("words")
    widget.setFocus()
    press(widget, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "before"


def test_a_repeated_text_keeps_the_selection(qtbot: QtBot, masking: Masking) -> None:
    widget = ValueText(masking)
    staged(qtbot, widget)
    widget.show_text("some words")
    widget.setSelection(0, 4)
    widget.show_text("some words")
    assert widget.selected() == "some"


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize(
    "value",
    ["b" * 63, "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role", "x/" * 200],
)
def test_long_values_wrap(qtbot: QtBot, masking: Masking, value: str) -> None:
    widget = ValueText(masking)
    widget.show_text("The value is {value}, see?", {"value": value})
    assert clipped(staged(qtbot, widget, width=420)) == []


def test_is_not_in_the_tab_order(qtbot: QtBot, masking: Masking) -> None:
    widget = ValueText(masking)
    qtbot.addWidget(widget)
    assert not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert widget.textInteractionFlags() & keyboard
