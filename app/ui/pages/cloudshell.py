"""In the AWS console's own shell: no key on this computer, and nothing to install."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.console_links import cloudshell_link
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.flow.ports.files import CloudshellWay
from app.flow.wizard.pages import CLOUDSHELL_PAGE, Page
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.again_callout import AgainCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.folder_saving import FolderSaving
from app.ui.parts.outside_page import open_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.report.sent_back import SentBackBox
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body
from app.ui.widgets.numbered_steps import NumberedSteps
from app.ui.widgets.pictures import dress_button
from app.ui.widgets.reveal import reveal
from app.ui.widgets.value_text import ValueText

_UPLOADING: Final = mark(
    "Save the program, a text that you can read. In CloudShell choose Actions > Upload file."
)


class CloudshellPage(WizardPage):
    """Open, paste, answer, copy back: and where what is copied back goes."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._again = AgainCallout(page)
        self.add(self._again)
        self.add_body(
            tr(
                "AWS has a shell of its own, in which you have your own rights. No key comes to "
                "this computer."
            )
        )
        self._failure = FailureCallout(context, "failure-cloudshell")
        self.add(self._failure)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(2 * GRID)
        self.column.addLayout(self._holder)
        self._content: QWidget | None = None
        self._first: QWidget | None = None
        self._printed = Callout("good", "printed")
        # Kept through a change of the details: what was pasted into it is in the state.
        self._sent = SentBackBox(
            context,
            "-cloudshell",
            tr("Paste what CloudShell printed"),
            tr("Run it there once more, which makes what is lacking, or do what is said below."),
            tr("Paste what CloudShell printed too, or go on without it, below."),
        )
        self._without = link_button(tr("I have done it, and can’t paste it here"), "withoutBlock")
        self._without.clicked.connect(self._go_without)
        self.add(self._sent.results)
        self.add(FlowRow(self._without))

    def show_state(self, state: SetupState) -> None:
        """Redraw the steps; they are kept while the draft stays the same."""
        if state.draft is not None and state.draft != self._draft:
            self._draft = state.draft
            self._rebuild(state.draft)
        self._failure.show_state(state)
        self._again.show_state(state)
        self._sent.show_state(state)
        self._printed.setVisible(bool(state.creation.printed))
        self._without.setVisible(CLOUDSHELL_PAGE.id not in state.creation.done)

    def entered(self, state: SetupState) -> None:
        """Say what has changed since it was done."""
        del state
        self._again.announce()

    def _go_without(self) -> None:
        self.context.store.tick(CLOUDSHELL_PAGE.id, done=True)
        self.context.store.next()

    def _rebuild(self, draft: Draft) -> None:
        self._sent.setParent(None)
        if self._content is not None:
            self._holder.removeWidget(self._content)
            self._content.setParent(None)  # at once, so that no name is there twice
            self._content.deleteLater()
        make = self.context.cloudshell
        if make is None:
            return
        self._content = card(self._steps(draft, make(draft)))
        self._holder.addWidget(self._content)

    def _steps(self, draft: Draft, way: CloudshellWay) -> NumberedSteps:
        steps = NumberedSteps("cloudshellSteps")
        self._add_open(steps, draft)
        if way.command is not None:
            self._add_command(steps, way, way.command)
        else:
            steps.add(tr(_UPLOADING), *self._upload(way))
        steps.add(
            tr(
                "If CloudShell asks about “Safe Paste”, choose “Paste”. The program lists what it "
                "will do and asks “Go on?”. Type y and press Enter; nothing is changed before."
            )
        )
        if self.context.practice:
            self._add_practice(steps)
        steps.add(
            tr("Copy what it prints at the end, from BEGIN to END, and paste it here."), self._sent
        )
        return steps

    def _add_open(self, steps: NumberedSteps, draft: Draft) -> None:
        if self.context.practice:
            steps.add(tr("In AWS you would open CloudShell here. The practice AWS has no console."))
            return
        region = draft.buckets[0].region
        button = plain_button(tr("Open AWS CloudShell"), "openCloudshell")
        dress_button(button, "external")
        button.clicked.connect(lambda: open_page(self, self.context, cloudshell_link(region)))
        steps.add(tr("Open AWS CloudShell, in the account that has your bucket."), button)
        self._first = button

    def _add_practice(self, steps: NumberedSteps) -> None:
        button = plain_button(tr("Run it in the practice CloudShell"), "practise-cloudshell")
        button.clicked.connect(
            lambda: self.context.start("practise-cloudshell", self._run_in_practice())
        )
        self._printed.setParent(None)
        self._printed = Callout("good", "printed")
        self._printed.show_text(tr("It is done, and a block was printed, from BEGIN to END."))
        copy = CopyButton(
            "",
            lambda: self.context.store.state.creation.printed,
            "copyPrinted",
            tr("Copy what it printed"),
        )
        self._printed.add_button(copy)
        self._printed.hide()
        steps.add(tr("This button does what the command would do:"), FlowRow(button), self._printed)
        self._first = button

    async def _run_in_practice(self) -> None:
        await self.context.actions.run_in_practice_cloudshell()
        if self.context.store.state.creation.printed:
            announce(self, self._printed.text)
            reveal(self._printed)

    def _add_command(self, steps: NumberedSteps, way: CloudshellWay, command: str) -> None:
        copy = CopyButton(
            "",
            lambda: command,
            "copyCommand",
            tr("Copy the command"),
        )
        sentence = tr("SHA-256 of the program, which the command prints first: {sum}")
        steps.add(
            tr(
                "Copy this command, paste it there and press Enter. It does the same as “Create it "
                "for me”, and stops at the first error."
            ),
            copy,
            self._checksum(sentence.format(sum=way.sha256), "programChecksum"),
            Disclosure(
                tr("Upload a file instead of pasting"),
                lambda: self._folded_upload(way),
                "uploadInstead",
            ),
        )

    def _folded_upload(self, way: CloudshellWay) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (body(tr(_UPLOADING)), *self._upload(way)):
            column.addWidget(widget)
        return part

    def _upload(self, way: CloudshellWay) -> list[QWidget]:
        async def files() -> dict[str, bytes]:
            return {way.program.name: way.program.text.encode()}

        save = FolderSaving(self.context, files, tr("Save the program…"), "program")
        run = DocumentView(self.context.masking, "uploadedCommand")
        run.show_document(
            f"python3 {way.program.name}", [], tr("Then run this there"), "command.txt"
        )
        sentence = tr("SHA-256 of the program: {sum}. “sha256sum” tells it there.")
        told = self._checksum(sentence.format(sum=way.sha256), "fileChecksum")
        return [save, told, run]

    def _checksum(self, words: str, name: str) -> ValueText:
        """Return a sentence with a checksum, which is nobody's value, and can be selected."""
        text = ValueText(self.context.masking, name)
        text.setProperty("role", "muted")
        text.show_text(words)
        return text

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return what opens CloudShell, or does it in the practice AWS."""
        del state
        return self._first

    def focus_control(self, name: str) -> QWidget | None:
        """Return the box for what CloudShell printed."""
        return self._sent.edit if name == "block" else None
