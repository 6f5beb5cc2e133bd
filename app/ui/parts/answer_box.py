"""What UbiQuity's own Test Connection answered, as the person tells it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.told_answers import ToldAnswer
from app.flow.wizard.state import SetupState, UbiquityAnswer
from app.ui.look.style_sheet import GRID
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.connection_words import trouble_of_answer
from app.ui.parts.page_context import PageContext
from app.ui.widgets.radio_cards import RadioCards


class AnswerBox(QWidget):
    """The answers, one of them success; each other shows the guide's advice for it.

    Another error than the guide's is looked up on a page of its own: the primary button leads
    there.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._cards = RadioCards("told")
        self._cards.setAccessibleName(tr("What UbiQuity answered"))
        self._cards.set_options(
            [
                (
                    "told-success",
                    tr("“Connection successful. Found X files in bucket.”"),
                    tr("UbiQuity has verified the connection."),
                ),
                *((f"told-{trouble}", advice(trouble).title, "") for trouble in GuideHeading),
                (
                    f"told-{ToldAnswer.OTHER}",
                    tr("Another error"),
                    tr("Copy it in UbiQuity, and paste it on the next page."),
                ),
            ]
        )
        self._cards.chosen.connect(self._chosen)
        self._advice = AdviceCard("toldAdvice")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._cards)
        column.addWidget(self._advice)

    def _chosen(self, option: str) -> None:
        self._context.actions.take_answer(UbiquityAnswer(ToldAnswer(option.removeprefix("told-"))))
        self._context.start("weigh-answer", self._context.actions.weigh_answer())

    def show_state(self, state: SetupState, *, knows_better: bool = False) -> None:
        """Show the answer that was chosen, and the advice for it, unless one ``knows_better``."""
        answered = state.connection.in_ubiquity
        self._cards.choose(f"told-{answered.told}" if answered else None)
        trouble = trouble_of_answer(answered.told) if answered else None
        self._advice.setVisible(trouble is not None and not knows_better)
        if trouble is not None:
            self._advice.show_advice(advice(trouble))

    def first_control(self) -> QWidget | None:
        """Return the first answer."""
        first_answer = self._cards.findChild(QWidget, "told-success")
        return first_answer if isinstance(first_answer, QWidget) else None
