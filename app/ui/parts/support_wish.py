"""The wish for a support bundle: any page where somebody is stuck can utter it."""

from PySide6.QtCore import QObject, Signal

from app.core.i18n import tr
from app.ui.widgets.buttons import Button, link_button


class SupportWish(QObject):
    """``uttered`` is for whoever makes the bundle: the window's menus."""

    uttered = Signal()

    def button(self, object_name: str) -> Button:
        """Return a button that utters it."""
        button = link_button(tr("Save a support bundle…"), object_name)
        button.clicked.connect(self.uttered)
        return button
