"""Which account and which role of the access portal."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import row
from app.core.i18n import tr
from app.core.sign_in import PortalAccount
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.portal_state import PortalState
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.progress_list import ProgressList, ProgressRow
from app.ui.widgets.times import time_of_day


class PortalChoice(QWidget):
    """Account and role, each from a list that is filtered while typing."""

    account_typed = Signal(str)
    role_typed = Signal(str)
    use_role = Signal()
    back = Signal()

    def __init__(self, masking: Masking, clock: Callable[[], float], suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"portalChoice{suffix}")
        self._accounts: tuple[PortalAccount, ...] = ()
        self._roles: tuple[str, ...] = ()
        self._until = body("", f"portalUntil{suffix}")
        self._missing = Callout("warning", f"portalMissing{suffix}", masking)
        self._none = Callout("warning", f"portalNoAccounts{suffix}", masking)
        self._none.show_text(
            tr(
                "The sign-in worked, but no AWS account is assigned to you in this portal. Ask "
                "your AWS administrator to assign you one."
            )
        )
        self._account = ChoiceField(
            tr("AWS account"),
            tr("Type a part of its name or number, or choose from the list."),
            f"portalAccount{suffix}",
            masking,
        )
        self._role = ChoiceField(
            tr("Role"),
            tr("It has to be allowed to read and change IAM: often “AdministratorAccess”."),
            f"portalRole{suffix}",
            masking,
        )
        self._progress = ProgressList(masking, f"portalLoading{suffix}", clock)
        self._use = plain_button(tr("Use this role"), f"portalUse{suffix}")
        self._back = link_button(tr("Sign in as somebody else"), f"portalBack{suffix}")
        self._connect()
        self._lay_out()

    @property
    def control(self) -> QWidget:
        """The first thing that is still to be done."""
        if self._use.isEnabled():
            return self._use
        return self._role.control if self._roles else self._account.control

    def _connect(self) -> None:
        self._account.edited.connect(self.account_typed)
        self._role.edited.connect(self.role_typed)
        self._use.clicked.connect(self.use_role)
        self._back.clicked.connect(self.back)

    def show_state(self, state: PortalState) -> None:
        """Redraw for a state in which somebody is signed in."""
        if state.visit.until is not None:
            words = tr("You are signed in at the access portal until {time}.")
            self._until.setText(words.format(time=time_of_day(state.visit.until)))
        self._show_missing(state)
        empty = not state.visit.accounts and not state.visit.loading and state.failure is None
        self._none.setVisible(empty)
        self._account.setVisible(bool(state.visit.accounts))
        self._role.setVisible(bool(state.visit.roles))
        self._use.setVisible(bool(state.visit.accounts))
        self._use.setEnabled(bool(state.visit.role_name))
        self._show_lists(state)
        self._show_loading(state)

    def _show_missing(self, state: PortalState) -> None:
        self._missing.setVisible(state.details_account_is_missing)
        if state.details_account_is_missing and state.details_account is not None:
            self._missing.show_text(
                tr(
                    "This sign-in has no access to account {account}, which is in your details. "
                    "Sign in as somebody who has, or ask your AWS administrator."
                ),
                {"account": state.details_account},
            )

    def _show_lists(self, state: PortalState) -> None:
        if state.visit.accounts != self._accounts:
            self._accounts = state.visit.accounts
            self._account.set_text("")
            self._account.set_choices([(one.id, _words(one)) for one in self._accounts])
        if state.visit.roles != self._roles:
            self._roles = state.visit.roles
            self._role.set_choices(
                [(name, ValueSentence("{role}", {"role": name})) for name in state.visit.roles]
            )
            self._role.set_text("")
        if state.visit.account_id:
            self._account.set_text(state.visit.account_id)
        self._show_name(state)
        if state.visit.role_name:
            self._role.set_text(state.visit.role_name)

    def _show_name(self, state: PortalState) -> None:
        """Say whose number it is that stands in the field."""
        visit = state.visit
        chosen = [account for account in visit.accounts if account.id == visit.account_id]
        name = row(part for account in chosen for part in (account.name, account.email) if part)
        if name:
            self._account.show_message("good", "{name}", None, {"name": name})
        else:
            self._account.show_message(None)

    def _show_loading(self, state: PortalState) -> None:
        self._progress.setVisible(state.visit.loading)
        if not state.visit.loading:
            self._progress.set_rows([])
            return
        words = tr("Reading your roles") if state.visit.account_id else tr("Reading your accounts")
        self._progress.set_rows([ProgressRow("load", words, state="running")])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (
            self._until,
            self._missing,
            self._none,
            self._account,
            self._role,
            self._progress,
            FlowRow(self._use, self._back),
        ):
            column.addWidget(widget)


def _words(account: PortalAccount) -> ValueSentence:
    """Return an account as the access portal lists it: name, number and e-mail."""
    values = {"name": account.name, "number": account.id, "email": account.email or ""}
    known = {place: value for place, value in values.items() if value}
    return ValueSentence(" · ".join(f"{{{place}}}" for place in known), known)
