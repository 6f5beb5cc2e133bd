"""Asking for the code of an MFA device."""

import asyncio
import re
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from app.core.i18n import tr
from app.flow.ports.accounts import CodeRequest
from app.ui.widgets.buttons import PrimaryButton, careful_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.field import Field
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.scroll_dialog import ScrollDialog
from app.ui.widgets.value_text import ValueText

_CODE = re.compile(r"[0-9]{6}")
"""Source: STS API Reference, AssumeRole, ``TokenCode``."""


class CodeDialog(ScrollDialog):
    """Asks for six digits. Show it with ``open()``: ``exec()`` in a task would lose the others."""

    def __init__(self, parent: QWidget | None, request: CodeRequest, masking: Masking) -> None:
        self._ok = PrimaryButton(tr("Sign in"), "codeOk")
        self._ok.setEnabled(False)
        heading = tr("Enter the code of your MFA device")
        super().__init__(parent, heading, "codeDialog", self._ok)
        self.setWindowTitle(tr("MFA code"))
        self._rejected = Callout("warning", "codeRejected")
        self._rejected.show_text(
            tr("AWS did not accept that code. Wait until your device shows a new one.")
        )
        self._rejected.setVisible(request.rejected)
        self._about = ValueText(masking, "codeAbout")
        self._about.show_text(*_about(request))
        self._field = Field(
            tr("Code"), tr("The six digits that your device shows now."), "mfaCode", masking
        )
        self._field.edited.connect(self._edited)
        self._cancel = careful_button(tr("Cancel"), "codeCancel")
        self._cancel.clicked.connect(self.reject)
        for part in (self._rejected, self._about, self._field):
            self.add(part)
        self.add(body(tr("If you cancel, nothing happens in AWS.")))
        self.add_button(self._cancel)
        self.start_at(self._field)

    @property
    def code(self) -> str:
        """What was typed, without spaces."""
        return "".join(self._field.text().split())

    def accept(self) -> None:
        """Take the code, once it is one."""
        if _CODE.fullmatch(self.code):
            super().accept()

    def _edited(self, _text: str) -> None:
        self._ok.setEnabled(_CODE.fullmatch(self.code) is not None)


def _about(request: CodeRequest) -> tuple[str, dict[str, str]]:
    values = {"device": request.device, "profile": request.profile or ""}
    if request.profile:
        return tr("The profile {profile} needs the code of the device {device}."), values
    return tr("The sign-in needs the code of the device {device}."), values


class CodeDialogs:
    """Asks in a dialog over the window; implements ``app.flow.ports.accounts.AskForCode``."""

    def __init__(self, parent: Callable[[], QWidget | None], masking: Masking) -> None:
        """``parent`` gives the window to stand over."""
        self._parent = parent
        self._masking = masking

    async def ask(self, request: CodeRequest) -> str | None:
        """Return the code, or None where the person cancels. A cancelled task closes the dialog."""
        dialog = CodeDialog(self._parent(), request, self._masking)
        answered: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

        def finish(result: int) -> None:
            # Now: a closed dialog's fields are soon gone.
            accepted = result == QDialog.DialogCode.Accepted
            if not answered.done():
                answered.set_result(dialog.code if accepted else None)

        dialog.finished.connect(finish)
        dialog.open()
        try:
            return await answered
        except asyncio.CancelledError:
            dialog.finished.disconnect(finish)
            dialog.reject()
            raise
