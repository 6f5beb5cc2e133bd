"""Work that would hold the window, in pieces: each in a turn of the event loop of its own."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Calls ``piece`` once a turn, for as long as it returns that more is left to be done.

    Between two pieces a whole turn goes by, in which what was made is laid out and painted, and
    what was pressed or typed meanwhile has its effect. This is the one way to do in pieces what has
    to be done in the window's own thread; what can be done in another belongs there.
    """

    def __init__(self, parent: QObject, piece: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._piece = piece
        self._is_next = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def under_way(self) -> bool:
        """Whether there are pieces to come."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Let the pieces come from the turn after next on, unless they are coming already."""
        if not self.under_way:
            self._is_next = False
            self._timer.start()

    def stop(self) -> None:
        """Let no more pieces come."""
        self._timer.stop()

    def finish(self) -> None:
        """Do at once what is still to come: somebody needs all of it now."""
        while self.under_way:
            self.stop()
            if self._piece():
                self.begin()

    def _turn(self) -> None:
        if not self._is_next:
            self._is_next = True
            self._timer.start()
        else:
            self._is_next = False
            if self._piece():
                self._timer.start()
