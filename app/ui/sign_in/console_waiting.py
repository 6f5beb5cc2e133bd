"""While the person signs in as for the AWS console: here, or on another device."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.flow.wizard.console_state import ConsoleStage, ConsoleState
from app.ui.look.style_sheet import GRID
from app.ui.sign_in.browser_waiting import BrowserWaiting
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import careful_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.field import Field
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import stacked
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.progress_list import ProgressList, ProgressRow


class ConsoleWaiting(QWidget):
    """What is being waited for, with Cancel; the link, and the field for a code."""

    cancelled = Signal()
    open_again = Signal()
    no_browser = Signal()
    code_given = Signal(str)

    def __init__(self, masking: Masking, clock: Callable[[], float], suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"consoleWaiting{suffix}")
        self._link = ""
        self._stage = ConsoleStage.STARTING
        self._was_quiet = False
        self._progress = ProgressList(masking, f"consoleProgress{suffix}", clock)
        self._cancel = careful_button(tr("Cancel"), f"consoleCancel{suffix}")
        self._cancel.setAccessibleName(tr("Cancel the sign-in"))
        self._cancel.clicked.connect(self.cancelled)
        self._browser = BrowserWaiting(
            tr(
                "Sign in there as you do for the AWS console, and allow the access. The page says "
                "when you can come back."
            ),
            "console",
            suffix,
        )
        self._browser.open_again.connect(self.open_again)
        self._browser.no_browser.connect(self.no_browser)
        self._quiet = Callout("note", f"consoleQuiet{suffix}")
        self._quiet.show_text(
            tr(
                "Does the browser show “400 Bad Request”? Sign in to the AWS console in that "
                "browser first, in the right account. Then choose “Open the browser again”. A "
                "private window does not help."
            )
        )
        self._device = self._make_device(masking, suffix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (
            self._progress,
            self._browser,
            self._quiet,
            self._device,
            FlowRow(self._cancel),
        ):
            column.addWidget(widget)

    def _make_device(self, masking: Masking, suffix: str) -> QWidget:
        copy = CopyButton(
            "",
            lambda: self._link,
            f"consoleCopyCodeLink{suffix}",
            tr("Copy the link"),
        )
        self._code = Field(
            tr("Code from AWS"),
            tr("AWS shows it after the sign-in. It is long: copy the whole of it."),
            f"consoleCode{suffix}",
            masking,
        )
        self._code.edit.returnPressed.connect(self.give_code)
        self._give_button = plain_button(tr("Use this code"), f"consoleUseCode{suffix}")
        self._give_button.clicked.connect(self.give_code)
        return stacked(
            body(tr("Copy the link, open it in a browser on any device, and sign in there.")),
            FlowRow(copy),
            body(tr("Then paste the code that AWS shows:")),
            self._code,
            FlowRow(self._give_button),
        )

    @property
    def words(self) -> str:
        """What is being waited for."""
        return _words(self._stage)

    @property
    def control(self) -> QWidget:
        """Where the focus goes while the person is elsewhere."""
        return self._code.control if self._device.isVisible() else self._browser.control

    def show_state(self, state: ConsoleState) -> None:
        """Redraw for a state in which something is waited for."""
        self._link, self._stage = state.link, state.stage
        self._browser.show_link(state.link)
        self._progress.set_rows([ProgressRow("wait", _words(state.stage), state="running")])
        self._browser.setVisible(state.stage is ConsoleStage.BROWSER)
        self._device.setVisible(state.stage is ConsoleStage.CODE)
        self._quiet.setVisible(state.quiet)
        if state.quiet and not self._was_quiet:
            announce(self._quiet, self._quiet.text)
        self._was_quiet = state.quiet

    def stop(self) -> None:
        """Let no clock run on, and no code stay, while nothing is waited for."""
        self._progress.set_rows([])
        self._code.set_text("")
        self._was_quiet = False

    def give_code(self) -> None:
        """Hand the pasted code on; without one, lead to its field."""
        if self._code.text().strip():
            self.code_given.emit(self._code.text())
        else:
            self._code.control.setFocus()


def _words(stage: ConsoleStage) -> str:
    if stage is ConsoleStage.BROWSER:
        return tr("Waiting for you to sign in in the browser")
    if stage is ConsoleStage.CODE:
        return tr("Waiting for the code from AWS")
    return tr("Asking AWS where you sign in")
