"""What says over the page that details are hidden, and leads out of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.state_icon import StateIcon
from app.ui.widgets.words import Words

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking


class ShareBar(QWidget):
    """Stands there as long as details are hidden, however small the window is."""

    phrases = Signal()
    """The check phrases are asked for."""
    left = Signal()
    """The bar is about to go, and the focus in it."""

    def __init__(self, masking: "Masking") -> None:
        super().__init__()
        self.setObjectName("shareBar")
        self.setProperty("role", "shareBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._masking = masking
        self._words = Words(tr("Details are hidden. Hold an eye to see one."))
        self._words.setObjectName("shareWords")
        self._words.setWordWrap(True)
        phrases = link_button(tr("Check phrases…"), "sharePhrases")
        phrases.clicked.connect(self.phrases)
        show = link_button(tr("Show details"), "shareEnd")
        show.clicked.connect(self._end)
        row = QHBoxLayout(self)
        row.setSpacing(GRID)
        row.addWidget(StateIcon("note"))
        row.addWidget(self._words, 1)
        row.addWidget(FlowRow(phrases, show, at_end=True))
        self._row = row
        self.set_tight(tight=False)
        masking.changed.connect(self._show)
        self._show()

    def set_tight(self, *, tight: bool) -> None:
        """Take less room around the words, or the usual."""
        beside = GRID if tight else 3 * GRID
        self._row.setContentsMargins(beside, GRID // 2, beside, GRID // 2)

    def _end(self) -> None:
        self.left.emit()
        self._masking.set_on(False)

    def _show(self) -> None:
        self.setVisible(self._masking.on)
