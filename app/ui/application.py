"""The Qt application: its look, its event loop with asyncio, and what happens on a bug."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import __version__
from app.ui.collecting import collected_here
from app.ui.crash_dialog import CrashDialogs, install_crash_handler
from app.ui.look.language import let_qt_speak
from app.ui.look.theme import Theme
from app.ui.widgets.accessible_objects import install as install_accessible_objects

_theme: list[Theme] = []
_crashes: list[CrashDialogs] = []


def theme() -> Theme:
    """Return the theme that dresses the running application."""
    return _theme[0]


def on_crash(error: BaseException) -> None:
    """Show the crash dialog for an exception that nobody expected."""
    _crashes[0].show(error)


def give_the_window_its_turn() -> None:
    """Let a thread that computes make room for the window after half a millisecond.

    Python's usual 5 ms are for each time that Qt calls a widget of ours, some dozens to draw a
    page: while a plan was worked out beside it, the window stood still for a tenth of a second.
    """
    sys.setswitchinterval(0.0005)


def run_application(
    main: Callable[[asyncio.Event], Coroutine[Any, Any, int]],
    crash_report: Callable[[BaseException], str],
    icons: Path,
) -> int:
    """Run ``main`` on Qt's event loop and return what it returns.

    ``main`` is given an event that is set when the application is asked to quit.
    ``crash_report`` makes the text for the crash dialog, ``icons`` is the folder of the pictures.
    """
    give_the_window_its_turn()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("A window needs a QApplication.")
    install_accessible_objects()
    app.setApplicationName("UbiQuity S3 Connection Setup")
    app.setOrganizationName("UbiQuity")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(icons / "app.svg")))
    app.setDesktopFileName("ubiquity-s3-setup")
    app.setQuitOnLastWindowClosed(False)
    _theme[:] = [Theme(app)]
    _crashes[:] = [CrashDialogs(crash_report)]
    _theme[0].install(app, icons)
    let_qt_speak(app)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    restore = install_crash_handler(on_crash, loop)
    stopped = asyncio.Event()
    app.aboutToQuit.connect(stopped.set)
    try:
        with loop, collected_here(app):
            result: int = loop.run_until_complete(main(stopped))
            return result
    finally:
        restore()
