"""What a screen reader is told of an editable combo box.

Qt's own object gives the whole text as its value, on Linux as its name too, whatever the line edit
inside hides (QAccessibleComboBox::text). This one has the name that was set, and the value as it is
shown.
"""

import functools

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QWidget


class ComboAccess(QAccessibleWidget):
    """An editable combo box with two children, its list and its line, as Qt's own has them."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)
        self._box = box

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name that was set, or the value as the screen shows it."""
        if kind == QAccessible.Text.Name:
            return self._box.accessibleName()
        if kind == QAccessible.Text.Value:
            edit = self._box.lineEdit()
            return edit.displayText() if edit is not None else self._box.currentText()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Return the widget's state, and whether the list is open."""
        state = super().state()
        is_open = self._box.view().isVisible()
        state.expandable, state.expanded, state.collapsed = True, is_open, not is_open
        state.editable = True
        return state

    def childCount(self) -> int:
        """Return how many children there are."""
        return len(self._parts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the list, or the line."""
        parts = self._parts()
        inside = 0 <= index < len(parts)
        return QAccessible.queryAccessibleInterface(parts[index]) if inside else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of ``child``; -1 for what is none."""
        parts = self._parts()
        return parts.index(child.object()) if child.object() in parts else -1

    def _parts(self) -> list[QObject]:
        edit: QWidget | None = self._box.lineEdit()
        return [self._box.view(), *([edit] if edit is not None else [])]


@functools.cache
def ensure_installed() -> None:
    """Have Qt make these for the window's combo boxes; once for the program."""
    QAccessible.installFactory(_made_for)


def _made_for(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    return ComboAccess(thing) if isinstance(thing, QComboBox) and thing.isEditable() else None
