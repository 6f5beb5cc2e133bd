"""One sign-in that this computer keeps: whose it is, to be used or forgotten."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.conventions import labelled
from app.core.i18n import tr
from app.core.sign_in import ConsoleSession
from app.core.wording.who_signed_in import who_signed_in
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class KeptSession(QWidget):
    """Shows ``session``; the buttons of the row ``number`` call ``use`` and ``forget``."""

    def __init__(
        self,
        session: ConsoleSession,
        masking: Masking,
        use: Callable[[ConsoleSession], None],
        forget: Callable[[ConsoleSession], None],
        name: str,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        words = who_signed_in(session.arn, session.account_id)
        self._who = ValueText(masking, f"{name}-who")
        self._who.show_text(words.template, words.values)
        self._use = plain_button(tr("Go on with this sign-in"), f"{name}-use")
        self._use.clicked.connect(lambda: use(session))
        self._forget = link_button(tr("Forget it"), f"{name}-forget")
        self._forget.clicked.connect(lambda: forget(session))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._who)
        column.addWidget(FlowRow(self._use, self._forget))
        self._name_buttons()
        masking.changed.connect(self._name_buttons)

    def _name_buttons(self) -> None:
        """Say of each button whose sign-in it is about: there may be several rows."""
        for button in (self._use, self._forget):
            button.setAccessibleName(labelled(button.text(), self._who.shown_text()))

    @property
    def control(self) -> QPushButton:
        """The button that goes on, for the focus."""
        return self._use
