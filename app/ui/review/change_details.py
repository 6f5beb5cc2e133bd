"""What a change is to the letter: the document before and after, and the calls to AWS."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Change
from app.core.changes.aws_cli import call_text
from app.core.changes.requests import calls_of
from app.core.documents.document_text import document_text
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.wording.change_words import change_sentence
from app.ui.look.style_sheet import GRID
from app.ui.widgets.disclosure import Disclosures
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.frames import stacked
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class ChangeDetails(QWidget):
    """What opens: before and after, and below it the exact calls."""

    def __init__(
        self, masking: Masking, change: Change, values: Sequence[str], object_name: str
    ) -> None:
        """``values`` are the customer's, which are marked, and masked on a shared screen."""
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._change = change
        self._values = [*values, change.target]
        self._about = _title(change)
        self._parts = Disclosures(
            [(tr("Details"), self._made, f"{object_name}-details")], self._about
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID - 2, 0, 0, GRID // 2)
        column.addWidget(self._parts)

    def _made(self) -> QWidget:
        return stacked(self._documents(), self._calls())

    def _documents(self) -> QWidget:
        from app.ui.review.before_after import BeforeAfter

        view = BeforeAfter(self._masking, f"{self.objectName()}-sides")
        change = self._change
        view.show_documents(_text(change.before), _text(change.after), self._values, self._about)
        return view

    def _calls(self) -> QWidget:
        text = "\n\n".join(call_text(call) for call in calls_of(self._change))
        view = DocumentView(self._masking, f"{self.objectName()}-shell")
        title = tr("The exact AWS calls")
        view.show_document(text, self._values, title, "aws-calls.sh", self._about)
        return view


def values_of(draft: Draft | None, account_id: str = "") -> list[str]:
    """Return the customer's values that documents hold, to be marked and masked."""
    if draft is None:
        return [account_id] if account_id else []
    values = [draft.account_id, draft.database_id, *draft.bucket_names]
    values += [entry.prefix for entry in draft.buckets if entry.prefix]
    values += [entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn]
    return list(dict.fromkeys(values))


def _title(change: Change) -> str:
    """Return a short title without values: a title can't be masked."""
    return ValueText.without_values(change_sentence(change).template)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping) and set(value) == {"version", "document"}:
        document = value["document"]
        return _text(document) if document is not None else str(value["version"])
    return document_text(value)
