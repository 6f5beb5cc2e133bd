"""Signing in to AWS, before anything is typed: what AWS can tell need not be."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.core.sign_in import ByProfile, SignInWay
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow_row import FlowRow


class SignInPage(WizardPage):
    """The ways to sign in; nothing is read and nothing changed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self.add_body(tr("Sign in to the AWS account that has your bucket. This changes nothing."))
        self._sign_in = SignInBox(context, self._use, "-sign-in", practise=True)
        self._failure = FailureCallout(context, "failure-sign-in")
        self.add(self._failure)
        self.add(self._sign_in)
        self._without = link_button(tr("Practise without a sign-in"), "practiseWithoutSignIn")
        self._without.clicked.connect(self._go_without)
        self._without_row = FlowRow(self._without)
        self.add(self._without_row)

    def _go_without(self) -> None:
        """Be signed in to the practice AWS, which asks nobody who they are."""
        self.context.start("sign-in", self._sign_in_by(ByProfile()))

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
        self._without_row.setVisible(state.practice and state.signed_in is None)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Sign in" while nobody is."""
        return None if state.signed_in else PrimaryAction(tr("Sign in"), self._use)

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in in the browser."""
        return self._sign_in.cancel()

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return where work goes on, while nobody is signed in."""
        return None if state.signed_in else self._sign_in.control

    def focus_control(self, name: str) -> QWidget | None:
        """Return where work goes on."""
        return self._sign_in.control if name == "sign-in" else None
