"""Saying a short sentence to people who use a screen reader, when something changed on its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_hushed: list[object] = []
"""What is being shown anew, without being news."""


@contextmanager
def nothing_said() -> Iterator[None]:
    """Let nothing be announced: the same is shown in another form, as when details are hidden."""
    _hushed.append(None)
    try:
        yield
    finally:
        _hushed.pop()


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say ``sentence``, once what it is saying has ended."""
    if _hushed:
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
