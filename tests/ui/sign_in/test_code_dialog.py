"""The dialog that asks for the code of an MFA device, over a window whose tasks run on."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.flow.ports.accounts import CodeRequest
from app.ui.sign_in.code_dialog import CodeDialog, CodeDialogs
from app.ui.widgets.masking import Masking
from tests.helpers.hands import press, type_text
from tests.helpers.stage import staged

DEVICE = "arn:aws:iam::123456789012:mfa/jo"


class Asking:
    """Asks once, and acts as the person."""

    def __init__(self, qtbot: QtBot, loop: asyncio.AbstractEventLoop, **request: object) -> None:
        self.qtbot = qtbot
        window = staged(qtbot, QWidget())
        self.masking = Masking()
        dialogs = CodeDialogs(lambda: window, self.masking)
        asked: Coroutine[Any, Any, str | None] = dialogs.ask(CodeRequest(DEVICE, **request))  # type: ignore[arg-type]
        self.task = loop.create_task(asked)
        qtbot.waitUntil(lambda: self.dialogs() != [])
        (self.dialog,) = self.dialogs()

    def dialogs(self) -> list[CodeDialog]:
        tops = QApplication.topLevelWidgets()
        return [top for top in tops if isinstance(top, CodeDialog) and top.isVisible()]

    def button(self, name: str) -> QAbstractButton:
        button = self.dialog.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        return button

    @property
    def edit(self) -> QLineEdit:
        edit = self.dialog.findChild(QLineEdit, "mfaCode")
        assert isinstance(edit, QLineEdit)
        return edit

    def answer(self) -> str | None:
        self.qtbot.waitUntil(self.task.done)
        assert self.dialogs() == []
        return self.task.result()


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123456 "])
def test_a_code_is_typed(qtbot: QtBot, loop: asyncio.AbstractEventLoop, typed: str) -> None:
    asking = Asking(qtbot, loop, profile="work")
    ok = asking.button("codeOk")
    assert not ok.isEnabled()
    type_text(asking.edit, "12345")
    press(asking.edit, Qt.Key.Key_Return)
    assert not ok.isEnabled()
    assert not asking.task.done()
    asking.edit.selectAll()
    type_text(asking.edit, typed)
    assert ok.isEnabled()
    QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert asking.answer() == "123456"


def test_return_signs_in(qtbot: QtBot, loop: asyncio.AbstractEventLoop) -> None:
    asking = Asking(qtbot, loop)
    type_text(asking.edit, "123456")
    press(asking.edit, Qt.Key.Key_Return)
    assert asking.answer() == "123456"


@pytest.mark.parametrize("how", ["button", "escape", "close"])
def test_it_can_be_cancelled(qtbot: QtBot, loop: asyncio.AbstractEventLoop, how: str) -> None:
    asking = Asking(qtbot, loop)
    type_text(asking.edit, "123456")
    if how == "button":
        QTest.mouseClick(asking.button("codeCancel"), Qt.MouseButton.LeftButton)
    elif how == "escape":
        press(asking.edit, Qt.Key.Key_Escape)
    else:
        asking.dialog.close()
    assert asking.answer() is None


def test_a_cancelled_task_closes_it(qtbot: QtBot, loop: asyncio.AbstractEventLoop) -> None:
    asking = Asking(qtbot, loop)
    asking.task.cancel()
    qtbot.waitUntil(asking.task.done)
    assert asking.task.cancelled()
    qtbot.waitUntil(lambda: asking.dialogs() == [])


def test_a_rejected_code_is_said_and_the_device_is_masked(
    qtbot: QtBot, loop: asyncio.AbstractEventLoop
) -> None:
    asking = Asking(qtbot, loop, profile="work", rejected=True)
    rejected = asking.dialog.findChild(QWidget, "codeRejected")
    assert isinstance(rejected, QWidget)
    assert rejected.isVisible()
    about = asking.dialog.findChild(QWidget, "codeAbout")
    assert isinstance(about, QWidget)
    assert DEVICE in about.accessibleName()
    asking.masking.set_on(True)
    assert DEVICE not in about.accessibleName()
    assert asking.edit.echoMode() == QLineEdit.EchoMode.Password
    asking.dialog.reject()
    assert asking.answer() is None


def test_nothing_is_cut_off_in_large_text(qtbot: QtBot, loop: asyncio.AbstractEventLoop) -> None:
    font = QApplication.font()
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        asking = Asking(qtbot, loop, profile="work", rejected=True)
        labels = [each for each in asking.dialog.findChildren(QLabel) if each.isVisible()]
        cut = [each.text() for each in labels if each.height() < each.heightForWidth(each.width())]
        assert cut == []
        asking.dialog.reject()
        assert asking.answer() is None
    finally:
        QApplication.setFont(font)


def test_enter_cancels_nothing(qtbot: QtBot, loop: asyncio.AbstractEventLoop) -> None:
    asking = Asking(qtbot, loop)
    type_text(asking.edit, "123456")
    asking.button("codeCancel").setFocus()
    press(asking.button("codeCancel"), Qt.Key.Key_Return)
    assert not asking.task.done()
    press(asking.edit, Qt.Key.Key_Return)
    assert asking.answer() == "123456"
