"""Someone else looks after our AWS: what to send them, on one page."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.again_callout import AgainCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.handoff_box import HandoffBox
from app.ui.parts.page_context import PageContext
from app.ui.parts.what_is_made import WhatIsMade
from app.ui.parts.wizard_page import WizardPage
from app.ui.report.sent_back import SentBackBox
from app.ui.widgets.headings import body


class HandoffPage(WizardPage):
    """The files to send and the text of the mail, and what they will make."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._again = AgainCallout(page)
        self.add(self._again)
        self._failure = FailureCallout(context, "failure-handoff")
        self.add(self._failure)
        self._box = HandoffBox(context)
        self.add(self._box)
        self._sent = SentBackBox(
            context,
            "-handoff",
            tr("Paste what your administrator sent back"),
            tr(
                "Look below at what is not in order, copy the message about it for your "
                "administrator, and ask them to look again."
            ),
        )
        self.add_group(
            tr("What your administrator sent back"),
            body(
                tr(
                    "Paste your administrator’s answer, the role’s ARN, or drop a file that "
                    "was sent back."
                )
            ),
            self._sent,
        )
        self.add(self._sent.results)
        self.add_body(tr("This is what your administrator will make:"))
        self._made = WhatIsMade(context.masking, "-handoff")
        self.add(self._made)

    def show_state(self, state: SetupState) -> None:
        """Redraw what is to be sent; it is kept while draft and form stay the same."""
        self._box.show_state(state)
        self._sent.show_state(state)
        self._made.show_draft(state.draft)
        self._failure.show_state(state)
        self._again.show_state(state)

    def entered(self, state: SetupState) -> None:
        """Say what has changed since the text was sent."""
        del state
        self._again.announce()

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the button that saves what to send."""
        del state
        return self._box.save_button
