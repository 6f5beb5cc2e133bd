"""Check an existing set-up: the chain of links, the first broken one open."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.report.chain_view import ChainView
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted


class CheckPage(WizardPage):
    """Reads the account, changes nothing, and says what is wrong and who can mend it."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self.add_body(
            tr(
                "This reads how the role, its policies and your buckets are set up. It changes "
                "nothing."
            )
        )
        self._sign_in = SignInBox(context, self._check_anew, "-check")
        self.add(self._sign_in)
        self._failure = FailureCallout(context, "failure-check")
        self.add(self._failure)
        self._chain = ChainView(context.masking, "chain")
        self.add(self._chain)
        self._again = plain_button(tr("Check again"), "checkAgain")
        self._again.clicked.connect(self._check)
        self._about = muted(
            tr("You see every change first, and nothing is changed before you confirm it.")
        )
        self.add(self._about)
        self._buttons = FlowRow(self._again)
        self.add(self._buttons)

    def entered(self, state: SetupState) -> None:
        """Check at once where somebody is signed in; else look for sign-ins to choose from."""
        if not state.practice and state.signed_in is None:
            self._sign_in.look_for_profiles()
        elif state.connection.checked is None:
            self._check()

    def _check(self) -> None:
        is_signed_in = self.context.store.state.signed_in or self.context.practice
        way = self._sign_in.way if is_signed_in else self._sign_in.take_way()
        if way is not None:
            self.context.start("check", self.context.actions.check(way))

    def _check_anew(self) -> None:
        """Check with another sign-in; the present one stays until that one is complete."""
        if self._sign_in.take_way() is not None:
            self.context.store.forget_sign_in()
            self._check()

    def show_state(self, state: SetupState) -> None:
        """Redraw the report."""
        self._sign_in.show_state(state)
        self._failure.show_state(state)
        checked = state.connection.checked
        self._chain.setVisible(checked is not None)
        if checked is not None:
            self._chain.show_report(checked.draft, checked.snapshot, checked.report)
        mends = checked is not None and checked.can_mend
        self._buttons.setVisible(mends)
        self._about.setVisible(mends)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Mend it" where the program can, else "Check"; that needs a sign-in first."""
        checked = state.connection.checked
        if checked is not None and checked.can_mend:
            return PrimaryAction(tr("Mend it"), self.context.store.mend)
        if checked is not None:
            return PrimaryAction(tr("Check again"), self._check)
        return PrimaryAction(tr("Check now"), self._check)

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in in the browser."""
        return self._sign_in.cancel()

    def focus_control(self, name: str) -> QWidget | None:
        """Return nothing: the primary button does what is left to do."""
        del name
        return None
