"""What the panel of each way to sign in can be asked."""

from PySide6.QtWidgets import QWidget

from app.core.sign_in import SignInWay


class SignInPanel(QWidget):
    """One way to sign in, with what it needs to know from the person."""

    @property
    def way(self) -> SignInWay | None:
        """What was chosen here; None while something is missing."""
        raise NotImplementedError

    @property
    def control(self) -> QWidget:
        """The control that work goes on with, for the focus."""
        raise NotImplementedError

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
