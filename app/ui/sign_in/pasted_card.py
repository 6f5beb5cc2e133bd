"""What may be seen of pasted credentials, until when they work, and where they are kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.i18n import tr
from app.core.sign_in import KeptCredentials
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import destructive_button, link_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.radio_cards import RadioCards
from app.ui.widgets.times import time_of_day
from app.ui.widgets.value_text import ValueText


class PastedCard(QWidget):
    """Shows the credentials that are kept; more than one can be chosen between."""

    forget = Signal()
    other = Signal()
    chosen = Signal(str)

    def __init__(self, masking: Masking, suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"kept{suffix}")
        self._masking = masking
        self._kept: tuple[KeptCredentials, ...] = ()
        self._key: str | None = None
        self._which = RadioCards(f"keptOnes{suffix}")
        self._which.chosen.connect(self.chosen)
        self._summary = ValueText(masking, f"pastedSummary{suffix}")
        self._warning = Callout("warning", f"lastingKey{suffix}")
        self._where = muted("", f"pastedWhere{suffix}")
        self._problem = Callout("bad", f"forgetProblem{suffix}")
        self._forget = destructive_button(tr("Forget these credentials"), f"forgetPasted{suffix}")
        self._forget.clicked.connect(self.forget)
        self._other = link_button(tr("Paste others"), f"pasteOther{suffix}")
        self._other.clicked.connect(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self._which, self._summary, self._warning, self._where, self._problem):
            column.addWidget(widget)
        column.addWidget(FlowRow(self._forget, self._other))
        self._problem.hide()
        masking.changed.connect(self._show_which)

    @property
    def control(self) -> QWidget:
        """The first control, for the focus."""
        return self._other

    @property
    def text(self) -> str:
        """What can be read of the chosen credentials."""
        return self._summary.shown_text()

    def say(self, problem: str | None) -> None:
        """Show why they could not be forgotten; None for nothing."""
        self._problem.setVisible(problem is not None)
        self._problem.show_text(problem or "")

    def show_kept(
        self, kept: Sequence[KeptCredentials], key: str | None, reason: str | None
    ) -> None:
        """Show the credentials ``key`` of ``kept``; ``reason`` says why they are in memory only."""
        self.say(None)
        self._kept, self._key = tuple(kept), key
        self._show_which()
        one = next((one for one in kept if one.id == key), None)
        if one is None:
            return
        values = {"key": one.key_hint, "account": one.account_id or ""}
        self._summary.show_text(_summary(one), values)
        self._warning.show_text(_warning(one))
        self._warning.setVisible(one.lasting)
        in_keyring = tr(
            "They are kept in this computer’s keyring, and nowhere else, until they end or you "
            "forget them."
        )
        in_memory = tr("They are kept in memory only, until you close this program.")
        self._where.setText(in_keyring if one.in_keyring else reason or in_memory)

    def _show_which(self) -> None:
        self._which.setVisible(len(self._kept) > 1)
        self._which.set_options(
            [(one.id, self._masking.shown(one.key_hint), _until(one)) for one in self._kept]
        )
        self._which.choose(self._key)


def _summary(one: KeptCredentials) -> str:
    words = tr("Access key {key}.") if one.lasting else tr("Temporary credentials {key}.")
    until = _until(one)
    account = tr("They belong to account {account}.") if one.account_id else ""
    return paragraph(words, as_sentence(until) if until else "", account)


def _warning(one: KeptCredentials) -> str:
    if one.of_root:
        return tr(
            "This is an access key of the root user, who may do everything in the account and "
            "can’t be limited. AWS advises to have none. Use a key of an administrator instead, "
            "and delete this one in AWS: account menu (top right) > Security credentials."
        )
    return tr(
        "This is a long-lived access key: it works until somebody takes it away, also for "
        "anyone who finds it. Temporary credentials are safer. Forget it here when you are done."
    )


def _until(one: KeptCredentials) -> str:
    if one.expires_at is not None:
        return tr("They work until {time}").format(time=time_of_day(one.expires_at))
    return tr("Long-lived") if one.lasting else ""
