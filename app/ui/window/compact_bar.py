"""What stands over the page where there is no room for header and sidebar: where one is."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from app.core.i18n import tr
from app.flow.wizard.pages import reachable, shown_pages
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import Button
from app.ui.widgets.pictures import dress_button
from app.ui.widgets.words import Words
from app.ui.window.place_words import place_words


class CompactBar(QWidget):
    """One button that says which step this is, and opens the list of all of them."""

    chosen = Signal(str)
    """The id of a page that was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("compactBar")
        self._steps = _StepsButton()
        self._menu = QMenu(self._steps)
        self._menu.setObjectName("compactMenu")
        self._steps.clicked.connect(self._open)
        self._badge = Words(tr("PRACTICE"))
        self._badge.setObjectName("compactBadge")
        self._badge.setProperty("role", "badge")
        self._drawn: tuple[_Line, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._steps, 1)
        row.addWidget(self._badge)

    def show_state(self, state: SetupState) -> None:
        """Say which step this is, and list the others."""
        self._badge.setVisible(state.practice)
        pages, open_pages = shown_pages(state), reachable(state)
        titles = [tr(page.called(state).short_title) for page in pages]
        self._steps.show_words(place_words(state))
        lines = tuple(
            _Line(page.id, title, page.id in open_pages)
            for page, title in zip(pages, titles, strict=True)
        )
        if lines != self._drawn:
            self._drawn = lines
            self._menu.clear()
            for line in lines:
                self._add(line)

    def _open(self) -> None:
        # Not as Qt opens a button's own menu: that waits for the answer in a loop of its own.
        self._menu.popup(self._steps.mapToGlobal(self._steps.rect().bottomLeft()))

    def _add(self, line: "_Line") -> None:
        action = self._menu.addAction(line.title)
        action.setObjectName(f"compact-{line.page}")
        action.setEnabled(line.is_open)
        action.triggered.connect(lambda: self.chosen.emit(line.page))


class _Line(NamedTuple):
    """One step in the list: its page, its title, and whether it can be gone to."""

    page: str
    title: str
    is_open: bool


class _StepsButton(Button):
    """Its words are cut where they have no room; they are heard as a whole."""

    def __init__(self) -> None:
        super().__init__("", "stepsButton")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("look", "plain")
        self._words = ""
        dress_button(self, "chevron-down")

    def show_words(self, words: str) -> None:
        """Show ``words``, as far as there is room for them."""
        self._words = words
        self.setAccessibleName(words)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        """Return the size for a few letters."""
        letters = 10 * self.fontMetrics().averageCharWidth()
        return QSize(self._around() + letters, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words anew."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the picture anew in the theme's colours and the font's size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            dress_button(self, "chevron-down")

    def _around(self) -> int:
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _cut(self) -> None:
        metrics, room = self.fontMetrics(), self.width() - self._around()
        has_room = metrics.horizontalAdvance(self._words) <= room + 1  # Qt rounds each by itself
        elided = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(self._words if has_room else elided)
