"""A long list of which any number of rows can be ticked, and each row be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.look.theme import tokens
from app.ui.widgets.indicators import indicator_side, paint_box, paint_focus
from app.ui.widgets.mirroring import mirrored
from app.ui.widgets.pictures import paint_picture, picture_side

_Index = QModelIndex | QPersistentModelIndex
_OPEN: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right})
_UP: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Backspace})


@dataclass(frozen=True, slots=True)
class TickRow:
    """One row: its id, what is read there, and whether it is ticked or can be."""

    id: str
    words: str
    is_ticked: bool = False
    can_tick: bool = True


class TickModel(QAbstractListModel):
    """The rows. Those that come behind the others leave the place of the person alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[TickRow, ...] = ()

    def set_rows(self, rows: Sequence[TickRow]) -> None:
        """Show ``rows`` in the place of the present ones."""
        before, self.rows = self.rows, self.rows
        new = tuple(rows)
        if new == before:
            return
        kept = len(before)
        if [row.id for row in new[:kept]] != [row.id for row in before]:
            self.beginResetModel()
            self.rows = new
            self.endResetModel()
            return
        if len(new) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(new) - 1)
            self.rows = (*before, *new[kept:])
            self.endInsertRows()
        self.rows = new
        changed = [place for place in range(kept) if new[place] != before[place]]
        for place in changed:
            self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, or whether it is ticked."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.CheckStateRole and row.can_tick:
            return Qt.CheckState.Checked if row.is_ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return can | Qt.ItemFlag.ItemIsUserCheckable if self.rows[index.row()].can_tick else can


class _RowPainter(QStyledItemDelegate):
    """Paints box, words and the arrow that opens, and takes the clicks on them."""

    toggled = Signal(int)
    opened = Signal(int)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        row = _row_of(index)
        box, words, arrow = (_placed(option, rect) for rect in _places(option))
        state, in_use = option.state, tokens()
        lit = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(in_use.note_soft))
            painter.drawRoundedRect(QRectF(option.rect), 6, 6)
        side = indicator_side(option.fontMetrics.height())
        paint_box(
            painter,
            _middle(box, side),
            checked=row.is_ticked,
            enabled=row.can_tick,
            hover=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        painter.setPen(QColor(in_use.text if row.can_tick else in_use.muted))
        text = option.fontMetrics.elidedText(row.words, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        behind = option.direction == Qt.LayoutDirection.RightToLeft
        picture = "chevron-left" if behind else "chevron-right"
        paint_picture(painter, _middle(arrow, picture_side(option.fontMetrics.height())), picture)
        if lit and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, QRectF(option.rect), 6)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a control; the list gives the width."""
        del index
        return QSize(CONTROL * 4, max(CONTROL, option.fontMetrics.height() + GRID))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Take a click on the box, or on the arrow."""
        del model
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        box, words, arrow = (_placed(option, rect) for rect in _places(option))
        at: QPoint = event.position().toPoint()
        is_click = event.type() == QEvent.Type.MouseButtonRelease
        is_double = event.type() == QEvent.Type.MouseButtonDblClick
        if is_click and box.contains(at):
            self.toggled.emit(index.row())
        elif (is_click and arrow.contains(at)) or (is_double and words.contains(at)):
            self.opened.emit(index.row())
        else:
            return False
        return True


def _row_of(index: _Index) -> TickRow:
    model = index.model()
    if not isinstance(model, TickModel):
        raise TypeError(type(model).__name__)
    return model.rows[index.row()]


def _places(option: QStyleOptionViewItem) -> tuple[QRect, QRect, QRect]:
    """Return where box, words and arrow are, in the order of reading from the left."""
    rect: QRect = option.rect
    end = indicator_side(option.fontMetrics.height()) + 2 * GRID
    box = QRect(rect.left(), rect.top(), end, rect.height())
    arrow = QRect(rect.right() - end + 1, rect.top(), end, rect.height())
    return box, rect.adjusted(end, 0, -end, 0), arrow


def _placed(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    return mirrored(rect, option.rect, option.direction)


def _middle(rect: QRect, side: int) -> QRectF:
    middle = QRectF(0, 0, side, side)
    middle.moveCenter(QRectF(rect).center())
    return middle


class TickList(QListView):
    """The list: Space ticks, Enter and Right open, Left and Backspace lead back up."""

    ticked = Signal(str, bool)
    """A row's id, and whether it is to be ticked."""
    opened = Signal(str)
    went_up = Signal()
    current = Signal(str)
    """The id of the row that the person stands on; ``""`` for none."""
    reached_end = Signal()
    """The last row has come into sight by scrolling."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolling over it is no choice of it
        self._rows = TickModel(self)
        self.setModel(self._rows)
        painter = _RowPainter(self)
        painter.toggled.connect(self._toggle)
        painter.opened.connect(self._open)
        self.setItemDelegate(painter)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell_current)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_rows(self, rows: Sequence[TickRow], current: str = "") -> None:
        """Show ``rows``; where none is the present one, ``current`` becomes it, or the first."""
        self._rows.set_rows(rows)
        if rows and not self.currentIndex().isValid():
            ids = [row.id for row in rows]
            place = ids.index(current) if current in ids else 0
            self.setCurrentIndex(self._rows.index(place))
        self._tell_current()

    @property
    def current_id(self) -> str:
        """The id of the row that the person stands on; ``""`` for none."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open or go up; all else moves through the list, as lists do."""
        key, row = event.key(), self.currentIndex().row()
        if key == Qt.Key.Key_Space and row >= 0:
            self._toggle(row)
        elif key in _OPEN:
            if row >= 0:
                self._open(row)
        elif key in _UP:
            self.went_up.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _toggle(self, place: int) -> None:
        row = self._rows.rows[place]
        if row.can_tick:
            self.ticked.emit(row.id, not row.is_ticked)

    def _open(self, place: int) -> None:
        self.opened.emit(self._rows.rows[place].id)

    def _tell_current(self) -> None:
        self.current.emit(self.current_id)

    def _scrolled(self, value: int) -> None:
        if value > 0 and value == self.verticalScrollBar().maximum():
            self.reached_end.emit()
