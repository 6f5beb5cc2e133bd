"""What another start of the program hands over: the window comes to the front and opens it."""

import os
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

_PERMISSION: Final = "XDG_ACTIVATION_TOKEN"
"""Where Qt looks for Wayland's permission to come to the front (xdg-activation)."""

_AGAIN: Final = 250
"""Milliseconds between looks whether a dialog is closed that has to be answered first."""


class SecondStarts(QObject):
    """Listens for other starts. ``take`` is given each whole message, and returns what is said."""

    def __init__(
        self, owner: QObject, take: Callable[[bytes], bytes], message_at_most: int
    ) -> None:
        super().__init__(owner)
        self._take = take
        self._at_most = message_at_most
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self, address: str) -> bool:
        """Listen at ``address``, which is ours by a lock; what a killed process left there goes."""
        QLocalServer.removeServer(address)
        return self._server.listen(address)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        while (line := self._server.nextPendingConnection()) is not None:
            line.readyRead.connect(lambda line=line: self._hear(line))
            line.disconnected.connect(line.deleteLater)
            self._hear(line)

    def _hear(self, line: QLocalSocket) -> None:
        if line.canReadLine():
            message = bytes(line.readLine(self._at_most).data())
            line.write(self._take(message))
            line.flush()
            line.disconnectFromServer()
        elif line.bytesAvailable() > self._at_most:
            line.abort()


class FilesToOpen(QObject):
    """Opens files one lot after the other; what waits for an answer is answered first."""

    def __init__(self, owner: QWidget, open_files: Callable[[list[str]], bool]) -> None:
        """``open_files`` returns whether it took them; it is asked again where it did not."""
        super().__init__(owner)
        self._open = open_files
        self._lots: list[list[str]] = []
        self._timer = QTimer(self, interval=_AGAIN)
        self._timer.timeout.connect(self._go_on)

    def add(self, files: list[str]) -> None:
        """Open ``files`` as soon as nothing else is asked."""
        self._lots.append(files)
        self._go_on()

    def _go_on(self) -> None:
        while self._lots and QApplication.activeModalWidget() is None and self._open(self._lots[0]):
            del self._lots[0]
        if self._lots and not self._timer.isActive():
            self._timer.start()
        elif not self._lots:
            self._timer.stop()


def bring_to_front(window: QWidget, token: str) -> None:
    """Show ``window`` over all others, as far as the desktop lets a program do that.

    Where it does not, the window's entry in the task bar asks for a look. ``token`` is the
    desktop's permission, which whoever started the second process was given.
    """
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    uppermost = QApplication.activeModalWidget() or window
    if token and sys.platform.startswith("linux"):
        os.environ[_PERMISSION] = token
    uppermost.raise_()
    uppermost.activateWindow()
    os.environ.pop(_PERMISSION, None)
    QApplication.alert(uppermost)
