"""The files that macOS hands to a running application, in place of its arguments."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileOpenings(QObject):
    """Takes the files that macOS hands to the application, be it before there is a window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._waiting: list[str] = []
        self._take: Callable[[list[str]], None] | None = None
        app.installEventFilter(self)

    def pass_to(self, take: Callable[[list[str]], None]) -> None:
        """Give all files to ``take`` from now on, and those that came before."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        if waiting:
            take(waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take each file once."""
        if event.type() is not QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().eventFilter(watched, event)
        path = event.file()
        if path:
            if self._take is None:
                self._waiting.append(path)
            else:
                self._take([path])
        return True
