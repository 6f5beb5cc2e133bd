"""A message where there is no window of ours, and Qt itself works."""

from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

_NOBODY_SEES: Final = frozenset({"offscreen", "minimal", "vnc"})


def tell_by_qt(heading: str, words: str, report: str) -> None:
    """Show a message with a ``report`` to be copied, where anybody can see it.

    Waits until it is closed.
    """
    app = QApplication.instance() or QApplication(["ubiquity-s3-setup"])
    if not isinstance(app, QApplication) or QGuiApplication.platformName() in _NOBODY_SEES:
        return
    box = QMessageBox(QMessageBox.Icon.Critical, heading, words)
    box.setDetailedText(report)
    box.exec()
