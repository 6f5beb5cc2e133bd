"""What a screen reader is told of by itself: each result once, where it can be seen."""

from PySide6.QtWidgets import QWidget

from app.ui.widgets.announcement import announce


class Announcer:
    """Says what a part of the window has come to, whenever that is something else than before."""

    def __init__(self, widget: QWidget) -> None:
        """``widget`` is the part; while it can't be seen nothing of it is said."""
        self._widget = widget
        self._last = ""

    def tell(self, sentence: str) -> None:
        """Say ``sentence``; an empty one is not said, and lets the next be said in any case."""
        if sentence == self._last:
            return
        if sentence and not self._widget.isVisible():
            return
        self._last = sentence
        if sentence:
            announce(self._widget, sentence)
