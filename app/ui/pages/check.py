"""Check an existing set-up: the chain of links, the first broken one open."""

from PySide6.QtWidgets import QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.diagnosis.chain import LinkStatus
from app.core.i18n import tr
from app.core.report import Verdict
from app.flow.checking import CheckedAccount
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.pasting.paste_box import PasteBox
from app.ui.pasting.to_save import ToSave
from app.ui.report.chain_view import ChainView
from app.ui.report.link_card import WayOn
from app.ui.report.ways_on import (
    is_of_another_account,
    is_of_the_sign_in,
    way_to_mend,
    way_to_the_account,
)
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, muted
from app.ui.widgets.reveal import reveal
from app.ui.widgets.told import Announcer


class CheckPage(WizardPage):
    """Reads the account, changes nothing, and says what is wrong and who can mend it."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._intro = body("")
        self.add(self._intro)
        self._sign_in = SignInBox(context, self._check_anew, "-check")
        self.add(self._sign_in)
        self._instead = link_button("", "checkInstead")
        self._instead.clicked.connect(self._change_way)
        self.add(FlowRow(self._instead))
        self._paste = PasteBox(context)
        self.add(self._paste)
        self._shows_result = False
        """Whether the person has just asked what follows from what they pasted."""
        self._failure = FailureCallout(context, "failure-check")
        self.add(self._failure)
        self._result = Announcer(self)
        self._stopped = Callout("note", "checkStopped")
        self.add(self._stopped)
        self._chain = ChainView(context.masking, "chain", self._ways)
        self.add(self._chain)
        self._to_save = ToSave(context.masking)
        self.add(self._to_save)
        self._again = plain_button(tr("Check again"), "checkAgain")
        self._again.clicked.connect(self._check)
        self._about = muted(
            tr("You see every change first, and nothing is changed before you confirm it.")
        )
        self.add(self._about)
        self._show = plain_button(tr("Show the changes"), "showChanges")
        self._show.clicked.connect(context.store.mend)
        self._buttons = FlowRow(self._again, self._show)
        self.add(self._buttons)
        self._bundle = context.support.button("checkBundle")
        self.add(FlowRow(self._bundle))

    def entered(self, state: SetupState) -> None:
        """Check at once where somebody is signed in; else look for sign-ins to choose from."""
        if state.pasted.is_open:
            return
        if not state.practice and state.signed_in is None:
            self._sign_in.look_for_profiles()
        elif state.connection.checked is None:
            self._check()

    def _change_way(self) -> None:
        """Check by what is pasted, or by a sign-in again."""
        opens = not self.context.store.state.pasted.is_open
        self._sign_in.cancel()  # else the browser could still answer, and the account be read then
        self.context.actions.pasting.open(on=opens)
        if opens:
            reveal(self._paste)
            self._paste.control.setFocus()
        else:
            self.entered(self.context.store.state)

    def _check(self) -> None:
        if self.context.store.state.pasted.is_open:
            self._shows_result = True
            self.context.actions.pasting.ask()
            return
        is_signed_in = self.context.store.state.signed_in or self.context.practice
        way = self._sign_in.way if is_signed_in else self._sign_in.take_way()
        if way is not None:
            self.context.start("check", self.context.actions.check(way))

    def _check_anew(self) -> None:
        """Check with another sign-in; the present one stays until that one is complete."""
        if self._sign_in.take_way() is not None:
            self.context.store.forget_sign_in()
            self._check()

    def _ways(self, checked: CheckedAccount, status: LinkStatus) -> tuple[WayOn, ...]:
        is_elsewhere, asks = is_of_another_account(status), not self.context.practice
        if self.context.store.state.pasted.is_open:
            return ()
        if not is_elsewhere and not (asks and is_of_the_sign_in(status)):
            return way_to_mend(self.context, checked, status)
        words = tr("Sign in to another account") if is_elsewhere else tr("Sign in again")
        name = "otherAccount" if is_elsewhere else "signInAgain"
        account = (way_to_the_account(self.context),) if is_elsewhere else ()
        other = WayOn(words, name, self._ask_for_other)
        paste = WayOn(tr("Check without signing in"), "pasteInstead", self._change_way)
        return (*((other, paste) if asks else ()), *account)

    def _ask_for_other(self) -> None:
        """Show the ways to sign in, which stand further up."""
        self._sign_in.ask_for_other()
        reveal(self._sign_in)

    def show_state(self, state: SetupState) -> None:
        """Redraw the report."""
        self._sign_in.show_state(state)
        self._show_way(state)
        self._failure.show_state(state)
        checked = state.connection.checked
        self._show_stopped(state)
        self._chain.setVisible(checked is not None)
        if checked is not None:
            self._chain.show_checked(checked)
        self._to_save.show_checked(checked)
        if checked is not None and self._shows_result:
            self._shows_result = False
            reveal(self._chain)
        mends = checked is not None and checked.can_mend
        self._show.setVisible(checked is not None and checked.plans_changes and not mends)
        self._again.setVisible(mends)
        self._buttons.setVisible(checked is not None and checked.plans_changes)
        self._about.setVisible(mends)
        is_stuck = checked is not None and checked.report.verdict is not Verdict.READY
        self._bundle.setVisible(is_stuck)
        self._tell(state)

    def _show_way(self, state: SetupState) -> None:
        """Show the ways to sign in, or the field to paste into."""
        pastes = state.pasted.is_open
        reads = tr(
            "This reads how the role, its policies and your buckets are set up. It changes nothing."
        )
        works_out = tr(
            "This works out from what you paste whether UbiQuity gets access. Nothing is read from "
            "AWS, and nothing leaves this computer."
        )
        self._intro.setText(works_out if pastes else reads)
        if pastes:
            self._sign_in.hide()
        self._instead.setEnabled(state.busy is None)  # what is being read would come in here
        self._instead.setText(
            tr("Sign in instead")
            if pastes
            else tr("Check without signing in: paste what AWS shows")
        )
        if state.practice and pastes:
            self._instead.setText(tr("Check the practice AWS instead"))
        self._paste.show_state(state)

    def _show_stopped(self, state: SetupState) -> None:
        """Say what a check that was stopped did and did not."""
        words = tr("Your account was not read to its end. Nothing was changed in AWS.")
        if state.connection.checked is not None:
            words = paragraph(words, tr("What stands below was read before."))
        self._stopped.set_kind("note", tr("Stopped"))
        self._stopped.show_text(words)
        self._stopped.setVisible(state.connection.stopped)

    def _tell(self, state: SetupState) -> None:
        """Have the result said aloud, or that there is none."""
        connection = state.connection
        sentence = ""
        if state.busy is None and connection.stopped:
            sentence = paragraph(as_sentence(self._stopped.word), self._stopped.text)
        elif state.busy is None and connection.checked is not None:
            sentence = self._chain.result
        self._result.tell(sentence)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Mend it" where the program can, else "Check"; that needs a sign-in first."""
        checked = state.connection.checked
        if state.pasted.is_open:
            return PrimaryAction(tr("Check what I pasted"), self._check)
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
