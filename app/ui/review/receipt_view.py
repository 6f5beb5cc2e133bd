"""The receipt of a run: what was made, where and when, and how to take it back."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.draft import Draft
from app.core.i18n import tr
from app.core.journal import Journal
from app.core.wording.receipt import receipt_of, receipt_text
from app.core.wording.sent_back.reading_receipt import reading_receipt
from app.flow.checking import CheckedAccount
from app.flow.wizard.run_state import Run
from app.ui.review.change_details import values_of
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.frames import stacked
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class ReceiptView(QWidget):
    """Opens the receipt, to be copied and saved; hidden where nothing was made."""

    def __init__(self, masking: Masking, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._folded = Disclosure(tr("Receipt"), self._content, f"{object_name}-more")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._folded)
        self._shown: Journal | CheckedAccount | None = None
        self._tell: Callable[[], None] | None = None
        self._is_made = False
        self.hide()

    @cached_property
    def _view(self) -> DocumentView:
        """The text: it takes long to make, and most people never open it."""
        return DocumentView(self._masking, f"{self.objectName()}-text")

    @cached_property
    def _place(self) -> ValueText:
        place = ValueText(self._masking, f"{self.objectName()}-place")
        place.setProperty("role", "muted")
        return place

    def _content(self) -> QWidget:
        content = stacked(self._view, self._place)
        self._is_made = True
        self._tell_if_made()
        return content

    def _tell_if_made(self) -> None:
        """Write the receipt where it was opened; else it waits until it is."""
        if self._is_made and self._tell is not None:
            self._tell()

    def show_run(self, run: Run | None, draft: Draft | None, *, practice: bool) -> None:
        """Show the receipt of what became of ``run``."""
        journal = run.journal if run else None
        self.setVisible(journal is not None)
        if run is None or journal is None or journal == self._shown:
            return
        self._shown = journal
        self._tell = partial(self._tell_run, run, journal, draft, practice=practice)
        self._tell_if_made()

    def _tell_run(self, run: Run, journal: Journal, draft: Draft | None, *, practice: bool) -> None:
        values = values_of(draft, journal.account_id)
        for target in (step.change.target for step in journal.steps):
            # A key is also named by its id alone.
            values += [target, target.rpartition("/")[2]] if ":key/" in target else [target]
        values += [journal.caller_arn] if journal.caller_arn else []
        text = receipt_text(receipt_of(journal), practice=practice)
        name = f"ubiquity-receipt-{journal.id}.txt"
        self._view.show_document(text, values, tr("Receipt"), name)
        self._show_place(run.receipt_at, is_refused=run.receipt_refused and not practice)

    def _show_place(self, receipt_at: str | None, *, is_refused: bool) -> None:
        """Say where a copy is kept, or that the disk refused it."""
        self._place.setVisible(receipt_at is not None or is_refused)
        if receipt_at is not None:
            words = tr("A copy is kept on this computer: {place}")
            self._place.show_text(words, {"place": receipt_at})
        else:
            words = tr("No copy could be kept on this computer. Save it elsewhere if you need it.")
            self._place.show_text(words, {})

    def show_reading(self, checked: CheckedAccount, *, practice: bool) -> None:
        """Show the receipt of what was made elsewhere, as far as it was read there."""
        self.setVisible(True)
        if checked == self._shown:
            return
        self._shown = checked
        self._tell = partial(self._tell_reading, checked, practice=practice)
        self._tell_if_made()

    def _tell_reading(self, checked: CheckedAccount, *, practice: bool) -> None:
        draft, snapshot = checked.draft, checked.snapshot
        values = values_of(draft, draft.account_id)
        values += [entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn]
        values += [snapshot.caller.arn] if snapshot.caller else []
        text = reading_receipt(draft, snapshot, checked.report, practice=practice)
        self._view.show_document(text, values, tr("Receipt"), "ubiquity-receipt.txt")
        self._place.hide()
