"""A box to paste credentials into; what is pasted is never shown in it."""

from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from app.core.i18n import tr
from app.ui.widgets.field import left_for_good

_MORE_THAN_TYPED: Final = 8
"""Characters at once."""


class PasteEdit(QPlainTextEdit):
    """Hands on what is pasted or dropped, without taking it into its text or its undo history.

    What is typed stands in it until ``clear`` is called; it is handed on when the focus leaves,
    or at once where more comes than a hand types (dictation, a password manager).
    """

    pasted = Signal(str)
    typed = Signal(str)

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "input")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Paste the credentials here"))
        self.setPlaceholderText(tr("Paste here"))
        self.setFixedHeight(self.fontMetrics().height() * 4)
        self._length = 0
        self.textChanged.connect(self._changed)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand the pasted text on."""
        if source.hasText():
            self.pasted.emit(source.text())

    def paste_from_clipboard(self) -> None:
        """Hand on what the clipboard holds, which stays as it is."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand what was typed on."""
        super().focusOutEvent(event)
        if left_for_good(event):
            self.hand_on()

    def hand_on(self) -> None:
        """Hand what was typed on, if anything was."""
        if not self.document().isEmpty():
            self.typed.emit(self.toPlainText())

    def _changed(self) -> None:
        before, self._length = self._length, self.document().characterCount()
        if self._length - before > _MORE_THAN_TYPED:
            self.hand_on()
