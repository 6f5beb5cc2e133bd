"""What UbiQuity's own Test Connection answered, as the person tells it."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.explain.explain import explain
from app.core.i18n import tr
from app.core.told.answer import ToldAnswer
from app.core.wording.console_labels import SUCCESS
from app.core.wording.findings import cause_title
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.wizard.state import SetupState
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from app.ui.look.style_sheet import GRID
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.connection_words import trouble_of_answer
from app.ui.parts.page_context import PageContext
from app.ui.widgets.callout import Callout
from app.ui.widgets.eye import Eye
from app.ui.widgets.file_drops import leave_files_to_window
from app.ui.widgets.frames import beside
from app.ui.widgets.headings import muted
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.radio_cards import RadioCards

_LINES: Final = 3


class AnswerBox(QWidget):
    """The answers, one of them success; each other shows the guide's advice for it.

    UbiQuity's text can be pasted instead: it picks the answer that it is. Another error than the
    guide's is looked up on a page of its own: the primary button leads there.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._read = ""
        self._cards = RadioCards("told")
        self._cards.setAccessibleName(tr("What UbiQuity answered"))
        self._cards.set_options(
            [
                (
                    "told-success",
                    f"“{SUCCESS}”",
                    tr("UbiQuity has verified the connection."),
                ),
                *((f"told-{trouble}", advice(trouble).title, "") for trouble in GuideHeading),
                (
                    f"told-{ToldAnswer.OTHER}",
                    tr("Another error"),
                    tr("Copy it in UbiQuity, and paste it here or on the next page."),
                ),
            ]
        )
        self._cards.chosen.connect(self._chosen)
        prompt = tr("Or paste what UbiQuity answered:")
        self._text = HiddenText("answerText", prompt, _LINES)
        leave_files_to_window(self._text)
        self._text.edited.connect(self._changed)
        self._eye = Eye(prompt, "answerText-eye", context.masking)
        self._eye.looked.connect(self._mask)
        context.masking.changed.connect(self._mask)
        self._cause = Callout("note", "toldCause")
        self._cause.set_kind("note", tr("The likeliest cause"))
        self._cause.hide()
        self._advice = AdviceCard("toldAdvice")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for part in (
            self._cards,
            muted(prompt),
            beside(self._text, self._eye),
            self._cause,
            self._advice,
        ):
            column.addWidget(part)

    def _chosen(self, option: str) -> None:
        answer = UbiquityAnswer(ToldAnswer(option.removeprefix("told-")))
        self._context.actions.connection.take_answer(answer)
        self._weigh()

    def _changed(self) -> None:
        text = self._text.text()
        if text != self._context.store.state.connection.answer_text:  # else it came from there
            self._context.actions.connection.take_text(text)
            self._weigh()

    def _weigh(self) -> None:
        self._context.start("weigh-answer", self._context.actions.connection.weigh_answer())

    def _mask(self) -> None:
        # An error is full of accounts and ARNs, and nobody knows where all of them stand.
        self._text.set_hidden(self._context.masking.on and not self._eye.looking)

    def show_state(self, state: SetupState, *, knows_better: bool = False) -> None:
        """Show the answer that was told, and the advice for it, unless one ``knows_better``."""
        connection = state.connection
        answered = connection.in_ubiquity
        self._cards.choose(f"told-{answered.told}" if answered else None)
        self._text.set_text(connection.answer_text)
        self._mask()
        self._show_cause(connection.answer_text)
        trouble = trouble_of_answer(answered.told) if answered else None
        self._advice.setVisible(trouble is not None and not knows_better)
        if trouble is not None:
            self._advice.show_advice(advice(trouble))

    def _show_cause(self, text: str) -> None:
        """Say what a pasted error most likely means; the next page has all causes."""
        if text == self._read:
            return
        self._read = text
        causes = explain(text)
        self._cause.setVisible(bool(causes))
        if causes:
            self._cause.show_text(cause_title(causes[0]))

    def first_control(self) -> QWidget | None:
        """Return the first answer."""
        first_answer = self._cards.findChild(QWidget, "told-success")
        return first_answer if isinstance(first_answer, QWidget) else None
