"""Review and revoke: what is taken away, what stays, and the proof that access has ended."""

from collections.abc import Coroutine
from typing import Any, Final

from app.core.choices import Choice, RevokeWay
from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.report import Evidence
from app.core.revoking.plan import databases_of
from app.core.revoking.proof import Proof
from app.core.wording.open_sessions import until_sentence
from app.core.wording.remains import remains_sentence
from app.core.wording.revoking import (
    effect_sentence,
    losing_sentence,
    nothing_sentence,
    proof_sentence,
)
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.pages import Page
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import Revoking, SetupState
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import DestructiveAction, PrimaryAction
from app.ui.review.confirmation import Confirmation
from app.ui.review.review_page import ReviewPage, is_signed_in
from app.ui.review.review_words import REVOKING
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.told import Announcer

_KNOWN: Final = {
    Evidence.VERIFIED: mark("This was tried just now, as UbiQuity."),
    Evidence.OBSERVED: mark("This was read from the account just now."),
    Evidence.PREDICTED: mark(
        "This was worked out from the policies, which were read from the account just now."
    ),
}
"""How the proof is known."""


class RevokePage(ReviewPage):
    """Nothing is taken away before the red button is pressed, and that asks once."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context, context.actions.revoking, REVOKING, "-revoke")
        self._revoking = context.actions.revoking
        self._proof = Callout("good", "proof", context.masking)
        self._told = Announcer(self._proof)
        self._remains = Callout("note", "remains", context.masking)
        self.run_view.add_outcome(self._proof, self._remains)
        self._losing = Callout("warning", "losing", context.masking)
        self._take = Confirmation(context, _take_words(), self._revoke, "revokeNow")
        self.lay_out((self._take,), (self._losing,))
        self._again_row = FlowRow(self.again)
        self.add(self._again_row)

    def run_of(self, state: SetupState) -> Run | None:
        """Return the run that takes away, or the one that is to be undone."""
        return state.revocation.run

    def undo_words(self, state: SetupState) -> str:
        """Return what an undo does."""
        if state.revocation.way is Revoking.UNDO:
            return tr("This puts back what was there before and deletes what this program made.")
        return tr("This puts back what was taken away: UbiQuity gets its access again.")

    def go_on_work(self) -> Coroutine[Any, Any, None]:
        """Return the work of going on with what was begun."""
        return self._revoking.go_on()

    def begin_action(self, state: SetupState, run: Run) -> PrimaryAction:
        """Return what takes nothing away: that has a button of its own."""
        del state, run
        return PrimaryAction(tr("Close without revoking"), self._close)

    def begin_words(self, state: SetupState, run: Run) -> str:
        """Return what the button says that revokes."""
        del state, run
        return _take_words()

    def _close(self) -> None:
        self.window().close()

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on; once all is taken back there is nothing left to do here."""
        if state.revocation.run is not None and state.revocation.run.undone:
            return None
        return super().primary(state)

    def _revoke(self) -> None:
        self.work(self._revoking.revoke())

    def can_prepare(self, state: SetupState) -> bool:
        """Return whether the plan can be made: what was done last is known without a sign-in."""
        return is_signed_in(state) or state.revocation.way is Revoking.UNDO

    def asked(self, state: SetupState) -> Confirmation | None:
        """Return what is asked before access is revoked, or before that is undone."""
        return self._take if self._take.is_asked(state) else super().asked(state)

    def destructive(self, state: SetupState) -> DestructiveAction | None:
        """Return what revokes, or what undoes it."""
        run = state.revocation.run
        may_take = run is not None and run.is_untouched and bool(run.plan.changes)
        if may_take and not self.must_sign_in(state):
            return self._take.destructive(state)
        return super().destructive(state)

    def about_words(self, state: SetupState) -> str:
        """Return what is said before anything is done; empty once something was."""
        run = state.revocation.run
        if state.revocation.way is Revoking.UNDO and run is not None and not run.goes_back:
            return tr(
                "This puts back what was there before. Where somebody has changed something since, "
                "the undo stops and says so."
            )
        return super().about_words(state)

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and proof."""
        super().show_state(state)
        run, idle = state.revocation.run, state.busy is None
        self._show_proof(state.revocation.proof)
        self._show_losing(state, run)
        self._take.show_state(state, _question(state))
        unfinished = run is not None and not run.undone and not run.is_complete
        again = idle and unfinished and state.revocation.way is not Revoking.UNDO
        self._again_row.setVisible(again)

    def _show_proof(self, proof: Proof | None) -> None:
        self._proof.setVisible(proof is not None)
        if proof is None:
            self._told.tell("")
        remains = remains_sentence(proof) if proof else None
        self._remains.setVisible(remains is not None and bool(remains.template))
        if proof is None:
            return
        self._proof.set_kind("good" if proof.is_whole else "bad", tr("The proof"))
        sentence, evidence = proof_sentence(proof), tr(_KNOWN[proof.evidence])
        words = [sentence.template, evidence]
        if proof.is_ended and proof.sessions_until:
            words.append(until_sentence(proof.sessions_until))
        self._proof.show_text(paragraph(*words), sentence.values)
        if remains is not None:
            self._remains.set_kind("note" if proof.is_whole else "warning")
            self._remains.show_text(remains.template, remains.values)
        self._told.tell(tr("The proof: {words}").format(words=self._proof.text))

    def _show_losing(self, state: SetupState, run: Run | None) -> None:
        """Say who loses access, where that is more than one; or that there is nothing to take."""
        self._losing.hide()
        if run is None or run.review is None or not run.is_untouched:
            return
        count = len(databases_of(run.review.snapshot))
        for_all = state.draft is None or Choice.EVERYONE in state.choices.chosen
        if not run.plan.changes:
            self._losing.set_kind("note")
            self._losing.show_text(nothing_sentence(run.plan))
            self._losing.setVisible(not run.plan.cannot_mend)
        elif for_all and count > 1:
            self._losing.set_kind("warning")
            self._losing.show_text(losing_sentence(count))
            self._losing.show()


def _take_words() -> str:
    return tr("Revoke access")


def _question(state: SetupState) -> ValueSentence:
    run, way, question = state.revocation.run, state.revocation.way, tr("Revoke now?")
    if run is None or way not in (Revoking.DELETE_ROLE, Revoking.CHANGE_TRUST):
        return ValueSentence(question)
    longest = run.review.snapshot.role.max_session_duration if run.review else None
    effect = effect_sentence(run.plan, RevokeWay(way), longest)
    return ValueSentence(paragraph(effect.template, question), effect.values)
