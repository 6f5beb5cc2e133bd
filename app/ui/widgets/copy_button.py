"""A button that copies one thing and says so."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QGuiApplication

from app.core.conventions import labelled
from app.core.i18n import tr
from app.ui.widgets.announcement import announce
from app.ui.widgets.beside import work_beside
from app.ui.widgets.buttons import Button
from app.ui.widgets.pictures import dress_button
from app.ui.widgets.wrapped import text_width

COPIED_FOR_MS: Final = 2000
"""How long "Copied" stands, in milliseconds."""


class CopyButton(Button):
    """Puts plain text on the clipboard and says "Copied" for a moment, without changing size."""

    takes_letter = False

    def __init__(
        self,
        what: str,
        text: Callable[[], str],
        object_name: str,
        words: str | None = None,
        *,
        takes_time: bool = False,
    ) -> None:
        """Take what is copied, for a screen reader, and what to ask for the text.

        ``words`` stand on the button in the place of "Copy"; where they tell what is copied,
        ``what`` is empty. A text that ``takes_time`` is worked
        out beside the window, so ``text`` may touch nothing of it.
        """
        self._words = words or tr("Copy")
        super().__init__(self._words, object_name)
        self.set_what(what)
        self._text = text
        self._takes_time = takes_time
        self._working = False
        self._back = QTimer(self, singleShot=True, interval=COPIED_FOR_MS)
        self._back.timeout.connect(self._show)
        self.clicked.connect(self._copy)
        self._show()

    def set_what(self, what: str) -> None:
        """Change what a screen reader says that is copied; nothing where the words tell it."""
        self.setAccessibleName(labelled(self._words, what) if what else self._words)

    @property
    def copied(self) -> bool:
        """Whether the button says "Copied" now."""
        return self._back.isActive()

    def sizeHint(self) -> QSize:
        """Return the size for the longer of both words, so that nothing jumps."""
        hint = super().sizeHint()
        widest = max(text_width(self.font(), word) for word in (self._words, tr("Copied")))
        hint.setWidth(hint.width() + widest - text_width(self.font(), self.text()))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return the same: neither word is ever cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the picture anew in the theme's colours and the font's size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._show_picture()

    def _copy(self) -> None:
        if not self._takes_time:
            self._put(self._text())
        elif not self._working:
            self._working = True
            work_beside(self, self._text_or_error, self._take)

    def _text_or_error(self) -> str | Exception:
        try:
            return self._text()
        except Exception as error:  # noqa: BLE001 - it is raised once the button works again
            return error

    def _take(self, outcome: str | Exception) -> None:
        self._working = False
        if isinstance(outcome, Exception):
            raise outcome
        self._put(outcome)

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._back.start()
        self._show()
        announce(self, tr("Copied"))

    def _show(self) -> None:
        self.setText(tr("Copied") if self.copied else self._words)
        self._show_picture()

    def _show_picture(self) -> None:
        if not hasattr(self, "_back"):
            return  # Qt sends the first change while the button is being made
        dress_button(self, "tick" if self.copied else "copy")
