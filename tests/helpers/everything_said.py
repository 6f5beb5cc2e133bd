"""All that a window can show or say: every widget, list, menu and accessible object.

Of widgets also what is hidden at the moment: it comes up as it stands.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_SPOKEN: Final = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
    QAccessible.Text.Accelerator,
)

Said = tuple[str, str]
"""Where, and what."""


def everything_said(window: QWidget) -> Iterator[Said]:
    """Yield all texts of ``window`` and of the dialogs, lists and menus that are open over it."""
    tops = [window, *(w for w in QApplication.topLevelWidgets() if w.isVisible() and w != window)]
    for top in tops:
        yield "title", top.windowTitle()
        for widget in (top, *top.findChildren(QWidget)):
            yield from (
                (f"{type(widget).__name__} {widget.objectName()}", t) for t in _texts(widget)
            )
        for action in top.findChildren(QAction):
            yield "action", f"{action.text()} {action.toolTip()} {action.statusTip()}"


def everything_heard(window: QWidget) -> Iterator[Said]:
    """Yield what the accessible objects of ``window`` and of what is open over it say."""
    for top in {window, *(w for w in QApplication.topLevelWidgets() if w.isVisible())}:
        yield from _heard(QAccessible.queryAccessibleInterface(top))


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.whatsThis(), widget.statusTip())
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    match widget:
        case QLineEdit():
            yield from (widget.displayText(), widget.placeholderText())
            completer = _completer_of(widget)
            yield from _rows(None if completer is None else completer.model())
        case QPlainTextEdit() | QTextEdit():
            yield from (widget.toPlainText(), widget.placeholderText())
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox():
            yield widget.title()
        case QComboBox():
            yield from _rows(widget.model())
        case QAbstractItemView():
            yield from _rows(widget.model())


def _rows(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for row in range(model.rowCount(QModelIndex())):
        for role in _ROLES:
            yield str(model.index(row, 0).data(role) or "")


def _heard(heard: QAccessibleInterface | None) -> Iterator[Said]:
    if heard is None or not heard.isValid() or heard.state().invisible:
        return
    thing = _thing_of(heard)
    name = f"accessible {heard.role().name} {'' if thing is None else thing.objectName()}"
    for kind in _SPOKEN:
        yield name, heard.text(kind)
    text = heard.textInterface()
    if text is not None:
        yield name, text.text(0, text.characterCount())
    if isinstance(thing, QAbstractItemView):
        return  # its rows are read above; Qt drops their objects with each change of the list
    for number in range(heard.childCount()):
        yield from _heard(heard.child(number))


def _completer_of(edit: QLineEdit) -> QCompleter | None:
    return edit.completer()


def _thing_of(heard: QAccessibleInterface) -> QObject | None:
    return heard.object()
