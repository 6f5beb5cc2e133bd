"""The question about a run that an earlier start of the program did not end."""

from PySide6.QtWidgets import QPushButton

from app.core.i18n import ntr, tr
from app.core.journal import Journal, RunKind, RunState, StepState
from app.flow.wizard.state import SetupState
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout

_MADE = frozenset({StepState.DONE, StepState.STARTED, StepState.KEPT, StepState.UNDOING})


class InterruptedCallout(Callout):
    """Says what was half done, and leads to where it can be gone on with or undone."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("warning", "interrupted", context.masking)
        self.take_up: QPushButton = plain_button(tr("Go on or undo"), "interruptedButton")
        self.take_up.clicked.connect(context.actions.past.take_up)
        leave = plain_button(tr("Leave it as it is"), "leaveInterrupted")
        leave.clicked.connect(
            lambda: context.start("leave", context.actions.past.leave_interrupted())
        )
        self.add_button(self.take_up)
        self.add_button(leave)
        self.hide()

    def show_state(self, state: SetupState) -> None:
        """Show the question while it is open."""
        journal = state.past.interrupted
        self.setVisible(journal is not None)
        if journal is not None:
            values = {"account": journal.account_id}
            self.show_text(_question(journal), values)


def _question(journal: Journal) -> str:
    made_count = sum(step.state in _MADE for step in journal.steps)
    count = ntr(
        "{made} of {steps} changes was made.",
        "{made} of {steps} changes were made.",
        made_count,
    ).format(made=made_count, steps=len(journal.steps))
    rest = tr("You can go on from there, or undo what was made.")
    return " ".join((_what(journal), count, rest))


def _what(journal: Journal) -> str:
    if journal.state is RunState.UNDOING:
        return tr("Taking changes back in AWS account {account} was interrupted.")
    if journal.kind is RunKind.REVOKE:
        return tr("Revoking UbiQuity’s access in AWS account {account} was interrupted.")
    return tr("A set-up in AWS account {account} was interrupted.")
