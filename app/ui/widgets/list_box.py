"""A box whose value is chosen from a list: its arrow, and what the wheel does to it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from app.ui.widgets.pictures import paint_picture, picture_side


class ListBox(QComboBox):
    """A combo box in the window's look, that the wheel leaves alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the passing wheel takes it from no field

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a value must not change under a passing wheel."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its arrow, which a style sheet could only take from a file."""
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxArrow,
            self,
        )
        side = picture_side(self.fontMetrics().height())
        rect = QRectF(0, 0, side, side)
        rect.moveCenter(QRectF(place).center())
        painter = QPainter(self)
        paint_picture(painter, rect, "chevron-down")
        painter.end()
