"""The question about a run that an earlier start of the program did not end."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from app.core.conventions import paragraph
from app.core.i18n import tr
from app.core.journal import RunKind, RunState
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.told import Announcer

if TYPE_CHECKING:
    from app.core.journal import Journal
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext


class InterruptedCallout(Callout):
    """Says what was half done, and leads to where it can be gone on with or undone."""

    def __init__(self, context: "PageContext") -> None:
        super().__init__("warning", "interrupted", context.masking)
        self._context = context
        self.take_up: QPushButton = plain_button(tr("Go on or undo"), "interruptedButton")
        self.take_up.clicked.connect(self._take_up)
        leave = plain_button(tr("Leave it as it is"), "leaveInterrupted")
        leave.clicked.connect(
            lambda: context.start("leave", context.actions.past.leave_interrupted())
        )
        self._told = Announcer(self)
        self.add_button(self.take_up)
        self.add_button(leave)
        self.hide()

    def _take_up(self) -> None:
        self._context.actions.past.take_up()

    def show_state(self, state: "SetupState") -> None:
        """Show the question while it is open."""
        journal = state.past.interrupted
        self.setVisible(journal is not None)
        if journal is not None:
            values = {"account": journal.account_id}
            self.show_text(_question(journal), values)
        self._told.tell(self.text if journal is not None else "")


def _question(journal: "Journal") -> str:
    from app.core.wording.how_far import how_far

    rest = tr("You can go on from there, or undo what was made.")
    if journal.state is RunState.UNDOING:
        rest = tr("You can go on taking it back.")
    return paragraph(_what(journal), how_far(journal), rest)


def _what(journal: "Journal") -> str:
    from app.core.changes.mending import is_mending

    if journal.state is RunState.UNDOING:
        return tr("Taking changes back in AWS account {account} was interrupted.")
    if journal.kind is RunKind.REVOKE:
        return tr("Revoking UbiQuity’s access in AWS account {account} was interrupted.")
    if is_mending(step.change for step in journal.steps):
        return tr("Mending the set-up in AWS account {account} was interrupted.")
    return tr("A set-up in AWS account {account} was interrupted.")
