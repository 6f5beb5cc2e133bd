"""Names of controls that say which of several like parts they belong to."""

from typing import Final

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.message_line import MessageLine

_CONTROLS: Final = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
_OWN: Final = "ownName"


def name_within(part: QWidget, template: str) -> None:
    """Name each control of ``part`` by ``template``, whose ``{control}`` is its own name.

    For a part of which there are several on a page: those who hear the window get the controls
    without what stands round them. ``""`` gives each its own name back.
    """
    for control in (part, *part.findChildren(QWidget)):
        # What a message offers is another thing each time.
        if isinstance(control, _CONTROLS) and not isinstance(control.parent(), MessageLine):
            own = control.property(_OWN)
            if own is None:
                own = control.accessibleName() or control.property("text") or ""
                control.setProperty(_OWN, own)
            name = template.format(control=own) if template else own
            if name != control.accessibleName():
                control.setAccessibleName(name)
