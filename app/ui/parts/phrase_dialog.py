"""The check phrases of what is filled in, to be read out on a call."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.core.phrase import PhraseOf
from app.core.wording.phrases import WHAT_TO_DO
from app.ui.parts.page_context import PageContext
from app.ui.parts.phrase_row import PhraseRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title
from app.ui.widgets.scroll_dialog import ScrollDialog


def phrase_dialog(parent: QWidget, context: PageContext) -> ScrollDialog:
    """Return the dialog, with a card for each value; what to do first where there is none."""
    dialog = ScrollDialog(parent, tr("Check phrases"), "phraseDialog")
    details = context.store.state.details
    rows = {
        tr("AWS account ID"): ("account_id", PhraseOf.ACCOUNT, "phraseAccount"),
        tr("UbiQuity Account ID"): ("database_id", PhraseOf.DATABASE, "phraseDatabase"),
    }
    shown = {name: row for name, row in rows.items() if details.value_of(row[0])}
    if not shown:
        dialog.add(body(tr("Fill your details in first: the words are made from them.")))
        return dialog
    dialog.add(body(tr(WHAT_TO_DO)))
    for name, (field, of, object_name) in shown.items():
        row = PhraseRow(context, of, name, object_name, large=True)
        dialog.add(card(group_title(name), row))
        row.show_value(details.value_of(field))
    return dialog
