"""Test the connection: with UbiQuity's own identity where it is there, else as UbiQuity told."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.connection import ConnectionResult
from app.flow.wizard.pages import SETUP, Page
from app.flow.wizard.state import SetupState
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.answer_box import AnswerBox
from app.ui.parts.connection_words import (
    check_rows,
    failed_words,
    introduction,
    mending_page,
    success_words,
    trouble_with,
)
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.report.chain_view import ChainView
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body
from app.ui.widgets.progress_list import ProgressList
from app.ui.widgets.reveal import reveal


class ConnectionPage(WizardPage):
    """The proof, check by check, in the connector's order."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._how = body("", "test-how")
        self.add(self._how)
        self._told = AnswerBox(context)
        self.add(self._told)
        self._rows = ProgressList(context.masking, "checks", context.clock)
        self._rows_card = card(self._rows)
        self.add(self._rows_card)
        self._failure = FailureCallout(context, "failure-test")
        self.add(self._failure)
        self._result = Callout("good", "testResult", context.masking)
        self.add(self._result)
        self._advice = AdviceCard("testAdvice")
        self.add(self._advice)
        self._chain = ChainView(context.masking, "testChain")
        self.add(self._chain)
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

    def _own_test(self) -> bool:
        state = self.context.store.state
        has_identity = state.signed_in is not None and state.signed_in.ubiquity is not None
        return state.practice or has_identity

    def _test(self) -> None:
        self.context.start("test", self._tested())

    async def _tested(self) -> None:
        await self.context.actions.test()
        reveal(self._buttons)
        reveal(self._result)

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
        """Redraw checks, result and advice."""
        own, result = self._own_test(), state.connection.result
        self._how.setText(introduction(own=own, practice=state.practice))
        self._told.setVisible(not own)
        self._told.show_state(state)
        self._rows_card.setVisible(own and result is not None)
        if result is not None:
            self._rows.set_rows(check_rows(result))
        self._failure.show_state(state)
        self._show_result(result)
        self._show_chain(state)
        self._show_buttons(state, own=own)

    def _show_result(self, result: ConnectionResult | None) -> None:
        failed = result.first_failure if result and result.finished and not result.worked else None
        is_over = result is not None and result.finished and (result.worked or failed is not None)
        self._result.setVisible(is_over)
        trouble = trouble_with(failed) if failed is not None else None
        self._advice.setVisible(trouble is not None)
        if trouble is not None:
            self._advice.show_advice(advice(trouble))
        if result is not None and result.worked:
            self._result.set_kind("good")
            self._result.show_text(success_words(result))
        elif failed is not None:
            self._result.set_kind("bad")
            self._result.show_text(*failed_words(failed))

    def _show_chain(self, state: SetupState) -> None:
        """Show what lies behind the result: the chain, link by link."""
        checked, result = state.connection.checked, state.connection.result
        is_over = checked is not None and result is not None and result.finished
        self._chain.setVisible(is_over)
        if checked is not None and is_over:
            self._chain.show_report(checked.draft, checked.snapshot, checked.report)

    def _show_buttons(self, state: SetupState, *, own: bool) -> None:
        idle = state.busy is None
        connection, worked = state.connection, state.connection.worked
        tried = connection.result is not None or connection.in_ubiquity is not None
        page = self._mending_page(state) if idle else None
        self._mend.setVisible(page is not None)
        if page is not None:
            title = next(tr(p.title) for p in SETUP if p.id == page)
            self._mend.setText(tr("Go to “{page}”").format(page=title))
        self._again.setVisible(idle and own and worked)
        self._skip.setVisible(idle and not worked and (tried or not own))
        self._buttons.setVisible(idle and (tried or not own))

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Test the connection" until a test has worked."""
        result = state.connection.result
        if not self._own_test() or (result and result.worked):
            return None
        again = result is not None and result.finished
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
        return GuideHeading(answer.answer)
    result = state.connection.result
    failed = result.first_failure if result and result.finished and not result.worked else None
    return None if failed is None else trouble_with(failed)
