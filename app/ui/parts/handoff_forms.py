"""What an AWS administrator is to be sent: the page for a person, or what they asked for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.wording.handoff.forms import FORMS
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.radio_cards import RadioCard, RadioCards

_PREFIX: Final = "handoff-form-"


class HandoffForms(QWidget):
    """The first form as a card, and the others once they are asked for."""

    chosen = Signal(str)
    """The name of the form that the person chose."""

    def __init__(self, forms: Sequence[str]) -> None:
        """``forms`` are names of ``FORMS``, the one that is proposed first."""
        super().__init__()
        self._forms = tuple(forms)
        self._shows_all = False
        self._cards = RadioCards("handoff-forms")
        self._cards.setAccessibleName(tr("What your administrator uses"))
        self._cards.chosen.connect(lambda option: self.chosen.emit(option.removeprefix(_PREFIX)))
        self._others = link_button(
            tr("Your administrator asked for something else"), "handoff-others"
        )
        self._others.clicked.connect(self._open)
        self._row = FlowRow(self._others)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._cards)
        column.addWidget(self._row)

    def choose(self, form: str) -> None:
        """Show ``form`` as the chosen one; the others too where it is not the first."""
        self._shows_all = self._shows_all or form != self._forms[0]
        shown = self._forms if self._shows_all else self._forms[:1]
        self._cards.set_options([_card(each) for each in shown])
        self._cards.choose(f"{_PREFIX}{form}")
        self._row.setVisible(shown != self._forms)

    def _open(self) -> None:
        self._shows_all = True
        self.choose(self._forms[0])
        card = self._cards.findChild(RadioCard, f"{_PREFIX}{self._forms[0]}")
        if isinstance(card, RadioCard):
            card.setFocus()


def _card(form: str) -> tuple[str, str, str]:
    words = FORMS[form]
    return f"{_PREFIX}{form}", tr(words.title), tr(words.line)
