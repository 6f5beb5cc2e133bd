"""The order in which Tab goes through a window: as the controls are laid out.

Qt's own order is that in which the controls were made, which is another one as soon as a page
adds a part of itself later.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.ui.widgets.buttons import is_careful
from app.ui.widgets.laid_out import laid_out


def controls_in_order(root: QWidget) -> Iterator[QWidget]:
    """Yield everything under ``root`` that can ever have the focus, in the order of the layout.

    Of stacked pages only the present one counts. What is hidden or switched off is yielded too:
    the focus moves on from the place where a control was.
    """
    if root.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield root
    if isinstance(root, QStackedWidget):
        current = root.currentWidget()
        if current is not None:
            yield from controls_in_order(current)
    elif isinstance(root, QScrollArea):
        content = root.widget()
        if content is not None:
            yield from controls_in_order(content)
    elif not isinstance(root, QComboBox | QAbstractScrollArea):
        layout = root.layout()
        if layout is not None:
            for widget in laid_out(layout):
                yield from controls_in_order(widget)


def is_tab_stop(control: QWidget) -> bool:
    """Return whether Tab stops at ``control`` as it is now."""
    takes_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and control.isVisible() and control.isEnabled()


def is_lost(focus: QWidget | None) -> bool:
    """Return whether the focus is nowhere: on nothing, or on what is hidden or switched off."""
    return focus is None or not focus.isVisible() or not focus.isEnabled()


def neighbour(controls: list[QWidget], present: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the tab stop after (or before) ``present``, round to the other end; None for none.

    ``controls`` are all of the window's, in order. Where ``present`` is none of them the round
    starts at the first. Where it is gone the focus moves by itself, and passes by what leads back,
    cancels or takes away.
    """
    place = controls.index(present) if present in controls else (-1 if forward else 0)
    step, gone = 1 if forward else -1, is_lost(present)
    for distance in range(1, len(controls) + 1):
        control = controls[(place + step * distance) % len(controls)]
        if is_tab_stop(control) and not (gone and is_careful(control)):
            return control
    return None
