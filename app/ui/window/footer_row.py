"""The footer's line and buttons: side by side, or one above the other where there is less room."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.flow_row import FlowRow

if TYPE_CHECKING:
    from app.ui.widgets.short_line import ShortLine

_LINE_LEAST: Final = 24
"""Characters that the line has beside the buttons; with fewer it stands above them."""

_LINES: Final = 2


class FooterRow(QWidget):
    """Holds the line, and the buttons at the end; these wrap rather than be cut.

    ``apart`` stands at the other end, before the line.
    """

    def __init__(self, apart: QPushButton, line: "ShortLine", *buttons: QPushButton) -> None:
        super().__init__()
        line.set_most_lines(_LINES)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._apart = apart
        self._line = line
        self._buttons = FlowRow(*buttons, at_end=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._row.addWidget(apart, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(line, 1)
        self._row.addWidget(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line where there is room for it."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Put the line where there is room for it, as soon as a button or the text is another."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        least = _LINE_LEAST * self.fontMetrics().averageCharWidth()
        apart = 0 if self._apart.isHidden() else self._apart.sizeHint().width() + GRID
        above = apart + self._buttons.sizeHint().width() + GRID + least > self.width()
        directions = QBoxLayout.Direction
        direction = directions.TopToBottom if above else directions.LeftToRight
        if direction != self._row.direction():
            self._row.setDirection(direction)
            self._line.set_most_lines(1 if above else _LINES)
        # Above the buttons an empty line would only take room.
        self._line.setVisible(bool(self._line.text()) or not above)
