"""Test the connection: as the customer, who watches for UbiQuity, or as UbiQuity itself."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.diagnosis.chain import LinkStatus
from app.core.draft import BucketEntry
from app.core.i18n import tr
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.checking import CheckedAccount
from app.flow.connection.tester import Tester
from app.flow.wizard.connection_standing import (
    asks_for_answer,
    can_test,
    has_begun_anew,
    is_stuck,
    is_ubiquitys_own,
    looks_up,
    tester_of,
)
from app.flow.wizard.pages import SETUP, Page
from app.flow.wizard.state import Method, SetupState
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.answer_box import AnswerBox
from app.ui.parts.connection_words import (
    Headline,
    headline,
    introduction,
    mending_page,
    trouble_at,
    trouble_of_answer,
    trouble_with,
)
from app.ui.parts.count_box import CountBox
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.support_box import SupportBox
from app.ui.parts.tried_box import TriedBox
from app.ui.parts.visit_box import VisitBox
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.report.chain_under_way import ChainUnderWay
from app.ui.report.chain_view import ChainView
from app.ui.report.link_card import WayOn
from app.ui.report.ways_on import is_of_another_account, way_to_mend, ways_to_the_account
from app.ui.widgets.announcement import nothing_said
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.flash import FLASH, LOOK_MS
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body
from app.ui.widgets.reveal import reveal
from app.ui.widgets.told import Announcer
from app.ui.widgets.value_text import ValueText

WATCH = "watch"
"""The task that looks for UbiQuity: it goes on while the person reads elsewhere."""


class ConnectionPage(WizardPage):
    """One result: a headline, what UbiQuity does next, and the chain, which fills in by link."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._outcome = Announcer(self)
        self._asks = False
        """Whether only UbiQuity's answer told when the page was drawn last."""
        self._since: float | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_how_long)
        self._failure = FailureCallout(context, "failure-test")
        self.add(self._failure)
        self._result = Callout("good", "testResult", context.masking)
        self.add(self._result)
        self._before = ValueText(context.masking, "testBefore")
        self._before.setProperty("role", "muted")
        self.add(self._before)
        self._how = body("", "test-how")
        self.add(self._how)
        self._visit = VisitBox(
            context, watch=self._watch, stop=self._stop_watching, press=self._press
        )
        self.add(self._visit)
        self._told = AnswerBox(context)
        self._telling = Disclosure(tr("Tell UbiQuity’s answer"), lambda: self._told, "telling")
        self.add(self._telling)
        self._advice = AdviceCard("testAdvice")
        self.add(self._advice)
        self._under_way = ChainUnderWay("underWay", context.clock)
        self.add(self._under_way)
        self._chain = ChainView(context.masking, "testChain", self._ways, with_verdict=False)
        self.add(self._chain)
        self._count = CountBox(context, self._begin_count, self._stop_count)
        self.add(self._count)
        self._support = SupportBox(context)
        self.add(self._support)
        self._tried = TriedBox(context)
        self.add(self._tried)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self._mend = plain_button("", "goAndMend")
        self._mend.clicked.connect(self._go_and_mend)
        self._again = plain_button(tr("Test again"), "testAgain")
        self._again.clicked.connect(self._test)
        self._skip = link_button("", "skipTest")
        self._skip.clicked.connect(self.context.store.skip_test)
        self._buttons = FlowRow(self._mend, self._again, self._skip)
        self.add(self._buttons)
        self._bundle = self.context.support.button("testBundle")
        self._role = link_button("", "practiseRole")
        self._role.clicked.connect(self._change_role)
        self._more = FlowRow(self._bundle, self._role)
        self.add(self._more)

    # What is begun

    def entered(self, state: SetupState) -> None:
        """Begin at once where somebody is signed in, unless there is a result that still holds.

        The watch for UbiQuity goes on from where it is.
        """
        result = state.connection.result
        holds = result is not None and result.finished and result.tester is tester_of(state)
        if can_test(state) and not holds:
            self._test()
        else:
            self._watch_once_ready()

    def _test(self) -> None:
        self.context.start("test", self._tested())

    async def _tested(self) -> None:
        await self.context.actions.connection.test()
        reveal(self._result)
        self._watch_once_ready()

    def _watch_once_ready(self) -> None:
        """Look for UbiQuity where nothing was found that keeps it out, unless that was done."""
        state = self.context.store.state
        connection = state.connection
        if connection.awaits_ubiquity and connection.watch is None and connection.visit is None:
            self._watch()

    def _watch(self) -> None:
        self.context.start_aside(WATCH, self.context.actions.connection.watch())

    def _stop_watching(self) -> None:
        self.context.tasks.cancel(WATCH)

    def _press(self) -> None:
        self.context.start("press", self.context.actions.connection.press_in_practice())

    def _begin_count(self, entry: BucketEntry) -> None:
        self.context.start_aside(_counting(entry), self.context.actions.connection.count(entry))

    def _stop_count(self, entry: BucketEntry) -> None:
        self.context.tasks.cancel(_counting(entry))

    def _change_role(self) -> None:
        self.context.start("test", self._changed_role())

    async def _changed_role(self) -> None:
        as_support = not is_ubiquitys_own(self.context.store.state)
        await self.context.actions.connection.practise_as(support=as_support)
        await self._tested()

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
        trouble, broken = self._trouble(state), self._broken(state)
        checked = state.connection.checked
        if trouble is GuideHeading.EXTERNAL_ID and checked is not None and not checked.keeps_out:
            return "details"  # the trust policy asks for the ID that stands there
        link = None if broken is None else broken.link
        return None if trouble is None else mending_page(trouble, state.creation.method, link)

    # What is shown

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

    def show_state(self, state: SetupState) -> None:
        """Redraw what is being tried, or the result."""
        own, connection = is_ubiquitys_own(state), state.connection
        lasts = self._lasts(state)
        if has_begun_anew(state) and not lasts:
            self._outcome.tell("")  # so that the same result is heard again
            return  # the last one stays for now: nothing flashes
        said = headline(connection, own=own)
        self._failure.show_state(state)
        self._show_chain(state, lasts=lasts)
        # While it presses its button stays where it is, and the focus on it.
        presses = connection.awaits_ubiquity and not connection.worked
        self._how.setVisible((not own and not can_test(state)) or (own and lasts and said is None))
        self._how.setText(introduction(own=own, practice=state.practice))
        self._visit.show_state(state, presses=presses, shown=not own)
        self._show_telling(state, own=own)
        self._count.show_state(state)
        self._support.show_state(state, own=own)
        self._tried.show_state(state)
        if said is not None and not own and not connection.worked:
            said = self._with_cause(said)
        self._show_headline(said, idle=state.busy is None)
        self._show_before(state, own=own)
        self._show_advice(state, own=own)
        self._show_buttons(state, own=own)

    def _show_chain(self, state: SetupState, *, lasts: bool) -> None:
        """Show what lies behind the result, link by link; while it is tested, as links fill in."""
        connection = state.connection
        result, checked = connection.result, connection.checked
        self._chain.setVisible(checked is not None)
        if checked is not None:
            before = connection.before.checked if connection.before is not None else None
            self._chain.show_checked(checked, result, connection.visit, before)
        fills_in = result is not None and checked is None and (lasts or state.busy is None)
        self._under_way.setVisible(fills_in)
        if result is not None and checked is None:
            self._under_way.show_result(result)

    def _show_telling(self, state: SetupState, *, own: bool) -> None:
        """Ask for what UbiQuity answered; at once where nothing else tells."""
        is_idle = state.busy is None
        self._telling.setVisible(not own and (is_idle or self._telling.open))
        self._told.show_state(state, knows_better=self._broken(state) is not None)
        asks = not own and asks_for_answer(state)
        if asks and not self._asks and not self._telling.open:
            with nothing_said():  # what asks for the answer is heard
                self._telling.toggle()
        self._asks = asks

    def _show_headline(self, said: Headline | None, *, idle: bool) -> None:
        self._result.setVisible(said is not None)
        if said is not None:
            self._result.set_kind(said.kind, said.word)
            self._result.show_text(said.text, said.values)
        words = paragraph(as_sentence(said.word), self._result.text) if said is not None else ""
        tells_cause = said is not None and self._chain.cause in self._result.text
        if words and not self._chain.isHidden() and not tells_cause:
            words = paragraph(words, self._chain.cause)
        self._outcome.tell(words if idle else "")

    def _show_before(self, state: SetupState, *, own: bool) -> None:
        """Show what the test before this one came to."""
        before = state.connection.before
        said = headline(before, own=own, asks=False) if before is not None else None
        self._before.setVisible(said is not None)
        if said is not None:
            words = tr("Before: {result}").replace(
                "{result}", paragraph(as_sentence(said.word), said.text)
            )
            self._before.show_text(words, said.values)

    def _with_cause(self, said: Headline) -> Headline:
        """Return ``said`` with the first broken link, which stands further down."""
        cause = self._chain.cause_sentence if not self._chain.isHidden() else None
        if cause is None:
            return said
        return said._replace(text=paragraph(said.text, cause.template), values=cause.values)

    def _show_advice(self, state: SetupState, *, own: bool) -> None:
        """Show the guide's advice where nothing exacter is known."""
        trouble = self._trouble(state) if own and self._broken(state) is None else None
        self._advice.setVisible(trouble is not None)
        if trouble is not None:
            self._advice.show_advice(advice(trouble))

    def _broken(self, state: SetupState) -> LinkStatus | None:
        return self._chain.broken if state.connection.checked is not None else None

    def _show_buttons(self, state: SetupState, *, own: bool) -> None:
        is_idle = state.busy is None
        connection, worked = state.connection, state.connection.worked
        tried = connection.result is not None or connection.in_ubiquity is not None
        page = self._mending_page(state) if is_idle and not self._mends(state) else None
        self._mend.setVisible(page is not None)
        if page is not None:
            title = next(tr(p.title) for p in SETUP if p.id == page)
            self._mend.setText(tr("Go to “{page}”").format(page=title))
        offers_again = connection.result is not None and not self._leads_to_test(state)
        self._again.setVisible(is_idle and offers_again)
        leads_on = worked or connection.is_seen
        self._skip.setVisible(is_idle and not leads_on and (tried or not own))
        untested, unsuccessful = tr("Finish untested"), tr("Finish without a successful test")
        self._skip.setText(unsuccessful if is_stuck(state) else untested)
        self._buttons.setVisible(is_idle and (tried or not own))
        offers_bundle = is_idle and tried and not worked and state.failure is None
        self._bundle.setVisible(offers_bundle and is_stuck(state))
        self._role.setVisible(state.practice and is_idle)
        self._more.setVisible(not (self._bundle.isHidden() and self._role.isHidden()))
        as_customer = tr("Practise as the customer")
        self._role.setText(as_customer if own else tr("Practise as UbiQuity’s support"))

    def _mends(self, state: SetupState) -> bool:
        """Tell whether this program is to mend what the test showed, as it made what is there."""
        checked, broken = state.connection.checked, self._broken(state)
        if checked is None or broken is None or state.connection.worked:
            return False
        is_its_way = state.creation.method is Method.CREATE
        return is_its_way and any(checked.mends(finding) for finding in broken.findings)

    def _leads_to_test(self, state: SetupState) -> bool:
        """Tell whether the primary button tests, so that no other needs to."""
        connection = state.connection
        leads_elsewhere = looks_up(state) or connection.worked or self._mends(state)
        return not leads_elsewhere and can_test(state) and not connection.awaits_ubiquity

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: testing, mending, looking an error up; None where it is Next."""
        connection = state.connection
        if looks_up(state):
            return PrimaryAction(tr("Look the error up"), self.context.store.look_up_error)
        if connection.worked:
            return None
        if self._mends(state):
            return PrimaryAction(tr("Mend it"), self.context.store.mend)
        if not self._leads_to_test(state):
            return None
        again = connection.result is not None and connection.result.finished
        return PrimaryAction(tr("Test again") if again else tr("Test the connection"), self._test)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the first answer, where nothing but UbiQuity's answer tells."""
        return None if can_test(state) else self._told.first_control()

    def focus_control(self, name: str) -> QWidget | None:
        """Return the first answer, or what opens the answers."""
        if name != "test":
            return None
        return self._told.first_control() if self._telling.open else self._telling.buttons[0]

    def _trouble(self, state: SetupState) -> GuideHeading | None:
        """Return the guide's heading for what did not work, made here or told."""
        connection = state.connection
        if connection.in_ubiquity is not None and not connection.in_ubiquity.worked:
            return trouble_of_answer(connection.in_ubiquity.told)
        result = connection.result
        if result is None or not result.finished or result.worked:
            return None
        if result.tester is Tester.CUSTOMER:
            broken = self._broken(state)
            return None if broken is None else trouble_at(broken)
        return None if result.first_failure is None else trouble_with(result.first_failure)


def _counting(entry: BucketEntry) -> str:
    return f"count {entry.name}/{entry.prefix}"
