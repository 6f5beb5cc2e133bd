"""The offer to clear the clipboard of the credentials that were pasted from it."""

import hashlib
import hmac
import secrets

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted


class ClipboardOffer(QWidget):
    """A quiet line with a button, there while the clipboard holds what was pasted from it.

    Only a keyed hash of the text is kept, in memory, to know it again by.
    """

    done = Signal()
    """The button was used, and is gone."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._key = secrets.token_bytes(32)
        self._pasted: bytes | None = None
        self._words = muted("", f"{object_name}-words")
        self._clear = link_button(tr("Clear the clipboard"), f"{object_name}-clear")
        self._clear.clicked.connect(self._clear_it)
        self._button = FlowRow(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._words)
        column.addWidget(self._button)
        QGuiApplication.clipboard().dataChanged.connect(self._look)
        self.hide()

    def offer(self, pasted: str) -> None:
        """Offer to clear the clipboard where it holds ``pasted``: what was dropped does not."""
        self._pasted = self._digest(pasted)
        if not self._held_in():
            self.withdraw()
            return
        self._words.setText(tr("Your clipboard still holds what you pasted."))
        self._button.show()
        self.show()

    def withdraw(self) -> None:
        """Offer nothing and say nothing."""
        self._pasted = None
        self.hide()

    def _look(self) -> None:
        """Withdraw the offer once something else was copied."""
        if self._pasted is not None and not self._held_in():
            self.withdraw()

    def _clear_it(self) -> None:
        # Another program may have copied something meanwhile: that is not ours to delete.
        modes, self._pasted = self._held_in(), None
        for mode in modes:
            QGuiApplication.clipboard().clear(mode)
        if modes:
            words = tr(
                "The clipboard is cleared. A clipboard history, where one is switched on, may "
                "still hold it."
            )
        else:
            words = tr("The clipboard holds something else by now, so it was left as it is.")
        self._words.setText(words)
        self._button.hide()
        announce(self, words)
        self.done.emit()

    def _held_in(self) -> list[QClipboard.Mode]:
        """Return which clipboards hold what was pasted: X11 has one more, for the mouse."""
        clipboard = QGuiApplication.clipboard()
        modes = [QClipboard.Mode.Clipboard]
        if clipboard.supportsSelection():
            modes.append(QClipboard.Mode.Selection)
        return [
            mode
            for mode in modes
            if self._pasted is not None
            and hmac.compare_digest(self._digest(clipboard.text(mode)), self._pasted)
        ]

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32
        ).digest()
