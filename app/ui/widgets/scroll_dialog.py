"""A dialog whose content may be long: it scrolls, and never grows beyond the screen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.accelerators import SYSTEM_HAS_THEM, letters_for
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import divider
from app.ui.widgets.headings import title
from app.ui.widgets.ordered_dialog import OrderedDialog
from app.ui.widgets.page_scroller import PageScroller

if TYPE_CHECKING:
    from app.ui.widgets.buttons import Button

_LINE: Final = 60
"""Characters on a line, about."""

_FRAME: Final = 48
"""What the system's frame and title bar may need around a dialog, in pixels."""


class ScrollDialog(OrderedDialog):
    """A heading, what is added under it, and buttons that are always in sight.

    Show it with ``open()``: ``exec()`` inside a task would lose the other tasks. It is gone once
    it is closed.
    """

    def __init__(
        self,
        parent: QWidget | None,
        heading: str,
        object_name: str,
        primary: PrimaryButton | None = None,
        *,
        line: int = _LINE,
    ) -> None:
        """``primary`` accepts; it is "Close" where none is given.

        ``line`` is how many characters a line has, about.
        """
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = QWidget()
        self._page.setProperty("role", "page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addWidget(title(heading, f"{object_name}-title"))
        self._scroller = PageScroller(f"{object_name}-scroll")
        self._primary = primary or PrimaryButton(tr("Close"), f"{object_name}-close")
        self._primary.clicked.connect(self.accept)
        self._others: list[Button] = []
        self._first: QWidget = self._primary
        self._wish = self.fontMetrics().averageCharWidth() * line + 6 * GRID

    def add(self, widget: QWidget) -> None:
        """Add ``widget`` under what is there."""
        self._column.addWidget(widget)

    def add_button(self, button: "Button") -> None:
        """Add ``button`` before the primary one."""
        self._others.append(button)

    def start_at(self, control: QWidget) -> None:
        """Give ``control`` the focus once it is shown; else the primary button has it."""
        self._first = control

    def open_saying(self, words: str) -> None:
        """Show it; ``words`` are said before the focus comes to an answer, and told with it."""
        self.setAccessibleDescription(words)
        self._first.setAccessibleDescription(words)
        announce(self.parentWidget() or self, words)
        self.open()

    def open(self) -> None:
        """Show it, as large as the content needs and the screen allows, over its window."""
        self._column.addStretch(1)
        buttons = FlowRow(*self._others, self._primary, at_end=True)
        self._give_letters()
        self._lay_out(buttons)
        self._first.setFocus()
        room = self.screen().availableGeometry().size()
        width = min(self._wish, room.width() - _FRAME)
        height = self._column.totalHeightForWidth(width)
        height += buttons.heightForWidth(width - 6 * GRID) + 5 * GRID
        self.resize(width, min(height, room.height() - _FRAME))
        super().open()

    def _give_letters(self) -> None:
        if not SYSTEM_HAS_THEM:
            return
        buttons = [self._primary, *(each for each in self._others if each.takes_letter)]
        letters = letters_for([button.text() for button in buttons])
        for button, letter in zip(buttons, letters, strict=True):
            button.set_letter(letter)

    def _lay_out(self, buttons: FlowRow) -> None:
        self._scroller.setWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroller, 1)
        outer.addWidget(divider(vertical=False))
        footer = QVBoxLayout()
        footer.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        footer.addWidget(buttons)
        outer.addLayout(footer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by the keys that scroll, from wherever the focus is."""
        if not self._scroller.scroll_by_key(event.key()):
            super().keyPressEvent(event)
