"""Widgets under each other that come one by one, as the window draws.

Each costs some milliseconds to make and to lay out: forty at once would hold the window for a
second.
"""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.kept_size import KeptSize
from app.ui.widgets.turns import Turns


class OneByOne(QWidget):
    """A column of what ``makers`` make: the first at once, each other in a turn of its own.

    ``spacing`` is in pixels. What has not come yet waits while the column is halted.
    """

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._makers: list[Callable[[], QWidget]] = []
        self._turns = Turns(self, self._add_one)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing)

    def show_all(self, makers: Iterable[Callable[[], QWidget]]) -> None:
        """Make these in the place of what is shown; none is shown before ``go_on``."""
        self._turns.stop()
        self._makers = list(makers)
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once, so that no name is there twice
                widget.deleteLater()

    def go_on(self) -> None:
        """Let come what has not come yet."""
        if not self.column.count():
            self._add_one()
        if self._makers:
            self._turns.begin()

    def halt(self) -> None:
        """Let nothing more come until ``go_on``."""
        self._turns.stop()

    def _add_one(self) -> bool:
        if self._makers:
            self.column.addWidget(KeptSize(self._makers.pop(0)()))
        return bool(self._makers)
