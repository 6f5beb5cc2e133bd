"""Finding text that does not fit: run it over a page at any font, scale or language."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)


def clipped(root: QWidget) -> list[str]:
    """Return a sentence for each visible widget under ``root`` that is cut off.

    ``root`` must be shown. A scroll area's content counts as visible as far as it can be
    scrolled to; sideways scrolling counts as cut off.
    """
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and widget.width() and not _inside_text_area(widget):
            reason = _too_small(widget) or _outside(widget) or _wider_than_view(widget)
            if reason:
                found.append(f"{_name(widget)}: {reason}")
    return found


def _too_small(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        return _label_too_small(widget)
    if isinstance(widget, QAbstractButton) and widget.text():
        return _button_too_small(widget)
    if isinstance(widget, QLineEdit | QComboBox) and not isinstance(widget.parent(), QComboBox):
        least = max(widget.minimumSizeHint().height(), widget.fontMetrics().height())
        if widget.height() < least:
            return f"is {widget.height()} high and needs {least}"
    return ""


def _label_too_small(label: QLabel) -> str:
    least = label.minimumSizeHint().width() if label.wordWrap() else label.sizeHint().width()
    if label.width() < least:
        return f"is {label.width()} wide and needs {least}"
    needed = label.heightForWidth(label.width())
    if needed < 0:
        needed = label.sizeHint().height()
    return f"is {label.height()} high and needs {needed}" if label.height() < needed else ""


def _button_too_small(button: QAbstractButton) -> str:
    if button.hasHeightForWidth():
        least, needed = button.minimumSizeHint().width(), button.heightForWidth(button.width())
    else:
        least, needed = button.sizeHint().width(), button.sizeHint().height()
    if button.width() < least:
        return f"is {button.width()} wide and needs {least}"
    return f"is {button.height()} high and needs {needed}" if button.height() < needed else ""


def _outside(widget: QWidget) -> str:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _is_content(widget):
        return ""
    room = QRect(QPoint(0, 0), parent.size())
    inside = room.intersected(widget.geometry()) == widget.geometry()
    return "" if inside else f"lies at {widget.geometry()} outside its place {parent.size()}"


def _wider_than_view(widget: QWidget) -> str:
    content = widget.widget() if isinstance(widget, QScrollArea) else None
    if isinstance(widget, QScrollArea) and content is not None:
        wide, room = content.width(), widget.viewport().width()
        return f"its content is {wide} wide and {room} can be seen" if wide > room else ""
    return ""


def _is_content(widget: QWidget) -> bool:
    viewport = widget.parentWidget()
    area = None if viewport is None else viewport.parentWidget()
    return isinstance(area, QScrollArea) and area.widget() is widget


def _inside_text_area(widget: QWidget) -> bool:
    """Whether ``widget`` is the furniture of a list or an editor, which scrolls by itself."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea) and not isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    text = widget.property("text") or ""
    return f"{type(widget).__name__} {widget.objectName() or '(no name)'} {str(text)[:40]!r}"
