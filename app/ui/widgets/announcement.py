"""Saying a short sentence to people who use a screen reader, when something changed on its own."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say ``sentence``, once what it is saying has ended."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
