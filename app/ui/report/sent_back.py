"""What came back from whoever does the AWS side elsewhere: pasted, dropped or chosen here."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import paragraph
from app.core.i18n import tr
from app.core.problem import Problem
from app.core.wording.report_terms import verdict_words
from app.core.wording.sent_back.answer_message import answer_message, answer_sentence
from app.core.wording.value_sentence import ValueSentence
from app.flow.checking import CheckedAccount
from app.flow.wizard.sent_back import SentBack, SentKind
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.parts.verdict_kinds import VERDICT_KINDS
from app.ui.report.chain_view import ChainView
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.file_choice import choose_file
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body
from app.ui.widgets.paste_edit import PasteEdit
from app.ui.widgets.reveal import reveal
from app.ui.widgets.told import Announcer


class SentBackBox(QWidget):
    """A box to paste into; what follows from what was pasted is in ``results``, to stand below."""

    def __init__(
        self,
        context: PageContext,
        suffix: str,
        accessible_name: str,
        what_next: str,
        with_arn: str = "",
    ) -> None:
        """``suffix`` keeps the names of its controls apart from those on another page.

        ``what_next`` says what to do where a snapshot shows that something is left to be done,
        ``with_arn`` what to do with the right ARN, where the page waits for more than that.
        """
        super().__init__()
        self._context = context
        self._problem: Problem | None = None
        self._account_id = ""
        self._with_arn = with_arn
        self.edit = PasteEdit(f"pasteSent{suffix}", accessible_name, context.masking)
        self.edit.pasted.connect(self._take_text)
        self.edit.typed.connect(self._take_text)
        self.edit.dropped.connect(self._take_file)
        paste = plain_button(tr("Paste"), f"pasteSentButton{suffix}")
        paste.setAccessibleName(tr("Paste from the clipboard"))
        paste.clicked.connect(self.edit.paste_from_clipboard)
        choose = plain_button(tr("Choose a file…"), f"chooseSent{suffix}")
        choose.clicked.connect(self._choose)
        self._outcome = Callout("note", f"sentOutcome{suffix}", context.masking)
        self._copy = CopyButton(
            "",
            self._message,
            f"copySent{suffix}",
            tr("Copy for your AWS administrator"),
        )
        self._copying = FlowRow(self._copy)
        self.results = QWidget()
        """What follows from what was pasted: it needs the width of the page."""
        self._shown: SentBack | None = None
        self._told = Announcer(self)
        self._notes = Callout("warning", f"sentNotes{suffix}", context.masking)
        self._chain = ChainView(context.masking, f"sent{suffix}")
        self._next = body(what_next, f"sentNext{suffix}")
        column = _column_of(self)
        column.addWidget(self.edit)
        column.addWidget(FlowRow(paste, choose))
        results = _column_of(self.results)
        for part in (self._outcome, self._copying, self._notes, self._next, self._chain):
            part.hide()
            results.addWidget(part)

    def _take_text(self, text: str) -> None:
        self.edit.clear()
        if text.strip():
            self._context.start("intake", self._context.intake.take_text(text))

    def _take_file(self, path: str) -> None:
        self._context.start("intake", self._context.intake.take_files([path]))

    def _choose(self) -> None:
        choose_file(self.window(), tr("Open"), "openFile", self._take_file)

    def _message(self) -> str:
        problem = self._problem
        return answer_message(problem, self._account_id) if problem is not None else ""

    def show_state(self, state: SetupState) -> None:
        """Show what follows from what came back last, for the present details."""
        sent = state.connection.sent
        self._problem = sent.problem if sent is not None else None
        self._account_id = state.draft.account_id if state.draft is not None else ""
        checked = sent.checked if sent is not None and not sent.is_sound else None
        self._chain.setVisible(checked is not None)
        self._next.setVisible(checked is not None and not _is_of_another_account(checked))
        if checked is not None:
            self._chain.show_checked(checked)
        self.results.setVisible(sent is not None)
        self._show_outcome(sent, in_chain=checked is not None)
        notes = sent.notes if sent is not None else ()
        self._notes.setVisible(bool(notes))
        if notes:
            both = _joined(notes)
            self._notes.show_text(both.template, both.values)
        if sent is not None and sent != self._shown and self.isVisible():
            reveal(self.results)
        self._shown = sent
        words = [self._outcome.text]
        if checked is not None:
            words = [self._chain.result, *([] if self._next.isHidden() else [self._next.text()])]
        self._told.tell(paragraph(*words, *([self._notes.text] if notes else [])) if sent else "")

    def _show_outcome(self, sent: SentBack | None, *, in_chain: bool) -> None:
        """Show it in a sentence, but where the chain tells it in whole."""
        self._outcome.setVisible(sent is not None and not in_chain)
        self._copying.setVisible(self._problem is not None)
        if sent is not None:
            kind, word, sentence = sent_words(sent)
            self._outcome.set_kind(kind, word)
            is_right_arn = sent.kind is SentKind.ARN and sent.problem is None
            more = self._with_arn if is_right_arn else ""
            self._outcome.show_text(paragraph(sentence.template, more), sentence.values)


def _is_of_another_account(checked: CheckedAccount) -> bool:
    """Tell whether it is: then the notes say where to read it, and to do it again mends nothing."""
    return any(finding.code == "signin.wrong-account" for finding in checked.report.findings)


def _column_of(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    return column


def sent_words(sent: SentBack) -> tuple[CalloutKind, str, ValueSentence]:
    """Return how what came back is marked, the word over it, and what it comes to."""
    if sent.problem is not None:
        return "bad", tr("Not yet"), answer_sentence(sent.problem)
    if sent.checked is not None:
        word, sentence = verdict_words(sent.checked.report)
        return VERDICT_KINDS[sent.checked.report.verdict], word, ValueSentence(sentence)
    if sent.kind is SentKind.ARN:
        sentence = tr("The ARN is that of the right role. Whether the role works, the test shows.")
    else:
        sentence = tr("The receipt says that it is done. Whether it works, the test shows.")
    return "good", tr("Right"), ValueSentence(sentence)


def _joined(notes: tuple[ValueSentence, ...]) -> ValueSentence:
    values: dict[str, str] = {}
    for note in notes:
        values |= note.values
    return ValueSentence(paragraph(*(note.template for note in notes)), values)
