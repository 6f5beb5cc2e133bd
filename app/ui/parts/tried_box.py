"""What a test tried, check by check, out of the way until it is asked for."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.flow.wizard.state import SetupState
from app.ui.parts.connection_words import check_rows
from app.ui.parts.page_context import PageContext
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.progress_list import ProgressList


class TriedBox(QWidget):
    """Each check with its state, its time, and what AWS answered where it failed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._checks = ProgressList(context.masking, "tried-checks", context.clock)
        self._part = Disclosure(tr("What was tried"), lambda: card(self._checks), "tried")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._part)

    def show_state(self, state: SetupState) -> None:
        """Show the checks of the last test."""
        result = state.connection.result
        self.setVisible(result is not None and state.busy is None)
        if result is not None:
            self._checks.set_rows(check_rows(result))
