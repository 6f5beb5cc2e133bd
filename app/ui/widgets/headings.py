"""The labels of a page: title, group title, running text and helper text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.widgets.words import Words


def title(text: str, object_name: str = "") -> QLabel:
    """Return the title of a page, 1.5 times the system's size."""
    return _label(text, "title", object_name)


def group_title(text: str, object_name: str = "") -> QLabel:
    """Return the title of a group, 1.15 times the system's size and semi-bold."""
    return _label(text, "group", object_name)


def body(text: str, object_name: str = "") -> QLabel:
    """Return running text in the system's size."""
    return _label(text, "body", object_name)


def muted(text: str, object_name: str = "") -> QLabel:
    """Return text that explains and may be passed over."""
    return _label(text, "muted", object_name)


def _label(text: str, role: str, object_name: str) -> QLabel:
    label = Words()
    label.setObjectName(object_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setText(text)  # last: with it those who hear the window are told of the label
    return label
