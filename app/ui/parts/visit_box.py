"""The watch for UbiQuity in the account, once its own test is pressed there."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.i18n import mark, tr
from app.core.wording.recorded import earlier_words
from app.flow.connection.watch import WatchEnd
from app.flow.look_back import LookBack
from app.flow.ports.aws import Visit
from app.flow.wizard.connection_state import Watch
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.times import time_of_day
from app.ui.widgets.told import Announcer
from app.ui.widgets.wrapped import text_width

_TICK_MS = 1000


class VisitBox(QWidget):
    """Whether the account has seen UbiQuity since; on the practice AWS also what UbiQuity does.

    ``watch`` begins to look, ``stop`` ends it, ``press`` lets the practice UbiQuity do it.
    """

    def __init__(
        self,
        context: PageContext,
        *,
        watch: Callable[[], None],
        stop: Callable[[], None],
        press: Callable[[], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._watch: Watch | None = None
        self._visit: Visit | None = None
        self._look_back: LookBack | None = None
        self._looked_since = 0.0
        self._told = Announcer(self)
        self._press = plain_button(tr("Let the practice UbiQuity press it"), "practisePress")
        self._press.clicked.connect(press)
        self._line = _Line()
        self._stop = link_button(tr("Stop"), "watchStop")
        self._stop.setAccessibleName(tr("Stop watching for UbiQuity"))
        self._stop.clicked.connect(stop)
        self._again = plain_button(tr("Look again"), "watchAgain")
        self._again.clicked.connect(watch)
        self._outcome = Callout("good", "watchOutcome", context.masking)
        self._copy = CopyButton("", self._request_id, "copyRequestId", tr("Copy the request ID"))
        self._outcome.add_button(self._copy)
        self._outcome.add_button(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._outcome)
        self._press_row = FlowRow(self._press)
        column.addWidget(self._press_row)
        self._watch_row = FlowRow(self._line, self._stop)
        column.addWidget(self._watch_row)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def show_state(self, state: SetupState, *, presses: bool, shown: bool) -> None:
        """Show how far the watch is; ``presses`` tells that it is UbiQuity's turn.

        It is ``shown`` where the test is not UbiQuity's own.
        """
        watch, before = state.connection.watch, self._watch
        self._watch, self._visit = watch, state.connection.visit
        checked = state.connection.checked
        self._look_back = checked.look_back if checked is not None else None
        if watch is not None and (before is None or before.seen.looks != watch.seen.looks):
            self._looked_since = self._context.clock()
        had_focus = self._stop.hasFocus() or self._again.hasFocus()
        self._press_row.setVisible(presses and state.practice)
        is_on = watch is not None and watch.is_on
        self._watch_row.setVisible(is_on)
        self._again.setVisible(watch is not None and not is_on and self._visit is None)
        outcome = self._show_outcome()
        self._tick()
        parts = (self._press_row, self._watch_row, self._outcome)
        self.setVisible(shown and any(not part.isHidden() for part in parts))
        self._told.tell(outcome)  # now that it can be seen
        other = self._stop if is_on else self._again
        if had_focus and not other.isHidden():  # it does now what the other did not
            other.setFocus()
        if is_on and not self._timer.isActive():
            self._timer.start()
        elif not is_on:
            self._timer.stop()

    def _show_outcome(self) -> str:
        """Show what the watch came to, and return it in a sentence; ``""`` for nothing yet."""
        outcome = _seen(self._visit) if self._visit is not None else _outcome(self._watch)
        outcome = outcome or _looked_back(self._look_back)
        self._outcome.setVisible(outcome is not None)
        if outcome is None:
            return ""
        kind, word, words, values = outcome
        self._outcome.set_kind(kind, word)
        self._outcome.show_text(words, values)
        self._copy.setVisible(bool(self._request_id()))
        return paragraph(as_sentence(word), self._outcome.text)

    def _request_id(self) -> str:
        return (self._visit.request_id or "") if self._visit is not None else ""

    def _tick(self) -> None:
        """Say since when it is watched and how long ago was looked; nobody is told of each."""
        watch = self._watch
        if watch is None or not watch.is_on:
            return
        began = time_of_day(watch.began)
        if not watch.seen.looks:
            self._line.setText(tr("Watching since {time}").format(time=began))
            return
        ago = int(self._context.clock() - self._looked_since)
        words = tr("Watching since {time} · last looked {seconds} s ago")
        self._line.setText(words.format(time=began, seconds=ago))


class _Line(QLabel):
    """Stands in one line where there is room for that, and wraps where there is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("watchLine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """Return the size of the whole text in one line."""
        self.ensurePolished()
        width = text_width(self.font(), self.text()) + 2
        return QSize(width, self.heightForWidth(width))


_Outcome = tuple[CalloutKind, str, str, dict[str, str]]


def _seen(visit: Visit) -> _Outcome:
    """Return that UbiQuity was here, and when."""
    return ("good", tr("UbiQuity was here"), *_visit_words(visit))


def _outcome(watch: Watch | None) -> _Outcome | None:
    """Return what the watch came to; None while it goes on and nothing is to be said."""
    if watch is None:
        return None
    seen = watch.seen
    if watch.stopped and not seen.ended:
        words = tr("You stopped it. Look again, or tell below what UbiQuity answered.")
        return "note", tr("Not watching"), words, {}
    if seen.ended_without is not None:
        word, words = _ENDS[seen.ended_without]
        return "note", tr(word), tr(words), {}
    if seen.earlier is not None:
        return _earlier(seen.earlier)
    if seen.other_visits:
        words = tr(
            "UbiQuity used the role, but not with your External ID. Compare the UbiQuity Account "
            "ID in your details with the one in UbiQuity. The watch goes on."
        )
        return "warning", tr("Seen with another External ID"), words, {}
    if seen.trouble is not None and watch.is_on:
        words = tr("AWS could not be asked the last time. The watch goes on by itself.")
        return "note", tr("No answer just now"), words, {}
    return None


def _looked_back(found: LookBack | None) -> _Outcome | None:
    """Return what was seen of UbiQuity before the watch, and is no visit that counts."""
    if found is None:
        return None
    if found.earlier is not None:
        return _earlier(found.earlier)
    if not found.visits:
        return None
    words = tr(
        "UbiQuity used the role, but not with your External ID ({time}). Compare the UbiQuity "
        "Account ID in your details with the one in UbiQuity: it may be that of another database."
    )
    seen = words.format(time=time_of_day(found.visits[-1].at))
    return "warning", tr("Seen with another External ID"), seen, {}


def _earlier(visit: Visit) -> _Outcome:
    word = tr("Not since the trust policy was changed")
    return "note", word, earlier_words(visit.at, time_of_day), {}


_ENDS: Final[Mapping[WatchEnd, tuple[str, str]]] = {
    WatchEnd.TIME_UP: (
        mark("Not seen within 15 minutes"),
        mark(
            "That proves nothing: AWS records successes only, at times later than that. Look "
            "again, or tell below what UbiQuity answered."
        ),
    ),
    WatchEnd.NOT_ALLOWED: (
        mark("Can’t watch from here"),
        mark(
            "Your sign-in may not look into the account’s event history "
            "(cloudtrail:LookupEvents). Tell below what UbiQuity answered instead."
        ),
    ),
    WatchEnd.NO_HISTORY: (
        mark("Can’t watch from here"),
        mark("What answers has no event history. Tell below what UbiQuity answered instead."),
    ),
    WatchEnd.SIGN_IN: (
        mark("The watch has ended"),
        mark("Your sign-in has ended. Sign in again, or tell below what UbiQuity answered."),
    ),
}


def _visit_words(visit: Visit) -> tuple[str, dict[str, str]]:
    words = tr(
        "It used the role with your External ID ({time}), as your account’s event history shows."
    ).format(time=time_of_day(visit.at))
    if visit.request_id is None:
        return words, {}
    request = tr("AWS’s request ID: {request}")
    return paragraph(words, request), {"request": visit.request_id}
