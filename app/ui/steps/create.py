"""Review and create: the plan, then progress change by change, and what was done."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Change
from app.core.i18n import ntr, tr
from app.core.policies import document_text
from app.core.wording.changes import change_sentence, obstacle_sentence
from app.flow.create import ChangeProgress, ChangeState
from app.flow.pages import Page
from app.flow.setup_state import Creation, SetupState
from app.ui.context import PageContext
from app.ui.step_page import PrimaryAction, StepPage, left_aligned
from app.ui.steps.failure_callout import FailureCallout
from app.ui.steps.sign_in_box import SignInBox
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout, Kind
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.progress_list import ProgressList, ProgressRow, State

_STATES: dict[ChangeState, State] = {
    ChangeState.WAITING: "waiting",
    ChangeState.RUNNING: "running",
    ChangeState.SPREADING: "running",
    ChangeState.DONE: "done",
    ChangeState.FAILED: "failed",
    ChangeState.NOT_DONE: "skipped",
}


class CreatePage(StepPage):
    """Nothing is changed before the primary button is pressed here."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._documents_of: tuple[Change, ...] = ()
        self._sign_in = SignInBox(context)
        self.add(self._sign_in)
        self._summary = Callout("note", "planSummary", context.masking)
        self.add(self._summary)
        self._rows = ProgressList(context.masking, "changes")
        self.add(self._rows)
        self._obstacles = [Callout("warning", f"obstacle-{n}", context.masking) for n in range(4)]
        for obstacle in self._obstacles:
            self.add(obstacle)
        self._failure = FailureCallout(context, "failure-create")
        self.add(self._failure)
        self._again = plain_button(tr("Read the account again"), "readAgain")
        self._again.clicked.connect(self._prepare)
        self._afresh = plain_button(tr("Start the practice AWS afresh"), "practiceAfresh")
        self._afresh.clicked.connect(self._start_afresh)
        self._again_row = left_aligned(self._again, self._afresh)
        self.add(self._again_row)
        self._documents = QVBoxLayout()
        self._documents.setSpacing(2 * GRID)
        self.column.addLayout(self._documents)

    def entered(self, state: SetupState) -> None:
        """Read the account, unless that was done or somebody has to sign in first."""
        if state.creation is None and (state.practice or state.signed_in is not None):
            self._prepare()
        elif state.signed_in is None:
            self._sign_in.look_for_profiles()

    def _prepare(self) -> None:
        self.context.start("prepare", self.context.actions.prepare())

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
        self._rows.setVisible(creation is not None and bool(creation.plan.changes))
        waiting = state.busy is not None
        self._again_row.setVisible(
            not waiting and state.signed_in is not None and not _all_done(creation)
        )
        self._afresh.setVisible(
            state.practice and creation is not None and bool(creation.plan.cannot_mend)
        )
        self._show_obstacles(creation)
        if creation is not None:
            self._show_summary(creation)
            self._rows.set_rows(_rows(creation))
        self._show_documents(creation.plan.changes if creation else ())

    def _show_obstacles(self, creation: Creation | None) -> None:
        found = creation.plan.cannot_mend if creation else ()
        for number, callout in enumerate(self._obstacles):
            callout.setVisible(number < len(found))
            if number < len(found):
                words = obstacle_sentence(found[number])
                callout.show_text(words.template, words.values)

    def _show_summary(self, creation: Creation) -> None:
        kind, words = _summary(creation)
        self._summary.set_kind(kind)
        self._summary.show_text(words)

    def _show_documents(self, changes: tuple[Change, ...]) -> None:
        """Show the documents that the plan writes; they are kept while the plan stays."""
        if changes == self._documents_of:
            return
        self._documents_of = changes
        while (item := self._documents.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, change in enumerate(changes):
            view = self._document(number, change)
            if view is not None:
                self._documents.addWidget(view)

    def _document(self, number: int, change: Change) -> QWidget | None:
        draft = self.context.store.state.draft
        if draft is None or not isinstance(change.after, dict) or "Statement" not in change.after:
            return None
        view = DocumentView(self.context.masking, f"change-{number}")
        words = change_sentence(change)
        values = [draft.account_id, draft.database_id, *draft.bucket_names]
        title = words.template.format(
            **{k: self.context.masking.shown(v) for k, v in words.values.items()}
        )
        view.show_document(document_text(change.after), values, title, f"{change.kind}.json")
        return view

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Create in AWS" until everything is there."""
        creation = state.creation
        if creation is None or _all_done(creation) or not creation.plan.changes:
            return None
        if creation.plan.cannot_mend:
            return None
        if creation.progress and not creation.running:
            return PrimaryAction(tr("Read again"), self._prepare)
        words = tr("Create in the practice AWS") if state.practice else tr("Create in AWS")
        return PrimaryAction(
            words, lambda: self.context.start("create", self.context.actions.create())
        )

    def focus_control(self, name: str) -> QWidget | None:
        """Return the button that reads the account again."""
        return self._again if name == "create" else None


def _all_done(creation: Creation | None) -> bool:
    return creation is not None and creation.finished and not creation.plan.cannot_mend


def _rows(creation: Creation) -> list[ProgressRow]:
    progress = creation.progress or tuple(
        ChangeProgress(change, ChangeState.WAITING) for change in creation.plan.changes
    )
    rows = []
    for number, row in enumerate(progress):
        words = change_sentence(row.change)
        detail, values = _detail(row)
        rows.append(
            ProgressRow(
                f"change-{number}", words.template, words.values, _STATES[row.state], detail, values
            )
        )
    return rows


def _detail(row: ChangeProgress) -> tuple[str, dict[str, str]]:
    if row.state is ChangeState.SPREADING:
        return tr("AWS is still spreading what was just made. Trying again."), {}
    if row.failure is not None:
        return tr("AWS answered: {answer}"), {"answer": row.failure.message}
    if row.state is ChangeState.WAITING and row.change.reversible:
        return tr("Can be undone"), {}
    return "", {}


def _summary(creation: Creation) -> tuple[Kind, str]:
    count = len(creation.plan.changes)
    if creation.running:
        return "note", tr("Making the changes. Please leave this window open.")
    if _all_done(creation) and creation.progress:
        return "good", tr("All changes were made. Choose Next to add the connector in UbiQuity.")
    if _all_done(creation):
        return "good", tr("Nothing has to be changed: AWS already is as it should be.")
    if creation.plan.cannot_mend:
        return "warning", tr(
            "Something in your account stands in the way, so nothing will be changed."
        )
    if creation.stopped:
        return "warning", tr("You stopped. What is marked as done was made, the rest was not.")
    if creation.progress:
        return "bad", tr(
            "Not everything could be made. What is marked as done was made, the rest was not. "
            "Read the account again to go on from here."
        )
    return "note", ntr(
        "This {count} change will be made. Nothing else in your account is touched.",
        "These {count} changes will be made, in this order. Nothing else in your account is "
        "touched.",
        count,
    ).format(count=count)
