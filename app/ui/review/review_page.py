"""What both reviews share: signing in, the plan and what became of it, receipt, going on, undo."""

from abc import abstractmethod
from collections.abc import Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.changes.undo import can_undo
from app.core.choices import Choice
from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.change_actions import ChangeActions
from app.flow.wizard.pages import Page
from app.flow.wizard.revoke_actions import RevokeActions
from app.flow.wizard.state import Run, SetupState
from app.ui.parts.elsewhere_callout import ElsewhereCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.lacking_callout import LackingCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.review.confirmation import Confirmation
from app.ui.review.receipt_view import ReceiptView
from app.ui.review.review_words import ReviewWords
from app.ui.review.run_view import RunView
from app.ui.review.run_words import left_words
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body


class ReviewPage(WizardPage):
    """A page that shows a plan and makes it; ``suffix`` keeps the names of its controls apart.

    A page of its own says which run it shows, what is asked before an undo, and what the primary
    button does with a plan that nobody has begun.
    """

    task = "change"
    """The task's name: one run at a time, whichever page it is on."""

    def __init__(
        self,
        page: Page,
        context: PageContext,
        actions: ChangeActions | RevokeActions,
        words: ReviewWords,
        suffix: str,
    ) -> None:
        super().__init__(page, context)
        self._actions = actions
        self.about = body(
            tr(
                "The account is read first. Nothing is changed until you have seen the changes and "
                "agreed."
            )
        )
        self.sign_in = SignInBox(context, self.sign_in_and_go_on, suffix)
        self.failure = FailureCallout(context, f"failure-{page.id}")
        self.elsewhere = ElsewhereCallout(context, f"elsewhere{suffix}")
        self.lacking = LackingCallout(context, f"lacking{suffix}")
        self.run_view = RunView(context, self.choose, words, suffix)
        self.receipt = ReceiptView(context.masking, f"receipt{suffix}")
        undo = tr("Undo these changes")
        self.undo = Confirmation(context, undo, self.take_back, f"undo{suffix}")
        self.leave = plain_button(tr("Leave it as it is now"), f"leaveRun{suffix}")
        self.leave.clicked.connect(lambda: context.start("leave", actions.runs.leave()))
        self.again = plain_button(tr("Read the account again"), f"readAgain{suffix}")
        self.again.clicked.connect(self.prepare)

    def lay_out(self, above: tuple[QWidget, ...], below: tuple[QWidget, ...]) -> None:
        """Add everything: ``above`` stands over the plan, ``below`` under it.

        After them come the receipt and the ways on.
        """
        for widget in (
            self.about,
            self.sign_in,
            self.failure,
            self.elsewhere,
            self.lacking,
            *above,
        ):
            self.add(widget)
        for widget in (self.run_view, *below, self.receipt, self.undo):
            self.add(widget)
        self.add(FlowRow(self.leave))

    # What a page of its own says

    @abstractmethod
    def run_of(self, state: SetupState) -> Run | None:
        """Return the run that this page shows."""

    @abstractmethod
    def undo_words(self, state: SetupState) -> str:
        """Return what an undo does."""

    @abstractmethod
    def go_on_work(self) -> Coroutine[Any, Any, None]:
        """Return the work of going on with what was begun."""

    def begin_action(self, state: SetupState, run: Run) -> PrimaryAction | None:
        """Return what the primary button does with a plan that nobody has begun."""
        del state, run
        return None

    # What the person does

    def prepare(self) -> None:
        """Read the account and plan."""
        self.context.start("prepare", self._actions.prepare())

    def work(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run what changes the account, in sight."""
        self.context.start(self.task, coroutine)
        self.run_view.reveal()

    def go_on(self) -> None:
        """Go on with what was begun."""
        self.work(self.go_on_work())

    def take_back(self) -> None:
        """Undo what was done."""
        self.work(self._actions.runs.undo())

    def choose(self, choice: Choice, on: bool) -> None:
        """Take or leave what the review offers, and plan anew."""
        self._actions.choose(choice, on=on)
        self.context.start("plan-anew", self._actions.plan_anew())

    def sign_in_and_go_on(self) -> None:
        """Sign in; where nothing was begun, read the account."""
        way = self.sign_in.take_way()
        if way is None:
            return

        async def sign_in_and_go_on() -> None:
            if await self.context.actions.account.sign_in(way) is None:
                return
            run = self.run_of(self.context.store.state)
            if run is None or run.is_untouched:
                await self._actions.prepare()

        self.context.start("prepare", sign_in_and_go_on())

    # What is shown

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and outcome."""
        run, idle = self.run_of(state), state.busy is None
        self.sign_in.show_state(state, asked_for=state.signed_in is None or _may_go_on(run))
        self.failure.show_state(state)
        self.elsewhere.show_review(run.review if run else None)
        self.lacking.show_run(run if run and run.is_untouched else None)
        self.run_view.show_run(run, state.draft, state.choices, idle=idle)
        ended = run if idle and run and not run.running and run.progress else None
        self.receipt.show_run(ended, state.draft, practice=state.practice)
        self._show_undo(state, ended)

    def _show_undo(self, state: SetupState, ended: Run | None) -> None:
        takes = ended is not None and not ended.undone and ended.journal is not None
        may = takes and ended is not None and ended.journal is not None and can_undo(ended.journal)
        self.undo.setVisible(may and is_signed_in(state))
        self.undo.show_state(state, _question(ended, self.undo_words(state)))
        self.leave.setVisible(takes and ended is not None and ended.undoing)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: signing in, reading, beginning, going on; None once all is done."""
        run = self.run_of(state)
        if run is not None and run.is_complete and (run.progress or not run.plan.cannot_mend):
            return None
        if self.must_sign_in(state):
            return PrimaryAction(tr("Sign in"), self.sign_in_and_go_on)
        if run is None or run.undone or (run.is_untouched and not run.plan.changes):
            words = tr("Read the account") if run is None else tr("Read the account again")
            return PrimaryAction(words, self.prepare)
        if run.is_untouched:
            return self.begin_action(state, run)
        words = tr("Go on taking back") if run.undoing else tr("Go on with the changes")
        return PrimaryAction(words, self.go_on)

    def must_sign_in(self, state: SetupState) -> bool:
        """Return whether signing in comes first."""
        wrong = state.failure is not None and state.failure.finding == "signin.wrong-account"
        return not is_signed_in(state) or (wrong and not state.practice)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the field for the sign-in, while there is none."""
        return self.sign_in.control if self.must_sign_in(state) else None


def is_signed_in(state: SetupState) -> bool:
    """Return whether the account can be reached; the practice AWS always can."""
    return state.practice or state.signed_in is not None


def _may_go_on(run: Run | None) -> bool:
    """Return whether a sign-in is still needed: the plan is not made, or its run has stopped."""
    return run is None or not (run.running or run.finished or run.undone) or run.is_untouched


def _question(run: Run | None, words: str) -> ValueSentence:
    """Return what is asked before an undo: ``words``, and what does not come back."""
    left = left_words(run) if run else None
    question = tr("Undo now?")
    if left is None:
        return ValueSentence(f"{words} {question}")
    rest = tr("It will not be quite as it was before: {left}")
    return ValueSentence(f"{words} {rest} {question}", {"left": left})
