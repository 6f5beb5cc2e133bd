"""What a test tried, check by check and call by call, out of the way until it is asked for."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.formats.calls_text import calls_text
from app.core.i18n import tr
from app.flow.connection.checks import ConnectionResult
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.connection_words import check_rows
from app.ui.parts.page_context import PageContext
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.frames import card, stacked
from app.ui.widgets.progress_list import ProgressList


class TriedBox(QWidget):
    """Each check with its state, its time, and what AWS answered; below it every single call."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._result: ConnectionResult | None = None
        self._checks = ProgressList(context.masking, "tried-checks", context.clock)
        self._log = DocumentView(context.masking, "callLog")
        self._calls_part = Disclosure(tr("Every call to AWS"), self._opened_log, "calls")
        self._part = Disclosure(tr("What was tried"), self._opened, "tried")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._part)

    def show_state(self, state: SetupState) -> None:
        """Show the checks of the last test; while it is folded nothing is made."""
        result = state.connection.result
        self.setVisible(result is not None and state.busy is None)
        if result is None or state.busy is not None:
            return
        self._result = result
        if self._part.open:
            self._show_rows()

    def _opened(self) -> QWidget:
        whole = stacked(card(self._checks), self._calls_part)
        self._show_rows()  # now: what has no place yet would come up as a window of its own
        return whole

    def _show_rows(self) -> None:
        if self._result is None:
            return
        self._checks.set_rows(check_rows(self._result))
        self._calls_part.setVisible(bool(self._result.calls))
        if self._calls_part.open:
            self._show_log()

    def _opened_log(self) -> QWidget:
        self._show_log()  # not before it is asked for: there may be thousands
        return self._log

    def _show_log(self) -> None:
        calls = self._result.calls if self._result is not None else ()
        told = {each for c in calls for each in (c.bucket, c.request_id, c.host_id) if each}
        self._log.show_document(
            calls_text(calls), sorted(told), tr("Calls to AWS"), "aws-calls.txt"
        )
