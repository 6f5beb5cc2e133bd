"""Signing in to AWS, before anything is typed: what AWS can tell need not be."""

from PySide6.QtWidgets import QWidget

from app.core.guide import UBIQUITY_ACCOUNT
from app.core.i18n import tr
from app.core.sign_in import ByProfile, SignInWay
from app.core.wording.who_signed_in import in_fours
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow


class SignInPage(WizardPage):
    """The ways to sign in; nothing is read and nothing changed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self.add_body(tr("Use the account that has your bucket. This changes nothing."))
        self._sign_in = SignInBox(context, self._use, "-sign-in", practise=True)
        self._failure = FailureCallout(context, "failure-sign-in")
        self._other_account = Callout("warning", "otherAccount", context.masking)
        self._use_account = plain_button(tr("Use this account"), "useThisAccount")
        self._use_account.clicked.connect(self._take_account)
        self._other_account.add_button(self._use_account)
        self._other_account.hide()
        self.add(self._failure)
        self.add(self._sign_in)
        self.add(self._other_account)
        self._without = link_button(tr("Practise without a sign-in"), "practiseWithoutSignIn")
        self._without.clicked.connect(self._go_without)
        self._without_row = FlowRow(self._without)
        self.add(self._without_row)

    def _go_without(self) -> None:
        """Be signed in to the practice AWS, which asks nobody who they are."""
        self._sign_in.cancel()  # else the browser could still answer, and be the sign-in then
        self.context.start("sign-in", self._sign_in_by(ByProfile()))

    def _take_account(self) -> None:
        """Put the account of the sign-in into the details."""
        signed_in = self.context.store.state.signed_in
        if signed_in is not None:
            self.context.store.edit("account_id", signed_in.caller.account)

    def _show_other_account(self, state: SetupState) -> None:
        """Say at once that the details name another account, with a way on."""
        signed_in = state.signed_in
        checked = state.details.check.fields.get("account_id")
        named = checked.value if checked is not None else None
        own = signed_in.caller.account if signed_in is not None else None
        differs = own not in {None, named, UBIQUITY_ACCOUNT} and bool(named)
        was_told = not self._other_account.isHidden()
        self._other_account.setVisible(differs)
        if differs and named and own:
            self._other_account.show_text(
                tr(
                    "Your details name account {expected}, and this sign-in belongs to account "
                    "{found}. Use this account, or use another sign-in."
                ),
                {"expected": in_fours(named), "found": in_fours(own)},
            )
            if not was_told:
                announce(self._other_account, self._other_account.text)

    def _use(self) -> None:
        way = self._sign_in.take_way()
        if way is not None:
            self.context.start("sign-in", self._sign_in_by(way))

    async def _sign_in_by(self, way: SignInWay) -> None:
        await self.context.actions.account.sign_in(way)

    def entered(self, state: SetupState) -> None:
        """Look for the sign-ins of this computer, unless somebody is signed in."""
        if state.signed_in is None:
            self._sign_in.look_for_profiles()

    def show_state(self, state: SetupState) -> None:
        """Redraw who is signed in, and the ways."""
        self._sign_in.show_state(state)
        self._failure.show_state(state)
        self._show_other_account(state)
        self._without_row.setVisible(state.practice and state.signed_in is None)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Sign in" while nobody is."""
        return None if state.signed_in else PrimaryAction(tr("Sign in"), self._use)

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in in the browser."""
        return self._sign_in.cancel()

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return where work goes on, while nobody is signed in.

        Where that is only to begin, "Sign in" does it: the page comes up with its top in sight.
        """
        if state.signed_in or self._sign_in.is_to_begin:
            return None
        return self._sign_in.control

    def focus_control(self, name: str) -> QWidget | None:
        """Return where work goes on."""
        return self._sign_in.control if name == "sign-in" else None
