"""Someone else looks after our AWS: what to send them, on one page."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.draft import Draft
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.parts.again_callout import AgainCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.handoff_box import HandoffBox
from app.ui.parts.page_context import PageContext
from app.ui.parts.what_is_made import WhatIsMade
from app.ui.parts.wizard_page import WizardPage


class HandoffPage(WizardPage):
    """The text to send, a button that saves it with all documents, and what they will make."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._box: HandoffBox | None = None
        self._again = AgainCallout(page)
        self.add(self._again)
        self._failure = FailureCallout(context, "failure-handoff")
        self.add(self._failure)
        self._holder = QVBoxLayout()
        self.column.addLayout(self._holder)
        self._made = WhatIsMade(context.masking, "-handoff")
        self.add(self._made)

    def show_state(self, state: SetupState) -> None:
        """Redraw what is to be sent; it is kept while the draft stays the same."""
        draft = state.draft
        if draft is not None and draft != self._draft:
            self._draft = draft
            self._show_box(HandoffBox(self.context, draft))
        if self._box is not None:
            self._box.show_state(state)
        self._made.show_draft(draft)
        self._failure.show_state(state)
        self._again.show_state(state)

    def entered(self, state: SetupState) -> None:
        """Say what has changed since the text was sent."""
        del state
        self._again.announce()

    def _show_box(self, box: HandoffBox) -> None:
        if self._box is not None:
            self._holder.removeWidget(self._box)
            self._box.setParent(None)  # at once, so that no name is there twice
            self._box.deleteLater()
        self._box = box
        self._holder.addWidget(box)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the button that saves what to send."""
        del state
        return self._box.save_button if self._box is not None else None
