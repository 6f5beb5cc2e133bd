"""A plan to be agreed to, and what became of it: the same for creating and for revoking."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Change
from app.core.choices import Choice, Choices
from app.core.draft import Draft
from app.core.i18n import tr
from app.flow.wizard.run_state import Run
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.review.change_details import ChangeDetails, values_of
from app.ui.review.left_alone_card import LeftAloneCard
from app.ui.review.offers_card import OffersCard
from app.ui.review.remaining import Remaining
from app.ui.review.review_words import ReviewWords
from app.ui.review.run_words import change_rows, failed_with, summary
from app.ui.widgets.announcement import announce
from app.ui.widgets.callout import Callout
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title
from app.ui.widgets.progress_list import ProgressList, ProgressRow
from app.ui.widgets.reveal import reveal
from app.ui.widgets.told import Announcer

_ENDS: Final = frozenset({"done", "failed", "undone", "unknown"})
"""How a change can end, as its row tells it."""


class RunView(QWidget):
    """Summary, changes, what can't be mended, what stays, and what can be chosen."""

    def __init__(
        self,
        context: PageContext,
        choose: Callable[[Choice, bool], None],
        words: ReviewWords,
        suffix: str,
    ) -> None:
        """``suffix`` makes the names of the controls those of one page."""
        super().__init__()
        self.setObjectName(f"run{suffix}")
        self._context = context
        self._suffix = suffix
        self._changes: tuple[Change, ...] = ()
        self._values: list[str] = []
        self._told = Announcer(self)
        self._states: dict[str, str] = {}
        self._summary = Callout("note", f"planSummary{suffix}", context.masking)
        self._rows = ProgressList(
            context.masking, f"changes{suffix}", context.clock, below=self._details
        )
        self._rows_card = card(group_title(tr("The changes")), self._rows)
        self._remaining = Remaining(context.masking, words, f"obstacle{suffix}")
        self._left_alone = LeftAloneCard(context.masking, words, f"kept{suffix}")
        self._offers = OffersCard(context.masking, choose, words, f"offer{suffix}")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (
            self._summary,
            self._rows_card,
            self._remaining,
            self._left_alone,
            self._offers,
        ):
            column.addWidget(widget)

    def add_outcome(self, *widgets: QWidget) -> None:
        """Add what the changes have led to: below the summary, over the changes."""
        for place, widget in enumerate(widgets, start=1):
            self._column.insertWidget(place, widget)

    def show_run(
        self, run: Run | None, draft: Draft | None, choices: Choices, button: str, *, idle: bool
    ) -> None:
        """Show ``run``, which ``button`` begins, or nothing where there is none yet."""
        self.setVisible(run is not None)
        if run is None:
            self._told.tell("")
            return
        kind, words = summary(run, button)
        self._summary.set_kind(kind)
        self._summary.show_text(words.template, words.values)
        self._summary.show_code(failed_with(run))
        self._show_rows(run, draft)
        self._told.tell(self._summary.text)
        # What stood in the way of what is taken back stands in nobody's way any more.
        obstacles = () if run.goes_back else run.plan.cannot_mend
        self._remaining.show_obstacles(obstacles, draft)
        self._left_alone.show_left_alone(run.plan.left_alone, begun=not run.is_untouched)
        # Once something was done there is nothing to choose any more.
        offers = run.plan.offers if run.is_untouched else ()
        self._offers.show_offers(offers, choices.chosen, enabled=idle)

    def tell(self) -> None:
        """Say what the run has come to, where that was not said yet: it can be seen only now."""
        self._told.tell(self._summary.text)

    def reveal(self) -> None:
        """Bring the summary into sight."""
        reveal(self._summary)

    def _show_rows(self, run: Run, draft: Draft | None) -> None:
        account = run.journal.account_id if run.journal else ""
        values = values_of(draft, account)
        if run.plan.changes != self._changes or values != self._values:
            self._changes, self._values = run.plan.changes, values
            self._rows.forget()
        self._rows_card.setVisible(bool(run.plan.changes))
        rows = change_rows(run)
        self._rows.set_rows(rows)
        self._tell_ended(run, rows)

    def _tell_ended(self, run: Run, rows: Sequence[ProgressRow]) -> None:
        """Say each change that has come to an end since the rows were shown last."""
        before, self._states = self._states, {row.id: row.state for row in rows}
        for row in rows:
            ended = row.state in _ENDS and before.get(row.id, row.state) != row.state
            if ended and run.progress and self._rows.isVisible():
                announce(self._rows, self._rows.spoken(row.id))

    def _details(self, row: str) -> QWidget | None:
        number = int(row.removeprefix("change-"))
        change = self._changes[number]
        name = f"change{self._suffix}-{number}"
        return ChangeDetails(self._context.masking, change, self._values, name)
