"""Why something asked of AWS did not work, where the person is looking, with a way on."""

from collections.abc import Callable
from typing import Final

from app.core.i18n import tr
from app.core.wording.failures import failure_words
from app.flow.wizard.pages import DETAILS_PAGE, shown_pages
from app.flow.wizard.state import Flow, Method, SetupState
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.reveal import reveal

CONFLICTS: Final = frozenset({"change.conflict", "role.misnamed", "role.path"})
"""What stands in the way on the practice AWS goes with everything else that was made there."""


class FailureCallout(Callout):
    """Shows the state's failure, and hides where there is none."""

    def __init__(
        self,
        context: PageContext,
        object_name: str,
        afterwards: Callable[[], None] = lambda: None,
    ) -> None:
        """``afterwards`` goes on with the page's work once the practice AWS is as at the start."""
        super().__init__("bad", object_name, context.masking)
        self._context = context
        self._afterwards = afterwards
        self._shown: object = None
        self._afresh = plain_button(tr("Start the practice AWS afresh"), f"{object_name}-afresh")
        self._afresh.clicked.connect(self._start_afresh)
        self.add_button(self._afresh)
        self._account = plain_button(tr("Change the account"), f"{object_name}-account")
        self._account.clicked.connect(lambda: context.store.go_to(DETAILS_PAGE.id))
        self.add_button(self._account)
        self._cloudshell = plain_button(tr("Do it in AWS CloudShell"), f"{object_name}-cloudshell")
        self._cloudshell.clicked.connect(lambda: context.store.go_by(Method.CLOUDSHELL))
        self.add_button(self._cloudshell)
        self.add_button(context.support.button(f"{object_name}-bundle"))
        self.hide()

    def show_state(self, state: SetupState) -> None:
        """Show ``state.failure``, or nothing."""
        failure = state.failure
        self.setVisible(failure is not None)
        if failure is not None:
            words = failure_words(failure, state.draft)
            self.show_text(words.template, words.values)
            self.show_code(failure.told_code)
            is_elsewhere = failure.finding == "signin.wrong-account"
            self._account.setVisible(is_elsewhere and DETAILS_PAGE in shown_pages(state))
            self._cloudshell.setVisible(self._leads_to_cloudshell(state))
            self._afresh.setVisible(state.practice and failure.finding in CONFLICTS)
            if failure is not self._shown:
                announce(self, self.text)
                reveal(self)
        self._shown = failure

    def _leads_to_cloudshell(self, state: SetupState) -> bool:
        """Tell whether the console may do what did not work from here: its sign-in is another."""
        finding = state.failure.finding if state.failure else None
        is_from_here = finding is not None and finding.startswith(("signin.", "env."))
        by_program = state.creation.method is Method.CREATE and state.flow is Flow.SETUP
        return is_from_here and by_program and self._context.cloudshell is not None

    def _start_afresh(self) -> None:
        async def afresh() -> None:
            await self._context.actions.reset_practice()
            self._afterwards()

        self._context.start("reset-practice", afresh())
