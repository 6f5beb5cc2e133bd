"""Qt's application, as every window of this program needs it."""

import sys
from typing import Final

from PySide6.QtWidgets import QApplication

QT_ARGUMENTS: Final = ("-style", "Fusion")
"""What Qt reads of the arguments: the style on every system (see ``theme``).

``QApplication.setStyle`` returns the style, for which Python makes QStyle's 566 constants: nothing
else needs them before the first paint (``tests/benchmarks/start.py``).
"""


def qt_application() -> QApplication:
    """Return Qt's application, made where there is none; it lasts as long as it is held.

    Raises TypeError where there is one that can't open windows.
    """
    app = QApplication.instance() or QApplication([*sys.argv[:1], *QT_ARGUMENTS])
    if not isinstance(app, QApplication):
        raise TypeError("A window needs a QApplication.")
    return app
