"""What UbiQuity's support decides of its test, and what the test could not clean up."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.i18n import tr
from app.core.left_over import LeftOver
from app.core.wording.connection_test import left_words, probe_words
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.callout import Callout
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.frames import card
from app.ui.widgets.headings import muted
from app.ui.widgets.told import Announcer
from app.ui.widgets.value_text import ValueText


class SupportBox(QWidget):
    """The consent to a test with a file of its own, and the left-overs of the last one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._left: tuple[LeftOver, ...] = ()
        self._told = Announcer(self)
        self._headline = Callout("warning", "leftOvers")
        self._holder = QVBoxLayout()
        self._bullets: Bullets | None = None
        self._agree = CheckBox(tr("With the next test, also write a test file"), "withFile")
        self._agree.toggled.connect(lambda on: context.actions.connection.agree_to_file(on=on))
        self._agree_card = card(self._agree, *(muted(words) for words in probe_words()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._headline)
        column.addLayout(self._holder)
        column.addWidget(self._agree_card)

    def show_state(self, state: SetupState, *, own: bool) -> None:
        """Show what is agreed to; ``own`` tells that the sign-in is UbiQuity's."""
        self.setVisible(own and state.busy is None)
        self._agree.blockSignals(True)
        self._agree.setChecked(state.connection.with_file)
        self._agree.blockSignals(False)
        result = state.connection.result
        self._show_left(result.left if result is not None and own else ())

    def _show_left(self, left: tuple[LeftOver, ...]) -> None:
        self._headline.setVisible(bool(left))
        if left == self._left:
            return
        self._left = left
        if self._bullets is not None:
            self._holder.removeWidget(self._bullets)
            self._bullets.setParent(None)  # at once, so that no name is there twice
            self._bullets.deleteLater()
            self._bullets = None
        if not left:
            self._told.tell("")
            return
        self._headline.set_kind("warning", tr("Something was left in the bucket"))
        self._headline.show_text(tr("The test could not clean up everything that it wrote."))
        self._bullets = Bullets("leftOver")
        for each in left:
            words = left_words(each)
            text = ValueText(self._context.masking)
            text.show_text(words.template, words.values)
            self._bullets.add(text)
        self._holder.addWidget(self._bullets)
        self._told.tell(paragraph(as_sentence(self._headline.word), self._headline.text))
