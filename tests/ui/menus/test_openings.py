"""What somebody sent, dropped on the window, chosen or pasted: one place opens it all."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QClipboard, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.fields.form import form_of
from app.core.formats.draft_json import draft_to_json
from app.core.formats.snapshot_block import block_of
from app.core.formats.snapshot_json import dump_snapshot
from app.core.formats.writing import file_text
from app.core.guide import role_arn
from app.flow.wizard.state import Flow, Method
from app.ui.widgets.scroll_dialog import ScrollDialog
from tests.helpers.drafts import ACCOUNT, PLAIN, whole
from tests.helpers.hands import CONTROL, part, press
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

OTHER: Final = replace(PLAIN, database_id="aWqJBlwfjUOUcQjd5gt7vR")
DRAFT: Final = file_text(draft_to_json(OTHER))
SNAPSHOT: Final = dump_snapshot(whole(OTHER))
BLOCK: Final = block_of(whole(OTHER))
ELSEWHERE: Final = "210987654321"


def mime(paths: Sequence[Path] = (), text: str = "") -> QMimeData:
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        data.setText(text)
    return data


def drag(wizard: Wizard, data: QMimeData) -> bool:
    """Drag ``data`` over the window; return whether it would be taken."""
    event = QDragEnterEvent(
        QPoint(200, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(wizard.window, event)
    return event.isAccepted()


def drop(wizard: Wizard, data: QMimeData) -> None:
    """Drop ``data`` on the window, and wait for what comes of it."""
    assert drag(wizard, data)
    event = QDropEvent(
        QPointF(200, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(wizard.window, event)
    wizard.until_idle()


def written(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def problem(wizard: Wizard) -> str:
    """Close the dialog that tells why something can't be opened, and return its words."""
    shown = part(wizard.window, ScrollDialog, "problemDialog")
    words = part(shown, QWidget, "problemText-text").accessibleName() or "\n".join(
        label.text() for label in shown.findChildren(QLabel)
    )
    shown.reject()
    wizard.activate()
    return words


def test_a_dropped_draft_fills_the_details_in_and_asks_how_it_is_done(
    qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = open_wizard(qtbot)
    sign = part(wizard.window, QLabel, "dropSign")
    paths = written(tmp_path, draft=DRAFT)
    assert drag(wizard, mime(paths))
    assert sign.isVisible()
    assert sign.text() == "Drop it here to open it"
    QApplication.sendEvent(wizard.window, QDragLeaveEvent())
    assert not sign.isVisible()
    drop(wizard, mime(paths))
    assert not sign.isVisible()
    state = wizard.store.state
    assert (state.page, state.draft, state.creation.method) == ("method", OTHER, Method.CREATE)
    assert "draft.json" in part(wizard.window, QWidget, "detailsFrom-text").accessibleName() or (
        "draft.json" in Screen(wizard).find(QLabel, "detailsFrom-text").text()
    )
    Screen(wizard).next("details")


def test_what_was_typed_is_replaced_only_after_a_yes(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    paths = written(tmp_path, draft=DRAFT)
    for data, name in ((mime(text=DRAFT), "What was pasted"), (mime(paths), "draft.json")):
        drop(wizard, data)
        asked = " ".join(label.text() for label in wizard.window.findChildren(QLabel))
        assert f"{name}: these are the details" in re.sub(r"<[^>]+>", "", asked)
        part(wizard.window, QAbstractButton, "replaceNo").click()
        wizard.activate()
        assert wizard.store.state.draft == PLAIN
    drop(wizard, mime(paths))
    part(wizard.window, QAbstractButton, "replaceYes").click()
    wizard.until_page("method")
    state = wizard.store.state
    assert (state.draft, state.creation.method) == (OTHER, Method.CREATE)
    wizard.activate()
    # The same details once more lose nothing, and are not asked about.
    drop(wizard, mime(paths))
    assert wizard.store.state.page == "method"
    wizard.store.edit("buckets[0].prefix", "else/")
    assert wizard.store.state.details_source == ""


def test_a_snapshot_with_its_draft_is_replayed(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_wizard(qtbot)
    drop(wizard, mime(written(tmp_path, snapshot=SNAPSHOT, draft=DRAFT)))
    shown = part(wizard.window, ScrollDialog, "replayDialog")
    assert shown.isVisible()
    assert wizard.store.state.details.form == open_wizard(qtbot).store.state.details.form


def test_a_block_is_pasted_where_no_field_has_the_focus(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    wizard = open_wizard(qtbot, form=form_of(OTHER))
    clipboard.setText(f"$ bash s3.sh\n{BLOCK}$ ")
    press(wizard.window, Qt.Key.Key_V, CONTROL)
    wizard.until_idle()
    assert part(wizard.window, ScrollDialog, "replayDialog").isVisible()


def test_what_is_pasted_into_the_dialog_is_opened(qtbot: QtBot, clipboard: QClipboard) -> None:
    wizard = open_wizard(qtbot, form=form_of(OTHER))
    clipboard.setText(BLOCK[:200])
    for _ in range(2):
        part(wizard.window, QAction, "pasteSent").trigger()
        wizard.settle()
        box = part(wizard.window, QWidget, "pasteSent")
        assert box.hasFocus()
        press(box, Qt.Key.Key_V, CONTROL)
        wizard.until_idle()
        if clipboard.text() != BLOCK:
            assert "cut short" in problem(wizard)
            clipboard.setText(BLOCK)
    assert part(wizard.window, ScrollDialog, "replayDialog").isVisible()


def test_what_can_not_be_used_is_one_sentence_with_a_way_on(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_wizard(qtbot)
    for text, said in (
        ("Hello!", "this is nothing that this program can open"),
        ("AKIAIOSFODNN7EXAMPLE\nwJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "keys of AWS"),
        ('{"format": "ubiquity-s3-setup/report"}', "not one to open"),
        (DRAFT[:-9], "this is not JSON"),
        (SNAPSHOT[:-9], "this is not JSON"),
        (BLOCK.replace("e", "f"), "altered"),
    ):
        drop(wizard, mime(text=text))
        assert said in problem(wizard)
    drop(wizard, mime(written(tmp_path, sent=SNAPSHOT[:-9])))
    assert "sent.json: this is not JSON" in problem(wizard)
    drop(wizard, mime(text=DRAFT))
    assert wizard.store.state.page == "method"


def test_folders_binaries_large_files_and_several_are_refused(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_wizard(qtbot)
    binary, large = tmp_path / "a.png", tmp_path / "large.json"
    binary.write_bytes(b"\x89PNG\r\n\x00\xff")
    large.write_bytes(b" " * 10_000_001)
    several = written(tmp_path, one=SNAPSHOT, two=SNAPSHOT)
    for paths, said in (
        ([tmp_path], "it is a folder"),
        ([binary], "a.png: this is nothing that this program can open"),
        ([large], "large.json: the file can’t be read: it is larger than 10 MB"),
        (several, "several files: one.json, two.json"),
        ([tmp_path / str(n) for n in range(50)], "several files: 0, 1, 2 …"),
    ):
        drop(wizard, mime(paths))
        assert said in problem(wizard)
    drop(wizard, mime(text="x" * 10_000_001))
    assert "What was pasted is larger than 10 MB" in problem(wizard)
    drop(wizard, mime(written(tmp_path, draft=DRAFT)))
    assert wizard.store.state.draft == OTHER


def test_several_policies_are_checked_together(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_wizard(qtbot, form=form_of(OTHER))
    trust = json.dumps(trust_policy(OTHER.database_id))
    permissions = json.dumps(permissions_policy(OTHER.buckets))
    drop(wizard, mime(written(tmp_path, trust=trust, permissions=permissions)))
    pasted = wizard.store.state.pasted
    assert (wizard.store.state.page, pasted.is_open) == ("check", True)
    assert trust in pasted.text
    assert permissions in pasted.text


def test_nothing_is_taken_behind_a_question_or_from_a_page_of_the_web(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    data = QMimeData()
    data.setImageData(b"x")
    assert not drag(wizard, data)
    part(wizard.window, QAction, "open").trigger()
    assert not drag(wizard, mime(text=DRAFT))
    part(wizard.window, QFileDialog, "openFile").close()
    wizard.activate()
    drop(wizard, mime(text=DRAFT))
    assert wizard.store.state.draft == OTHER


def test_a_file_dragged_over_a_field_is_the_windows(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    wizard.jump("details")
    field = Screen(wizard).find(QLineEdit, "databaseId")
    before = field.text()
    both = mime(written(tmp_path, draft=DRAFT), text="file:///somewhere/draft.json")
    for data, is_fields in ((both, False), (mime(text="123456789012"), True)):
        event = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        sign = part(wizard.window, QLabel, "dropSign")
        QApplication.sendEvent(field, event)
        assert event.isAccepted()  # Qt goes on asking what lies behind the field
        assert sign.isVisible() is not is_fields
        QApplication.sendEvent(wizard.window, QDragLeaveEvent())
    assert field.text() == before


def test_an_answer_that_nothing_waits_for_is_weighed_all_the_same(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    wizard = open_wizard(qtbot)
    drop(wizard, mime(text=role_arn(ACCOUNT)))
    assert "no details here yet" in problem(wizard)
    drop(wizard, mime(text=DRAFT))
    for flow in (None, Flow.CHECK):
        if flow is not None:
            wizard.store.begin(flow)
            wizard.until_idle()
        button = part(wizard.window, QAbstractButton, "nextButton")
        button.setFocus()
        for text, said in ((role_arn(ACCOUNT), "the right role"), (role_arn(ELSEWHERE), ELSEWHERE)):
            clipboard.setText(text)
            press(button, Qt.Key.Key_V, CONTROL)
            wizard.until_idle()
            shown = part(wizard.window, ScrollDialog, "outcomeDialog")
            assert said in Screen(wizard).said("outcomeText")
            shown.reject()
            wizard.activate()
    assert wizard.crashes == []
