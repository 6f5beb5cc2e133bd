"""Asking AWS where a bucket is, without any sign-in: the button for it, and what came of it."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import mark, tr
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.details_state import Source
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import careful_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.message_line import LineSeverity, MessageLine
from app.ui.widgets.showing import show_in_place

_WHAT_IS_SENT: Final = mark("Asking sends the bucket’s name to AWS, without any sign-in.")
_SOON_MS: Final = 1000
"""What takes no longer than this is not said: nothing flashes."""


class RegionInquiry(QWidget):
    """What stands under the region of the bucket at ``index``; ``ask`` stands beside the region.

    It is there where nobody is signed in. To press it is to agree that AWS is told the name.
    """

    answered = Signal(bool)
    """AWS has answered whoever pressed the button: whether it has the bucket."""

    def __init__(self, index: int, context: PageContext) -> None:
        super().__init__()
        self._at = f"buckets[{index}]"
        self._task = f"region-{index}"
        self._context = context
        suffix = "" if index == 0 else f"-{index + 1}"
        # Short: there has to be room for the region beside it.
        self.ask = plain_button(tr("Ask AWS"), f"askRegion{suffix}")
        self.ask.setAccessibleName(tr("Ask AWS for the region"))
        self.ask.setAccessibleDescription(tr(_WHAT_IS_SENT))
        self.ask.clicked.connect(self._start)
        self._line = MessageLine(context.masking, f"askRegion{suffix}-message")
        self._line.set_helper(tr(_WHAT_IS_SENT))
        self._stop = careful_button(tr("Stop asking"), f"stopAskingRegion{suffix}")
        self._stop.clicked.connect(lambda: context.tasks.cancel(self._task))
        self._stop_row = FlowRow(self._stop)
        self._slow = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._slow.timeout.connect(lambda: self.show_state(context.store.state))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._line)
        column.addWidget(self._stop_row)

    def _name_in(self, state: SetupState) -> str:
        return state.details.value_of(f"{self._at}.name")

    def _start(self) -> None:
        if self._context.tasks.is_running(self._task):
            return
        details = self._context.store.state.details
        near = details.value_of(f"{self._at}.region") or None
        self._slow.start()
        ask = self._context.actions.offers.ask_without_sign_in
        self._context.start(self._task, ask(details.value_of(f"{self._at}.name"), near))

    def show_state(self, state: SetupState) -> None:
        """Show whether there is something to ask, and what came of asking."""
        name = self._name_in(state)
        told = state.inquiry.settings.get(name)
        is_told = told is not None and (told.region is not None or not told.is_there)
        can_ask = state.signed_in is None and bool(name) and not is_told
        is_slow = name in state.inquiry.asking and not self._slow.isActive()
        stopping = self._stop.hasFocus()
        had_focus = stopping or self.ask.hasFocus()
        severity, said = self._said(state, name, is_slow=is_slow)
        self._line.show_message(severity, said.template, None, said.values)
        show_in_place(self.ask, can_ask)
        show_in_place(self._stop_row, can_ask and is_slow)
        show_in_place(self, can_ask or severity is not None)
        if had_focus and told is not None and is_told:
            self.answered.emit(told.is_there)
        elif stopping and not self._stop_row.isVisibleTo(self):
            self.ask.setFocus()

    def _said(
        self, state: SetupState, name: str, *, is_slow: bool
    ) -> tuple[LineSeverity | None, ValueSentence]:
        """Return what there is to say; None where the form itself says what AWS told."""
        region = f"{self._at}.region"
        failure, told = state.inquiry.failed.get(name), state.inquiry.settings.get(name)
        if state.signed_in is not None:
            return None, ValueSentence("")
        if failure is not None:
            words, yourself = failure_words(failure), tr("Or choose the region yourself.")
            return "warning", ValueSentence(f"{words.template}\n{yourself}", words.values)
        if is_slow:
            return "note", ValueSentence(tr("Asking AWS where this bucket is."))
        if told is not None and told.is_there and told.region is None:
            sentence = tr("AWS does not tell where this bucket is. Choose the region yourself.")
            return "note", ValueSentence(sentence)
        typed = state.details.sources.get(region) is Source.PERSON
        if told is not None and typed and told.region == state.details.value_of(region):
            return "good", ValueSentence(tr("AWS says the same."))
        return None, ValueSentence("")
