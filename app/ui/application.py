"""The Qt application: its look, its event loop with asyncio, and what happens on a bug.

What a person waits for is the window, complete and on the screen: nothing else is loaded before
(``tests/ui/test_first_paint.py`` names what must not be). asyncio comes once the window has been
painted, then what the window's ``main`` loads, in a thread of its own (``loaded``). What is pressed
meanwhile waits in Qt's queue, or is answered with what has to be loaded for it.
"""

import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.core.program_names import PRODUCT
from app.ui.look.language import let_qt_speak
from app.ui.look.qt_application import qt_application
from app.ui.look.theme import Theme
from app.ui.widgets.accessible_objects import install as install_accessible_objects

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

    from app.ui.crash_dialog import CrashDialogs, CrashWays
    from app.ui.window.file_openings import FileOpenings

PAINTED_AFTER: Final = 1000
"""Milliseconds after which a window is taken for painted: one that opens minimised never is."""

_theme: list[Theme] = []
_crashes: "list[CrashDialogs]" = []
_openings: "list[FileOpenings]" = []
_later: list[Callable[[], object]] = []
_seen: list[bool] = []


def theme() -> Theme:
    """Return the theme that dresses the running application."""
    return _theme[0]


def on_crash(error: BaseException) -> None:
    """Show the crash dialog for an exception that nobody expected."""
    _crashes[0].show(error)


def offer_after_crash(ways: "CrashWays", window: QWidget) -> None:
    """Let the crash dialog offer ``ways`` from now on, over ``window``."""
    _crashes[0].offer(ways, window)


def tell_earlier_crash(report: str) -> None:
    """Show the ``report`` of what ended the last start."""
    _crashes[0].show_earlier(report)


def file_openings() -> "FileOpenings | None":
    """Return what takes the files that the system hands over by events; None where it doesn't."""
    return _openings[0] if _openings else None


def after_first_paint(callback: Callable[[], object]) -> None:
    """Call ``callback`` once the window has been seen, in a turn of the event loop of its own.

    For what nobody waits for: each should hold the window for a few milliseconds at most. What
    takes longer goes to a thread.
    """
    _later.append(callback)
    if _seen:
        _do_one_later()


def _do_one_later() -> None:
    QTimer.singleShot(0, _next_later)


def _next_later() -> None:
    if _later:
        callback = _later.pop(0)
        if _later:
            _do_one_later()
        callback()


def give_the_window_its_turn() -> None:
    """Let a thread that computes make room for the window after half a millisecond.

    Python's usual 5 ms are for each time that Qt calls a widget of ours, some dozens to draw a
    page: while a plan was worked out beside it, the window stood still for a tenth of a second.
    """
    sys.setswitchinterval(0.0005)


def run_application(
    main: "Callable[[asyncio.Event], Coroutine[Any, Any, int]]",
    crash_report: Callable[[BaseException], str],
    icons: Path,
    show: Callable[[], QWidget] | None = None,
) -> int:
    """Run ``main`` on Qt's event loop and return what it returns.

    ``main`` is given an event that is set when the application is asked to quit. ``show`` shows
    the window that is to be seen first: ``main`` begins once it has been painted.
    ``crash_report`` makes the text for the crash dialog, ``icons`` is the folder of the pictures.
    """
    give_the_window_its_turn()
    with faults_kept_back() as faults:
        app = _dressed(icons)
        if show is not None:
            _wait_until_painted(show())
    import asyncio

    import qasync

    from app.ui.collecting import collected_here
    from app.ui.crash_dialog import CrashDialogs, install_crash_handler

    _crashes[:] = [CrashDialogs(crash_report)]
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    restore = install_crash_handler(on_crash, loop)
    stopped = asyncio.Event()
    app.aboutToQuit.connect(stopped.set)
    try:
        with loop, collected_here(app):
            _seen.append(True)
            for fault in faults:
                after_first_paint(partial(on_crash, fault))
            _do_one_later()
            result: int = loop.run_until_complete(main(stopped))
            return result
    finally:
        _seen.clear()
        restore()


@contextmanager
def faults_kept_back() -> Iterator[list[Exception]]:
    """Keep what Qt's callbacks let out until the end of the block: there is no dialog for it yet.

    Qt itself would print it, where a program that was double-clicked has no place to print.
    """
    faults: list[Exception] = []
    usual = sys.excepthook

    def keep(
        kind: type[BaseException], error: BaseException, trace: "TracebackType | None"
    ) -> None:
        if isinstance(error, Exception):
            faults.append(error.with_traceback(trace))
        else:
            usual(kind, error, trace)

    sys.excepthook = keep
    try:
        yield faults
    finally:
        sys.excepthook = usual


def _dressed(icons: Path) -> QApplication:
    app = qt_application()
    if sys.platform == "darwin":
        from app.ui.window.file_openings import FileOpenings

        _openings[:] = [FileOpenings(app)]
    install_accessible_objects()
    app.setApplicationName(PRODUCT)
    app.setOrganizationName("UbiQuity")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(icons / "app.svg")))
    app.setDesktopFileName("ubiquity-s3-setup")
    app.setQuitOnLastWindowClosed(False)
    _theme[:] = [Theme(app)]
    _theme[0].install(app, icons)
    let_qt_speak(app)
    return app


class _FirstPaint(QObject):
    """Ends ``loop`` once the window that it watches, and all that is in it, has been painted."""

    def __init__(self, window: QWidget, loop: QEventLoop) -> None:
        super().__init__(window)
        self._loop = loop
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the paint; what is in the window is painted before the next turn of the loop."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._loop.quit)
        return False


def _wait_until_painted(window: QWidget) -> None:
    loop = QEventLoop()
    watcher = _FirstPaint(window, loop)
    QTimer.singleShot(PAINTED_AFTER, watcher, loop.quit)
    loop.exec()
    watcher.deleteLater()
