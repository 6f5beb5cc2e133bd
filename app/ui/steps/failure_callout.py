"""Why something asked of AWS did not work, where the person is looking, with a way on."""

from app.core.i18n import tr
from app.core.wording.failures import failure_words
from app.flow.setup_state import SetupState
from app.ui.context import PageContext
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout

CONFLICTS = frozenset({"change.conflict"})


class FailureCallout(Callout):
    """Shows the state's failure, and hides where there is none."""

    def __init__(self, context: PageContext, object_name: str) -> None:
        super().__init__("bad", object_name, context.masking)
        self._context = context
        self._afresh = plain_button(tr("Start the practice AWS afresh"), f"{object_name}-afresh")
        self._afresh.clicked.connect(self._start_afresh)
        self.add_button(self._afresh)
        self.hide()

    def show_state(self, state: SetupState) -> None:
        """Show ``state.failure``, or nothing."""
        failure = state.failure
        self.setVisible(failure is not None)
        if failure is None:
            return
        words = failure_words(failure)
        self.show_text(words.template, words.values)
        self._afresh.setVisible(state.practice and failure.finding in CONFLICTS)

    def _start_afresh(self) -> None:
        self._context.start("reset-practice", self._context.actions.reset_practice())
