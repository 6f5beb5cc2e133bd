"""What the tests of the window share: an off-screen Qt, the theme, and asyncio on Qt's loop."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessibleAnnouncementEvent, QClipboard, QFont
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.crash_dialog import install_crash_handler
from app.ui.look.theme import Theme
from app.ui.widgets.masking import Masking
from tests.helpers import running_qt


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pass over what the off-screen platform says of itself: it can't raise or grab a window."""
    ignored = pytest.mark.qt_log_ignore("^This plugin does not support ")
    for item in items:
        item.add_marker(ignored)


@pytest.fixture(scope="session")
def installed_theme(qapp: QApplication) -> Theme:
    return running_qt.dressed(qapp)


@pytest.fixture(autouse=True)
def theme(qapp: QApplication, installed_theme: Theme) -> Iterator[Theme]:
    """Dress each test in the light theme and the usual font, whatever the last one did."""
    font = QFont(qapp.font())
    installed_theme.force("light")
    yield installed_theme
    # The test's window is closed, and due to go: to dress it anew would take seconds.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    installed_theme.set_text_size(100)
    qapp.setFont(font)


@pytest.fixture
def large_text(qapp: QApplication, theme: Theme) -> None:
    """Twice the system's text size."""
    del theme
    font = QFont(qapp.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(font)


@pytest.fixture
def masking() -> Masking:
    return Masking()


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = qapp.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture(scope="session")
def _qt_loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    # One for the session: to stop a loop tells Qt to quit, and later tests could not wait.
    loop = running_qt.qt_loop(qapp)
    yield loop
    running_qt.close(loop)


@pytest.fixture
def loop(qapp: QApplication, _qt_loop: qasync.QEventLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """Let tasks run while qtbot waits; what still runs after the test is cancelled."""
    asyncio.set_event_loop(_qt_loop)
    asyncio._set_running_loop(_qt_loop)
    yield _qt_loop
    tasks = asyncio.all_tasks(_qt_loop)
    for task in tasks:
        task.cancel()
    while not all(task.done() for task in tasks):
        qapp.processEvents()
    asyncio._set_running_loop(None)
    asyncio.set_event_loop(None)


@pytest.fixture
def no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a change that is not as expected count as somebody else's doing at once."""
    monkeypatch.setattr("app.flow.run.one_change.LOOK_AGAIN_WAITS", ())


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a screen reader is told of by itself, and the control that has the focus then."""

    sentence: str
    focus: str


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[Spoken]:
    """Take down all that is announced, in its order."""
    heard: list[Spoken] = []

    def event(widget: QWidget, sentence: str) -> QAccessibleAnnouncementEvent:
        focus = QApplication.focusWidget()
        heard.append(Spoken(sentence, focus.objectName() if focus else ""))
        return QAccessibleAnnouncementEvent(widget, sentence)

    monkeypatch.setattr("app.ui.widgets.announcement.QAccessibleAnnouncementEvent", event)
    return heard


@pytest.fixture
def crashes(loop: asyncio.AbstractEventLoop) -> Iterator[list[BaseException]]:
    """Take the exceptions that a running program would show in its dialog."""
    seen: list[BaseException] = []
    restore = install_crash_handler(seen.append, loop)
    yield seen
    restore()
