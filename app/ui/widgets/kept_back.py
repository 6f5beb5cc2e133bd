"""What a field does not let happen while what is in it is hidden: by keys, and in its menu."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

_Standard = QKeySequence.StandardKey

LOSING: Final = {
    "edit-cut": _Standard.Cut,
    "edit-undo": _Standard.Undo,
    "edit-redo": _Standard.Redo,
}
"""What would lose the text: the name of Qt's own entry, and its keys."""

SHOWING: Final = {"edit-copy": _Standard.Copy}
"""What would show it elsewhere."""


def is_kept_back(event: QKeyEvent, kept_back: Collection[QKeySequence.StandardKey]) -> bool:
    """Tell whether the keys of ``event`` do one of ``kept_back``."""
    return any(event.matches(keys) for keys in kept_back)


def open_menu(menu: QMenu, at: QPoint, kept_back: Collection[str] = ()) -> None:
    """Open a field's usual ``menu`` without the entries ``kept_back``, by Qt's names."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action in menu.actions():
        if action.objectName() in kept_back:
            action.setEnabled(False)
    menu.popup(at)
