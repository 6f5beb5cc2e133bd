"""On the practice AWS: buttons that fill the form in with the practice account's own values."""

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.core.i18n import tr
from app.flow.ports import PracticeExample
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body


class PracticeValues(QFrame):
    """One button for each way; what it fills in can be changed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("practiceValues")
        self.setProperty("role", "callout")
        self.setProperty("kind", "note")
        buttons = FlowRow(*(self._button(example) for example in context.practice_examples))
        words = tr("To practise, fill in values of the practice account. You can change them:")
        column = QVBoxLayout(self)
        margin = GRID * 3 // 2
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(GRID)
        column.addWidget(body(words))
        column.addWidget(buttons)

    def _button(self, example: PracticeExample) -> QPushButton:
        button = plain_button(example.words, f"fill-{example.code}")
        words = tr("Fill in: {what}").format(what=example.words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._context.store.fill(example.form))
        return button
