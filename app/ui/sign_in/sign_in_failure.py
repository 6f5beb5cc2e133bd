"""Why a sign-in did not work, above the panel in which it was tried."""

from collections.abc import Callable

from app.core.failure import AwsFailure
from app.core.wording.value_sentence import ValueSentence
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.callout import Callout
from app.ui.widgets.reveal import reveal


class SignInFailure(Callout):
    """Shows why a sign-in failed, which support can be told of, and hides where none did."""

    def __init__(self, context: PageContext, object_name: str) -> None:
        super().__init__("bad", object_name, context.masking)
        self._shown: AwsFailure | None = None
        self.add_button(context.support.button(f"{object_name}-bundle"))
        context.support.tell_with(lambda: self._shown)

    def show_failure(
        self, failure: AwsFailure | None, words_of: Callable[[AwsFailure], ValueSentence]
    ) -> None:
        """Show ``failure`` in the words of ``words_of``, or nothing; the same is said once."""
        self.setVisible(failure is not None)
        if failure is not None and failure is not self._shown:
            words = words_of(failure)
            self.show_text(words.template, words.values)
            self.show_code(failure.told_code)
            announce(self, self.text)
            reveal(self)
        self._shown = failure
