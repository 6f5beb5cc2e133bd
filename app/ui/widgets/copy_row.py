"""One value to carry over into another window, with its own copy button."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.value_text import ValueText
from app.ui.widgets.words import Words

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking


class CopyRow(QWidget):
    """A label, a value below it, and a button that copies the value as it is."""

    def __init__(self, label: str, masking: "Masking", object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._value = ""
        self._label = Words(label)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("role", "muted")
        self._label.setWordWrap(True)
        self._text = ValueText(masking, f"{object_name}-value")
        self._button = CopyButton(label, lambda: self._value, f"{object_name}-copy")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID * 2)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._text, 1, 0)
        grid.addWidget(self._button, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    @property
    def button(self) -> CopyButton:
        """The copy button."""
        return self._button

    def show_value(self, value: str) -> None:
        """Show ``value``; an empty one has nothing to copy."""
        self._value = value
        self._text.show_text("{value}" if value else "—", {"value": value} if value else {})
        self._button.setEnabled(bool(value))
