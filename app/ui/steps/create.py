"""Review and create: the plan, then progress change by change, and what was done."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Change
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.policies import document_text
from app.core.wording.changes import obstacle_sentence
from app.flow.pages import Page
from app.flow.setup_state import Creation, SetupState
from app.ui.context import PageContext
from app.ui.reveal import reveal
from app.ui.step_page import PrimaryAction, StepPage, card, left_aligned
from app.ui.steps.creation_words import all_made, change_rows, document_title, summary
from app.ui.steps.failure_callout import FailureCallout
from app.ui.steps.sign_in_box import SignInBox
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.progress_list import ProgressList

_MOST_OBSTACLES = 8


class CreatePage(StepPage):
    """Nothing is changed before the primary button is pressed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._documents_of: tuple[Change, ...] = ()
        self.add_body(
            tr("The account is read first. Nothing is changed until you have seen it and agreed.")
        )
        self._sign_in = SignInBox(context, self._sign_in_and_read)
        self.add(self._sign_in)
        self._failure = FailureCallout(context, "failure-create")
        self.add(self._failure)
        self._summary = Callout("note", "planSummary", context.masking)
        self.add(self._summary)
        self._obstacles = [
            Callout("warning", f"obstacle-{number}", context.masking)
            for number in range(_MOST_OBSTACLES)
        ]
        for obstacle in self._obstacles:
            self.add(obstacle)
        self._rows = ProgressList(context.masking, "changes", context.clock)
        self._rows_card = card(self._rows)
        self.add(self._rows_card)
        self._add_buttons()
        self._documents = QVBoxLayout()
        self._documents.setSpacing(2 * GRID)
        self.column.addLayout(self._documents)

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

    def _prepare(self) -> None:
        self.context.start("prepare", self.context.actions.prepare())

    def _create(self) -> None:
        self.context.start("create", self.context.actions.create())
        reveal(self._summary)

    def _sign_in_and_read(self) -> None:
        profile = self._sign_in.profile

        async def sign_in_and_read() -> None:
            if await self.context.actions.sign_in(profile) is not None:
                await self.context.actions.prepare()

        self.context.start("prepare", sign_in_and_read())

    def _start_afresh(self) -> None:
        async def afresh() -> None:
            await self.context.actions.reset_practice()
            await self.context.actions.prepare()

        self.context.start("prepare", afresh())

    def show_state(self, state: SetupState) -> None:
        """Redraw plan, progress and outcome."""
        creation = state.creation
        self._sign_in.show_state(state)
        self._failure.show_state(state)
        self._summary.setVisible(creation is not None)
        if creation is not None:
            kind, words = summary(creation)
            self._summary.set_kind(kind)
            self._summary.show_text(words)
        self._show_obstacles(creation)
        self._show_rows(creation)
        self._show_buttons(state)
        self._show_documents(creation, state.draft)

    def _show_obstacles(self, creation: Creation | None) -> None:
        found = creation.plan.cannot_mend if creation else ()
        for number, callout in enumerate(self._obstacles):
            callout.setVisible(number < len(found))
            if number < len(found):
                words = obstacle_sentence(found[number])
                callout.show_text(words.template, words.values)

    def _show_rows(self, creation: Creation | None) -> None:
        """Show the changes; where something stands in the way none of them will be made."""
        planned = creation is not None and bool(creation.plan.changes)
        self._rows_card.setVisible(
            planned and creation is not None and not creation.plan.cannot_mend
        )
        if creation is not None:
            self._rows.set_rows(change_rows(creation))

    def _show_buttons(self, state: SetupState) -> None:
        creation, idle = state.creation, state.busy is None
        stuck = state.failure is not None or (
            creation is not None and bool(creation.plan.cannot_mend)
        )
        unread = not state.practice and state.signed_in is None
        ready = creation is not None and not creation.progress and not all_made(creation)
        self._again.setVisible(idle and ready and not stuck)
        self._afresh.setVisible(idle and state.practice and stuck)
        self._other.setVisible(idle and (stuck or unread))
        self._buttons.setVisible(idle and (ready or stuck or unread))

    def _show_documents(self, creation: Creation | None, draft: Draft | None) -> None:
        """Show the documents that the plan writes; they are kept while the plan stays."""
        changes = creation.plan.changes if creation and not creation.plan.cannot_mend else ()
        if changes == self._documents_of:
            return
        self._documents_of = changes
        while (item := self._documents.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once, so that no name is there twice
                widget.deleteLater()
        for number, change in enumerate(changes):
            title = document_title(change)
            if title and draft is not None and isinstance(change.after, dict):
                self._documents.addWidget(self._document(number, change, title, draft))

    def _document(self, number: int, change: Change, title: str, draft: Draft) -> DocumentView:
        values = [draft.account_id, draft.database_id, *draft.bucket_names]
        values += [entry.prefix for entry in draft.buckets if entry.prefix]
        text = document_text(change.after if isinstance(change.after, dict) else {})
        view = DocumentView(self.context.masking, f"document-{number}")
        view.show_document(text, list(dict.fromkeys(values)), title, f"{change.kind}.json")
        return view

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return what leads on: signing in, reading, creating; None once all is there."""
        creation = state.creation
        if all_made(creation):
            return None
        if creation is None and self._must_sign_in(state):
            return PrimaryAction(tr("Sign in"), self._sign_in_and_read)
        if creation is None and state.busy is None:
            return PrimaryAction(tr("Read the account"), self._prepare)
        if creation and not creation.running and (creation.progress or creation.plan.cannot_mend):
            return PrimaryAction(tr("Read the account again"), self._prepare)
        words = tr("Create in the practice AWS") if state.practice else tr("Create in AWS")
        return PrimaryAction(words, self._create)

    def _must_sign_in(self, state: SetupState) -> bool:
        wrong = state.failure is not None and state.failure.finding == "signin.wrong-account"
        return not state.practice and (state.signed_in is None or wrong)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the field for the sign-in, while there is none."""
        return self._sign_in.control if self._must_sign_in(state) else None
