"""The line under a field: its helper text, or what is to be said of its value."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.conventions import labelled, paragraph
from app.core.i18n import mark, tr
from app.core.wording.value_sentence import ValueSentence
from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import say_before
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.showing import show_in_place
from app.ui.widgets.state_icon import StateIcon
from app.ui.widgets.value_text import NO_VALUES, ValueText

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

LineSeverity = Literal["error", "warning", "note", "good"]

_PICTURE: Final[dict[str, str]] = {
    "error": "failed",
    "warning": "warning",
    "note": "note",
    "good": "done",
}
_ROLE: Final[dict[str, str]] = {
    "error": "bad",
    "warning": "warning",
    "note": "body",
    "good": "good",
}
_WORD: Final[dict[str, str]] = {
    "error": mark("Error"),
    "warning": mark("Warning"),
    "note": mark("Note"),
    "good": mark("Right"),
}


class MessageLine(QWidget):
    """Shows the helper text, or in the same place a message with its icon and an offer."""

    offer_taken = Signal(str)
    """The value that was offered, when its button was pressed."""

    def __init__(self, masking: "Masking", object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._helper = ""
        self._helps: str | None = None
        """The helper text that stands there, or None while a message does."""
        self._severity: LineSeverity | None = None
        self._masking = masking
        self._offer, self._offer_words = "", ""
        self._icon = StateIcon("note")
        self._text = ValueText(masking, f"{object_name}-text" if object_name else "")
        say_before(self._text, "")
        self._button = plain_button("", f"{object_name}-offer" if object_name else "")
        self._button.clicked.connect(lambda: self.offer_taken.emit(self._offer))
        masking.changed.connect(self._show_offered)
        self._lay_out()
        self.show_message(None, "")

    def set_helper(self, text: str) -> None:
        """Set what stands here while there is no message; ``""`` for nothing."""
        self._helper = text
        if self._severity is None:
            self._show_helper()

    def show_message(
        self,
        severity: LineSeverity | None,
        text: str,
        offer: tuple[str, str] | None = None,
        values: Mapping[str, str] = NO_VALUES,
        *,
        aloud: bool = True,
    ) -> None:
        """Show ``text``; None as ``severity`` brings the helper text back.

        ``offer`` is a better value and the words of the button that takes it, in which it fills
        ``{value}``. Each of ``values`` fills its ``{place}`` in ``text``. All are masked. What is
        wrong is announced, if ``aloud``.
        """
        self._severity = severity
        before = self._text.shown_text()
        if severity is None:
            self._show_helper()
            return
        self._helps = None
        self._icon.set_state(_PICTURE[severity])
        self._icon.setVisible(True)
        self._dress(_ROLE[severity])
        say_before(self._text, labelled(tr(_WORD[severity]), "").rstrip())
        self._text.show_text(text, values)
        self._show_offer(offer)
        show_in_place(self, True)
        if (
            aloud
            and severity in {"error", "warning"}
            and self.isVisible()
            and self._text.shown_text() != before
        ):
            announce(self, self._message())

    @property
    def severity(self) -> LineSeverity | None:
        """How much the shown message weighs, or None."""
        return self._severity

    @property
    def text(self) -> str:
        """The shown message, or the helper text."""
        return self._text.shown_text()

    def spoken(self) -> str:
        """Return all that stands here as a screen reader says it."""
        if self._severity is None:
            return self._helper
        return paragraph(self._message(), self._helper)

    def _message(self) -> str:
        if self._severity is None:
            return self.text
        return labelled(tr(_WORD[self._severity]), self.text)

    def _show_helper(self) -> None:
        if self._helps == self._helper:
            return  # a page shows its state again and again, and most fields have no message
        self._helps = self._helper
        self._icon.setVisible(False)
        say_before(self._text, "")
        self._dress("muted")
        self._text.show_text(self._helper)
        self._show_offer(None)
        show_in_place(self, bool(self._helper))

    def _show_offer(self, offer: tuple[str, str] | None) -> None:
        self._offer, self._offer_words = offer or ("", "")
        self._show_offered()
        self._button.setVisible(offer is not None)

    def _show_offered(self) -> None:
        words = ValueSentence(self._offer_words, {"value": self._offer})
        self._button.setText(self._masking.words(words))

    def _dress(self, role: str) -> None:
        if self._text.property("role") != role:
            self._text.setProperty("role", role)
            self._text.style().unpolish(self._text)
            self._text.style().polish(self._text)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self._text)
        words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
