"""The documents to save in AWS in the place of those that were pasted."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Change
from app.core.changes.kinds import KINDS
from app.core.changes.rules import Saved
from app.core.documents.document_text import document_text
from app.core.documents.file_names import PERMISSIONS_FILE, TRUST_FILE
from app.core.i18n import mark, tr
from app.flow.checking import CheckedAccount
from app.ui.look.style_sheet import GRID
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.masking import Masking

_TITLES = {
    Saved.TRUST: (mark("Trust policy to save"), TRUST_FILE),
    Saved.PERMISSIONS: (mark("Permissions policy to save"), PERMISSIONS_FILE),
    Saved.KEY: (mark("Key policy to save"), "key-policy.json"),
}


class ToSave(QWidget):
    """What is wrong in the pasted documents, put right; hidden where there is nothing to save."""

    def __init__(self, masking: Masking) -> None:
        super().__init__()
        self.setObjectName("toSave")
        self._masking = masking
        self._shown: tuple[Change, ...] = ()
        self._views: list[DocumentView] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)
        self._column.addWidget(group_title(tr("What to save in AWS")))
        self._column.addWidget(
            muted(
                tr(
                    "Copy each document, and save it in AWS where you copied the other one from. "
                    "Then paste it here, or sign in, to check it."
                )
            )
        )

    def show_checked(self, checked: CheckedAccount | None) -> None:
        """Show what is to be saved after a check."""
        changes = () if checked is None else checked.to_save
        self.setVisible(bool(changes))
        if checked is None or changes == self._shown:
            return
        self._shown = changes
        for view in self._views:
            self._column.removeWidget(view)
            view.setParent(None)  # at once, so that no name is there twice
            view.deleteLater()
        draft = checked.draft
        values = [draft.account_id, draft.database_id, *draft.bucket_names]
        self._views = [
            self._view(number, change, values) for number, change in enumerate(changes, start=1)
        ]

    def _view(self, number: int, change: Change, values: list[str]) -> DocumentView:
        title, file_name = _TITLES[KINDS[change.kind].saved or Saved.PERMISSIONS]
        view = DocumentView(self._masking, f"toSave-{number}")
        document = change.after if isinstance(change.after, dict) else {}
        view.show_document(document_text(document), values, tr(title), file_name, str(number))
        self._column.addWidget(view)
        return view
