"""Someone else looks after our AWS: the files to send them, and the text of the mail."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QVBoxLayout, QWidget

from app.core.documents.document_text import document_text
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.needs.document import in_parts
from app.core.wording.handoff.administrator_page import administrator_page
from app.core.wording.handoff.forms import (
    SCRIPT_FORMS,
    TEMPLATE_FORM,
    letter,
    mail_link,
    needs_of_form,
)
from app.core.wording.handoff.page_form import PAGE_FORM
from app.flow.run.guide_steps import STEP_CHANGES
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.paper.beside import pdf_beside
from app.ui.paper.pdf import paper_of
from app.ui.parts.folder_saving import FolderSaving
from app.ui.parts.handoff_forms import HandoffForms
from app.ui.parts.page_context import PageContext
from app.ui.parts.quick_create import QuickCreate
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, muted
from app.ui.widgets.made_later import MadeLater
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.reveal import reveal

PDF_FILE = "ubiquity-s3-access.pdf"


class HandoffBox(QFrame):
    """What they use, a button that saves the files for it, and the mail to send them with."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("handoff")
        self.setProperty("role", "card")
        self._context = context
        self._draft: Draft | None = None
        self._form = ""
        self._made: Mapping[str, bytes] | None = None
        # Kept, since a PDF holds when it was made: saved once more it is the same file.
        self._forms = HandoffForms(context.handoff.handoff_forms())
        self._forms.chosen.connect(context.store.choose_form)
        self._saving = FolderSaving(context, self._files, tr("Save the files…"), "handoff")
        self._quick = MadeLater(lambda: QuickCreate(context))
        self._scripts = muted(
            tr("Many mail programs refuse scripts. If yours does, share the files another way.")
        )
        self._letter = DocumentView(context.masking, "handoffLetter")
        self._needs: DocumentView | None = None
        self._needs_part = Disclosure(
            tr("Permissions that your administrator needs"), self._made_needs, "handoff-needs"
        )
        self._mail_outcome = MessageLine(context.masking, "handoff-mailOutcome")
        self._practised = Callout("good", "practised")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in self._parts():
            column.addWidget(widget)
        context.masking.changed.connect(self._show_letter)

    def _parts(self) -> list[QWidget]:
        mail = plain_button(tr("Write the mail"), "handoff-mail")
        mail.clicked.connect(self._write_mail)
        return [
            body(
                tr(
                    "Save the files, attach them to a mail with the text below, and wait for the "
                    "role’s ARN. You can close this window meanwhile."
                )
            ),
            self._forms,
            self._saving,
            self._quick,
            *(self._practice_parts() if self._context.practice else ()),
            self._letter,
            FlowRow(mail),
            muted(tr("Then attach the files yourself.")),
            self._scripts,
            self._mail_outcome,
            self._needs_part,
        ]

    @property
    def save_button(self) -> QAbstractButton:
        """The button that saves what to send."""
        return self._saving.button

    def show_state(self, state: SetupState) -> None:
        """Show the chosen form, and whether the steps were done in the practice AWS."""
        self._practised.setVisible(state.practice and state.creation.done.issuperset(STEP_CHANGES))
        self._forms.choose(state.sending.form)
        if state.draft is None or (state.draft, state.sending.form) == (self._draft, self._form):
            return
        self._draft, self._form = state.draft, state.sending.form
        self._made = None
        self._saving.forget()
        self._quick.show_part(shown=self._form == TEMPLATE_FORM)
        if self._quick.is_made:
            self._quick.part.show_draft(state.draft)
        self._scripts.setVisible(self._form in SCRIPT_FORMS)
        self._mail_outcome.show_message(None, "")
        self._show_letter()
        self._show_needs()

    # What is sent

    async def _files(self) -> Mapping[str, bytes]:
        """Return the files of the chosen form, contents by name; the page is there as a PDF too."""
        draft, form = self._draft, self._form
        if self._made is not None or draft is None:
            return self._made or {}
        files = await self._made_files(draft, form)
        if (draft, form) == (self._draft, self._form):
            self._made = files
        return files

    async def _made_files(self, draft: Draft, form: str) -> Mapping[str, bytes]:
        files: dict[str, bytes] = {}
        if form == PAGE_FORM:
            paper = paper_of(QLocale.system())
            files[PDF_FILE] = await pdf_beside(administrator_page(draft), paper)
        for file in self._context.handoff.handoff_files(draft, form):
            # Half a character, as others' text can hold, has no UTF-8; its escape means the same.
            files[file.name] = file.text.encode("utf-8", "backslashreplace")
        return files

    def _names(self, draft: Draft) -> list[str]:
        names = [file.name for file in self._context.handoff.handoff_files(draft, self._form)]
        return [PDF_FILE, *names] if self._form == PAGE_FORM else names

    def _text(self, draft: Draft, *, shows_values: bool = True) -> str:
        return letter(draft, self._form, self._names(draft), shows_values=shows_values)

    def _show_letter(self) -> None:
        if self._draft is not None:
            text, values = self._text(self._draft), _values(self._draft)
            self._letter.show_document(text, values, tr("Text of the mail"), "mail.txt")

    def _write_mail(self) -> None:
        if self._draft is None:
            return
        # What is hidden from those who see the screen is not put on it by a mail program.
        text = self._text(self._draft, shows_values=not self._context.masking.on)
        if self._context.open_link(mail_link(text)) is False:
            words = tr("No mail program answers on this computer. Copy the text instead.")
            self._mail_outcome.show_message("warning", words)
        else:
            self._mail_outcome.show_message(None, "")

    # What they need

    def _made_needs(self) -> QWidget:
        self._needs = DocumentView(self._context.masking, "handoffNeeds")
        self._show_needs()
        return self._needs

    def _show_needs(self) -> None:
        if self._draft is not None and self._needs is not None:
            parts = in_parts(needs_of_form(self._form, self._draft))
            text = "\n\n".join(map(document_text, parts))
            title = tr("Policy for the person who does this")
            self._needs.show_document(
                text, _values(self._draft), title, "permissions-to-do-it.json"
            )

    # The practice AWS

    def _practice_parts(self) -> list[QWidget]:
        words = tr(
            "On the practice AWS there is nobody to send it to. This button does the "
            "administrator’s part:"
        )
        self._practised.show_text(
            tr("Your AWS administrator would now have made the role and its policies.")
        )
        return [body(words), FlowRow(self._practice_button()), self._practised]

    def _practice_button(self) -> QPushButton:
        play = plain_button(tr("Do it for me in the practice AWS"), "practise-all")
        play.setAccessibleDescription(tr("Does Steps 1 to 3 as your AWS administrator would."))
        play.clicked.connect(lambda: self._context.start("practise-all", self._practise()))
        return play

    async def _practise(self) -> None:
        await self._context.actions.do_all_steps()
        reveal(self._practised)


def _values(draft: Draft) -> list[str]:
    """Return what is masked in whatever is sent for ``draft``."""
    values = [draft.account_id, draft.database_id, *draft.bucket_names]
    values += [entry.prefix for entry in draft.buckets if entry.prefix]
    values += [entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn]
    return values
