"""A paragraph that stands out: a note, a warning, a problem or good news."""

from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.core.i18n import mark, tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.code_line import CodeLine
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.masking import Masking
from app.ui.widgets.state_icon import StateIcon
from app.ui.widgets.value_text import NO_VALUES, ValueText
from app.ui.widgets.words import Words

CalloutKind = Literal["note", "warning", "bad", "good"]

_WORD: Final[dict[str, str]] = {
    "note": mark("Note"),
    "warning": mark("Warning"),
    "bad": mark("Problem"),
    "good": mark("Done"),
}
_PICTURE: Final[dict[str, str]] = {
    "note": "note",
    "warning": "warning",
    "bad": "failed",
    "good": "done",
}


class Callout(QFrame):
    """An icon, a word and a paragraph on a tinted ground, with buttons where something helps."""

    def __init__(self, kind: CalloutKind, object_name: str, masking: Masking | None = None) -> None:
        """``masking`` is needed as soon as the text holds values."""
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "callout")
        self._masked = masking is not None
        self._icon = StateIcon("note")
        self._word = Words()
        self._word.setProperty("role", "label")
        self._word.setWordWrap(True)
        self._text = ValueText(masking or Masking(self), f"{object_name}-text")
        self._code: CodeLine | None = None
        self._buttons: FlowRow | None = None
        self._words = QVBoxLayout()
        self._lay_out()
        self.set_kind(kind)

    def set_kind(self, kind: CalloutKind, word: str | None = None) -> None:
        """Change the kind, and the word beside the icon from the kind's own to ``word``."""
        self._icon.set_state(_PICTURE[kind])
        self._word.setText(word or tr(_WORD[kind]))
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def show_text(self, template: str, values: Mapping[str, str] = NO_VALUES) -> None:
        """Show ``template`` with ``values`` in its places, each masked when masking is on.

        Raises ValueError for values without a masking: they would be shown to everyone.
        """
        if values and not self._masked:
            raise ValueError("a callout that shows values needs the window's masking")
        self._text.show_text(template, values)

    def show_code(self, code: str, about: str = "") -> None:
        """Show the ``code`` of the problem under the text, or none for ``""``; see ``CodeLine``."""
        if self._code is None:
            self._code = CodeLine(f"{self.objectName()}-code")
            self._words.insertWidget(2, self._code)
        self._code.show_code(code, about)

    def add_button(self, button: QPushButton) -> None:
        """Add a button under the text; they go on in the next line where there is no room."""
        if self._buttons is None:
            self._buttons = FlowRow()
            self._words.addWidget(self._buttons)
        self._buttons.add(button)

    @property
    def word(self) -> str:
        """The word beside the icon."""
        return self._word.text()

    @property
    def text(self) -> str:
        """What can be read now."""
        return self._text.shown_text()

    def _lay_out(self) -> None:
        self._words.setSpacing(GRID // 2)
        self._words.addWidget(self._word)
        self._words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
