"""Your details: the guide's "Before you begin" table as a form."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import paragraph
from app.core.guide import DATABASE_ID_PLACE
from app.core.i18n import mark, tr
from app.core.phrase import PhraseOf
from app.core.sign_in import ByConsole
from app.flow.wizard.details_state import Source
from app.flow.wizard.pages import Page
from app.flow.wizard.redo import again_by_field, again_sentences
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.bucket_card import BucketCard
from app.ui.parts.field_binding import bind, one_message, show_field
from app.ui.parts.page_context import PageContext
from app.ui.parts.phrase_row import PhraseRow
from app.ui.parts.practice_values import PracticeValues
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.field import Field
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.focus_order import controls_in_order, is_tab_stop
from app.ui.widgets.frames import stacked
from app.ui.widgets.headings import body
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.turns import Turns

_ACCOUNT_HELP: Final = mark("12 digits. In AWS: the account menu, top right.")


class DetailsPage(WizardPage):
    """The form. Every edit goes to the store, and the form is redrawn from it."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._intro = body("", "details-intro")
        self.add(self._intro)
        self._add_practice_values()
        masking = context.masking
        self._account = Field(
            tr("AWS account ID"),
            tr(_ACCOUNT_HELP),
            "accountId",
            masking,
        )
        self._database = Field(
            tr("UbiQuity Account ID"),
            tr("In UbiQuity: {place}.").format(place=DATABASE_ID_PLACE),
            "databaseId",
            masking,
        )
        bind(self._account, context.store, "account_id")
        bind(self._database, context.store, "database_id")
        self._phrases = {
            "account_id": PhraseRow(
                context, PhraseOf.ACCOUNT, tr("AWS account ID"), "accountId-phrase"
            ),
            "database_id": PhraseRow(
                context, PhraseOf.DATABASE, tr("UbiQuity Account ID"), "databaseId-phrase"
            ),
        }
        self.add(stacked(self._account, self._phrases["account_id"]))
        self.add(stacked(self._database, self._phrases["database_id"]))
        self._again_said = ""
        self._cards: list[BucketCard] = []
        self._are_made = False
        """Whether all cards were there once: one that is added is made at once."""
        self._turns = Turns(self, self._make_next)
        self._buckets = QVBoxLayout()
        self._buckets.setSpacing(2 * GRID)
        self.column.addLayout(self._buckets)
        self._over_all = MessageLine(masking, "buckets-message")
        self.add(self._over_all)
        self._add = plain_button(tr("Add another bucket or folder"), "addBucket")
        self._add.clicked.connect(self._add_bucket)
        self.add(FlowRow(self._add))

    def _add_practice_values(self) -> None:
        """Add the practice account's values, and the button that brings them up."""
        self._practice: PracticeValues | None = None
        self._practice_more = link_button(tr("Fill in practice values"), "practiceMore")
        self._practice_more.clicked.connect(self._open_practice_values)
        self._is_practice_open = False
        self._practice_row = FlowRow(self._practice_more)
        self.add(self._practice_row)
        if self.context.practice_examples:
            self._practice = PracticeValues(self.context)
            self.add(self._practice)

    def _open_practice_values(self) -> None:
        self._is_practice_open = True
        self._show_practice_values(self.context.store.state)
        if self._practice is not None:
            next(filter(is_tab_stop, controls_in_order(self._practice))).setFocus()

    def _show_practice_values(self, state: SetupState) -> None:
        """Show them, but for whoever practises to sign in and choose: there they are asked for."""
        signed_in = state.signed_in
        chooses = signed_in is not None and isinstance(signed_in.way, ByConsole)
        is_shown = not chooses or self._is_practice_open
        if self._practice is not None:
            self._practice.setVisible(is_shown)
        self._practice_row.setVisible(self._practice is not None and not is_shown)

    def entered(self, state: SetupState) -> None:
        """Read which buckets there are to choose from, and what AWS says of those named."""
        self._let_cards_come()
        offers = self.context.actions.offers
        if state.signed_in is not None:
            self.context.start("offers", offers.learn_all() if state.offers.read else offers.look())

    def _show_sign_in(self, state: SetupState) -> None:
        """Say what is left to do, and that the account is that of the sign-in."""
        words = tr("Fill these in once. All that follows uses them.")
        if state.signed_in is not None:
            words = tr("Paste your UbiQuity Account ID and choose your bucket. AWS tells the rest.")
        self._intro.setText(words)
        from_aws = state.details.sources.get("account_id") is Source.AWS
        self._account.set_helper(tr("From your sign-in.") if from_aws else tr(_ACCOUNT_HELP))

    def _add_bucket(self) -> None:
        self._turns.finish()
        self.context.store.add_bucket()
        self._cards[-1].name.control.setFocus()

    def show_state(self, state: SetupState) -> None:
        """Redraw all fields, and as many cards as there are buckets."""
        again = again_by_field(state)
        for name, field in (("account_id", self._account), ("database_id", self._database)):
            show_field(field, state, name, again.get(name, ""))
        for name, phrase in self._phrases.items():
            phrase.show_value(state.details.value_of(name) if self.context.masking.on else "")
        count = len(state.details.form.buckets)
        while len(self._cards) > count:
            card = self._cards.pop()
            self._buckets.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < (count if self._are_made else 1):
            self._make_card()
        for card in self._cards:
            card.show_state(state, again, alone=count == 1)
        self._show_over_all(state, again.get("buckets", ""))
        self._announce_again(state)
        self._show_sign_in(state)
        self._show_practice_values(state)
        self._are_made = self._are_all_there(count)
        if self.isVisible():
            self._let_cards_come()

    def _let_cards_come(self) -> None:
        """Make the cards that are not there yet, once the page is seen with its first."""
        if not self._are_made:
            self._turns.begin()

    def _are_all_there(self, count: int) -> bool:
        return len(self._cards) == count and not self._cards[-1].isHidden()

    def _make_card(self, *, hidden: bool = False) -> BucketCard:
        card = BucketCard(len(self._cards), self.context)
        if hidden:
            card.hide()
        self._cards.append(card)
        self._buckets.addWidget(card)
        return card

    def _make_next(self) -> bool:
        """Make one more card, or show the one that was made; return whether there is more to come.

        All at once would hold up the window when the page is opened; to make a card takes as long
        as to dress it and to lay the page out with it.
        """
        state = self.context.store.state
        count = len(state.details.form.buckets)
        if self._cards[-1].isHidden():
            self._cards[-1].show()
        elif len(self._cards) < count:
            card = self._make_card(hidden=True)
            card.show_state(state, again_by_field(state), alone=count == 1)
        self._are_made = self._are_all_there(count)
        return not self._are_made

    def _announce_again(self, state: SetupState) -> None:
        """Say aloud what is to be done again, when that changes: the line may be out of sight."""
        if state.draft is None:
            return  # something is being typed
        sentence = paragraph(*again_sentences(state))
        if sentence and sentence != self._again_said and self.isVisible():
            announce(self, sentence)
        self._again_said = sentence

    def _show_over_all(self, state: SetupState, again: str) -> None:
        """Say what is wrong with the buckets together, or what their number makes to do again."""
        problems = state.details.check.problems("buckets")
        if problems:
            text, values = one_message(problems)
            self._over_all.show_message("error", text, None, values)
        else:
            self._over_all.show_message("note" if again else None, again)

    def first_control(self, state: SetupState) -> QWidget:
        """Return the first field that something is missing in, else the first of all."""
        errors = state.details.check.errors
        return (self.focus_control(errors[0].field) if errors else None) or self._account.control

    def focus_control(self, name: str) -> QWidget | None:
        """Return the control of a field by the draft's name for it."""
        fields: dict[str, Callable[[], QWidget]] = {
            "account_id": lambda: self._account.control,
            "database_id": lambda: self._database.control,
            "buckets": lambda: self._add,
        }
        if name in fields:
            return fields[name]()
        control = self._control_in_card(name)
        if control is None and self._turns.under_way:
            self._turns.finish()
            control = self._control_in_card(name)
        return control

    def _control_in_card(self, name: str) -> QWidget | None:
        return next(filter(None, (card.control_of(name) for card in self._cards)), None)
