"""The sidebar: where the person is, what is done and what is left."""

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.conventions import labelled
from app.core.i18n import tr
from app.flow.wizard.pages import reachable, shown_pages
from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.look.typeface import semibold
from app.ui.widgets.pictures import picture_icon, picture_side
from app.ui.widgets.state_icon import STATE_WORDS
from app.ui.widgets.value_text import ValueText
from app.ui.widgets.words import Words
from app.ui.widgets.wrapped import text_height, text_width
from app.ui.window.brand import Brand

if TYPE_CHECKING:
    from app.flow.wizard.pages import Page
    from app.flow.wizard.state import SetupState
    from app.ui.widgets.masking import Masking

WIDTH: Final = 220
WIDEST: Final = 340
"""The least and the greatest width in pixels: it grows with the text."""

_AROUND: Final = 6 * GRID
"""What an item needs beside its picture and its words: margins, border, padding, gaps."""

_PAGE_ID = Qt.ItemDataRole.UserRole


_REPAINT = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange})


class _Row(NamedTuple):
    """One line: its page, the picture beside it, and whether it can be gone to."""

    page: "Page"
    called: str
    picture: str
    open: bool


class _Steps(QListWidget):
    """The list itself."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolling over it is no choice of it

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has left."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter for the list: it has led to a page, and must not lead on from there."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class Sidebar(QWidget):
    """The list of pages, and below it the account that all of this is about."""

    chosen = Signal(str)
    """The id of a page that was clicked, or chosen with Enter."""

    def __init__(self, masking: "Masking") -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._state: SetupState | None = None
        self._drawn: tuple[_Row, ...] = ()
        self._brand = Brand()
        self._list = _Steps()
        self._list.setObjectName("steps")
        self._list.setAccessibleName(tr("Steps"))
        self._list.setProperty("role", "steps")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.itemClicked.connect(self._chosen)
        self._list.itemActivated.connect(self._chosen)
        self._list.itemSelectionChanged.connect(self._selected)
        self._list.left.connect(self._mark_present)
        self._badge = Words()
        self._badge.setObjectName("practiceBadge")
        self._badge.setProperty("role", "badge")
        self._account = ValueText(masking, "account")
        self._account.setProperty("role", "muted")
        self._account.setContentsMargins(GRID, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._brand)
        column.addWidget(self._list, 1)
        badge = QHBoxLayout()
        badge.setContentsMargins(GRID, 0, 0, 0)
        badge.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(badge)
        column.addWidget(self._account)

    def show_state(self, state: "SetupState") -> None:
        """Redraw the list and the account from ``state``."""
        self._state = state
        rows = self._rows(state)
        if rows != self._drawn:
            self._drawn = rows
            self._draw(rows)
        self._show_account(state)

    def _rows(self, state: "SetupState") -> tuple[_Row, ...]:
        pages, open_pages = shown_pages(state), reachable(state)
        at = [page.id for page in pages].index(state.page)
        return tuple(
            _Row(
                page,
                tr(page.called(state).short_title),
                "current" if row == at else _mark(page, state, behind=row < at),
                page.id in open_pages,
            )
            for row, page in enumerate(pages)
        )

    def _draw(self, rows: tuple[_Row, ...]) -> None:
        self._list.blockSignals(True)
        while self._list.count() > len(rows):
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < len(rows):
            self._list.addItem(QListWidgetItem())
        for number, row in enumerate(rows):
            self._show_item(self._list.item(number), row)
        self._mark_present()
        self._list.blockSignals(False)
        self._fit()

    def _mark_present(self) -> None:
        """Light up the present page: arrow keys only look around."""
        present = [row.picture for row in self._drawn].index("current")
        self._list.setCurrentRow(present)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the items anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the sidebar as wide as its longest line, within bounds, and the items as high."""
        side = picture_side(self.fontMetrics().height())
        font = semibold(self.font())  # the present item's, so that nothing moves on
        items = [self._list.item(row) for row in range(self._list.count())]
        longest = max((text_width(font, item.text()) for item in items), default=0)
        around = side + _AROUND + self._list.verticalScrollBar().sizeHint().width()
        named = self._brand.sizeHint().width() + 2 * GRID
        self.setFixedWidth(max(named, min(WIDEST, max(WIDTH, longest + around))))
        room = self.width() - around
        for item in items:
            height = text_height(font, item.text(), room) + 2 * GRID
            item.setSizeHint(QSize(room, max(CONTROL, height)))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the marks anew in the theme's colours and the font's size."""
        super().changeEvent(event)
        # Qt sends the first changes while the sidebar is being made.
        state: SetupState | None = getattr(self, "_state", None)
        if event.type() in _REPAINT and state is not None:
            self._drawn = ()
            self.show_state(state)

    def _show_item(self, item: QListWidgetItem, row: _Row) -> None:
        page, picture = row.page, row.picture
        side = picture_side(self.fontMetrics().height())
        words = row.called
        item.setText(f"{page.step}\u00a0 {words}" if page.step else words)
        item.setIcon(picture_icon(picture, side))
        item.setData(_PAGE_ID, page.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, labelled(words, tr(STATE_WORDS[picture])))
        font = QFont(self.font())
        here = picture == "current"
        font.setWeight(QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        item.setFont(font)
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(enabled if row.open else Qt.ItemFlag.NoItemFlags)
        self._list.setIconSize(QSize(side, side))

    def _show_account(self, state: "SetupState") -> None:
        self._badge.setVisible(state.practice)
        self._badge.setText(tr("PRACTICE"))
        typed = state.details.form.account_id  # where nothing is, nothing has to be checked
        account = state.details.value_of("account_id") if typed else ""
        if state.practice:
            self._account.show_text(tr("Nothing here touches a real AWS account."))
        elif account:
            self._account.show_text(tr("AWS account {account}"), {"account": account})
        self._account.setVisible(state.practice or bool(account))

    def _chosen(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_PAGE_ID))

    def _selected(self) -> None:
        """Go where assistive technology has selected: it does that without the focus, as Enter."""
        present = self._state.page if self._state else None
        chosen = self._list.selectedItems()
        if chosen and not self._list.hasFocus() and chosen[0].data(_PAGE_ID) != present:
            self._chosen(chosen[0])


def _mark(page: "Page", state: "SetupState", *, behind: bool) -> str:
    """Return the picture of a page that is not the present one.

    A page behind it is done, but for a test that was passed over on purpose.
    """
    if not behind:
        return "waiting"
    return "done" if page.waits(state) is None else "skipped"
