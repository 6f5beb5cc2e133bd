"""The frame in which a page that is higher than the window scrolls."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from app.ui.look.style_sheet import GRID

_Action = QAbstractSlider.SliderAction

_KEYS: Final[Mapping[int, _Action]] = {
    Qt.Key.Key_PageUp: _Action.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Action.SliderPageStepAdd,
    Qt.Key.Key_Up: _Action.SliderSingleStepSub,
    Qt.Key.Key_Down: _Action.SliderSingleStepAdd,
    Qt.Key.Key_Home: _Action.SliderToMinimum,
    Qt.Key.Key_End: _Action.SliderToMaximum,
}


class PageScroller(QScrollArea):
    """Scrolls one page up and down; it never has the focus itself.

    Sideways only where the widest word has no room: what is not in sight can be got at then.
    """

    too_narrow = Signal(int)
    """The width that it would need to scroll up and down alone, in pixels."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(1, 1)  # what has to be in sight lies outside, and comes first
        # A page is too wide for a moment, until what adapts to its width has done so.
        self._beyond = 0
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._tell_width)
        self.horizontalScrollBar().rangeChanged.connect(self._changed)

    def _changed(self, _least: int, most: int) -> None:
        self._beyond = 0
        if most > 0:
            self._settled.start()

    def _tell_width(self) -> None:
        before, self._beyond = self._beyond, self.horizontalScrollBar().maximum()
        if self._beyond > 0 and self._beyond != before:
            self._settled.start()
        elif self._beyond > 0:
            self.too_narrow.emit(self.width() + self._beyond)

    def scroll_by_key(self, key: int) -> bool:
        """Scroll where ``key`` is one that scrolls; return whether it is.

        So a page without any control of its own can be read from the button below it.
        """
        action = _KEYS.get(key)
        if action is None:
            return False
        self.verticalScrollBar().triggerAction(action)
        return True

    def show_whole(self, control: QWidget) -> None:
        """Scroll so that ``control`` is seen, with a little of what is around it.

        Qt itself would show of a text only the line in which its cursor stands.
        """
        content = self.widget()
        if content is None or not self.isAncestorOf(control):
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        around = max(0, min(6 * GRID, (room - control.height()) // 2))
        top = control.mapTo(content, QPoint()).y() - around
        bottom = top + control.height() + 2 * around
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(min(top, bottom - room))
