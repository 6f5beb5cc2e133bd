"""The wish for a support bundle: any page where somebody is stuck can utter it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.i18n import tr
from app.ui.widgets.buttons import Button, link_button

if TYPE_CHECKING:
    from app.core.failure import AwsFailure


class SupportWish(QObject):
    """``uttered`` is for whoever makes the bundle: the window's menus."""

    uttered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tellers: list[Callable[[], AwsFailure | None]] = []

    def button(self, object_name: str) -> Button:
        """Return a button that utters it."""
        button = link_button(tr("Save a support bundle…"), object_name)
        button.clicked.connect(self.uttered)
        return button

    def tell_with(self, failure: "Callable[[], AwsFailure | None]") -> None:
        """Let a part of the window tell what failed there, which the set-up's state doesn't hold.

        None where nothing did.
        """
        self._tellers.append(failure)

    @property
    def failures(self) -> "tuple[AwsFailure, ...]":
        """What failed in those parts, and is shown there now."""
        told = (teller() for teller in self._tellers)
        return tuple(failure for failure in told if failure is not None)
