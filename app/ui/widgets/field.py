"""A field for one line of text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.eye import Eye
from app.ui.widgets.file_drops import leave_files_to_window
from app.ui.widgets.hidden_line import HiddenLine
from app.ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

_STILL_HERE = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


def left_for_good(event: QFocusEvent) -> bool:
    """Return whether the focus went to another control.

    Not where it went to the field's own menu, or to another program: people look their values
    up in the AWS console, and are not told off for it on their return.
    """
    return event.reason() not in _STILL_HERE


class TextEdit(HiddenLine):
    """A line edit that tells when it was left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has left."""
        super().focusOutEvent(event)
        if left_for_good(event):
            self.left.emit()


class Field(Labelled):
    """A line of text with its label, its helper text and its message; hidden on a shared screen.

    ``edited`` carries what was typed or pasted as it is, line breaks and invisible characters
    too: to clean it, and to say so, is the core's.
    """

    def __init__(self, label: str, helper: str, object_name: str, masking: "Masking") -> None:
        self._edit = TextEdit()
        leave_files_to_window(self._edit)
        super().__init__(label, helper, self._edit, object_name, masking)
        self._masking = masking
        self._setting = False
        # Not textEdited: dictation and screen readers set the text as a program would.
        self._edit.textChanged.connect(self._changed)
        self._edit.left.connect(self.left)
        self._eye = Eye(label.replace("&", ""), f"{object_name}-eye", masking)
        self._eye.looked.connect(self._mask)
        self.add_beside(self._eye)
        masking.changed.connect(self._mask)
        self._mask()

    @property
    def edit(self) -> QLineEdit:
        """The line edit itself."""
        return self._edit

    def text(self) -> str:
        """Return the text as it stands."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Show ``text`` without a signal; the cursor stays where the text is the same."""
        if text == self._edit.text():
            return
        self._setting = True
        try:
            self._edit.setText(text)
        finally:
            self._setting = False

    def _changed(self, text: str) -> None:
        if not self._setting:
            self.edited.emit(text)

    def _mask(self) -> None:
        self._edit.set_hidden(self._masking.on and not self._eye.looking)
