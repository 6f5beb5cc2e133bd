"""What can be chosen beside the plan: each off unless it is ticked."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.change import Offer
from app.core.choices import Choice
from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.review.review_words import ReviewWords
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class OffersCard(QFrame):
    """A check box for each offer, and below it what it does and who loses what."""

    def __init__(
        self,
        masking: Masking,
        choose: Callable[[Choice, bool], None],
        words: ReviewWords,
        object_name: str,
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "card")
        self._masking = masking
        self._choose = choose
        self._words = words
        self._shown: tuple[Offer, ...] = ()
        self._checks: dict[Choice, CheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self._column.addWidget(group_title(tr("You may choose")))
        self._about = muted("")
        self._column.addWidget(self._about)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        self._column.addLayout(self._rows)
        self.hide()

    def show_offers(
        self, offers: tuple[Offer, ...], chosen: frozenset[Choice], *, enabled: bool
    ) -> None:
        """Show ``offers``, ticked where ``chosen``; they can be changed while ``enabled``."""
        self.setVisible(bool(offers))
        if offers != self._shown:
            self._rebuild(offers)
        for choice, check in self._checks.items():
            check.setChecked(choice in chosen)
            check.setEnabled(enabled)

    def _rebuild(self, offers: tuple[Offer, ...]) -> None:
        focused = next((c for c, check in self._checks.items() if check.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once, so that no name is there twice
                widget.deleteLater()
        self._shown, self._checks = offers, {}
        self._about.setText(_about(offers))
        for offer in offers:
            self._rows.addWidget(self._row(offer))
        if focused in self._checks:
            self._checks[focused].setFocus()

    def _row(self, offer: Offer) -> QWidget:
        offer_text = self._words.offer(offer)
        check = CheckBox(offer_text.title, f"{self.objectName()}-{offer.choice}")
        check.clicked.connect(lambda on: self._choose(offer.choice, on))
        self._checks[offer.choice] = check
        detail = ValueText(self._masking)
        detail.setProperty("role", "muted")
        detail.show_text(offer_text.detail.template, offer_text.detail.values)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(check)
        inset = QVBoxLayout()
        inset.setContentsMargins(3 * GRID + GRID // 2, 0, 0, 0)
        inset.addWidget(detail)
        column.addLayout(inset)
        return row


def _about(offers: tuple[Offer, ...]) -> str:
    """Return how much the choice matters: where the role is misnamed, nothing else helps."""
    if any(offer.choice is Choice.REMAKE_ROLE for offer in offers):
        return tr("Nothing of this is done unless you tick it.")
    return tr("Nothing of this is needed, and nothing of it is done unless you tick it.")
