"""Before and after, side by side: what differs is marked by a sign and a tint."""

from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.ui.review.before_after import BeforeAfter, marked_sides
from app.ui.widgets.masking import Masking
from tests.helpers.stage import staged

BEFORE, AFTER = '{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 3,\n  "c": "acme"\n}'


def _tinted(text: QPlainTextEdit) -> list[int]:
    block: QTextBlock = text.document().begin()
    found = []
    while block.isValid():
        if block.blockFormat().background().style().value:
            found.append(block.blockNumber())
        block = block.next()
    return found


def test_lines_that_differ_carry_a_sign() -> None:
    before, after = marked_sides(BEFORE, AFTER)
    assert before.text.splitlines() == ["  {", '    "a": 1,', '−   "b": 2', "  }"]
    assert after.text.splitlines() == [
        "  {",
        '    "a": 1,',
        '+   "b": 3,',
        '+   "c": "acme"',
        "  }",
    ]
    assert (set(before.lines), set(after.lines)) == ({2}, {2, 3})


def test_they_are_tinted_and_masked(qtbot: QtBot, masking: Masking) -> None:
    view = BeforeAfter(masking, "sides")
    view.show_documents(BEFORE, AFTER, ["acme"], "Key policy")
    staged(qtbot, view)
    sides = [view.findChild(QPlainTextEdit, f"sides-{name}") for name in ("before", "after")]
    assert [_tinted(side) for side in sides if isinstance(side, QPlainTextEdit)] == [[2], [2, 3]]
    masking.set_on(True)
    assert all("acme" not in s.toPlainText() for s in sides if isinstance(s, QPlainTextEdit))


def test_a_document_that_is_not_there_is_said(qtbot: QtBot, masking: Masking) -> None:
    view = BeforeAfter(masking, "sides")
    view.show_documents("", AFTER, [], "Key policy")
    staged(qtbot, view)
    before = view.findChild(QPlainTextEdit, "sides-before")
    assert isinstance(before, QPlainTextEdit)
    assert before.toPlainText() == "− Nothing"
    assert before.accessibleName() == "Key policy, before"


def test_others_text_adds_no_line_and_turns_none(qtbot: QtBot, masking: Masking) -> None:
    view = BeforeAfter(masking, "sides")
    staged(qtbot, view)
    view.show_documents(BEFORE, '{\n  "a": "\u2028+ forged\u202e"\n}', [], "Key policy")
    (after,) = (t for t in view.findChildren(QPlainTextEdit) if t.objectName() == "sides-after")
    assert after.toPlainText().split("\n") == [
        "  {",
        '+   "a": "[line separator]+ forged[right-to-left override]"',
        "  }",
    ]
    assert _tinted(after) == [1]
