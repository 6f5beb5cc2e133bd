"""Review and revoke: what is taken away, what stays, and the proof that access has ended."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import mark, tr
from app.core.report import Evidence
from app.core.revoke import databases_of
from app.core.revoking.proof import Proof
from app.core.wishes import Choice, RevokeWay
from app.core.wording.revoking import (
    effect_sentence,
    losing_sentence,
    nothing_sentence,
    proof_sentence,
)
from app.core.wording.value_sentence import ValueSentence
from app.flow.pages import Page
from app.flow.setup_state import Revoking, Run, SetupState
from app.ui.context import PageContext
from app.ui.review.confirmation import Confirmation
from app.ui.review.receipt_view import ReceiptView
from app.ui.review.review_words import REVOKING
from app.ui.review.run_view import RunView
from app.ui.step_page import PrimaryAction, StepPage, left_aligned
from app.ui.steps.create import can_take_back, undo_question
from app.ui.steps.failure_callout import FailureCallout
from app.ui.steps.lacking_callout import LackingCallout
from app.ui.steps.sign_in_box import SignInBox
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.headings import body

_KNOWN = {
    Evidence.VERIFIED: mark("This was tried just now, as UbiQuity."),
    Evidence.OBSERVED: mark("This was read from the account just now."),
    Evidence.PREDICTED: mark(
        "This was worked out from the policies, which were read from the account just now."
    ),
}
"""How the proof is known."""


class RevokePage(StepPage):
    """Nothing is taken away before the red button is pressed, and that asks once."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._revoking = context.actions.revoking
        self._about = body("")
        self.add(self._about)
        self._sign_in = SignInBox(context, self._sign_in_and_go_on, "-revoke")
        self.add(self._sign_in)
        self._failure = FailureCallout(context, "failure-revoke")
        self.add(self._failure)
        self._lacking = LackingCallout(context, "lacking-revoke")
        self.add(self._lacking)
        self._proof = Callout("good", "proof", context.masking)
        self.add(self._proof)
        self._run = RunView(context, self._choose, REVOKING, "-revoke")
        self.add(self._run)
        self._losing = Callout("warning", "losing", context.masking)
        self.add(self._losing)
        self._take = Confirmation(context, tr("Revoke access"), self._revoke, "revokeNow")
        self.add(self._take)
        self._undo_last = Confirmation(
            context, tr("Undo these changes"), self._take_back, "undoLast"
        )
        self.add(self._undo_last)
        self._leave = plain_button(tr("Leave it as it is now"), "leaveRun-revoke")
        self._leave.clicked.connect(self._revoking.runs.leave)
        self.add(left_aligned(self._leave))
        self._receipt = ReceiptView(context.masking, "receipt-revoke")
        self.add(self._receipt)
        self._again = plain_button(tr("Read the account again"), "readAgain-revoke")
        self._again.clicked.connect(self._prepare)
        self.add(left_aligned(self._again))

    def entered(self, state: SetupState) -> None:
        """Read the account, unless that was done or somebody has to sign in first."""
        known = state.practice or state.signed_in is not None or state.revoking is Revoking.UNDO
        if state.revocation is None and known:
            self._prepare()
        if state.signed_in is None and not state.practice:
            self._sign_in.look_for_profiles()

    # What the person does

    def _prepare(self) -> None:
        self.context.start("prepare", self._revoking.prepare())

    def _revoke(self) -> None:
        self.context.start("revoke", self._revoking.revoke())
        self._run.reveal()

    def _go_on(self) -> None:
        self.context.start("revoke", self._revoking.go_on())
        self._run.reveal()

    def _take_back(self) -> None:
        self.context.start("revoke", self._revoking.runs.undo())
        self._run.reveal()

    def _choose(self, choice: Choice, on: bool) -> None:
        self._revoking.choose(choice, on=on)

    def _sign_in_and_go_on(self) -> None:
        way = self._sign_in.take_way()
        if way is None:
            return

        async def sign_in_and_go_on() -> None:
            if await self.context.actions.account.sign_in(way) is None:
                return
            run = self.context.store.state.revocation
            if run is None or run.is_untouched:
                await self._revoking.prepare()

        self.context.start("prepare", sign_in_and_go_on())

    # What is shown

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and proof."""
        run, idle = state.revocation, state.busy is None
        self._about.setText(_about(state))
        self._sign_in.show_state(state)
        asks = run is None or run.is_untouched or state.signed_in is None
        self._sign_in.setVisible(not state.practice and asks)
        self._failure.show_state(state)
        self._lacking.show_run(run if run and run.is_untouched else None)
        self._run.show_run(run, state.draft, state.wishes)
        self._show_proof(state.proof)
        self._show_losing(state)
        may_take = run is not None and idle and run.is_untouched and bool(run.plan.changes)
        self._take.setVisible(may_take and self._signed_in(state))
        self._take.show_state(state, _question(state))
        self._show_undo(state, run if idle else None)
        ended = run is not None and idle and not run.running and bool(run.progress)
        self._receipt.show_run(run if ended else None, state.draft)
        self._again.setVisible(idle and run is not None and run.is_untouched)

    def _show_proof(self, proof: Proof | None) -> None:
        self._proof.setVisible(proof is not None)
        if proof is None:
            return
        self._proof.set_kind("good" if proof.is_ended else "bad", tr("The proof"))
        said = proof_sentence(proof)
        self._proof.show_text(f"{said.template} {tr(_KNOWN[proof.evidence])}", said.values)

    def _show_losing(self, state: SetupState) -> None:
        run = state.revocation
        reviewing = run is not None and run.is_untouched and run.snapshot is not None
        self._losing.setVisible(False)
        if not reviewing or run is None or run.snapshot is None:
            return
        if not run.plan.changes:
            self._losing.set_kind("note")
            self._losing.show_text(nothing_sentence(run.plan))
            self._losing.setVisible(not run.plan.cannot_mend)
            return
        count = len(databases_of(run.snapshot))
        for_all = state.draft is None or Choice.EVERYONE in state.wishes.chosen
        if for_all and count > 1:
            self._losing.set_kind("warning")
            self._losing.show_text(losing_sentence(count))
            self._losing.setVisible(True)

    def _show_undo(self, state: SetupState, run: Run | None) -> None:
        shown = run is not None and not run.is_untouched and can_take_back(run)
        self._undo_last.setVisible(shown and self._signed_in(state))
        words = tr("This puts back what was there before and deletes what this program made.")
        if state.revoking is not Revoking.UNDO:
            words = tr("This puts back what was taken away: UbiQuity gets its access again.")
        self._undo_last.show_state(state, undo_question(run, words))
        stuck = run is not None and run.undoing and not run.running and not run.undone
        self._leave.setVisible(stuck)

    def _signed_in(self, state: SetupState) -> bool:
        return state.practice or state.signed_in is not None

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on; taking away is never what the primary button does."""
        run = state.revocation
        if run is not None and (run.is_complete or run.undone):
            return None
        if not self._signed_in(state):
            return PrimaryAction(tr("Sign in"), self._sign_in_and_go_on)
        if run is None:
            return PrimaryAction(tr("Read the account"), self._prepare)
        if not run.is_untouched and not run.is_complete:
            words = tr("Go on taking back") if run.undoing else tr("Go on with the changes")
            return PrimaryAction(words, self._go_on)
        return None

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the field for the sign-in, while there is none."""
        return None if self._signed_in(state) else self._sign_in.control


def _about(state: SetupState) -> str:
    if state.revoking is Revoking.UNDO:
        return tr(
            "This is what this program did last in the account. To undo it puts back what was "
            "there before. Before each step the account is compared with what this program left; "
            "where somebody has changed it since, the undo stops and says so."
        )
    return tr("The account is read first. Nothing is changed until you have seen it and agreed.")


def _question(state: SetupState) -> ValueSentence:
    run, way = state.revocation, state.revoking
    if run is None or way not in (Revoking.DELETE_ROLE, Revoking.CHANGE_TRUST):
        return ValueSentence(tr("Revoke now?"))
    effect = effect_sentence(run.plan, RevokeWay(way))
    return ValueSentence(f"{effect.template} {tr('Revoke now?')}", effect.values)
