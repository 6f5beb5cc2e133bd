"""Choosing folders of a bucket: browsed level by level, page by page."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.conventions import row
from app.core.fields.prefix import folder_problem
from app.core.i18n import ntr, tr
from app.core.wording.folder_words import (
    count_words,
    folder_failure,
    folder_name,
    further_failure,
    nothing_here,
)
from app.core.wording.problems import problem_text
from app.flow.wizard.folders import Browsing
from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import PrimaryButton, careful_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.field import Field
from app.ui.widgets.flash import FLASH, LOOK_MS
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.ordered_dialog import OrderedDialog
from app.ui.widgets.tick_list import TickList, TickRow
from app.ui.widgets.value_text import ValueText

_TASK: Final = "folders"
_SIZE: Final = QSize(70 * GRID, 70 * GRID)
_CHARACTERS: Final = 64
_LINES: Final = 30
"""The usual size in pixels, and in characters and lines of a larger font."""
_FRAME: Final = QSize(16, 48)
"""What the system's frame and title bar may need around it, in pixels."""


class FolderDialog(OrderedDialog):
    """Browses the bucket at ``index`` of the form. Show it with ``open()``."""

    def __init__(self, parent: QWidget | None, context: PageContext, index: int) -> None:
        super().__init__(parent)
        self.setObjectName("folderDialog")
        self.setWindowTitle(tr("Choose a folder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._browser = context.actions.folders
        self._index = index
        bucket = context.store.state.details.form.buckets[index]
        self._restricted = bucket.restrict_to_prefix
        self._said = ""
        self._came_from = ""
        self._is_stopped = False
        self._since: float | None = None
        self._make()
        self._lay_out()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._show_status)
        self._browser.begin(context.store.state.details.value_of(f"buckets[{index}].name"))
        self._browser.subscribe(self._show)
        self.finished.connect(self._end)
        self._list.setFocus()
        self._read()

    def _make(self) -> None:
        masking = self._context.masking
        self._where = ValueText(masking, "folderPath")
        self._up = plain_button(tr("Up one folder"), "folderUp")
        self._up.clicked.connect(self._go_up)
        self._filter = Field(tr("Filter"), "", "folderFilter", masking)
        self._filter.edited.connect(self._browser.filter_by)
        self._filter.edit.installEventFilter(self)
        self._list = TickList("folderList")
        self._list.setAccessibleName(tr("Folders"))
        self._list.ticked.connect(lambda folder, on: self._browser.tick(folder, on=on))
        self._list.opened.connect(self._go_to)
        self._list.went_up.connect(self._go_up)
        self._list.current.connect(self._show_choice)
        self._list.reached_end.connect(self._read)
        self._status = muted("", "folderStatus")
        self._failure = Callout("bad", "folderFailure", masking)
        self._again = plain_button(tr("Try again"), "folderAgain")
        self._again.clicked.connect(self._read)
        self._failure.add_button(self._again)
        self._more = plain_button(tr("Show more"), "folderMore")
        self._more.clicked.connect(self._read)
        self._stop = careful_button(tr("Stop"), "folderStop")
        self._stop.clicked.connect(self._stop_reading)
        self._open = plain_button(tr("Open the folder"), "folderOpen")
        self._open.clicked.connect(lambda: self._go_to(self._list.current_id))
        self._choice = ValueText(masking, "folderChoice")
        self._use = PrimaryButton(tr("Use this folder"), "folderUse")
        self._use.clicked.connect(self.accept)
        self._cancel = careful_button(tr("Cancel"), "folderCancel")
        self._cancel.clicked.connect(self.reject)

    # What the person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Down lead from the filter to the list: Enter would take a folder."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
            if event.key() in keys:
                self._list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _go_to(self, folder: str) -> None:
        if folder:
            self._leave("")
            self._browser.go_to(folder)
            self._read_once()

    def _go_up(self) -> None:
        if self._browser.state.at:
            self._leave(self._browser.state.at)
            self._browser.go_up()
            self._read_once()

    def _leave(self, folder: str) -> None:
        """Leave the level; back in the one above, the person stands on ``folder``."""
        self._context.tasks.cancel(_TASK)
        self._came_from = folder
        self._list.setFocus()

    def _read_once(self) -> None:
        if not self._browser.state.level.is_begun:
            self._read()

    def _read(self) -> None:
        # In a turn of its own: what was cancelled just now ends first.
        QTimer.singleShot(0, self, self._start_reading)

    def _start_reading(self) -> None:
        self._is_stopped = False
        self._context.start(_TASK, self._browser.read())
        self._show(self._browser.state)

    def _stop_reading(self) -> None:
        self._is_stopped = True
        self._context.tasks.cancel(_TASK)

    def accept(self) -> None:
        """Take what is chosen."""
        folders = self._chosen()
        if folders:
            self._context.store.take_folders(self._index, folders)
            super().accept()

    def _end(self) -> None:
        self._context.tasks.cancel(_TASK)
        self._browser.unsubscribe(self._show)

    # Drawing

    def _chosen(self) -> tuple[str, ...]:
        """Return what the primary button takes: what is ticked, else where the person stands."""
        state = self._browser.state
        if state.ticked:
            return state.ticked
        folder = self._list.current_id or ("" if state.level.folders else state.at)
        return (folder,) if folder and self._problem(folder) is None else ()

    def _problem(self, folder: str) -> str | None:
        """Return why a folder can't be chosen, as a sentence."""
        field = f"buckets[{self._index}].prefix"
        problem = folder_problem(folder, restricted=self._restricted, field=field)
        return problem_text(problem) if problem else None

    def _show(self, state: Browsing) -> None:
        path = {"bucket": state.bucket, "path": state.at}
        self._where.show_text("{bucket} / {path}" if state.at else "{bucket}", path)
        self._up.setEnabled(bool(state.at))
        self._filter.set_text(state.filter)
        rows = [
            TickRow(
                folder,
                folder_name(folder, state.at),
                folder in state.ticked,
                self._problem(folder) is None,
            )
            for folder in state.shown
        ]
        self._list.show_rows(rows, self._came_from)
        if state.is_reading and self._since is None:
            self._since = self._context.clock()
            self._timer.start()
        elif not state.is_reading:
            self._since = None
            self._timer.stop()
        self._show_failure(state)
        self._show_status()
        self._show_choice()
        if self.isVisible():
            self._keep_room()

    def _show_failure(self, state: Browsing) -> None:
        """Say why reading failed; where there is nothing to choose from, in the list's place."""
        is_empty = state.failure is not None and not state.level.folders
        before, after = (self._list, self._again) if is_empty else (self._again, self._list)
        had_focus = before.hasFocus()
        self._failure.setVisible(state.failure is not None)
        if state.failure is not None:
            words = folder_failure(state.failure) if is_empty else further_failure(state.failure)
            self._failure.show_text(words.template, words.values)
        self._filter.setVisible(state.failure is None)
        for widget in (self._list, self._open):
            widget.setVisible(not is_empty)
        if had_focus and not (state.failure and not is_empty):
            after.setFocus()

    def _show_status(self) -> None:
        """Say how many folders there are so far; that more are read, once it takes long."""
        state = self._browser.state
        level, count = state.level, len(state.level.folders)
        seconds = 0 if self._since is None else int(self._context.clock() - self._since)
        is_long = self._since is not None and self._context.clock() - self._since >= FLASH
        words = ""
        if is_long:
            words = tr("Reading the folders · {seconds} s").format(seconds=seconds)
        elif level.is_begun and count:
            words = count_words(count, len(state.shown), is_whole=level.is_whole)
        elif level.is_begun:
            words = nothing_here(level.files, at_top=not state.at, is_whole=level.is_whole)
        elif self._is_stopped:
            words = tr("Nothing was read yet.")
        self._status.setText(words)
        self._stop.setVisible(is_long)
        can_go_on = level.is_begun or self._is_stopped
        is_ready = can_go_on and not level.is_whole and not is_long
        self._more.setVisible(is_ready and state.failure is None)
        if not state.is_reading:
            self._say(self._failure.text if state.failure else words)

    def _say(self, words: str) -> None:
        if words and words != self._said:
            self._said = words
            announce(self, words)

    def _show_choice(self) -> None:
        state, chosen = self._browser.state, self._chosen()
        current = self._list.current_id
        problem = self._problem(current) if current and not state.ticked else None
        self._open.setEnabled(bool(current))
        self._use.setEnabled(bool(chosen))
        count = len(chosen)
        words = ntr("Use this folder", "Use {count} folders", count) if count else ""
        self._use.setText(words.format(count=count) or tr("Use this folder"))
        if problem is not None:
            self._choice.show_text(problem)
            self._say(problem)
        elif chosen:
            places = {f"folder_{number}": folder for number, folder in enumerate(chosen)}
            listed = row(f"{{{place}}}" for place in places)
            self._choice.show_text(tr("Chosen: {folders}").replace("{folders}", listed), places)
        else:
            self._choice.show_text(tr("No folder is chosen."))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._where, 1)
        top.addWidget(self._up)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(group_title(tr("Choose a folder, or tick several")))
        column.addLayout(top)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
        column.addWidget(self._failure)
        column.addWidget(self._status)
        column.addWidget(FlowRow(self._open, self._more, self._stop))
        column.addWidget(self._choice)
        column.addWidget(FlowRow(self._cancel, self._use, at_end=True))
        self._fit()

    def _fit(self) -> None:
        """Be as large as the text asks for, and never larger than what the screen has free."""
        metrics = self.fontMetrics()
        room = self.screen().availableGeometry().size() - _FRAME
        self._list.setMinimumHeight(3 * max(CONTROL, metrics.height() + GRID))
        usual = QSize(metrics.averageCharWidth() * _CHARACTERS, metrics.height() * _LINES)
        self.resize(usual.expandedTo(_SIZE).boundedTo(room))

    def showEvent(self, event: QShowEvent) -> None:
        """Be no smaller than the texts need: Qt counts wrapped ones as if they were on one line."""
        super().showEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            room = self.screen().availableGeometry().height() - _FRAME.height()
            self.setMinimumHeight(min(layout.totalMinimumHeightForWidth(self.width()), room))
