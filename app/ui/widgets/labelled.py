"""What every field has: a label above its control, and one line below for help and messages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.value_text import NO_VALUES
from app.ui.widgets.words import Words

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking
    from app.ui.widgets.message_line import LineSeverity


class Labelled(QWidget):
    """A label, a control named ``object_name``, and the line under it."""

    edited = Signal(str)
    """The raw text, when the person changed it (typing, pasting, choosing, speaking)."""
    left = Signal()
    """The focus went on to another place of this window."""
    offer_taken = Signal(str)
    """The better value that the message offered."""

    def __init__(
        self,
        label: str,
        helper: str,
        control: QLineEdit | QComboBox,
        object_name: str,
        masking: "Masking",
    ) -> None:
        super().__init__()
        self.setObjectName(f"{object_name}-field")
        control.setObjectName(object_name)
        self._control = control
        self._helper = helper
        self._label = Words(label)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setProperty("role", "label")
        self._label.setBuddy(control)
        self._message = MessageLine(masking, f"{object_name}-message")
        self._message.offer_taken.connect(self._offer_taken)
        masking.changed.connect(self._describe)
        self._lay_out()
        control.setAccessibleName(label.replace("&", ""))
        self.set_helper(helper)
        self.setFocusProxy(control)

    @property
    def control(self) -> QLineEdit | QComboBox:
        """The control itself, for the focus."""
        return self._control

    @property
    def severity(self) -> "LineSeverity | None":
        """How much the shown message weighs, or None."""
        return self._message.severity

    @property
    def message(self) -> str:
        """What stands under the control now."""
        return self._message.text

    def add_beside(self, widget: QWidget) -> None:
        """Add ``widget``, a button about the value, beside the control."""
        self._row.addWidget(widget)

    def set_helper(self, text: str) -> None:
        """Set what stands under the control while there is no message."""
        self._message.set_helper(text)
        self._describe()

    def show_message(
        self,
        severity: "LineSeverity | None",
        text: str = "",
        offer: tuple[str, str] | None = None,
        values: Mapping[str, str] = NO_VALUES,
        *,
        aloud: bool = True,
    ) -> None:
        """Show ``text`` in the helper's place, or the helper again for None.

        ``offer`` is a better value and the words of its button, with ``{value}`` for it; each of
        ``values`` fills a ``{place}`` in ``text``. All are masked. ``aloud`` says whether it is
        announced too.
        """
        before = self._message.text
        self._message.show_message(severity, text, offer, values, aloud=aloud)
        self._describe()
        if aloud and severity in {"note", "good"} and self._control.hasFocus():
            self._say_what_was_done(before)
        if self._control.property("state") != severity:
            self._control.setProperty("state", severity)
            self._control.style().unpolish(self._control)
            self._control.style().polish(self._control)

    def _offer_taken(self, value: str) -> None:
        # The button goes with its message: the focus must not go on to another field with it.
        self._control.setFocus()
        self.offer_taken.emit(value)

    def _say_what_was_done(self, before: str) -> None:
        """Say aloud what was made of what was just typed or pasted; an error says itself."""
        if self._message.text != before:
            announce(self._control, self._message.text)

    def _describe(self) -> None:
        self._control.setAccessibleDescription(self._message.spoken())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._label)
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID)
        self._row.addWidget(self._control, 1)
        column.addLayout(self._row)
        column.addWidget(self._message)
