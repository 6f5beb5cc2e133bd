"""UbiQuity's name, and the program's mark, at the head of the sidebar."""

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.pictures import paint_picture
from app.ui.widgets.words import Words

NAME: Final = "UbiQuity"
"""A name: not translated."""

_LINES: Final = 2.2
"""How high the mark is, in lines of text."""


class Brand(QWidget):
    """The mark beside the name, in the theme's colours; it says nothing that the title does not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("brand")
        name = Words(NAME)
        name.setObjectName("brandName")
        name.setProperty("role", "group")
        product = Words(tr("S3 connection"))
        product.setObjectName("brandProduct")
        product.setProperty("role", "muted")
        mark = Mark()
        for part in (self, name, product, mark):
            unheard(part)  # the window's title has said it
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(product)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, 0, GRID)
        row.setSpacing(GRID * 3 // 2)
        row.addWidget(mark)
        row.addLayout(words, 1)


class Mark(QWidget):
    """The picture that is the program's icon too (``resources/icons/app.svg``)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("brandMark")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return a square as high as the words beside it."""
        side = math.ceil(self.fontMetrics().height() * _LINES)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a picture does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        paint_picture(painter, QRectF(self.rect()), "app")
        painter.end()
