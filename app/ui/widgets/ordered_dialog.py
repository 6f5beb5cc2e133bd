"""A dialog through which Tab goes as it is laid out, and whose focus leads on by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.widgets.focus_order import controls_in_order, neighbour
from app.ui.widgets.reveal import reveal


class OrderedDialog(QDialog):
    """What goes away in it leaves the focus to no button that cancels."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus by the layout."""
        controls = list(controls_in_order(self))
        control = neighbour(controls, QApplication.focusWidget(), forward=forward)
        if control is None:
            return False
        reason = Qt.FocusReason
        control.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
        reveal(control)
        return True
