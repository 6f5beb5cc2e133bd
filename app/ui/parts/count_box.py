"""Counting all files of a connector, where a test saw no more than the first page of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import paragraph, whole
from app.core.draft import BucketEntry
from app.core.i18n import ntr, tr
from app.core.wording.connection_test import markers_words
from app.core.wording.failures import failure_words
from app.flow.connection.checks import CheckKind, CheckState
from app.flow.ports.aws import CountSoFar
from app.flow.wizard.connection_state import Connection, Counting
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title
from app.ui.widgets.told import Announcer
from app.ui.widgets.value_text import ValueText


class CountBox(QWidget):
    """A row for each bucket or folder whose files were not all seen: how many, how fast, Cancel."""

    def __init__(
        self,
        context: PageContext,
        count: Callable[[BucketEntry], None],
        cancel: Callable[[BucketEntry], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._count = count
        self._cancel = cancel
        self._rows: dict[BucketEntry, _Row] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(
            card(group_title(tr("How many files there are"), "count-title"), self._inner)
        )

    def show_state(self, state: SetupState) -> None:
        """Show what can be counted, is being counted, or was."""
        entries = list(_countable(state.connection))
        self.setVisible(bool(entries))
        if entries != list(self._rows):
            self._rebuild(entries)
        # Where the result has the number of the only connector, it tells of its folders too.
        tells = len(entries) > 1 or not (state.connection.result and state.connection.result.worked)
        for entry, row in self._rows.items():
            _show(row, state.connection.counts.get(entry), tells_markers=tells)

    def _rebuild(self, entries: list[BucketEntry]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row.widget)
            row.widget.setParent(None)  # at once, so that no name is there twice
            row.widget.deleteLater()
        self._rows = {entry: self._row(entry, n) for n, entry in enumerate(entries)}
        for row in self._rows.values():
            self._column.addWidget(row.widget)

    def _row(self, entry: BucketEntry, number: int) -> "_Row":
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        where = ValueText(self._context.masking, f"count-{number}-where")
        words = tr("{prefix} in the bucket {bucket}") if entry.prefix else tr("The bucket {bucket}")
        where.show_text(words, {"bucket": entry.name, "prefix": entry.prefix})
        so_far = ValueText(self._context.masking, f"count-{number}")
        begin = plain_button(tr("Count all files"), f"count-{number}-begin")
        begin.clicked.connect(lambda: self._count(entry))
        cancel = link_button(tr("Stop counting"), f"count-{number}-cancel")
        cancel.clicked.connect(lambda: self._cancel(entry))
        for part in (where, so_far, FlowRow(begin, cancel)):
            column.addWidget(part)
        return _Row(widget, so_far, begin, cancel, Announcer(so_far))


@dataclass(frozen=True, slots=True)
class _Row:
    widget: QWidget
    so_far: ValueText
    begin: QWidget
    cancel: QWidget
    told: Announcer


def _show(row: _Row, counting: Counting | None, *, tells_markers: bool) -> None:
    running = counting is not None and counting.running
    had_focus = row.begin.hasFocus() or row.cancel.hasFocus()
    is_complete = counting is not None and counting.so_far.complete
    row.begin.setVisible(not running and not is_complete)
    row.cancel.setVisible(running)
    if had_focus:  # the one that is there now does what the other did not
        (row.cancel if running else row.begin).setFocus()
    row.so_far.setVisible(counting is not None)
    if counting is None:
        return
    if counting.failure is not None:
        words = failure_words(counting.failure)
        row.so_far.show_text(words.template, words.values)
    else:
        so_far = count_words(counting.so_far, running=running, tells_markers=tells_markers)
        row.so_far.show_text(so_far)
    row.told.tell("" if running else row.so_far.shown_text())


def _countable(connection: Connection) -> Iterator[BucketEntry]:
    """Yield the entries of which the test listed no more than a first part, or that are counted."""
    checks = connection.result.checks if connection.result is not None else ()
    for check in checks:
        is_listed = check.kind is CheckKind.LIST and check.state is CheckState.PASSED
        if is_listed and check.entry is not None and not check.complete:
            yield check.entry


def count_words(so_far: CountSoFar, *, running: bool, tells_markers: bool = True) -> str:
    """Return how far a counting is, or what it came to; the folders where it ``tells_markers``."""
    files = ntr("{count} file", "{count} files", so_far.files).format(count=whole(so_far.files))
    if running:
        rate = so_far.per_second
        live = tr("{files} so far") if rate is None else tr("{files} so far, {rate} a second")
        words = live.format(files=files, rate=whole(_rounded(rate or 0)))
        slowed = tr("AWS asks to go more slowly.")
        return paragraph(words, slowed) if so_far.slowed else words
    ended = tr("{files}: all were counted.") if so_far.complete else tr("{files}, then stopped.")
    words = ended.format(files=files)
    if not so_far.markers or (so_far.complete and not tells_markers):
        return words
    markers = markers_words(so_far.files, so_far.markers)
    return paragraph(words, markers)


def _rounded(rate: float) -> int:
    """Return ``rate`` by its first two digits: it changes with each look."""
    return int(float(f"{rate:.2g}"))
