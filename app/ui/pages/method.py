"""How to do it: who makes the changes in AWS.

The first way is chosen when the page first comes up: it asks least of the person, nothing happens
in AWS before its review, and with it Next leads on at once.
"""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.flow.wizard.pages import Page
from app.flow.wizard.state import Method, SetupState
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.callout import Callout
from app.ui.widgets.radio_cards import RadioCards


class MethodPage(WizardPage):
    """The ways; they end at the same place."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._opened = Callout("good", "detailsFrom", context.masking)
        self.add(self._opened)
        self.add_body(tr("Who makes the changes in AWS?"))
        self._cards = RadioCards("method")
        self._cards.setAccessibleName(tr("Who makes the changes in AWS"))
        self._cards.set_options(
            [
                (
                    f"method-{Method.CREATE}",
                    tr("Create it for me"),
                    tr("With an AWS sign-in. You see each change first."),
                ),
                (
                    f"method-{Method.CONSOLE}",
                    tr("I’ll do it in the AWS console"),
                    tr("You do each step yourself."),
                ),
                *_cloudshell(context),
                (
                    f"method-{Method.HANDOFF}",
                    tr("Someone else looks after our AWS"),
                    tr("Without an AWS sign-in. You get a page to send."),
                ),
            ]
        )
        self._cards.chosen.connect(self._choose)
        self.add(self._cards)

    def _choose(self, option: str) -> None:
        self.context.store.choose_method(Method(option.removeprefix("method-")))

    def entered(self, state: SetupState) -> None:
        """Choose the first way where none is chosen yet."""
        if state.creation.method is None:
            self.context.store.choose_method(Method.CREATE)

    def show_state(self, state: SetupState) -> None:
        """Show the chosen way, and which file the details came in."""
        self._opened.setVisible(bool(state.details_source))
        self._opened.show_text(
            tr("{file}: the details are filled in. You see them before they are used."),
            {"file": state.details_source},
        )
        self._cards.choose(f"method-{state.creation.method}" if state.creation.method else None)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the chosen way, or the first."""
        card = self._cards.findChild(QWidget, f"method-{state.creation.method or Method.CREATE}")
        return card if isinstance(card, QWidget) else None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the chosen way, or the first."""
        return self.first_control(self.context.store.state) if name == "method" else None


def _cloudshell(context: PageContext) -> list[tuple[str, str, str]]:
    """Return the way through AWS CloudShell, where there is a program for it."""
    if context.cloudshell is None:
        return []
    about = tr("One command, in the console’s own shell.")
    return [(f"method-{Method.CLOUDSHELL}", tr("Do it in AWS CloudShell"), about)]
