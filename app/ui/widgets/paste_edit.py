"""A box to paste something into that is never shown in it: it is handed on."""

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication

from app.core.i18n import tr
from app.ui.widgets.field import left_for_good
from app.ui.widgets.file_drops import files_in
from app.ui.widgets.hidden_text import HiddenText

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

_LINES: Final = 4
_MORE_THAN_TYPED: Final = 8
"""Characters at once."""


class PasteEdit(HiddenText):
    """Hands on what is pasted or dropped, without taking it into its text or its undo history.

    What is typed stands in it until ``clear`` is called, hidden on a shared screen; it is handed on
    when the focus leaves, or at once where more comes than a hand types (dictation, a password
    manager).
    """

    pasted = Signal(str)
    typed = Signal(str)
    dropped = Signal(str)
    """The path of a file of this computer, dropped here or copied in the file manager."""

    undoes: ClassVar[bool] = False

    def __init__(self, object_name: str, accessible_name: str, masking: "Masking") -> None:
        super().__init__(object_name, accessible_name, _LINES)
        self.setPlaceholderText(tr("Paste here"))
        self._masking = masking
        self._length = 0
        self.edited.connect(self._grown)
        masking.changed.connect(self._mask)
        self._mask()

    def _mask(self) -> None:
        self.set_hidden(self._masking.on)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take files as well as text."""
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand the pasted text on, or where the file lies that was dropped."""
        if not self._take_file(source) and source.hasText():
            self.pasted.emit(source.text())

    def paste_from_clipboard(self) -> None:
        """Hand on what the clipboard holds, which stays as it is."""
        source = QGuiApplication.clipboard().mimeData()
        if not self._take_file(source):
            self.pasted.emit(source.text())

    def _take_file(self, source: QMimeData) -> bool:
        paths = files_in(source)
        if len(paths) != 1:
            return False
        self.dropped.emit(paths[0])
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand what was typed on."""
        super().focusOutEvent(event)
        if left_for_good(event):
            self.hand_on()

    def hand_on(self) -> None:
        """Hand what was typed on, if anything was."""
        if self.text():
            self.typed.emit(self.text())

    def _grown(self) -> None:
        before, self._length = self._length, len(self.text())
        if self._length - before > _MORE_THAN_TYPED:
            self.hand_on()
