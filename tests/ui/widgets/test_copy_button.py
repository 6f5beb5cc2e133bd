import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from app.ui.widgets import copy_button
from app.ui.widgets.copy_button import COPIED_FOR_MS, CopyButton
from tests.helpers.clipping import clipped
from tests.helpers.hands import click, press
from tests.helpers.stage import staged


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, None])
def test_copies_plain_text_and_says_so(
    qtbot: QtBot, clipboard: QClipboard, monkeypatch: pytest.MonkeyPatch, key: Qt.Key | None
) -> None:
    said: list[str] = []
    monkeypatch.setattr(copy_button, "announce", lambda _widget, sentence: said.append(sentence))
    button = CopyButton("the trust policy", lambda: '{\n  "a": 1\n}', "copy-trust")
    staged(qtbot, button)
    assert button.objectName() == "copy-trust"
    assert button.accessibleName() == "Copy: the trust policy"
    button.setFocus()
    if key is None:
        click(button)
    else:
        press(button, key)
    assert clipboard.text() == '{\n  "a": 1\n}'
    assert clipboard.mimeData().formats() == ["text/plain"]
    assert button.copied
    assert button.text() == "Copied"
    assert said == ["Copied"]


def test_says_copy_again_after_a_moment(qtbot: QtBot, clipboard: QClipboard) -> None:
    button = CopyButton("it", lambda: "x", "copy")
    qtbot.addWidget(button)
    button._back.setInterval(1)
    button.click()
    assert clipboard.text() == "x"
    qtbot.waitUntil(lambda: not button.copied)
    assert button.text() == "Copy"
    assert 1000 <= COPIED_FOR_MS <= 4000


def test_asks_for_the_text_on_each_click(qtbot: QtBot, clipboard: QClipboard) -> None:
    texts = iter(["first", "second"])
    button = CopyButton("it", lambda: next(texts), "copy")
    qtbot.addWidget(button)
    button.click()
    button.click()
    assert clipboard.text() == "second"


def test_nothing_jumps(qtbot: QtBot, clipboard: QClipboard) -> None:
    button = CopyButton("it", lambda: "x", "copy")
    staged(qtbot, button)
    before = button.sizeHint()
    button.click()
    assert button.sizeHint() == before
    assert clipboard.text() == "x"


@pytest.mark.usefixtures("large_text")
def test_large_text_fits(qtbot: QtBot, clipboard: QClipboard) -> None:
    button = CopyButton("it", lambda: "x", "copy")
    window = staged(qtbot, button)
    button.click()
    assert clipboard.text() == "x"
    assert clipped(window) == []
    assert button.iconSize().height() >= button.fontMetrics().height() * 0.8


def test_the_picture_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    button = CopyButton("it", lambda: "x", "copy")
    staged(qtbot, button)
    light = button.icon().pixmap(32).toImage()
    theme.force("dark")
    assert button.icon().pixmap(32).toImage() != light


def test_a_text_that_takes_time_is_worked_out_beside_the_window(
    qtbot: QtBot, clipboard: QClipboard, crashes: list[BaseException]
) -> None:
    threads: list[threading.Thread] = []
    outcomes = ["the text", "another"]

    def text() -> str:
        threads.append(threading.current_thread())
        if not outcomes:
            raise ValueError("nothing left")
        return outcomes.pop(0)

    button = CopyButton("it", text, "copy", takes_time=True)
    staged(qtbot, button)
    button.click()
    qtbot.waitUntil(lambda: clipboard.text() == "the text")
    assert button.copied
    button.click()
    qtbot.waitUntil(lambda: clipboard.text() == "another")
    button.click()
    qtbot.waitUntil(lambda: bool(crashes))
    assert [str(error) for error in crashes] == ["nothing left"]
    assert threading.main_thread() not in threads
