"""Where Qt can't open any window: what is said in the place of Qt's advice and a crash.

Without a screen, or with one that doesn't let this program in, Qt ends the process (``qFatal``) and
advises to install the program anew; the next start would tell of a mistake of the program's own.
Source: Qt's ``qguiapplication.cpp``, ``init_platform``.
"""

import os
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)

from app.core.i18n import tr
from app.system.plain_message import say_plainly
from app.ui.look.qt_application import qt_application

_FAILED: Final = 1
"""As in app.commands.exit_status."""


def begun_qt() -> QCoreApplication:
    """Return Qt's application, made where there is none; it lasts as long as it is held.

    Where no window can be opened, the process ends here with one sentence. What Qt says of the
    reason is said before, as ever.
    """
    before = qInstallMessageHandler(_hear)
    try:
        return qt_application()
    finally:
        qInstallMessageHandler(before)


def _hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind is not QtMsgType.QtFatalMsg:
        say_plainly(text)
        return
    say_plainly(
        tr(
            "No window can be opened: there is no screen that this program may use. Start it on a "
            "desktop, or use a command: “ubiquity-s3-setup --help” lists them."
        )
    )
    os._exit(_FAILED)
