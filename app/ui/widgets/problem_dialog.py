"""A dialog that says why something could not be done, and lets the person take along what helps."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.scroll_dialog import ScrollDialog


def tell_problem(parent: QWidget, heading: str, words: str, copy: str | None = None) -> None:
    """Say why something could not be done. ``copy`` can be taken along to where it can."""
    tell(parent, heading, words, copy, Callout("warning", "problemText"))


def tell(parent: QWidget, heading: str, words: str, copy: str | None, callout: Callout) -> None:
    """Say ``words`` in ``callout``, with a button that copies an address where there is one."""
    dialog = ScrollDialog(parent, heading, "problemDialog")
    callout.show_text(words)
    dialog.add(callout)
    if copy is not None:
        dialog.add_button(CopyButton(tr("the address"), lambda: copy, "problemCopy"))
    dialog.open_saying(words)
