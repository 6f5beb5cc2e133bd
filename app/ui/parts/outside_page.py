"""Opening a page of AWS or of UbiQuity in this computer's browser."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.parts.page_context import PageContext
from app.ui.widgets.problem_dialog import tell_problem


def open_page(parent: QWidget, context: PageContext, link: str) -> None:
    """Open ``link``; where no browser answers, say so, and let its address be copied.

    The address itself is not shown: it may name a bucket, and the screen may be shared.
    """
    if context.open_link(link) is False:
        words = tr("No browser answers on this computer. Copy the address, and open it elsewhere.")
        tell_problem(parent.window(), tr("It can’t be opened here"), words, link)
