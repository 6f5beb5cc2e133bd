"""The real catalogues, for tests of the window: one by itself, or the widest words of all."""

from functools import cache
from typing import Final

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.core.conventions import RIGHT_TO_LEFT
from app.system.catalogue import CompiledCatalogue
from app.system.translations import DOMAIN, available_languages, translations_folder

_COUNTS: Final = (0, 1, 2, 5, 11, 100)
"""One number for each form that any language has."""


@cache
def catalogue_of(tag: str) -> CompiledCatalogue:
    """Return the compiled catalogue of a language."""
    path = translations_folder() / tag / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return CompiledCatalogue(path.read_bytes())


class WidestWords:
    """Says each word in the language from left to right in which it is the widest on the screen.

    What has room for this has room for each of them, English included: one walk through all pages
    is enough for all.
    """

    def __init__(self) -> None:
        tags = [each.tag for each in available_languages()[1:]]
        self._catalogues = [catalogue_of(tag) for tag in tags if tag not in RIGHT_TO_LEFT]
        self._metrics = QFontMetricsF(QApplication.font())
        self._widest: dict[tuple[str, ...], str] = {}

    def info(self) -> dict[str, str]:
        """Return a head without a language: lists and numbers are as in English."""
        return {}

    def gettext(self, message: str) -> str:
        """Return the widest translation of ``message``, or itself."""
        said = [message, *(each.gettext(message) for each in self._catalogues)]
        return self._of(said, (message,))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the widest form of all, whatever ``n`` is."""
        del n
        forms = [
            each.ngettext(msgid1, msgid2, count) for each in self._catalogues for count in _COUNTS
        ]
        return self._of([msgid1, msgid2, *forms], (msgid1, msgid2))

    def _of(self, said: list[str], key: tuple[str, ...]) -> str:
        if key not in self._widest:
            self._widest[key] = max(said, key=self._metrics.horizontalAdvance)
        return self._widest[key]
