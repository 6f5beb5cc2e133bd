"""A frame that remembers how high what it holds is, until that changes.

Qt asks for the height at a width again and again, through all that is inside, and keeps few of
the answers: of forty findings under each other, each one that is added would cost as much as all
that are there already.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class _One(QLayout):
    """Lays out one item, and asks it for each of its sizes once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item: QLayoutItem | None = None
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take the item."""
        self._item = item

    def count(self) -> int:
        """Return how many items there are."""
        return 0 if self._item is None else 1

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at ``index``, or None."""
        return self._item if index == 0 else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at ``index`` out and return it, or None."""
        item = self.itemAt(index)
        if item is not None:
            self._item = None
        return item

    def invalidate(self) -> None:
        """Forget the sizes: what is inside has changed."""
        self._heights, self._hint, self._least = {}, None, None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Say that more room than needed is of no use."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the text inside wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the item is at ``width``."""
        if width not in self._heights and self._item is not None:
            self._heights[width] = self._item.heightForWidth(width)
        return self._heights.get(width, 0)

    def minimumSize(self) -> QSize:
        """Return the least size of the item."""
        if self._least is None:
            self._least = self._item.minimumSize() if self._item else QSize()
        return self._least

    def sizeHint(self) -> QSize:
        """Return the size that the item would like."""
        if self._hint is None:
            self._hint = self._item.sizeHint() if self._item else QSize()
        return self._hint

    def setGeometry(self, rect: QRect) -> None:
        """Give the item all of ``rect``."""
        super().setGeometry(rect)
        if self._item is not None:
            self._item.setGeometry(rect)


class KeptSize(QWidget):
    """Holds one widget whose text wraps."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        _One(self).addWidget(widget)
