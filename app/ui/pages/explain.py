"""I got an error in UbiQuity: paste it, and see what it means."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import paragraph
from app.core.explain.explain import explain
from app.core.explain.explanation import Explanation
from app.core.explain.unexplained import unexplained
from app.core.i18n import ntr, tr
from app.core.wording.findings import cause_title
from app.core.wording.unexplained import unexplained_words
from app.flow.wizard.pages import Page
from app.flow.wizard.state import Flow, SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import PrimaryAction, WizardPage
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.callout import Callout
from app.ui.widgets.disclosure import Disclosures
from app.ui.widgets.eye import Eye
from app.ui.widgets.file_drops import leave_files_to_window
from app.ui.widgets.frames import beside, card
from app.ui.widgets.headings import body, muted
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.told import Announcer

_LINES: Final = 7


class ExplainPage(WizardPage):
    """The pasted text, and below it the causes that fit, the best first."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        prompt = tr("Paste the whole message from UbiQuity, AWS CloudTrail or AWS:")
        self.add_body(prompt)
        self._text = HiddenText("errorText", prompt, _LINES)
        leave_files_to_window(self._text)
        self._text.edited.connect(self._changed)
        self._eye = Eye(prompt, "errorText-eye", context.masking)
        self._eye.looked.connect(self._mask)
        context.masking.changed.connect(self._mask)
        self.add(beside(self._text, self._eye))
        self._unknown = Callout("note", "notKnown")
        self.add(self._unknown)
        self._found = QVBoxLayout()
        self._found.setSpacing(2 * GRID)
        self.column.addLayout(self._found)
        self._shown: tuple[Explanation, ...] = ()
        self._read: str | None = None
        self._said = Announcer(self)

    def _changed(self) -> None:
        self.context.store.take_error_text(self._text.text())

    def _mask(self) -> None:
        # An error is full of accounts and ARNs, and nobody knows where all of them stand.
        self._text.set_hidden(self.context.masking.on and not self._eye.looking)

    def show_state(self, state: SetupState) -> None:
        """Show what the pasted text leads to."""
        self._text.set_text(state.error_text)
        self._mask()
        if self._read != state.error_text:
            self._read = state.error_text
            self._show_causes(state.error_text)

    def _show_causes(self, text: str) -> None:
        causes = explain(text)
        is_unknown = bool(text.strip()) and not causes
        if is_unknown:
            self._unknown.show_text(_why_nothing(text))
        self._unknown.setVisible(is_unknown)
        if causes != self._shown:
            self._shown = causes
            self._rebuild(causes)
        self._tell(text)

    def _rebuild(self, causes: tuple[Explanation, ...]) -> None:
        while (item := self._found.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not causes:
            return
        best, *others = causes
        word = tr("The likeliest cause") if others else tr("What this means")
        self._found.addWidget(card(muted(word), self._card(best, 1, cause_title(best))))
        if others:
            self._found.addWidget(body(tr("It may also be one of these, the likeliest first:")))
        for number, cause in enumerate(others, start=2):
            called, name = cause_title(cause), f"other-cause-{number}"
            make = partial(self._card, cause, number, tr("What this means"))
            folded = Disclosures([(tr("What to do"), make, name)], called)
            self._found.addWidget(card(body(called, f"{name}-title"), folded))

    def _card(self, cause: Explanation, number: int, word: str) -> FindingCard:
        state, name = self.context.store.state, f"cause-{number}"
        return FindingCard(
            self.context.masking,
            state.draft,
            cause.finding,
            name,
            as_cause=word,
            mends=_mends(state, cause),
        )

    def _tell(self, text: str) -> None:
        """Have it said aloud what the text leads to."""
        if not self._shown:
            self._said.tell(_why_nothing(text) if text.strip() else "")
            return
        best, more = self._shown[0], len(self._shown) - 1
        words = tr("The likeliest cause: {cause}.").format(cause=cause_title(best))
        others = ntr("{count} other may fit.", "{count} others may fit.", more)
        self._said.tell(paragraph(words, others.format(count=more)) if more else words)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return the way back to the test, where an error of its was looked up; else the check."""
        if state.flow is Flow.SETUP:
            return PrimaryAction(tr("Back to the test"), self.context.store.back)
        return PrimaryAction(tr("Check my set-up"), lambda: self.context.store.begin(Flow.CHECK))

    def first_control(self, state: SetupState) -> QWidget:
        """Return the box to paste into."""
        del state
        return self._text

    def focus_control(self, name: str) -> QWidget | None:
        """Return the box to paste into."""
        return self._text if name == "error" else None


def _mends(state: SetupState, cause: Explanation) -> bool:
    """Tell whether the account was read, has this very fault, and this program can mend it."""
    checked = state.connection.checked
    return checked is not None and any(f.code == cause.code for f in checked.mended_here)


def _why_nothing(text: str) -> str:
    """Return what ``text``, which leads to no cause, is about, and the way on."""
    about = unexplained_words(unexplained(text)) or tr("This message is not known to this program.")
    check = tr(
        "The full check finds by itself what stops the connection: choose “Check my set-up”."
    )
    return paragraph(about, check)
