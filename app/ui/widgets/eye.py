"""What shows a hidden value for as long as it is held."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QToolTip

from app.core.i18n import tr
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.pictures import picture_icon, picture_side

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking


class Eye(Button):
    """Stands beside a field while details are hidden, and is held by the pointer or the space bar.

    Let go of, left, or with another window in front it is closed again: what is shown to everybody
    who looks on is shown by a hand that knows it. The field keeps the focus under the pointer, so
    that nothing is said of a value as if it had been left.
    """

    looked = Signal()
    """It was opened or closed."""

    takes_letter = False

    def __init__(self, what: str, object_name: str, masking: "Masking") -> None:
        """Show the value that ``what`` names."""
        super().__init__("", object_name)
        self._masking = masking
        self._looking = False
        self.setProperty("look", "eye")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Hold to show: {what}").format(what=what))
        self.setAccessibleDescription(tr("Hold the space bar to show it."))
        self.setToolTip(tr("Hold to show"))
        self.pressed.connect(self._open)
        self.released.connect(self._close)
        masking.changed.connect(self._show)
        self._show()

    @property
    def looking(self) -> bool:
        """Whether the value is to be shown now."""
        return self._looking

    def press_by_enter(self) -> None:
        """Say how it is held: a press of Enter is over at once."""
        words = tr("Hold the space bar to show it.")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)
        announce(self, words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close: whoever holds it does something else."""
        super().focusOutEvent(event)
        self._close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close: the page is another."""
        super().hideEvent(event)
        self._close()

    def changeEvent(self, event: QEvent) -> None:
        """Close where the window is no longer the active one; wear the theme's colours."""
        super().changeEvent(event)
        kind = event.type()
        if kind == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._close()
        elif kind in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._dress()

    def _dress(self) -> None:
        side = picture_side(self.fontMetrics().height())
        self.setIconSize(QSize(side, side))
        self.setIcon(picture_icon("eye", side))

    def _open(self) -> None:
        if self._masking.on and not self._looking:
            self._looking = True
            self.looked.emit()

    def _close(self) -> None:
        # Qt sends the first events while the button is being made.
        if getattr(self, "_looking", False):
            self._looking = False
            self.setDown(False)
            self.looked.emit()

    def _show(self) -> None:
        self._close()
        self.setVisible(self._masking.on)
