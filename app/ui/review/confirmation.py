"""A button that takes something away, and asks once before it does."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import destructive_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.reveal import reveal


class Confirmation(QWidget):
    """The button ``name``; once pressed, what will be lost, with a yes and a no."""

    def __init__(
        self, context: PageContext, words: str, act: Callable[[], None], object_name: str
    ) -> None:
        super().__init__()
        self.setObjectName(f"{object_name}-box")
        self._context = context
        self._name = object_name
        self._act = act
        self._ask = destructive_button(words, object_name)
        self._ask.clicked.connect(lambda: context.store.confirm(object_name))
        self._question = Callout("warning", f"{object_name}-question", context.masking)
        self._yes = destructive_button(words, f"{object_name}-yes")
        self._yes.clicked.connect(self._confirmed)
        no = plain_button(tr("Keep everything as it is"), f"{object_name}-no")
        no.clicked.connect(lambda: context.store.confirm(None))
        self._no = no
        self._question.add_button(self._yes)
        self._question.add_button(no)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._row = FlowRow(self._ask)
        column.addWidget(self._row)
        column.addWidget(self._question)
        self._asking = False

    def show_state(self, state: SetupState, question: ValueSentence) -> None:
        """Show the button, or the question where it was pressed."""
        asking = state.confirming == self._name
        self._row.setVisible(not asking)
        self._question.setVisible(asking)
        self._question.show_text(question.template, question.values)
        if asking and not self._asking:
            self._no.setFocus()
            reveal(self._question)
        self._asking = asking

    def _confirmed(self) -> None:
        self._context.store.confirm(None)
        self._act()
