"""While the person signs in: in this computer's browser, or with a code on another device."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.flow.identity_center import BrowserInvitation, CodeInvitation
from app.flow.wizard.portal_state import PortalStage, PortalState
from app.ui.look.style_sheet import GRID
from app.ui.look.typeface import fixed_family
from app.ui.sign_in.browser_waiting import BrowserWaiting
from app.ui.widgets.buttons import careful_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import stacked
from app.ui.widgets.headings import body, muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.progress_list import ProgressList, ProgressRow
from app.ui.widgets.times import time_of_day
from app.ui.widgets.value_text import ValueText

_LARGE = 2.0
"""The code's size, as a multiple of the system's: it is read off and typed on a telephone."""


class PortalWaiting(QWidget):
    """What is being waited for, with Cancel; the link or the code to go on with."""

    cancelled = Signal()
    open_again = Signal()
    sign_in_with_code = Signal()

    def __init__(self, masking: Masking, clock: Callable[[], float], suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"portalWaiting{suffix}")
        self._code = ""
        self._stage = PortalStage.STARTING
        self._code_link = ""
        self._progress = ProgressList(masking, f"portalProgress{suffix}", clock)
        self._cancel = careful_button(tr("Cancel"), f"portalCancel{suffix}")
        self._cancel.setAccessibleName(tr("Cancel the sign-in"))
        self._cancel.clicked.connect(self.cancelled)
        self._browser = BrowserWaiting(
            tr("Sign in there and choose “Allow access”. The page says when you can come back."),
            "portal",
            suffix,
        )
        self._browser.open_again.connect(self.open_again)
        self._browser.no_browser.connect(self.sign_in_with_code)
        self._device = self._make_device(masking, suffix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._progress, self._browser, self._device, FlowRow(self._cancel)):
            column.addWidget(widget)

    @property
    def words(self) -> str:
        """What is being waited for."""
        return _words(self._stage)

    @property
    def control(self) -> QWidget:
        """Where the focus goes while the person is elsewhere."""
        return self._copy_code if self._code else self._browser.control

    def _make_device(self, masking: Masking, suffix: str) -> QWidget:
        self._address = CopyRow(tr("Address"), masking, f"portalAddress{suffix}")
        self._big = ValueText(masking, f"portalCode{suffix}")
        font = QFont(self._big.font())
        font.setPointSizeF(font.pointSizeF() * _LARGE)
        font.setFamily(fixed_family())
        self._big.setFont(font)
        self._copy_code = CopyButton(
            "", lambda: self._code, f"portalCopyCode{suffix}", tr("Copy the code")
        )
        copy_link = CopyButton(
            "",
            lambda: self._code_link,
            f"portalCopyCodeLink{suffix}",
            tr("Copy the address with the code"),
        )
        self._lasts = muted("", f"portalCodeLasts{suffix}")
        return stacked(
            body(tr("On a device with a browser, such as your telephone, open this address:")),
            self._address,
            body(tr("Enter this code there, or compare it, and choose “Allow access”:")),
            self._big,
            FlowRow(self._copy_code, copy_link),
            self._lasts,
        )

    def show_state(self, state: PortalState) -> None:
        """Redraw for a state in which something is waited for."""
        invitation, self._stage = state.visit.invitation, state.stage
        self._progress.set_rows([ProgressRow("wait", _words(state.stage), state="running")])
        self._browser.setVisible(isinstance(invitation, BrowserInvitation))
        self._device.setVisible(isinstance(invitation, CodeInvitation))
        self._code = ""
        if isinstance(invitation, BrowserInvitation):
            self._browser.show_link(invitation.link)
        elif isinstance(invitation, CodeInvitation):
            self._show_code(invitation)

    def _show_code(self, invitation: CodeInvitation) -> None:
        self._code, self._code_link = invitation.user_code, invitation.address_with_code
        self._address.show_value(invitation.address)
        self._big.show_text("{code}", {"code": invitation.user_code})
        time = time_of_day(invitation.expires_at)
        self._lasts.setText(tr("The code can be used until {time}.").format(time=time))

    def stop(self) -> None:
        """Let no clock run on while nothing is waited for."""
        self._progress.set_rows([])


def _words(stage: PortalStage) -> str:
    if stage is PortalStage.BROWSER:
        return tr("Waiting for you to sign in in the browser")
    if stage is PortalStage.CODE:
        return tr("Waiting for you to enter the code")
    return tr("Asking AWS where you sign in")
