"""What a language is called, where this computer may have no letters for its own name."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.core.languages import Language


def readable_name(language: Language) -> str:
    """Return the language's name in itself; in English where no font here can draw that.

    Without a Japanese font 日本語 would be three empty boxes. English is what stands beside the
    menu's title too, for whoever reads no word of the present language.
    """
    metrics = QFontMetrics(QApplication.font())
    if all(metrics.inFontUcs4(ord(letter)) for letter in language.name):
        return language.name
    return QLocale.languageToString(QLocale(language.tag).language())
