"""What the panel of each way to sign in can be asked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.sign_in import SignInWay


class SignInPanel(QWidget):
    """One way to sign in, with what it needs to know from the person."""

    moved = Signal()
    """It has come to another stage."""

    @property
    def is_under_way(self) -> bool:
        """Whether a sign-in was begun here and goes on: the other ways are then out of the way."""
        return False

    @property
    def way(self) -> SignInWay | None:
        """What was chosen here; None while something is missing."""
        raise NotImplementedError

    @property
    def control(self) -> QWidget:
        """The control that work goes on with, for the focus."""
        raise NotImplementedError

    @property
    def is_to_begin(self) -> bool:
        """Whether nothing is to be chosen or typed here: what comes next is to sign in."""
        return False

    def look(self) -> None:
        """Read (again) what this computer has for this way."""
        raise NotImplementedError

    def has_ended(self) -> None:
        """Take it that the chosen sign-in no longer lasts."""

    def cancel(self) -> bool:
        """Stop waiting for the person, who is elsewhere; return whether that was waited for."""
        return False

    def go_on(self) -> None:
        """Do what comes next, or lead to what is missing for it."""
        self.control.setFocus()
