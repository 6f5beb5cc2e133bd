"""A reason that stands ready and out of the way."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import link_button
from app.ui.widgets.headings import muted
from app.ui.widgets.pictures import dress_button

_REPAINT: Final = frozenset(
    {QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}
)


class Why(QWidget):
    """A button "Why?" that opens and closes a paragraph below it."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._button = link_button(tr("Why?"), f"{object_name}-button")
        self._button.setLayoutDirection(self._opposite())
        self._button.clicked.connect(self.toggle)
        self._paragraph = muted(text, f"{object_name}-text")
        self._paragraph.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._paragraph)
        self._show()

    @property
    def open(self) -> bool:
        """Whether the paragraph is shown."""
        return not self._paragraph.isHidden()

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        self._paragraph.setVisible(not self.open)
        self._show()
        state = QAccessible.State()
        state.expanded = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self._button, state))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the arrow anew in the theme's colours and the font's size, at the word's end."""
        super().changeEvent(event)
        if event.type() in _REPAINT and hasattr(self, "_paragraph"):
            self._button.setLayoutDirection(self._opposite())
            self._show()

    def _opposite(self) -> Qt.LayoutDirection:
        # The arrow stands after the word, and Qt puts a button's icon before it.
        right = Qt.LayoutDirection.RightToLeft
        return Qt.LayoutDirection.LeftToRight if self.layoutDirection() == right else right

    def _show(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        closed = "chevron-left" if mirrored else "chevron-right"
        dress_button(self._button, "chevron-down" if self.open else closed)
        said = tr("Expanded") if self.open else tr("Collapsed")
        self._button.setAccessibleDescription(said)
