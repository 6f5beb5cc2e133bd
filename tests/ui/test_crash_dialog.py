import asyncio
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.crash_dialog import CrashDialog, install_crash_handler
from tests.helpers.clipping import clipped
from tests.helpers.hands import part, press


def _dialog(qtbot: QtBot) -> CrashDialog:
    dialog = CrashDialog(None, "Traceback\nValueError: broken")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_shows_and_copies_the_report(qtbot: QtBot, clipboard: QClipboard) -> None:
    dialog = _dialog(qtbot)
    report = part(dialog, QPlainTextEdit, "crashReport")
    copy = part(dialog, QPushButton, "crashCopy")
    assert report.toPlainText() == "Traceback\nValueError: broken"
    assert report.accessibleName() == "Report for support"
    copy.click()
    assert clipboard.text() == "Traceback\nValueError: broken"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_esc_close_it(qtbot: QtBot, key: Qt.Key) -> None:
    dialog = _dialog(qtbot)
    with qtbot.waitSignal(dialog.finished):
        press(dialog, key)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("large_text")
def test_nothing_is_cut_off_with_large_text(qtbot: QtBot) -> None:
    assert clipped(_dialog(qtbot)) == []


Install = Callable[[], list[BaseException]]


@pytest.fixture
def install(loop: asyncio.AbstractEventLoop) -> Iterator[Install]:
    restore: list[Callable[[], None]] = []

    def installed() -> list[BaseException]:
        seen: list[BaseException] = []
        restore.append(install_crash_handler(seen.append, loop))
        return seen

    yield installed
    for take_off in restore:
        take_off()


def test_the_handler_can_be_taken_off(loop: asyncio.AbstractEventLoop) -> None:
    before = (sys.excepthook, threading.excepthook)
    restore = install_crash_handler(lambda _error: None, loop)
    assert sys.excepthook is not before[0]
    restore()
    assert (sys.excepthook, threading.excepthook) == before


def test_exceptions_of_callbacks_arrive(install: Install) -> None:
    seen = install()
    error = ValueError("in a slot")
    sys.excepthook(ValueError, error, None)
    assert seen == [error]


def test_ctrl_c_is_no_crash(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: passed.append(args[0]))
    seen = install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == []
    assert passed == [KeyboardInterrupt]


def test_exceptions_of_threads_arrive_in_the_windows_thread(qtbot: QtBot) -> None:
    seen: list[tuple[str, threading.Thread]] = []
    restore = install_crash_handler(
        lambda error: seen.append((str(error), threading.current_thread()))
    )

    def work() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not seen
    qtbot.waitUntil(lambda: bool(seen))
    restore()
    assert seen == [("in a thread", threading.main_thread())]


def test_exceptions_of_the_loop_arrive(
    qtbot: QtBot, install: Install, loop: asyncio.AbstractEventLoop
) -> None:
    seen = install()

    def broken() -> None:
        raise ValueError("in a callback of the loop")

    loop.call_exception_handler({"message": "no exception here"})
    loop.call_soon(broken)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert [str(error) for error in seen] == ["no exception here", "in a callback of the loop"]
