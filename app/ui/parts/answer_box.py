"""What UbiQuity's own Test Connection answered, as the person tells it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.wizard.state import SetupState, UbiquityAnswer
from app.ui.look.style_sheet import GRID
from app.ui.parts.advice_card import AdviceCard
from app.ui.parts.page_context import PageContext
from app.ui.widgets.radio_cards import RadioCards


class AnswerBox(QWidget):
    """Four answers, one of them success; each other shows the guide's advice for it."""

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
        answer = option.removeprefix("told-")
        self._context.actions.take_answer(UbiquityAnswer(answer == "success", answer))

    def show_state(self, state: SetupState) -> None:
        """Show the answer that was chosen, and the advice for it."""
        answered = state.connection.in_ubiquity
        self._cards.choose(f"told-{answered.answer}" if answered else None)
        failed = answered is not None and not answered.worked
        self._advice.setVisible(failed)
        if answered is not None and failed:
            self._advice.show_advice(advice(GuideHeading(answered.answer)))

    def first_control(self) -> QWidget | None:
        """Return the first answer."""
        first_answer = self._cards.findChild(QWidget, "told-success")
        return first_answer if isinstance(first_answer, QWidget) else None
