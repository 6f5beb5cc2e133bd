"""Each way of revoking as it is done by hand, with a picture of where to click."""

import functools
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.guide import ROLE_NAME
from app.core.i18n import mark, tr
from app.flow.wizard.state import Revoking
from app.ui.look.style_sheet import GRID
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body

_IN_CONSOLE: Final = {
    Revoking.DELETE_ROLE: (
        mark("Open IAM > Roles > {role}. Make sure that nothing else uses it, and choose Delete."),
        "delete-role",
    ),
    Revoking.CHANGE_TRUST: (
        mark(
            "Open IAM > Roles > {role} > Trust relationships > Edit trust policy. Delete "
            "UbiQuity’s statement, or change its External ID, and choose Update policy."
        ),
        "trust-edit",
    ),
}
"""What this program does too, folded."""


class RevokeByHand(QWidget):
    """Shows what belongs to the chosen way; nothing where this program alone can do it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("revokeByHand")
        self._parts: dict[Revoking, QWidget] = {
            way: Disclosure(
                tr("How to do it in the AWS console instead"),
                functools.partial(_instruction, words, picture),
                f"byHand-{way}",
            )
            for way, (words, picture) in _IN_CONSOLE.items()
        }
        self._parts[Revoking.DISABLE] = ConsolePicture("disable-connector")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in self._parts.values():
            column.addWidget(part)
        self.show_way(None)

    def show_way(self, way: Revoking | None) -> None:
        """Show what belongs to ``way``; None before there is a choice."""
        for of, part in self._parts.items():
            part.setVisible(of is way)
        self.setVisible(way in self._parts)


def _instruction(words: str, picture: str) -> QWidget:
    return card(body(tr(words).format(role=ROLE_NAME)), ConsolePicture(picture))
