"""A short list of sentences."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import as_item, as_list, unheard
from app.ui.widgets.headings import body


class Bullets(QWidget):
    """Sentences one below the other, each after a dot."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        as_list(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)

    def add(self, sentence: str | QWidget) -> None:
        """Add a sentence, or a widget that shows one."""
        row = self._grid.rowCount()
        dot = QLabel("•")
        dot.setProperty("role", "muted")
        unheard(dot)
        self._grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignTop)
        words = body(sentence) if isinstance(sentence, str) else sentence
        if isinstance(words, QLabel):
            as_item(words)
        self._grid.addWidget(words, row, 1)
