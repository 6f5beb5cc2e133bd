"""What takes something away: a red button in the footer, which asks once before it does."""

from collections.abc import Callable

from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.state import SetupState
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import DestructiveAction, PrimaryAction
from app.ui.widgets.announcement import announce
from app.ui.widgets.callout import Callout
from app.ui.widgets.reveal import reveal


class Confirmation(Callout):
    """What will be lost, as a question; both answers stand in the footer, which is always in sight.

    The page shows it, and gives its answers to the window (``primary``, ``destructive``) for as
    long as it asks.
    """

    def __init__(
        self, context: PageContext, words: str, act: Callable[[], None], object_name: str
    ) -> None:
        """``words`` name what is done, ``act`` does it, ``object_name`` is the button's.

        What it begins takes the question back (``RunActions``): until then nothing else is said.
        """
        super().__init__("warning", f"{object_name}-question", context.masking)
        self.set_kind("warning", tr("Please confirm"))
        self._context = context
        self._words_to_act = words
        self._name = object_name
        self._act = act
        self._asking = False
        self.hide()

    def is_asked(self, state: SetupState) -> bool:
        """Return whether the question is open."""
        return state.confirming == self._name

    def show_state(self, state: SetupState, question: ValueSentence) -> None:
        """Show the question where it is open, and say it before its answers can have the focus."""
        asking = self.is_asked(state)
        self.setVisible(asking)
        self.show_text(question.template, question.values)
        if asking and not self._asking:
            announce(self, self.text)
            reveal(self)
        self._asking = asking

    def primary(self) -> PrimaryAction:
        """Return the safe answer."""
        return PrimaryAction(tr("Keep everything as it is"), self._keep, self.text)

    def destructive(self, state: SetupState) -> DestructiveAction:
        """Return what asks; where the question is open, what answers it with yes."""
        if self.is_asked(state):
            name = f"{self._name}-yes"
            return DestructiveAction(name, self._words_to_act, self._act, self.text)
        return DestructiveAction(self._name, self._words_to_act, self._ask)

    def _ask(self) -> None:
        self._context.store.confirm(self._name)

    def _keep(self) -> None:
        self._context.store.confirm(None)
