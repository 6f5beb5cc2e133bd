"""A field whose value is typed or chosen from a list."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox

from app.ui.widgets.combo_choices import ChoiceCompleter, ChoiceModel
from app.ui.widgets.eye import Eye
from app.ui.widgets.field import left_for_good
from app.ui.widgets.file_drops import leave_files_to_window
from app.ui.widgets.hidden_line import HiddenLine
from app.ui.widgets.labelled import Labelled
from app.ui.widgets.list_box import ListBox

if TYPE_CHECKING:
    from app.ui.widgets.combo_choices import ChoiceWords
    from app.ui.widgets.masking import Masking

_LEAST_LETTERS: Final = 10


class ChoiceBox(ListBox):
    """An editable combo box that tells when it was left."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = HiddenLine()
        leave_files_to_window(self.edit)
        self.setLineEdit(self.edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Its longest entry is seen in the list: the box may be as narrow as a window makes it.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has left; whoever looks into the list is still here."""
        super().focusOutEvent(event)
        # Qt gives the focus to the list for no reason of its own ("other").
        if left_for_good(event) and not self.view().isVisible():
            self.left.emit()


class ChoiceField(Labelled):
    """An editable list with its label, its helper text and its message."""

    def __init__(
        self,
        label: str,
        helper: str,
        object_name: str,
        masking: "Masking",
        *,
        secret: bool = True,
    ) -> None:
        """``secret`` says that the value is masked on a shared screen, in the list as well."""
        self._box = ChoiceBox()
        self._value = ""
        self._secret = secret
        super().__init__(label, helper, self._box, object_name, masking)
        self.edit.setAccessibleName(self._box.accessibleName())
        self._masking = masking
        self._setting = False
        self._choices = ChoiceModel(self, masking if secret else None)
        self._setting = True
        self._box.setModel(self._choices)
        self._setting = False
        self._box.setCompleter(ChoiceCompleter(self._choices, self))
        self._box.editTextChanged.connect(self._changed)
        self._box.left.connect(self.left)
        self._eye: Eye | None = None
        if secret:
            self._eye = Eye(label.replace("&", ""), f"{object_name}-eye", masking)
            self._eye.looked.connect(self._look)
            self.add_beside(self._eye)
            masking.changed.connect(self._mask)
            self._mask()

    @property
    def edit(self) -> HiddenLine:
        """The line edit inside the box."""
        return self._box.edit

    def set_choices(self, choices: Sequence[tuple[str, "ChoiceWords"]]) -> None:
        """Set the list: each choice is a value and its words. What is typed stays."""
        with self._showing():
            self._choices.set_rows(choices)

    def text(self) -> str:
        """Return the text as it stands: a chosen entry puts its value there."""
        return self._value

    def set_text(self, text: str) -> None:
        """Show ``text`` without a signal; the cursor stays where the text is the same."""
        if text != self._value:
            self._value = text
            with self._showing():
                pass

    @contextmanager
    def _showing(self) -> Iterator[None]:
        """Let the list change without a signal, and show the same value in the box."""
        self._setting = True
        before, at = self.edit.text(), self.edit.cursorPosition()
        try:
            yield
            self._box.setCurrentIndex(-1)
            self._box.setEditText(self._choices.text_of(self._value))
            if self.edit.text() == before:
                self.edit.setCursorPosition(at)
        finally:
            self._setting = False

    def _changed(self, text: str) -> None:
        if self._setting:
            return
        self._value = self._choices.value_of(text)
        if self.edit.hidden_text and text != self._choices.text_of(self._value):
            self._show_chosen()
        self.edited.emit(self._value)

    def _show_chosen(self) -> None:
        """Have the value itself under the dots, not what the hidden list has of it: it is edited.

        What is chosen in the list stays chosen there, for the arrow keys.
        """
        self._setting = True
        self._box.setEditText(self._choices.text_of(self._value))
        self._setting = False

    def _mask(self) -> None:
        with self._showing():
            self._look()
            self._choices.show_again()

    def _look(self) -> None:
        is_open = self._eye is not None and self._eye.looking
        self.edit.set_hidden(self._masking.on and not is_open)
