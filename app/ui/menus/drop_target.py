"""Files dropped anywhere on the window, and texts pasted where no field has the focus."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from app.core.i18n import tr
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.file_drops import files_in
from app.ui.widgets.words import Words

_DRAGGED: Final = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove})
_ENDED: Final = frozenset({QEvent.Type.DragLeave, QEvent.Type.Drop})


class DropTarget(QObject):
    """Takes in what is dropped on the window, or pasted into it, and shows that it would."""

    def __init__(self, window: QMainWindow, context: PageContext) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._sign = Words(tr("Drop it here to open it"))
        self._sign.setParent(window)
        self._sign.setObjectName("dropSign")
        self._sign.setProperty("role", "drop")
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sign.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is for the window itself; fields take what they can before it comes here."""
        kind = event.type()
        if kind in _ENDED:
            self._sign.hide()
        if isinstance(event, QDropEvent) and (kind in _DRAGGED or kind is QEvent.Type.Drop):
            return self._dragged(event)
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste()
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> bool:
        source = event.mimeData()
        paths = files_in(source)
        is_taken = bool(paths or source.hasText()) and QApplication.activeModalWidget() is None
        if not is_taken:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self._take(paths, source.text())
        elif self._sign.isHidden():
            self._show_sign()
        return True

    def _show_sign(self) -> None:
        self._sign.setGeometry(self._window.contentsRect())
        self._sign.raise_()
        self._sign.show()
        announce(self._window, self._sign.text())

    def _paste(self) -> bool:
        source = QGuiApplication.clipboard().mimeData()
        paths = files_in(source)
        if not paths and not source.text().strip():
            return False
        self._take(paths, source.text())
        return True

    def _take(self, paths: list[str], text: str) -> None:
        intake = self._context.intake
        taking = intake.take_files(paths) if paths else intake.take_text(text)
        self._context.start("intake", taking)
