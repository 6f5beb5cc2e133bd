"""The field to paste AWS's documents into, what was recognised in it, and what is still missing."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.conventions import paragraph
from app.core.draft import Draft
from app.core.i18n import ntr, tr
from app.core.pasted_documents.places import DocumentPlace
from app.core.pasted_documents.wanted import Want
from app.core.wording.pasted_words import aside_words, asking_words, trouble_words
from app.flow.wizard.paste_state import Pasted
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.pasting.document_row import DocumentRow
from app.ui.pasting.wanted_row import WantedRow
from app.ui.widgets.buttons import link_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.eye import Eye
from app.ui.widgets.file_drops import leave_files_to_window
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import beside, card
from app.ui.widgets.headings import body, group_title, muted
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.told import Announcer

_LATER: int = 50
"""Milliseconds until it is looked again whether everything is followed."""

_LINES: int = 9


class PasteBox(QWidget):
    """Everything about what was pasted; the report on it stands below, as after a sign-in."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("pasteBox")
        self._context = context
        self._pasting = context.actions.pasting
        self._shown: tuple[object, object] = (None, None)
        self._draft: Draft | None = None
        self._rows: list[DocumentRow] = []
        self._wanted: list[WantedRow] = []
        self._told = Announcer(self)
        self._make()

    def _make(self) -> None:
        prompt = tr("Paste what AWS shows, one document after the other, or drop files here:")
        self._field = HiddenText("pastedText", prompt, _LINES)
        leave_files_to_window(self._field)
        self._field.edited.connect(self._typed)
        self._eye = Eye(prompt, "pastedText-eye", self._context.masking)
        self._eye.looked.connect(self._mask)
        self._context.masking.changed.connect(self._mask)
        self._clear = link_button(tr("Clear"), "clearPasted")
        self._clear.setAccessibleName(tr("Clear what was pasted"))
        self._clear.clicked.connect(self._cleared)
        self._trouble = Callout("warning", "pastedTrouble")
        self._nothing = Callout("note", "pastedNothing")
        self._nothing.show_text(
            tr("There is nothing to check yet. Paste a document, or choose what one of them is.")
        )
        self._list = _column()
        self._aside = muted("", "pastedAside")
        self._recognised = _group(tr("Recognised"), self._list, self._aside)
        self._missing_list = _column()
        self._missing = _group(
            tr("Still missing"),
            self._missing_list,
            muted(tr("Paste each of these, or say how it is. What is not known stays unknown.")),
        )
        self._ask = CopyButton(
            tr("what is missing, as a message to your AWS administrator"),
            self._asking,
            "askForMissing",
            tr("Copy for your AWS administrator"),
        )
        self._missing.layout().addWidget(FlowRow(self._ask))  # type: ignore[union-attr]

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        shown = (body(prompt), beside(self._field, self._eye), FlowRow(self._clear))
        found = (self._trouble, self._nothing, self._recognised, self._missing)
        for widget in (*shown, *found):
            column.addWidget(widget)

    @property
    def control(self) -> QWidget:
        """The field, for the focus."""
        return self._field

    def show_state(self, state: SetupState) -> None:
        """Redraw everything, and have what is new worked out beside the window."""
        pasted = state.pasted
        self.setVisible(pasted.is_open)
        if not pasted.is_open:
            return
        self._field.set_text(pasted.text)
        self._mask()
        self._clear.setVisible(bool(pasted.text))
        if state.draft is not None:
            self._show_all(pasted, state.draft)
        self._follow()

    def _mask(self) -> None:
        # A document is full of accounts and ARNs, and nobody knows where all of them stand.
        self._field.set_hidden(self._context.masking.on and not self._eye.looking)

    def _show_all(self, pasted: Pasted, draft: Draft) -> None:
        if self._shown == (shown := (pasted.followed, draft)):
            return
        self._shown = shown
        words = [trouble_words(trouble) for trouble in pasted.found.troubles]
        self._trouble.show_text("\n".join(words))
        self._trouble.setVisible(bool(words))
        used = any(placed.is_used for placed in pasted.placed)
        self._nothing.setVisible(pasted.is_asked and pasted.is_followed(draft) and not used)
        self._show_documents(pasted, draft)
        self._show_wanted(pasted, draft)
        self._tell(pasted)

    def _show_documents(self, pasted: Pasted, draft: Draft) -> None:
        shown = [placed for placed in pasted.placed if not placed.is_aside]
        aside = len(pasted.placed) - len(shown)
        self._aside.setText(aside_words(aside))
        self._aside.setVisible(aside > 0)
        while len(self._rows) > len(shown):
            _take_out(self._list, self._rows.pop())
        while len(self._rows) < len(shown):
            row = DocumentRow(len(self._rows) + 1, self._context.masking)
            row.chosen.connect(self._choose)
            self._rows.append(row)
            self._list.addWidget(row)
        for row, placed in zip(self._rows, shown, strict=True):
            row.show_document(placed, draft)
        self._recognised.setVisible(bool(pasted.placed))

    def _show_wanted(self, pasted: Pasted, draft: Draft) -> None:
        if draft != self._draft or len(self._wanted) != len(pasted.wanted):
            self._draft = draft
            while self._wanted:
                _take_out(self._missing_list, self._wanted.pop())
            entries = {entry.name: entry for entry in reversed(draft.buckets)}
            places = {name: place for place, name in enumerate(draft.bucket_names, start=1)}
            for wanted in pasted.wanted:
                bucket = wanted.bucket
                entry, place = entries.get(bucket), places.get(bucket, 0)
                row = WantedRow(self._context, wanted, entry, place, self._tell_core)
                self._wanted.append(row)
                self._missing_list.addWidget(row)
        for row, wanted in zip(self._wanted, pasted.wanted, strict=True):
            row.show_wanted(wanted)
        self._missing.setVisible(any(not wanted.pasted for wanted in pasted.wanted))

    def _tell(self, pasted: Pasted) -> None:
        """Have it said aloud what was recognised, and what could not be used."""
        count, bad = len(self._rows), len(pasted.found.troubles)
        words = []
        if count:
            recognised = ntr("{count} document recognised.", "{count} documents recognised.", count)
            words.append(recognised.format(count=count))
        if bad:
            words.append(self._trouble.text)
        if not self._nothing.isHidden():
            words.append(self._nothing.text)
        self._told.tell(paragraph(*words))

    def _asking(self) -> str:
        """Return the message that asks somebody else for what is missing."""
        state = self._context.store.state
        return asking_words(state.draft, state.pasted.wanted) if state.draft else ""

    def _typed(self) -> None:
        self._pasting.paste(self._field.text())
        self._follow()

    def _cleared(self) -> None:
        self._pasting.clear()
        self._field.setFocus()

    def _choose(self, mark: str, place: DocumentPlace) -> None:
        self._pasting.choose(mark, place)

    def _tell_core(self, want: Want, bucket: str, on: bool) -> None:
        self._pasting.tell(want, bucket, on=on)

    def _follow(self) -> None:
        """Have what is new followed; where that is being done, see to it that none is missed."""
        state = self._context.store.state
        if state.draft is None or state.pasted.is_followed(state.draft):
            return
        if not self._context.tasks.start("pasted", self._pasting.follow()):
            QTimer.singleShot(_LATER, self, self._follow)


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2 * GRID)
    return column


def _group(heading: str, column: QVBoxLayout, *above: QWidget) -> QFrame:
    holder = QWidget()
    holder.setLayout(column)
    widgets: Sequence[QWidget] = (group_title(heading), *above, holder)
    return card(*widgets)


def _take_out(column: QVBoxLayout, row: QWidget) -> None:
    column.removeWidget(row)
    row.setParent(None)  # at once, so that no name is there twice
    row.deleteLater()
