"""Fields that leave files to the window: a file's address is never what is meant to be typed."""

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

_OVER: Final = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove})


def files_in(source: QMimeData) -> list[str]:
    """Return the paths of the files of this computer that ``source`` names."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]


class _PassedBy(QObject):
    """Refuses files, so that Qt asks what lies behind the field; text may still be dropped."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _OVER and isinstance(event, QDropEvent) and files_in(event.mimeData()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def leave_files_to_window(field: QLineEdit | QPlainTextEdit) -> None:
    """Let files that are dragged over ``field`` go to the window behind it."""
    target = field.viewport() if isinstance(field, QPlainTextEdit) else field
    target.installEventFilter(_PassedBy(field))
