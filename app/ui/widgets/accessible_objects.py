"""What a screen reader is told of our own widgets, where Qt would say too little or too much.

Qt knows its own widgets. Of ours it says that a title is some text, that a disclosure is a button
that neither opens nor closes, and that a bullet is a word; a list box would say its value in the
place of its name, on a shared screen too; and what stands on a page it would tell in the order in
which that was made. ``install`` gives Qt the objects to use instead.
"""

import sys
from collections.abc import Callable
from typing import Any, ClassVar, Final, cast

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAccessibleWidget,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QWidget,
)

from app.core.i18n import tr
from app.ui.widgets.announcement import announce
from app.ui.widgets.laid_out import laid_out

_Role = QAccessible.Role
_Text = QAccessible.Text

LEVELS: Final = {"title": 1, "group": 2}
"""The levels of the headings of a page, by the style's role of their labels."""

_UNHEARD: Final = "unheard"
_SAID_BEFORE: Final = "saidBefore"
_AS_LIST: Final = "asList"
_AS_ITEM: Final = "asItem"
_QT: Final = frozenset({"PySide6.QtWidgets", "PySide6.QtGui"})
_EXPANDED: Final = "expanded"


class SpokenRow(QWidget):
    """A row of several widgets that is heard as one."""

    def spoken(self) -> str:
        """Return the whole row in words."""
        raise NotImplementedError

    def busy(self) -> bool:
        """Return whether what the row tells of is being done."""
        return False


def install() -> None:
    """Let Qt use our objects from now on. Once for a program, before its first window.

    After its application is made: Qt asks the last who came first, and its own come with that.
    """
    QAccessible.installFactory(_object_of)


def unheard(widget: QWidget) -> None:
    """Leave ``widget`` out for those who hear the window: what it shows is said beside it."""
    _set(widget, _UNHEARD, value=True)


def say_before(label: QLabel, words: str) -> None:
    """Have ``words`` said before what ``label`` says: the number or the state beside it."""
    _set(label, _SAID_BEFORE, words)


def as_list(widget: QWidget) -> None:
    """Let ``widget`` be a list, whose items are ``as_item``."""
    _set(widget, _AS_LIST, value=True)


def as_item(widget: QLabel | SpokenRow) -> None:
    """Let ``widget`` be an item of a list."""
    _set(widget, _AS_ITEM, value=True)


def tell_busy(row: SpokenRow) -> None:
    """Say that ``row`` has begun or ended what it does."""
    changed = QAccessible.State()
    changed.busy = True
    QAccessible.updateAccessibility(QAccessibleStateChangeEvent(row, changed))


def show_expanded(button: QPushButton, *, expanded: bool) -> None:
    """Say that ``button`` opens and closes something, and which of the two it has done.

    Qt 6.11 tells Linux of no such change (``AtSpiAdaptor::notify`` passes on checked, active,
    disabled and focused alone): there it is announced.
    """
    before = button.property(_EXPANDED)
    if before == expanded:
        return
    _set(button, _EXPANDED, expanded)
    changed = QAccessible.State()
    changed.expanded = changed.collapsed = True
    QAccessible.updateAccessibility(QAccessibleStateChangeEvent(button, changed))
    if before is not None and sys.platform.startswith("linux") and button.isVisible():
        announce(button, tr("Expanded") if expanded else tr("Collapsed"))


def _set(widget: QWidget, name: str, value: str | bool) -> None:
    """Set what ``widget`` is heard as; where Qt has asked already, it asks anew.

    Qt asks as soon as there is something to tell: of a label that is made with its text that is
    before anything else can be said of it.
    """
    first = widget.property(name) is None
    widget.setProperty(name, value)
    if first and QAccessible.isActive():
        known = QAccessible.queryAccessibleInterface(widget)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))


def _object_of(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Return our own object for ``thing``, or None for Qt's.

    Qt asks once for each class that ``thing`` is of, its own class first.
    """
    if not isinstance(thing, QWidget) or thing.metaObject().className() != class_name:
        return None
    make = _maker_of(thing)
    return None if make is None else make(thing)


def _maker_of(widget: QWidget) -> Callable[[Any], QAccessibleInterface] | None:
    if widget.property(_UNHEARD):
        return _Unheard
    if isinstance(widget, QLabel):
        return _maker_of_label(widget)
    if isinstance(widget, QPushButton):
        return None if widget.property(_EXPANDED) is None else _Opener
    if isinstance(widget, QComboBox):
        return _ChoiceBox if widget.isEditable() else None
    return _maker_of_part(widget)


def _maker_of_label(label: QLabel) -> Callable[[Any], QAccessibleInterface] | None:
    if label.property("role") in LEVELS:
        return _Heading
    plain = label.property(_SAID_BEFORE) is None and label.property(_AS_ITEM) is None
    return None if plain else _Sentence


def _maker_of_part(widget: QWidget) -> Callable[[Any], QAccessibleInterface] | None:
    # Of what Qt has made Python knows only while it looks at it, and of what is in it no longer.
    if not shiboken6.createdByPython(widget):
        return None
    if widget.property(_AS_LIST):
        return _List
    if isinstance(widget, SpokenRow) and widget.property(_AS_ITEM):
        return _Row
    qt_class = next(kind for kind in type(widget).__mro__ if kind.__module__ in _QT)
    return _Part if qt_class in {QWidget, QFrame} else None


# Qt keeps an object for as long as its widget is there. None of them holds its widget: else Python
# would keep both for ever. While one asks its widget for another thing, a name holds the widget:
# PySide takes the second away with the last reference to the first.


class _Unheard(QAccessibleWidget):
    """What screen readers pass over on every system: as if it could not be seen."""

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and that it can't be seen."""
        state = super().state()
        state.invisible = True
        return state


class _Part(QAccessibleWidget):
    """A part of a page: what is in it comes in the order in which it is laid out."""

    role_of_part: ClassVar[QAccessible.Role] = _Role.Client

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, self.role_of_part)

    def state(self) -> QAccessible.State:
        """Return Qt's own state, without the focus where a control inside takes it."""
        state = super().state()
        if self.widget().focusProxy() is not None:
            state.focusable = state.focused = False
        return state

    def child(self, index: int) -> QAccessibleInterface:
        """Return what comes at ``index``, from 0 on."""
        inside = self._inside()
        if not 0 <= index < len(inside):
            return super().child(index)
        return QAccessible.queryAccessibleInterface(inside[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where ``child`` comes, or -1."""
        inside, thing = self._inside(), child.object()
        return next((at for at, widget in enumerate(inside) if widget is thing), -1)

    def _inside(self) -> list[QWidget]:
        """Return what Qt finds here, first of all what is laid out."""
        made = [QAccessibleWidget.child(self, at).object() for at in range(self.childCount())]
        widget = self.widget()
        layout = widget.layout()
        places = {} if layout is None else {w: at for at, w in enumerate(laid_out(layout))}
        widgets = [thing for thing in made if isinstance(thing, QWidget)]
        return sorted(widgets, key=lambda widget: places.get(widget, len(places)))


class _List(_Part):
    """A list of sentences."""

    role_of_part = _Role.List


class _Row(_Part):
    """Several widgets as one item of a list; each of them is there too."""

    role_of_part = _Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        """Return the whole row in words."""
        row = cast("SpokenRow", self.widget())
        return row.spoken() if kind is _Text.Name else super().text(kind)

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and whether something is being done."""
        state = super().state()
        state.busy = cast("SpokenRow", self.widget()).busy()
        return state


class _Sentence(QAccessibleWidget):
    """Some text, with what stands as a sign beside it."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label, _Role.ListItem if label.property(_AS_ITEM) else _Role.StaticText)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the sign in words, and the text."""
        if kind is _Text.Name:
            label = cast("QLabel", self.widget())
            before = label.property(_SAID_BEFORE) or ""
            return f"{before} {label.accessibleName() or label.text()}".strip()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and that it can't be changed; without words it is not there."""
        state = super().state()
        state.readOnly = True
        state.invisible |= not self.text(_Text.Name)
        return state


class _Heading(QAccessibleWidget, QAccessibleAttributesInterface):
    """A title, with its level."""

    def __init__(self, label: QLabel) -> None:
        QAccessibleWidget.__init__(self, label, _Role.Heading)
        QAccessibleAttributesInterface.__init__(self)

    def text(self, kind: QAccessible.Text) -> str:
        """Return what the title says."""
        if kind is _Text.Name:
            label = cast("QLabel", self.widget())
            return label.accessibleName() or label.text()
        return QAccessibleWidget.text(self, kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """Return where Qt finds the part of this object that tells the level."""
        if kind is QAccessible.InterfaceType.AttributesInterface:
            # Each of the two has its own place in memory.
            _, attributes = cast("tuple[int, int]", shiboken6.getCppPointer(self))
            return cast("int", shiboken6.VoidPtr(attributes))
        part: int | None = QAccessibleWidget.interface_cast(self, kind)
        # PySide 6.11 crashes on a None from here.
        return cast("int", shiboken6.VoidPtr(0)) if part is None else part

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """Return that there is a level."""
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> int | None:
        """Return the level, from 1 on."""
        level = LEVELS[str(self.widget().property("role"))]
        return level if key is QAccessible.Attribute.Level else None


class _Pressed(QAccessibleWidget):
    """What can be pressed."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, _Role.Button)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the button's words."""
        if kind is _Text.Name:
            button = cast("QAbstractButton", self.widget())
            return button.accessibleName() or button.text().replace("&", "")
        return super().text(kind)

    def actionNames(self) -> list[str]:
        """Return that it can be pressed, before what every widget can do."""
        return [self.pressAction(), *super().actionNames()] if self.widget().isEnabled() else []

    def doAction(self, name: str) -> None:
        """Press it, or do what every widget can do."""
        if name == self.pressAction():
            cast("QAbstractButton", self.widget()).click()
        else:
            super().doAction(name)


class _Opener(_Pressed):
    """A button that opens and closes something."""

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and whether it is open."""
        state = super().state()
        state.expandable = True
        state.expanded = bool(self.widget().property(_EXPANDED))
        state.collapsed = not state.expanded
        return state


class _ChoiceBox(QAccessibleWidget):
    """A list to choose from or to type into: its label is its name, what is shown its value."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, _Role.ComboBox)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the label; as the value what is shown, dots on a shared screen."""
        if kind is _Text.Value:
            box = cast("QComboBox", self.widget())
            edit = box.lineEdit()
            return box.currentText() if edit is None else edit.displayText()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and whether the list is open."""
        state = super().state()
        state.editable = state.expandable = True
        box = cast("QComboBox", self.widget())
        view = box.view()
        state.expanded = view.isVisible()
        state.collapsed = not state.expanded
        return state

    def actionNames(self) -> list[str]:
        """Return that the list can be opened, before what every widget can do."""
        return [self.showMenuAction(), *super().actionNames()] if self.widget().isEnabled() else []

    def doAction(self, name: str) -> None:
        """Open the list or close it, or do what every widget can do."""
        box = cast("QComboBox", self.widget())
        if name != self.showMenuAction():
            super().doAction(name)
        elif self.state().expanded:
            box.hidePopup()
        else:
            box.showPopup()
