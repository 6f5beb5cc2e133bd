"""One row of a list of things to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.conventions import as_sentence, labelled, paragraph
from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import SpokenRow, as_item, tell_busy
from app.ui.widgets.state_icon import STATE_WORDS, StateIcon
from app.ui.widgets.times import time_taken
from app.ui.widgets.value_text import ValueText
from app.ui.widgets.words import Words

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

_ROLES: Final[dict[str, str]] = {"done": "good", "failed": "bad", "warning": "warning"}


class ProgressLine(SpokenRow):
    """Icon, words, and at the end the state's word and the seconds."""

    def __init__(self, masking: "Masking", object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        as_item(self)
        self._state = ""
        self._seconds: int | None = None
        self._took: float | None = None
        self._icon = StateIcon("waiting")
        self._words = ValueText(masking, f"{object_name}-words")
        self._detail = ValueText(masking, f"{object_name}-detail")
        self._detail.setProperty("role", "muted")
        self._status = Words()
        self._status.setObjectName(f"{object_name}-state")
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    @property
    def state(self) -> str:
        """The state that is shown."""
        return self._state

    @property
    def status(self) -> str:
        """The state's word, with the seconds where they are shown."""
        return self._status.text()

    def spoken(self) -> str:
        """Return the row as it is heard: what is done, how far it is, and what there is to add."""
        said = labelled(self._words.shown_text(), self.status)
        detail = self._detail.shown_text()
        return paragraph(as_sentence(said), detail) if detail else said

    def busy(self) -> bool:
        """Return whether it is being done."""
        return self._state == "running"

    def show_row(
        self,
        words: str,
        values: Mapping[str, str],
        state: str,
        detail: str,
        detail_values: Mapping[str, str],
    ) -> None:
        """Show one row; the templates' values are masked when masking is on."""
        self._words.show_text(words, values)
        self._detail.show_text(detail, detail_values)
        self._detail.setVisible(bool(detail))
        self._icon.set_state(state)
        if state != self._state:
            was_busy, self._state = self.busy(), state
            if self.busy() != was_busy:
                tell_busy(self)
            self._status.setProperty("role", _ROLES.get(state, "muted"))
            self._status.style().unpolish(self._status)
            self._status.style().polish(self._status)
        self._show_status()

    def show_seconds(self, seconds: int | None) -> None:
        """Show for how many ``seconds`` the row has run; nothing under one, or for None."""
        if seconds != self._seconds:
            self._seconds = seconds
            self._show_status()

    def show_time(self, seconds: float | None) -> None:
        """Show how many ``seconds`` the row took, now that it has ended; nothing for None."""
        if seconds != self._took:
            self._took = seconds
            self._show_status()

    def _show_status(self) -> None:
        word = tr(STATE_WORDS[self._state]) if self._state else ""
        if self._seconds:
            word = tr("{state} · {seconds} s").format(state=word, seconds=self._seconds)
        elif self._took is not None:
            word = tr("{state} · {time}").format(state=word, time=time_taken(self._took))
        self._status.setText(word)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._status, 0, Qt.AlignmentFlag.AlignTop)
