"""Someone else looks after our AWS: what to send, to copy or to save."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout

from app.core.draft import Draft
from app.core.i18n import tr
from app.flow.run.guide_steps import STEP_CHANGES
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.reveal import reveal


class HandoffBox(QFrame):
    """The text to send, and a button that saves it with all documents into a folder."""

    def __init__(self, context: PageContext, draft: Draft) -> None:
        super().__init__()
        self.setObjectName("handoff")
        self.setProperty("role", "card")
        self._context = context
        self._draft = draft
        self.save_button = plain_button(tr("Save everything in a folder…"), "saveHandoff")
        self.save_button.clicked.connect(self._ask_where)
        self._outcome = MessageLine(context.masking, "handoff-outcome")
        self._practised = Callout("good", "practised")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(body(_what_to_do()))
        column.addWidget(FlowRow(self.save_button))
        column.addWidget(self._outcome)
        if context.practice:
            self._add_practice(column)
        column.addWidget(self._letter())

    def _letter(self) -> DocumentView:
        draft = self._draft
        values = [draft.account_id, draft.database_id, *draft.bucket_names]
        values += [entry.prefix for entry in draft.buckets if entry.prefix]
        values += [entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn]
        letter = DocumentView(self._context.masking, "handoffLetter")
        text = self._context.handoff.handoff_letter(draft)
        letter.show_document(text, values, tr("Text to send"), "what-to-do.txt")
        return letter

    def _add_practice(self, column: QVBoxLayout) -> None:
        words = tr(
            "On the practice AWS there is nobody to send it to. This button does their part:"
        )
        column.addWidget(body(words))
        column.addWidget(FlowRow(self._practice_button()))
        self._practised.show_text(
            tr("Your AWS administrator would now have made the role and its policies.")
        )
        column.addWidget(self._practised)

    def _practice_button(self) -> QPushButton:
        play = plain_button(tr("Do it for me in the practice AWS"), "practise-all")
        play.setAccessibleDescription(tr("Does Steps 1 to 3 as your AWS administrator would."))
        play.clicked.connect(lambda: self._context.start("practise-all", self._practise()))
        return play

    async def _practise(self) -> None:
        await self._context.actions.do_all_steps()
        reveal(self._practised)

    def show_state(self, state: SetupState) -> None:
        """Say whether the steps were done in the practice AWS."""
        self._practised.setVisible(state.practice and state.creation.done.issuperset(STEP_CHANGES))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self.window(), tr("Choose a folder"))
        dialog.setObjectName("handoff-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, chosen: str) -> None:
        """Save all documents in the folder ``chosen``, and say how that went."""
        folder = Path(chosen)
        files = self._context.handoff.handoff_files(self._draft)
        try:
            for file in files:
                (folder / file.name).write_text(file.text, "utf-8", "backslashreplace", "\n")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            words = tr("The documents could not be saved: {reason}. Choose another folder.")
            self._outcome.show_message("error", words.format(reason=reason))
            return
        names = ", ".join(file.name for file in files)
        words = tr("Saved in {folder}: {names}.")
        self._outcome.show_message(
            "good", words.replace("{names}", names), None, {"folder": folder.name}
        )
        announce(self, self._outcome.spoken())


def _what_to_do() -> str:
    return tr(
        "Save the documents, send them with this text, and ask for the role’s "
        "ARN in return. You can close this window while you wait; it remembers "
        "where you were."
    )
