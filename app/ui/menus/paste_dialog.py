"""A place to paste what somebody sent, whatever it is."""

from PySide6.QtWidgets import QMainWindow

from app.core.i18n import tr
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.headings import body
from app.ui.widgets.paste_edit import PasteEdit
from app.ui.widgets.scroll_dialog import ScrollDialog


def paste_dialog(window: QMainWindow, context: PageContext) -> ScrollDialog:
    """Return the dialog; it closes once something was pasted or dropped, which is opened then."""
    closing = PrimaryButton(tr("Close"), "pasteClose")
    dialog = ScrollDialog(window, tr("Paste what you were sent"), "pasteDialog", closing)
    dialog.add(
        body(
            tr(
                "Details (a draft), a snapshot, a block from AWS CloudShell, policies, a receipt, "
                "or the role’s ARN. This program tells by itself what it is."
            )
        )
    )
    box = PasteEdit("pasteSent", tr("Paste what you were sent here"), context.masking)

    def take_text(text: str) -> None:
        dialog.accept()
        context.start("intake", context.intake.take_text(text))

    def take_file(path: str) -> None:
        dialog.accept()
        context.start("intake", context.intake.take_files([path]))

    box.pasted.connect(take_text)
    box.typed.connect(take_text)
    box.dropped.connect(take_file)
    dialog.add(box)
    dialog.start_at(box)
    return dialog
