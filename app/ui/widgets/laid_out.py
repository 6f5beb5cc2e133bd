"""What a layout holds, in its order."""

from collections.abc import Iterator

from PySide6.QtWidgets import QLayout, QWidget


def laid_out(layout: QLayout) -> Iterator[QWidget]:
    """Yield each widget of ``layout`` and of the layouts in it, in the order of both."""
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from laid_out(inner)
