"""Each way of revoking as it is done by hand, with a picture of where to click."""

import functools
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.choices import RevokeWay
from app.core.i18n import tr
from app.core.wording.console_steps import revoke_sentence
from app.flow.wizard.state import Revoking
from app.ui.look.style_sheet import GRID
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body

_IN_CONSOLE: Final = {
    Revoking.DELETE_ROLE: (RevokeWay.DELETE_ROLE, "delete-role"),
    Revoking.CHANGE_TRUST: (RevokeWay.CHANGE_TRUST, "trust-edit"),
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
                functools.partial(_instruction, how, picture),
                f"byHand-{way}",
            )
            for way, (how, picture) in _IN_CONSOLE.items()
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


def _instruction(how: RevokeWay, picture: str) -> QWidget:
    return card(body(revoke_sentence(how)), ConsolePicture(picture))
