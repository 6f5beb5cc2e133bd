"""Asking for the code of an MFA device."""

import asyncio
import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.flow.ports import CodeRequest
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import PrimaryButton, careful_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.field import Field
from app.ui.widgets.headings import body, group_title
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText

_LINE: Final = 50
"""Characters on a line, about."""

_CODE = re.compile(r"[0-9]{6}")
"""Source: STS API Reference, AssumeRole, ``TokenCode``."""


class CodeDialog(QDialog):
    """Asks for six digits. Show it with ``open()``: ``exec()`` in a task would lose the others."""

    def __init__(self, parent: QWidget | None, request: CodeRequest, masking: Masking) -> None:
        super().__init__(parent)
        self.setObjectName("codeDialog")
        self.setWindowTitle(tr("MFA code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
        self._ok = PrimaryButton(tr("Sign in"), "codeOk")
        self._ok.setEnabled(False)
        self._ok.clicked.connect(self.accept)
        self._cancel = careful_button(tr("Cancel"), "codeCancel")
        self._cancel.clicked.connect(self.reject)
        self._lay_out()
        self._field.setFocus()

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

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(group_title(tr("Enter the code of your MFA device")))
        column.addWidget(self._rejected)
        column.addWidget(self._about)
        column.addWidget(self._field)
        column.addWidget(body(tr("If you cancel, nothing happens in AWS.")))
        column.addLayout(buttons)
        self.setMinimumWidth(max(55 * GRID, self.fontMetrics().averageCharWidth() * _LINE))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the texts need: Qt counts wrapped ones as if they were on one line."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            height = layout.totalHeightForWidth(self.width())
            self.setMinimumHeight(min(height, self.screen().availableGeometry().height()))


def _about(request: CodeRequest) -> tuple[str, dict[str, str]]:
    values = {"device": request.device, "profile": request.profile or ""}
    if request.profile:
        return tr("The profile {profile} needs the code of the device {device}."), values
    return tr("The sign-in needs the code of the device {device}."), values


class CodeDialogs:
    """Asks in a dialog over the window; implements ``app.flow.ports.AskForCode``."""

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
