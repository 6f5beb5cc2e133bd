"""Asking once before something that was typed is lost, and telling why something can't be done."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.widgets.buttons import PrimaryButton, destructive_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body
from app.ui.widgets.scroll_dialog import ScrollDialog


def ask_to_start_anew(parent: QWidget, start: Callable[[], object]) -> None:
    """Ask whether what was typed may go, and ``start`` where the answer is yes."""
    words = tr(
        "What you typed and chose is forgotten. What was already changed in AWS stays as it is."
    )
    dialog = ScrollDialog(
        parent,
        tr("Start anew?"),
        "anewQuestion",
        PrimaryButton(tr("Keep what I typed"), "anewNo"),
    )
    dialog.add(body(words))
    yes = destructive_button(tr("Start anew"), "anewYes")
    yes.clicked.connect(dialog.reject)
    yes.clicked.connect(start)
    dialog.add_button(yes)
    dialog.open_saying(words)


def tell_problem(parent: QWidget, heading: str, words: str, copy: str | None = None) -> None:
    """Say why something could not be done. ``copy`` can be taken along to where it can."""
    dialog = ScrollDialog(parent, heading, "problemDialog")
    callout = Callout("warning", "problemText")
    callout.show_text(words)
    dialog.add(callout)
    if copy is not None:
        dialog.add_button(CopyButton(tr("the address"), lambda: copy, "problemCopy"))
    dialog.open_saying(words)
