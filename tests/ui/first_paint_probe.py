"""Starts the program, and tells in JSON what is there at its first paint, and after Next then.

To be run in a process of its own, off-screen: ``python -m tests.ui.first_paint_probe``.
"""

import os
import sys

from PySide6 import QtWidgets
from PySide6.QtWidgets import QApplication, QWidget

from app.__main__ import main
from app.ui import application
from app.ui.parts.wizard_page import WizardPage
from app.ui.window.wizard_window import WizardWindow

_own = os.dup(1)  # the program keeps standard output to itself
_wait = application._wait_until_painted


def look(window: QWidget) -> None:
    """Wait as the program does, tell what is there, and end."""
    _wait(window)
    told = {
        "modules": sorted(sys.modules),
        "qt_classes": sorted(vars(QtWidgets)),
        "windows": [w.objectName() for w in QApplication.topLevelWidgets() if w.isVisible()],
        "pages": [page.objectName() for page in window.findChildren(WizardPage)],
    }
    import json  # what the probe itself needs is loaded after its look

    if not isinstance(window, WizardWindow):
        raise TypeError(window)
    window.go_on()
    while window.is_coming:
        QApplication.processEvents()
    seen = [page.objectName() for page in window.findChildren(WizardPage) if page.isVisible()]
    os.write(_own, json.dumps({**told, "after_next": seen}).encode())
    os._exit(0)


if __name__ == "__main__":
    application._wait_until_painted = look
    sys.argv[1:] = []
    sys.exit(main())
