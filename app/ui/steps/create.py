"""Review and create: the plan, then progress change by change, the receipt, and undo."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.core.wishes import Choice
from app.core.wording.value_sentence import ValueSentence
from app.flow.pages import Page
from app.flow.setup_state import Run, SetupState
from app.ui.context import PageContext
from app.ui.review.confirmation import Confirmation
from app.ui.review.receipt_view import ReceiptView
from app.ui.review.requirements_box import RequirementsBox
from app.ui.review.review_words import CREATING
from app.ui.review.run_view import RunView
from app.ui.review.run_words import left_words
from app.ui.step_page import PrimaryAction, StepPage, left_aligned
from app.ui.steps.failure_callout import FailureCallout
from app.ui.steps.lacking_callout import LackingCallout
from app.ui.steps.sign_in_box import SignInBox
from app.ui.widgets.buttons import plain_button


class CreatePage(StepPage):
    """Nothing is changed before the primary button is pressed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._changes = context.actions.changes
        self.add_body(
            tr("The account is read first. Nothing is changed until you have seen it and agreed.")
        )
        self._sign_in = SignInBox(context, self._sign_in_and_go_on)
        self.add(self._sign_in)
        self._failure = FailureCallout(context, "failure-create")
        self.add(self._failure)
        self._lacking = LackingCallout(context, "lacking")
        self.add(self._lacking)
        self._run = RunView(context, self._choose, CREATING, "")
        self.add(self._run)
        self._requirements = RequirementsBox(
            context.masking,
            self._changes.require,
            lambda: context.store.state.draft.account_id if context.store.state.draft else None,
            "requirements",
        )
        self.add(self._requirements)
        self._receipt = ReceiptView(context.masking, "receipt")
        self.add(self._receipt)
        self._undo = Confirmation(context, tr("Undo these changes"), self._take_back, "undo")
        self.add(self._undo)
        self._leave = plain_button(tr("Leave it as it is now"), "leaveRun")
        self._leave.clicked.connect(self._changes.runs.leave)
        self.add(left_aligned(self._leave))
        self._add_buttons()

    def _add_buttons(self) -> None:
        self._again = plain_button(tr("Read the account again"), "readAgain")
        self._again.clicked.connect(self._prepare)
        self._afresh = plain_button(tr("Start the practice AWS afresh"), "practiceAfresh")
        self._afresh.clicked.connect(self._start_afresh)
        self._other = plain_button(tr("Choose another way"), "otherWay")
        self._other.clicked.connect(lambda: self.context.store.go_to("method"))
        self._buttons = left_aligned(self._again, self._afresh, self._other)
        self.add(self._buttons)

    def entered(self, state: SetupState) -> None:
        """Read the account, unless that was done or somebody has to sign in first."""
        if state.creation is None and (state.practice or state.signed_in is not None):
            self._prepare()
        elif state.signed_in is None:
            self._sign_in.look_for_profiles()

    # What the person does

    def _prepare(self) -> None:
        self.context.start("prepare", self._changes.prepare())

    def _create(self) -> None:
        self.context.start("create", self._changes.create())
        self._run.reveal()

    def _go_on(self) -> None:
        self.context.start("create", self._changes.runs.go_on())
        self._run.reveal()

    def _take_back(self) -> None:
        self.context.start("create", self._changes.runs.undo())
        self._run.reveal()

    def _choose(self, choice: Choice, on: bool) -> None:
        self._changes.choose(choice, on=on)
        self.context.start("lacking", self._changes.look_what_is_lacking())

    def _sign_in_and_go_on(self) -> None:
        way = self._sign_in.take_way()
        if way is None:
            return

        async def sign_in_and_go_on() -> None:
            if await self.context.actions.account.sign_in(way) is None:
                return
            run = self.context.store.state.creation
            if run is None or run.is_untouched:
                await self._changes.prepare()

        self.context.start("prepare", sign_in_and_go_on())

    def _start_afresh(self) -> None:
        async def afresh() -> None:
            await self.context.actions.reset_practice()
            await self._changes.prepare()

        self.context.start("prepare", afresh())

    # What is shown

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and outcome."""
        run, idle = state.creation, state.busy is None
        self._sign_in.show_state(state)
        self._sign_in.setVisible(not state.practice and self._asks_who(state))
        self._failure.show_state(state)
        self._lacking.show_run(run if run and run.is_untouched else None)
        self._run.show_run(run, state.draft, state.wishes)
        makes_role = run is not None and any(c.kind == "create-role" for c in run.plan.changes)
        self._requirements.setVisible(run is not None and run.is_untouched and makes_role)
        self._requirements.show_wishes(state.wishes, enabled=idle)
        ended = run is not None and idle and not run.running and bool(run.progress)
        self._receipt.show_run(run if ended else None, state.draft)
        self._undo.setVisible(ended and run is not None and can_take_back(run))
        words = tr(
            "This puts back what was there before and deletes what this program made. UbiQuity’s "
            "access through it ends at once."
        )
        self._undo.show_state(state, undo_question(run, words))
        self._leave.setVisible(ended and run is not None and run.undoing and not run.undone)
        self._show_buttons(state)

    def _show_buttons(self, state: SetupState) -> None:
        run, idle = state.creation, state.busy is None
        stuck = state.failure is not None or (
            run is not None and run.is_untouched and bool(run.plan.cannot_mend)
        )
        unread = not state.practice and state.signed_in is None
        begun = run is not None and not run.is_untouched and not run.is_complete
        ready = begun or (run is not None and run.is_untouched and bool(run.plan.changes))
        self._again.setVisible(idle and ready)
        self._afresh.setVisible(idle and state.practice and stuck)
        self._other.setVisible(idle and (stuck or unread))
        self._buttons.setVisible(idle and (ready or stuck or unread))

    def _asks_who(self, state: SetupState) -> bool:
        """Return whether the sign-in matters now: before the changes, or where it ran out."""
        run = state.creation
        return run is None or run.is_untouched or state.signed_in is None

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: signing in, reading, creating, going on; None once all is there."""
        run = state.creation
        if run is not None and run.is_complete and (run.progress or not run.plan.cannot_mend):
            return None
        if self._must_sign_in(state):
            return PrimaryAction(tr("Sign in"), self._sign_in_and_go_on)
        if run is None or run.undone or (run.is_untouched and not run.plan.changes):
            words = tr("Read the account") if run is None else tr("Read the account again")
            return PrimaryAction(words, self._prepare)
        if not run.is_untouched:
            words = tr("Go on taking back") if run.undoing else tr("Go on with the changes")
            return PrimaryAction(words, self._go_on)
        words = tr("Create in the practice AWS") if state.practice else tr("Create in AWS")
        return PrimaryAction(words, self._create)

    def _must_sign_in(self, state: SetupState) -> bool:
        wrong = state.failure is not None and state.failure.finding == "signin.wrong-account"
        return not state.practice and (state.signed_in is None or wrong)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the field for the sign-in, while there is none."""
        return self._sign_in.control if self._must_sign_in(state) else None


def can_take_back(run: Run) -> bool:
    """Return whether there is something to undo, and undoing has not begun."""
    from app.core.undo import can_undo

    return run.journal is not None and not run.undone and can_undo(run.journal)


def undo_question(run: Run | None, words: str) -> ValueSentence:
    """Return what is asked before an undo: ``words``, and what does not come back."""
    left = left_words(run) if run else None
    if left is None:
        return ValueSentence(f"{words} {tr('Undo now?')}")
    rest = tr("Not quite as it was before will be: {left}.")
    return ValueSentence(f"{words} {rest} {tr('Undo now?')}", {"left": left})
