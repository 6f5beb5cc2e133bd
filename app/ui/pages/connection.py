"""Test the connection: with UbiQuity's own identity where it is there, else as UbiQuity told."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.diagnosis.chain import LinkStatus
from app.core.i18n import tr
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.checking import CheckedAccount
from app.flow.connection.checks import ConnectionResult
from app.flow.told_answers import ToldAnswer
from app.flow.wizard.pages import SETUP, Page
from app.flow.wizard.state import Method, SetupState
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.answer_box import AnswerBox
from app.ui.parts.connection_words import (
    Headline,
    check_rows,
    headline,
    introduction,
    mending_page,
    trouble_of_answer,
    trouble_with,
)
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.report.chain_view import ChainView
from app.ui.report.link_card import WayOn
from app.ui.report.ways_on import is_of_another_account, way_to_mend, ways_to_the_account
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.flash import FLASH, LOOK_MS
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body
from app.ui.widgets.progress_list import ProgressList
from app.ui.widgets.reveal import reveal
from app.ui.widgets.told import Told


class ConnectionPage(WizardPage):
    """One result: a headline, and the chain under it. While it is made, check by check."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._outcome = Told(self)
        self._since: float | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_how_long)
        self._failure = FailureCallout(context, "failure-test")
        self.add(self._failure)
        self._result = Callout("good", "testResult", context.masking)
        self.add(self._result)
        self._how = body("", "test-how")
        self.add(self._how)
        self._told = AnswerBox(context)
        self.add(self._told)
        self._rows = ProgressList(context.masking, "checks", context.clock)
        self._rows_card = card(self._rows)
        self.add(self._rows_card)
        self._advice = AdviceCard("testAdvice")
        self.add(self._advice)
        self._chain = ChainView(context.masking, "testChain", self._ways, with_verdict=False)
        self.add(self._chain)
        self._tried = ProgressList(context.masking, "tried-checks", context.clock)
        self._tried_part = Disclosure(tr("What was tried"), lambda: card(self._tried), "tried")
        self.add(self._tried_part)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self._mend = plain_button("", "goAndMend")
        self._mend.clicked.connect(self._go_and_mend)
        self._again = plain_button(tr("Test again"), "testAgain")
        self._again.clicked.connect(self._test)
        self._skip = link_button(tr("Finish without a successful test"), "skipTest")
        self._skip.clicked.connect(self.context.store.skip_test)
        self._buttons = FlowRow(self._mend, self._again, self._skip)
        self.add(self._buttons)
        self._bundle = self.context.support.button("testBundle")
        self.add(FlowRow(self._bundle))

    def entered(self, state: SetupState) -> None:
        """Begin at once where somebody is signed in, unless there is a result that still holds.

        Without UbiQuity's own sign-in the test is made in UbiQuity; what can be seen from the
        account is looked at meanwhile.
        """
        connection = state.connection
        if self._own_test():
            if connection.result is None or not connection.result.finished:
                self._test()
        elif self._can_look(state) and connection.checked is None:
            self._look()

    def _look_how_long(self) -> None:
        self.show_state(self.context.store.state)

    def _lasts(self, state: SetupState) -> bool:
        """Tell whether what is being done takes so long that it is to be seen."""
        if state.busy is None:
            self._since = None
            self._timer.stop()
            return False
        if self._since is None:
            self._since = self.context.clock()
            self._timer.start()
        return self.context.clock() - self._since >= FLASH

    def _own_test(self) -> bool:
        state = self.context.store.state
        has_identity = state.signed_in is not None and state.signed_in.ubiquity is not None
        return state.practice or has_identity

    def _can_look(self, state: SetupState) -> bool:
        return state.signed_in is not None and state.draft is not None

    def _test(self) -> None:
        self.context.start("test", self._tested())

    async def _tested(self) -> None:
        await self.context.actions.test()
        reveal(self._result)

    def _look(self) -> None:
        signed_in = self.context.store.state.signed_in
        if signed_in is not None and signed_in.way is not None:
            self.context.start("test", self.context.actions.check(signed_in.way))

    def _ways(self, checked: CheckedAccount, status: LinkStatus) -> tuple[WayOn, ...]:
        if is_of_another_account(status):
            return ways_to_the_account(self.context)
        return way_to_mend(self.context, checked, status)

    def _go_and_mend(self) -> None:
        """Go where the trouble is mended; what is planned there is planned anew."""
        store = self.context.store
        page = self._mending_page(store.state)
        if page is not None:
            store.mend_at(page)

    def _mending_page(self, state: SetupState) -> str | None:
        trouble = _trouble(state)
        return None if trouble is None else mending_page(trouble, state.creation.method)

    def show_state(self, state: SetupState) -> None:
        """Redraw what is being tried, or the result."""
        own, connection = self._own_test(), state.connection
        said = headline(connection, own=own)
        lasts = self._lasts(state)
        self._how.setVisible(not own or (lasts and said is None))
        self._how.setText(introduction(own=own, practice=state.practice))
        self._failure.show_state(state)
        shows_chain = self._show_chain(state, own=own)
        self._told.setVisible(not own)
        self._told.show_state(state, knows_better=self._broken(state) is not None)
        self._show_rows(connection.result if own else None, folded=shows_chain)
        if state.busy is not None and not lasts:
            self._rows_card.hide()
        if said is not None and not own and not connection.worked:
            said = self._with_cause(said)
        self._show_headline(said, idle=state.busy is None)
        self._show_advice(state, own=own)
        self._show_buttons(state, own=own)

    def _show_chain(self, state: SetupState, *, own: bool) -> bool:
        """Show what lies behind the result, link by link."""
        checked, result = state.connection.checked, state.connection.result
        is_over = checked is not None and (not own or (result is not None and result.finished))
        self._chain.setVisible(is_over)
        if checked is not None and is_over:
            self._chain.show_checked(checked, result)
        return is_over

    def _show_rows(self, result: ConnectionResult | None, *, folded: bool) -> None:
        """Show each check: while they are made and where they are all there is, else folded."""
        self._rows_card.setVisible(result is not None and not folded)
        self._tried_part.setVisible(result is not None and folded)
        if result is not None:
            (self._tried if folded else self._rows).set_rows(check_rows(result))

    def _show_headline(self, said: Headline | None, *, idle: bool) -> None:
        self._result.setVisible(said is not None)
        if said is not None:
            self._result.set_kind(said.kind, said.word)
            self._result.show_text(said.text, said.values)
        words = f"{said.word}. {self._result.text}" if said is not None else ""
        tells_cause = said is not None and self._chain.cause in self._result.text
        if words and not self._chain.isHidden() and not tells_cause:
            words = f"{words} {self._chain.cause}"
        self._outcome.tell(words if idle else "")

    def _with_cause(self, said: Headline) -> Headline:
        """Return ``said`` with the first broken link, which stands further down."""
        cause = self._chain.cause_sentence if not self._chain.isHidden() else None
        if cause is None:
            return said
        return said._replace(text=f"{said.text} {cause.template}", values=cause.values)

    def _show_advice(self, state: SetupState, *, own: bool) -> None:
        """Show the guide's advice where nothing exacter is known."""
        trouble = _trouble(state) if own and self._broken(state) is None else None
        self._advice.setVisible(trouble is not None)
        if trouble is not None:
            self._advice.show_advice(advice(trouble))

    def _broken(self, state: SetupState) -> LinkStatus | None:
        return self._chain.broken if state.connection.checked is not None else None

    def _show_buttons(self, state: SetupState, *, own: bool) -> None:
        idle = state.busy is None
        connection, worked = state.connection, state.connection.worked
        tried = connection.result is not None or connection.in_ubiquity is not None
        page = self._mending_page(state) if idle and not self._mends(state) else None
        self._mend.setVisible(page is not None)
        if page is not None:
            title = next(tr(p.title) for p in SETUP if p.id == page)
            self._mend.setText(tr("Go to “{page}”").format(page=title))
        self._again.setVisible(idle and own and (worked or self._mends(state)))
        self._skip.setVisible(idle and not worked and (tried or not own))
        self._buttons.setVisible(idle and (tried or not own))
        self._bundle.setVisible(idle and tried and not worked)

    def _mends(self, state: SetupState) -> bool:
        """Tell whether this program is to mend what the test showed, as it made what is there."""
        checked, broken = state.connection.checked, self._broken(state)
        if checked is None or broken is None or state.connection.worked:
            return False
        is_its_way = state.creation.method is Method.CREATE
        return is_its_way and any(checked.mends(finding) for finding in broken.findings)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: testing, mending, looking an error up; None once it worked."""
        connection = state.connection
        answer = connection.in_ubiquity
        if not self._own_test() and answer is not None and answer.told is ToldAnswer.OTHER:
            return PrimaryAction(tr("Look the error up"), self.context.store.look_up_error)
        if connection.worked:
            return None
        if self._mends(state):
            return PrimaryAction(tr("Mend it"), self.context.store.mend)
        if not self._own_test():
            return None
        again = connection.result is not None and connection.result.finished
        return PrimaryAction(tr("Test again") if again else tr("Test the connection"), self._test)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the first answer, where UbiQuity makes the test."""
        del state
        return None if self._own_test() else self._told.first_control()

    def focus_control(self, name: str) -> QWidget | None:
        """Return the first answer."""
        return self._told.first_control() if name == "test" else None


def _trouble(state: SetupState) -> GuideHeading | None:
    """Return the guide's heading for what did not work, made here or told."""
    answer = state.connection.in_ubiquity
    if answer is not None and not answer.worked:
        return trouble_of_answer(answer.told)
    result = state.connection.result
    failed = result.first_failure if result and result.finished and not result.worked else None
    return None if failed is None else trouble_with(failed)
