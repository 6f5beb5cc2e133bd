"""While the person signs in in this computer's browser, whatever service signs in there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, muted


class BrowserWaiting(QWidget):
    """What to do in the browser, and what if it shows nothing."""

    open_again = Signal()
    no_browser = Signal()
    """No browser can be opened on this computer."""

    def __init__(self, words: str, way: str, suffix: str) -> None:
        """``words`` say what to do there; ``way`` and ``suffix`` make the controls' names."""
        super().__init__()
        self._link = ""
        self.control = CopyButton(
            "", lambda: self._link, f"{way}CopyLink{suffix}", tr("Copy the link")
        )
        again = plain_button(tr("Open the browser again"), f"{way}OpenAgain{suffix}")
        again.clicked.connect(self.open_again)
        elsewhere = link_button(tr("I can’t open a browser here"), f"{way}NoBrowser{suffix}")
        elsewhere.clicked.connect(self.no_browser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(body(words, f"{way}BrowserWords{suffix}"))
        column.addWidget(FlowRow(self.control, again, elsewhere))
        column.addWidget(
            muted(tr("Did nothing open? Copy the link into a browser of this computer."))
        )

    def show_link(self, link: str) -> None:
        """Let ``link`` be what is copied."""
        self._link = link
