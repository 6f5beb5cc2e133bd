"""What is being done, row by row, and for how long."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import as_list
from app.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

RowState = Literal[
    "waiting", "running", "done", "failed", "skipped", "undone", "warning", "unknown"
]

_TICK_MS: Final = 250


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One thing to do: its sentence, how far it is, and what there is to add."""

    id: str
    words: str
    values: Mapping[str, str] = field(default_factory=dict)
    state: RowState = "waiting"
    detail: str = ""
    detail_values: Mapping[str, str] = field(default_factory=dict)
    took: float | None = None
    """The seconds that it took, once it has ended and where they were measured."""


class ProgressList(QWidget):
    """Rows with icon, words and state; one that runs for longer than a second says how long."""

    def __init__(
        self,
        masking: "Masking",
        object_name: str,
        clock: Callable[[], float] = time.monotonic,
        below: Callable[[str], QWidget | None] = lambda _row: None,
    ) -> None:
        """``below`` makes what stands under the row of that id, when the row is made."""
        super().__init__()
        self._below = below
        self.setObjectName(object_name)
        as_list(self)
        self._masking = masking
        self._clock = clock
        self._lines: dict[str, ProgressLine] = {}
        self._since: dict[str, float] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def forget(self) -> None:
        """Drop all rows, so that the next ones are made anew with what stands below them."""
        self._rebuild(())

    def set_rows(self, rows: Sequence[ProgressRow]) -> None:
        """Show ``rows``. A row that was there before keeps its place and its clock."""
        if [row.id for row in rows] != list(self._lines):
            self._rebuild(rows)
        for row in rows:
            self._follow(row)
            line = self._lines[row.id]
            line.show_row(row.words, row.values, row.state, row.detail, row.detail_values)
            line.show_time(row.took)
        self.tick()
        if self._since:
            self._timer.start()
        else:
            self._timer.stop()

    def spoken(self, row: str) -> str:
        """Return how the row of that id is heard; KeyError where there is none."""
        return self._lines[row].spoken()

    def tick(self) -> None:
        """Show how long each running row has run, in whole seconds from the first on."""
        now = self._clock()
        for name, line in self._lines.items():
            since = self._since.get(name)
            line.show_seconds(None if since is None else int(now - since))

    def _follow(self, row: ProgressRow) -> None:
        if row.state == "running":
            self._since.setdefault(row.id, self._clock())
        else:
            self._since.pop(row.id, None)

    def _rebuild(self, rows: Sequence[ProgressRow]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once, so that no name is there twice
                widget.deleteLater()
        self._since = {row.id: self._since[row.id] for row in rows if row.id in self._since}
        self._lines = {}
        for row in rows:
            line = ProgressLine(self._masking, f"{self.objectName()}-{row.id}")
            self._lines[row.id] = line
            self._column.addWidget(line)
            below = self._below(row.id)
            if below is not None:
                self._column.addWidget(below)
