"""Qt in the installed language: its own words, and the direction of the window.

Qt's words (buttons of its dialogs, the menu of a text field) are in catalogues that come with
PySide6. English ones are Qt's own. Times of day are ``app.ui.widgets.times``'.
"""

from typing import Final

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.core.conventions import is_right_to_left
from app.core.i18n import OWN_LANGUAGE, language

_installed: Final[list[QTranslator]] = []


def let_qt_speak(app: QApplication) -> None:
    """Let ``app`` follow the language that ``tr`` answers in, until this is called again."""
    spoken = language()
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    if spoken != OWN_LANGUAGE:
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{spoken.replace('-', '_')}", folder):
            app.installTranslator(translator)
            _installed.append(translator)
    rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    app.setLayoutDirection(rtl if is_right_to_left() else ltr)
