"""Buttons side by side that go on in the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui.look.style_sheet import GRID
from app.ui.widgets.mirroring import mirrored


class _Flow(QLayout):
    """Lays its items out like words: each as wide as it wants, in the middle of its line.

    The lines begin together, or end together where ``at_end``.
    """

    def __init__(self, parent: QWidget, *, at_end: bool) -> None:
        super().__init__(parent)
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GRID)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item, at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at ``index``, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at ``index`` out and return it, or None."""
        if not 0 <= index < len(self._items):
            return None
        self._heights.clear()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """Say that more room than needed is of no use."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at ``width``."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), really=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: an item has become another."""
        self._heights.clear()
        super().invalidate()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def sizeHint(self) -> QSize:
        """Return the size with all items in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(sum(hint.width() for hint in hints) + gaps, height)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their places inside ``rect``."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Go through the lines, moving the items or only measuring; return the height."""
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        y = rect.y()
        for line in self._lines(rect.width()):
            width = sum(wish.width() for _, wish in line) + self.spacing() * (len(line) - 1)
            x = rect.x() + (rect.width() - width if self._at_end else 0)
            height = max(wish.height() for _, wish in line)
            for item, wish in line:
                if really:
                    middle = y + (height - wish.height()) // 2
                    place = QRect(QPoint(x, middle), wish)
                    item.setGeometry(mirrored(place, rect, direction))
                x += wish.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the items of each line with their sizes, none wider than ``width``."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._shown():
            wish = _wish(item, width)
            if lines and wish.width() <= left:
                lines[-1].append((item, wish))
            else:
                lines.append([(item, wish)])
                left = width
            left -= wish.width() + self.spacing()
        return lines


def _wish(item: QLayoutItem, room: int) -> QSize:
    """Return the size of ``item`` in a line that is ``room`` wide: what has words may wrap."""
    wish = item.sizeHint()
    if wish.width() <= room:
        return wish
    high = item.heightForWidth(room) if item.hasHeightForWidth() else wish.height()
    return QSize(room, high)


class FlowRow(QWidget):
    """Holds widgets in wrapping lines, which begin together, or end together where ``at_end``."""

    def __init__(self, *widgets: QWidget, at_end: bool = False) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = _Flow(self, at_end=at_end)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Add ``widget`` at the end."""
        self._flow.addWidget(widget)
