"""The check phrase of one value: words to read out in the place of what is hidden."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from app.core.i18n import tr
from app.core.phrase import PhraseOf
from app.core.wording.phrases import phrase_words
from app.flow.threads import in_thread
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.flow_row import FlowRow

_BIGGER: Final = 1.5
_DOWN: Final = QBoxLayout.Direction.TopToBottom
_ALONG: Final = QBoxLayout.Direction.LeftToRight


class PhraseRow(QWidget):
    """Shows the words of a value, and is not there where there is no value.

    The words are no secret of those on the call: they are what is read out, and are never masked.
    """

    def __init__(
        self,
        context: PageContext,
        of: PhraseOf,
        what: str,
        object_name: str,
        *,
        large: bool = False,
    ) -> None:
        """Show ``large`` words where they are all there is; ``what`` names the value."""
        super().__init__()
        self.setObjectName(f"{object_name}-row")
        self._context = context
        self._of = of
        self._value = ""
        self._words = ""
        self._label = QLabel()
        self._label.setObjectName(object_name)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._large = large
        if large:
            font = self._label.font()
            font.setPointSizeF(font.pointSizeF() * _BIGGER)
            self._label.setFont(font)
        else:
            self._label.setProperty("role", "muted")
        about = tr("the check phrase ({what})").format(what=what)
        copy = CopyButton(about, lambda: self._words, f"{object_name}-copy")
        box = QBoxLayout(_DOWN if large else _ALONG, self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._label, 1)
        box.addWidget(FlowRow(copy) if large else copy)
        self._draw()

    @property
    def words(self) -> str:
        """The words that are shown; ``""`` while there are none."""
        return self._words

    def show_value(self, value: str) -> None:
        """Show the words of ``value``, exactly as it stands, or nothing for ``""``."""
        if value != self._value:
            self._value, self._words = value, ""
            self._draw()
            if value:
                self._context.start(self.objectName(), self._work_out())

    async def _work_out(self) -> None:
        """Work the words out beside the window; once more where the value is another by then."""
        value = None
        while value != self._value:
            value = self._value
            self._words = await in_thread(lambda: phrase_words(self._value, self._of))
        self._words = self._words if value else ""
        self._draw()

    def _draw(self) -> None:
        # Large words have a place of their own, whose height is known before they are.
        self.setVisible(bool(self._words) or self._large)
        words = self._words or "…"
        self._label.setText(
            words if self._large else tr("Check phrase: {words}").format(words=words)
        )
