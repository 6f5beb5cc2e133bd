"""A line of text that may be hidden from those who look on, and typed into all the same."""

from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.kept_back import LOSING, is_kept_back, open_menu


class HiddenLine(QLineEdit):
    """A line edit that shows, speaks and copies dots while it is hidden.

    It is Qt's field for passwords then, but for two keys that would lose the value: of a password
    Qt undoes all at once, and cuts out without copying. What was typed can be undone once it is
    shown again.
    """

    def set_hidden(self, hidden: bool) -> None:
        """Show dots in the place of each letter, or the letters again."""
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        if mode != self.echoMode():
            at = self.cursorPosition()
            self.setEchoMode(mode)
            self.setCursorPosition(at)

    @property
    def hidden_text(self) -> bool:
        """Whether it shows dots."""
        return self.echoMode() != QLineEdit.EchoMode.Normal

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and cut nothing while it is hidden."""
        if self.hidden_text and is_kept_back(event, LOSING.values()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the usual; nothing that undoes or cuts while it is hidden."""
        kept_back = LOSING if self.hidden_text else ()
        open_menu(self.createStandardContextMenu(), event.globalPos(), kept_back)
