"""Review and create: the plan, then progress change by change, the receipt, and undo."""

from collections.abc import Coroutine, Mapping
from typing import Any

from app.core.change import ChangeKind
from app.core.changes.mending import is_mending
from app.core.conventions import paragraph
from app.core.i18n import ntr, tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.pages import Page
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import SetupState
from app.ui.parts.failure_callout import CONFLICTS
from app.ui.parts.page_context import PageContext
from app.ui.parts.what_is_made import WhatIsMade
from app.ui.parts.wizard_page import DestructiveAction, PrimaryAction
from app.ui.review.confirmation import Confirmation
from app.ui.review.requirements_box import RequirementsBox
from app.ui.review.review_page import ReviewPage
from app.ui.review.review_words import CREATING
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.flow_row import FlowRow


class CreatePage(ReviewPage):
    """Nothing is changed before the primary button is pressed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context, context.actions.changes, CREATING, "")
        self._changes = context.actions.changes
        self._requirements = RequirementsBox(
            context.masking, self._require, self._account_id, "requirements"
        )
        self._remake = Confirmation(context, _remake_words(), self._create, "remakeRole")
        self._made = WhatIsMade(context.masking)
        self.lay_out((self._remake,), (self._made, self._requirements))
        self._afresh = plain_button(tr("Start the practice AWS afresh"), "practiceAfresh")
        self._afresh.clicked.connect(self._start_afresh)
        self._other = plain_button(tr("Set it up another way"), "otherWay")
        self._other.clicked.connect(lambda: context.store.go_to("method"))
        self._buttons = FlowRow(self.again, self._afresh, self._other)
        self.add(self._buttons)

    def _account_id(self) -> str | None:
        draft = self.context.store.state.draft
        return draft.account_id if draft else None

    def run_of(self, state: SetupState) -> Run | None:
        """Return the set-up's run."""
        return state.creation.run

    def undo_words(self, state: SetupState) -> str:
        """Return what an undo does."""
        words = tr("This puts back what was there before and deletes what this program made.")
        if _has(state.creation.run, ChangeKind.CREATE_ROLE):
            words = paragraph(words, tr("With the role, UbiQuity’s access ends at once."))
        return words

    def go_on_work(self) -> Coroutine[Any, Any, None]:
        """Return the work of going on with what was begun."""
        return self._changes.runs.go_on()

    def begin_action(self, state: SetupState, run: Run) -> PrimaryAction | None:
        """Return what makes the changes; what deletes a role is asked about first."""
        if _has(run, ChangeKind.DELETE_ROLE):
            return None
        return PrimaryAction(self.begin_words(state, run), self._create)

    def begin_words(self, state: SetupState, run: Run) -> str:
        """Return what creates, what mends, or what deletes a role and makes the right one."""
        if _has(run, ChangeKind.DELETE_ROLE):
            return _remake_words()
        if state.mending or is_mending(run.plan.changes):
            count = len(run.plan.changes)
            return ntr("Make this change", "Make these changes", count)
        return tr("Create in the practice AWS") if state.practice else tr("Create in AWS")

    def asked(self, state: SetupState) -> Confirmation | None:
        """Return what is asked before a role is deleted, or before an undo."""
        return self._remake if self._remake.is_asked(state) else super().asked(state)

    def destructive(self, state: SetupState) -> DestructiveAction | None:
        """Return what deletes the role and makes the right one, or the undo of what was done."""
        run = state.creation.run
        remakes = run is not None and run.is_untouched and _has(run, ChangeKind.DELETE_ROLE)
        if remakes and not self.must_sign_in(state):
            return self._remake.destructive(state)
        return super().destructive(state)

    def _create(self) -> None:
        self.work(self._changes.create())

    def _require(self, boundary: str | None, tags: Mapping[str, str], description: str) -> None:
        self._changes.require(boundary, tags, description)
        self.context.start("plan-anew", self._changes.plan_anew())

    def _start_afresh(self) -> None:
        async def afresh() -> None:
            await self.context.actions.reset_practice()
            await self._changes.prepare()

        self.context.start("prepare", afresh())

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and outcome."""
        super().show_state(state)
        run = state.creation.run
        reviewing = run is not None and run.is_untouched
        self._requirements.setVisible(reviewing and _has(run, ChangeKind.CREATE_ROLE))
        self._remake.show_state(state, _remake_question(run))
        self._requirements.show_choices(state.choices)
        self._made.show_draft(state.draft)
        self._made.setVisible(run is None or reviewing)
        self._show_buttons(state)

    def _show_buttons(self, state: SetupState) -> None:
        run, idle = state.creation.run, state.busy is None
        stuck = state.failure is not None or (
            run is not None and run.is_untouched and bool(run.plan.cannot_mend)
        )
        unread = not state.practice and state.signed_in is None
        begun = run is not None and not run.is_over and not run.is_complete
        # A plan that nothing is said against is read anew by coming back to it.
        doubted = stuck or not (self.lacking.isHidden() and self.elsewhere.isHidden())
        planned = run is not None and run.is_untouched and bool(run.plan.changes)
        ready = begun or (planned and doubted)
        self.again.setVisible(idle and ready)
        # What stands in the way of a change has the same button beside its own words.
        said = state.failure is not None and state.failure.finding in CONFLICTS
        self._afresh.setVisible(idle and state.practice and stuck and not said)
        back = run is not None and run.goes_back
        self._other.setVisible(idle and (stuck or unread) and not state.mending and not back)
        self._buttons.setVisible(idle and (ready or stuck or unread))


def _remake_words() -> str:
    return tr("Delete the role and make the right one")


def _has(run: Run | None, kind: ChangeKind) -> bool:
    return run is not None and any(change.kind is kind for change in run.plan.changes)


def _remake_question(run: Run | None) -> ValueSentence:
    changes = run.plan.changes if run else ()
    role = next((c.target for c in changes if c.kind is ChangeKind.DELETE_ROLE), "")
    words = tr(
        "The role {role} is deleted with the policies inside it, and anyone else who uses it loses "
        "that access at once. Delete it and make the right one now?"
    )
    return ValueSentence(words, {"role": role})
