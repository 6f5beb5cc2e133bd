"""On a page that was done: that it is to be done again, since the details have changed."""

from app.core.conventions import paragraph
from app.core.i18n import tr
from app.flow.wizard.pages import Page
from app.flow.wizard.redo import details_changed_since, why_again
from app.flow.wizard.state import SetupState
from app.ui.widgets.announcement import announce
from app.ui.widgets.callout import Callout


class AgainCallout(Callout):
    """Says what has changed since ``page`` was ticked; hidden while nothing has."""

    def __init__(self, page: Page) -> None:
        super().__init__("warning", f"again-{page.id}")
        self._page = page
        self.hide()

    def show_state(self, state: SetupState) -> None:
        """Show what has changed."""
        details = details_changed_since(state, self._page)
        self.setVisible(bool(details))
        if details:
            self.set_kind("warning", tr("To be done again"))
            words = tr("You have done this step already. Do it once more.")
            self.show_text(paragraph(words, why_again(details)))

    def announce(self) -> None:
        """Say it aloud, where there is something to say: the page has come up."""
        if not self.isHidden():
            announce(self, self.text)
