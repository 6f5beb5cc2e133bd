import asyncio
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QPaintEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import faults_kept_back
from app.ui.crash_dialog import CrashDialog, CrashDialogs, CrashWays, install_crash_handler
from tests.helpers.clipping import clipped
from tests.helpers.everything_said import everything_said
from tests.helpers.hands import part, press


def _dialog(qtbot: QtBot) -> CrashDialog:
    ways = CrashWays(lambda: None, lambda: None)
    dialog = CrashDialog(None, "Traceback\nValueError: broken", ways)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    qtbot.wait(1)  # its scroll bars come and go as the layout settles
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


# A fault within the telling, and one that comes by itself


def test_a_fault_of_the_telling_does_not_tell_of_itself(
    install: Install, loop: asyncio.AbstractEventLoop, capsys: pytest.CaptureFixture[str]
) -> None:
    del install
    told: list[str] = []

    def broken(error: BaseException) -> None:
        told.append(str(error))
        sys.excepthook(KeyError, KeyError("of the dialog"), None)
        raise RuntimeError("secret of the dialog")

    restore = install_crash_handler(broken, loop)
    sys.excepthook(ValueError, ValueError("secret of a slot"), None)
    assert told == ["secret of a slot"]
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ValueError, RuntimeError" in said
    assert "secret" not in said
    sys.excepthook(ValueError, ValueError("another"), None)
    assert told[1:] == ["another"]
    restore()


class Tick:
    """A clock that goes when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _shown(qtbot: QtBot) -> CrashDialog | None:
    qtbot.wait(1)
    widget = QApplication.activeModalWidget()
    return widget if isinstance(widget, CrashDialog) else None


def _close(qtbot: QtBot) -> None:
    dialog = _shown(qtbot)
    assert dialog is not None
    dialog.accept()
    qtbot.wait(1)


def test_what_goes_on_by_itself_is_shown_once(qtbot: QtBot) -> None:
    """A page that can't be drawn raises at each attempt: closing the dialog is one."""
    tick = Tick()
    crashes = CrashDialogs(str, tick)
    for _ in range(5):
        crashes.show(ValueError("drawing"))
        tick.now += 1
    first = _shown(qtbot)
    assert first is not None
    assert first.report == "drawing"
    tick.now += 60
    _close(qtbot)
    for _ in range(20):
        crashes.show(ValueError("drawing"))
        tick.now += 1.5
    assert _shown(qtbot) is None
    crashes.show(ValueError("something else"))
    _close(qtbot)


def test_what_somebody_does_again_is_shown_again(qtbot: QtBot) -> None:
    tick = Tick()
    crashes = CrashDialogs(str, tick)
    for _ in range(3):
        crashes.show(ValueError("a button"))
        _close(qtbot)
        tick.now += 2.5


class Undrawable(QWidget):
    """A page that raises whenever it is drawn."""

    drawn = 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Count, and raise."""
        Undrawable.drawn += 1
        raise ValueError


def test_whoever_closes_the_dialog_of_a_page_that_cannot_be_drawn_gets_at_the_rest(
    qtbot: QtBot, loop: asyncio.AbstractEventLoop
) -> None:
    crashes = CrashDialogs(lambda error: type(error).__name__)
    restore = install_crash_handler(crashes.show, loop)
    try:
        page = Undrawable()
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: _shown(qtbot) is not None)
        _close(qtbot)
        drawn = Undrawable.drawn
        page.update()
        qtbot.waitUntil(lambda: Undrawable.drawn > drawn)
        assert _shown(qtbot) is None
    finally:
        restore()


# What to do next


def test_each_crash_is_kept_once_and_what_can_be_done_is_offered(qtbot: QtBot) -> None:
    kept: list[str] = []
    taken: list[str] = []
    crashes = CrashDialogs(str, Tick())
    window = QWidget()
    qtbot.addWidget(window)
    ways = CrashWays(
        save_bundle=lambda: taken.append("bundle"),
        start_anew=lambda: taken.append("anew"),
        keep=lambda error, report: kept.append(f"{type(error).__name__} {report}"),
    )
    crashes.offer(ways, window)
    for name, way in (("crashBundle", "bundle"), ("crashAnew", "anew")):
        crashes.show(ValueError(way))
        crashes.show(ValueError(way))  # it goes on by itself
        dialog = _shown(qtbot)
        assert dialog is not None
        assert dialog.parentWidget() is not None
        part(dialog, QPushButton, name).click()
        assert not dialog.isVisible()
        qtbot.wait(1)
        assert taken[-1] == way
    assert kept == ["ValueError bundle", "ValueError anew"]


def test_what_ended_the_last_start_is_told_and_kept_no_second_time(qtbot: QtBot) -> None:
    kept: list[str] = []
    crashes = CrashDialogs(str, Tick())
    crashes.offer(CrashWays(lambda: None, lambda: None, lambda _e, report: kept.append(report)))
    crashes.show_earlier("Fatal Python error: Segmentation fault")
    dialog = _shown(qtbot)
    assert dialog is not None
    assert dialog.report == "Fatal Python error: Segmentation fault"
    assert dialog.findChild(QPushButton, "crashAnew") is None
    assert any("last time" in " ".join(said) for said in everything_said(dialog))
    _close(qtbot)
    assert kept == []


def test_what_happens_before_there_is_a_dialog_is_kept_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: passed.append(args[0]))
    with faults_kept_back() as faults:
        sys.excepthook(ValueError, error := ValueError("drawing"), None)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert faults == [error]
    sys.excepthook(KeyError, KeyError(), None)
    assert passed == [KeyboardInterrupt, KeyError]
