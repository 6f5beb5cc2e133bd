"""The one Qt application, theme and event loop of a test run, for the tests that show a window.

Fixtures of two folders share them: a second theme would dress the application the other way, and
a second loop would tell Qt to quit.
"""

import asyncio
import functools
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication

from app.system.resources import resources_folder
from app.ui.look.theme import Theme
from app.ui.widgets.accessible_objects import install as install_accessible_objects


@functools.cache
def dressed(app: QApplication) -> Theme:
    """Return the theme that dresses ``app``."""
    # A test means each press, and no time passes between two of them.
    app.setDoubleClickInterval(0)
    install_accessible_objects()
    theme = Theme(app)
    theme.install(app, resources_folder() / "icons")
    return theme


@functools.cache
def qt_loop(app: QApplication) -> qasync.QEventLoop:
    """Return asyncio's loop on that of ``app``, not yet set as the running one."""
    loop = qasync.QEventLoop(app, already_running=True)
    asyncio._set_running_loop(None)
    return loop


def close(loop: qasync.QEventLoop) -> None:
    """Stop and close ``loop``, once."""
    if not loop.is_closed():
        loop.stop()
        loop.close()
