"""What Qt tells a screen reader of a widget, asked in this process."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Heard:
    """One object as a screen reader gets it."""

    role: QAccessible.Role
    name: str
    description: str
    state: QAccessible.State
    level: int | None
    widget: QWidget | None
    parent: "Heard | None"

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r}"


def said(widget: QWidget) -> str:
    """Return what is said of ``widget``, be it on the screen or not."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def tree_of(widget: QWidget) -> list[Heard]:
    """Return what can be heard of ``widget``, in its order."""
    return list(_below(QAccessible.queryAccessibleInterface(widget), None))


def _below(place: QAccessibleInterface, parent: Heard | None) -> Iterator[Heard]:
    state = place.state()
    if state.invisible:
        return
    attributes: QAccessibleAttributesInterface | None = place.attributesInterface()
    thing = place.object()
    heard = Heard(
        place.role(),
        place.text(QAccessible.Text.Name),
        place.text(QAccessible.Text.Description),
        state,
        None if attributes is None else attributes.attributeValue(QAccessible.Attribute.Level),
        thing if isinstance(thing, QWidget) else None,
        parent,
    )
    yield heard
    for at in range(place.childCount()):
        yield from _below(place.child(at), heard)
