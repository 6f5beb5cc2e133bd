"""On the practice AWS: buttons that fill the form in with the practice account's own values."""

from PySide6.QtWidgets import QPushButton

from app.core.i18n import tr
from app.flow.ports.accounts import PracticeExample
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout


class PracticeValues(Callout):
    """One button for each way; what it fills in can be changed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("note", "practiceValues")
        self._context = context
        self.show_text(
            tr("To practise, fill in values of the practice account. You can change them.")
        )
        for example in context.practice_examples:
            self.add_button(self._button(example))

    def _button(self, example: PracticeExample) -> QPushButton:
        button = plain_button(example.words, f"fill-{example.code}")
        words = tr("Fill in: {what}").format(what=example.words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._fill(example))
        return button

    def _fill(self, example: PracticeExample) -> None:
        self._context.store.fill(example.form)
        announce(self, tr("Filled in: {what}").format(what=example.words))
