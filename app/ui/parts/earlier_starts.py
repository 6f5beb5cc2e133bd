"""The questions that an earlier start of the program left, on Welcome."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.core.i18n import tr
from app.core.wording.unmarked_values import parted
from app.ui.parts.interrupted_callout import InterruptedCallout
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout

if TYPE_CHECKING:
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext


class EarlierStarts:
    """What an earlier start left: it is there only where something was left."""

    def __init__(self, context: "PageContext", layout: QVBoxLayout) -> None:
        """Make them in ``layout``; each is hidden until it is open."""
        self._resume = Callout("note", "resume")
        go_on = plain_button(tr("Go on where I was"), "resumeButton")
        anew = plain_button(tr("Start anew"), "startAnewButton")
        go_on.clicked.connect(context.store.resume)
        anew.clicked.connect(context.store.start_anew)
        self._resume.add_button(go_on)
        self._resume.add_button(anew)
        self.go_on = go_on
        self.interrupted = InterruptedCallout(context)
        self._damaged = Callout("warning", "damagedJournals", context.masking)
        for callout in (self._resume, self.interrupted, self._damaged):
            layout.addWidget(callout)

    def show_state(self, state: "SetupState") -> None:
        """Show those questions that are open."""
        self.interrupted.show_state(state)
        self._damaged.setVisible(bool(state.past.damaged_journals))
        damaged = parted("\n".join(state.past.damaged_journals))
        self._damaged.show_text(damaged.template, damaged.values)
        # One question at a time: what was half done in AWS comes first.
        self._resume.setVisible(state.past.resumable is not None and state.past.interrupted is None)
        if state.past.resumable is not None:
            self._resume.show_text(
                tr(
                    "You began a set-up earlier. What you typed is still here. Do you want to go "
                    "on with it?"
                )
            )
