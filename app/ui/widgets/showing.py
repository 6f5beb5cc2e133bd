"""Showing and hiding a widget that may not have its place in the window yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def show_in_place(widget: QWidget, visible: bool) -> None:
    """Show ``widget`` where it is or will be: without a parent Qt would open it as a window."""
    if visible and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(visible)
