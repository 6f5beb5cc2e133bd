"""What both reviews share: signing in, the plan and what became of it, receipt, going on, undo.

Its words stand in the order in which things happen: what will be done, until it is begun; what was
done, from then on; and while something is asked, what the answer would do, over all of it.
"""

from abc import abstractmethod
from collections.abc import Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.changes.undo import can_undo
from app.core.choices import Choice
from app.core.conventions import paragraph
from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.change_actions import ChangeActions
from app.flow.wizard.pages import Page
from app.flow.wizard.revoke_actions import RevokeActions
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import SetupState
from app.ui.parts.elsewhere_callout import ElsewhereCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.lacking_callout import LackingCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import DestructiveAction, PrimaryAction, WizardPage
from app.ui.review.confirmation import Confirmation
from app.ui.review.receipt_view import ReceiptView
from app.ui.review.review_words import ReviewWords
from app.ui.review.run_view import RunView
from app.ui.review.run_words import left_words
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.announcement import announce
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
        self.about = body("", f"about-{page.id}")
        self.sign_in = SignInBox(context, self.sign_in_and_go_on, suffix)
        self.failure = FailureCallout(context, f"failure-{page.id}", self.prepare)
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

        Questions come first, so that they are seen whatever the size of the window; after the plan
        come the receipt and the ways on.
        """
        for widget in (
            self.undo,
            *above,
            self.about,
            self.sign_in,
            self.failure,
            self.elsewhere,
            self.lacking,
            self.run_view,
            *below,
            self.receipt,
        ):
            self.add(widget)
        self._leave_row = FlowRow(self.leave)
        self.add(self._leave_row)

    # What a page of its own says

    @abstractmethod
    def run_of(self, state: SetupState) -> Run | None:
        """Return the run that this page shows."""

    @abstractmethod
    def undo_words(self, state: SetupState) -> str:
        """Return what an undo does."""

    @abstractmethod
    def begin_words(self, state: SetupState, run: Run) -> str:
        """Return what the button says that makes the changes of a plan."""

    @abstractmethod
    def go_on_work(self) -> Coroutine[Any, Any, None]:
        """Return the work of going on with what was begun."""

    def begin_action(self, state: SetupState, run: Run) -> PrimaryAction | None:
        """Return what the primary button does with a plan that nobody has begun."""
        del state, run
        return None

    # What the person does

    def entered(self, state: SetupState) -> None:
        """Read the account, or look for a sign-in where there is none.

        It is read anew each time: what was read before may have been changed since, and the
        details or the sign-in with it. Only what was begun stays as it is.
        """
        run = self.run_of(state)
        if (run is None or run.is_over) and self.can_prepare(state):
            self.prepare()
        elif run is not None:
            self.run_view.tell()
        if not is_signed_in(state):
            self.sign_in.look_for_profiles()

    def can_prepare(self, state: SetupState) -> bool:
        """Return whether the plan can be made without anybody signing in first."""
        return is_signed_in(state)

    def prepare(self) -> None:
        """Read the account and plan, and bring what comes of it into sight."""
        self.context.start("prepare", self._prepared())

    async def _prepared(self) -> None:
        await self._actions.prepare()
        self.run_view.reveal()

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
            if run is None or run.is_over:
                await self._actions.prepare()

        self.context.start("prepare", sign_in_and_go_on())

    # What is shown

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and outcome."""
        run, idle = self.run_of(state), state.busy is None
        self._show_about(self.about_words(state))
        self.sign_in.show_state(state, asked_for=state.signed_in is None or _may_go_on(run))
        self.failure.show_state(state)
        self.elsewhere.show_review(run.review if run else None)
        self.lacking.show_run(run if run and run.is_untouched else None)
        button = self.begin_words(state, run) if run else ""
        self.run_view.show_run(run, state.draft, state.choices, button, idle=idle)
        self.receipt.show_run(_ended(state, run), state.draft, practice=state.practice)
        self.undo.show_state(state, _question(run, self.undo_words(state)))
        leaves = idle and run is not None and run.undoing and not run.undone
        self._leave_row.setVisible(leaves)

    def about_words(self, state: SetupState) -> str:
        """Return what is said before anything is done; empty once something was."""
        if self.run_of(state) is not None:
            return ""
        if state.reading_stopped and state.busy is None:
            return tr("You stopped before the account was read. Nothing was changed.")
        return tr("The account is read first. Nothing is changed before you agree.")

    def _show_about(self, words: str) -> None:
        news = words != self.about.text() and self.context.store.state.reading_stopped
        self.about.setText(words)
        self.about.setVisible(bool(words))
        if news:
            announce(self, words)

    def asked(self, state: SetupState) -> Confirmation | None:
        """Return what is asked before something is taken away, where it is."""
        return self.undo if self.undo.is_asked(state) else None

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: signing in, reading, beginning, going on; None once all is done.

        Where something is asked it is the safe answer.
        """
        asked, run = self.asked(state), self.run_of(state)
        if asked is not None:
            return asked.primary()
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

    def destructive(self, state: SetupState) -> DestructiveAction | None:
        """Return the undo of what was done, where there is something to take back."""
        asked, run = self.asked(state), self.run_of(state)
        if asked is not None:
            return asked.destructive(state)
        ended = _ended(state, run)
        if ended is None or ended.goes_back or ended.journal is None or not is_signed_in(state):
            return None
        return self.undo.destructive(state) if can_undo(ended.journal) else None

    def must_sign_in(self, state: SetupState) -> bool:
        """Return whether signing in comes first."""
        wrong = state.failure is not None and state.failure.finding == "signin.wrong-account"
        return not is_signed_in(state) or (wrong and not state.practice)

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in in the browser."""
        return self.sign_in.cancel()

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the field for the sign-in, while there is none."""
        return self.sign_in.control if self.must_sign_in(state) else None


def is_signed_in(state: SetupState) -> bool:
    """Return whether the account can be reached; the practice AWS always can."""
    return state.practice or state.signed_in is not None


def _ended(state: SetupState, run: Run | None) -> Run | None:
    """Return the run, where something of it was begun and nothing is being done right now."""
    return run if state.busy is None and run and not run.running and run.progress else None


def _may_go_on(run: Run | None) -> bool:
    """Return whether a sign-in is still needed: the plan is not made, or its run has stopped."""
    return run is None or not (run.running or run.finished or run.undone) or run.is_untouched


def _question(run: Run | None, words: str) -> ValueSentence:
    """Return what is asked before an undo: ``words``, and what does not come back."""
    left = left_words(run) if run else None
    question = tr("Undo now?")
    if left is None:
        return ValueSentence(paragraph(words, question))
    rest = tr("It will not be quite as it was before:")
    return ValueSentence(f"{words} {rest} {left.template} {question}", left.values)
