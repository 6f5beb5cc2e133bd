"""What others put into the account, and the plan leaves as it is."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.core.change import LeftAlone
from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.review.review_words import ReviewWords
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.headings import group_title
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import ValueText


class LeftAloneCard(QFrame):
    """One sentence for each thing that stays; hidden where there is none."""

    def __init__(self, masking: Masking, words: ReviewWords, object_name: str) -> None:
        super().__init__()
        self._words = words
        self.setObjectName(object_name)
        self.setProperty("role", "card")
        self._masking = masking
        self._shown: tuple[LeftAlone, ...] = ()
        self._bullets: Bullets | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self._title = group_title("")
        self._column.addWidget(self._title)
        self.hide()

    def show_left_alone(self, parts: tuple[LeftAlone, ...], *, begun: bool) -> None:
        """Show ``parts``; ``begun`` once changes were made, which these were not among."""
        self.setVisible(bool(parts))
        self._title.setText(tr("What stayed as it was") if begun else tr("What stays as it is"))
        if parts == self._shown:
            return
        self._shown = parts
        if self._bullets is not None:
            self._column.removeWidget(self._bullets)
            self._bullets.setParent(None)
            self._bullets.deleteLater()
        self._bullets = Bullets(f"{self.objectName()}-list")
        for part in parts:
            sentence = self._words.left_alone(part)
            text = ValueText(self._masking)
            text.show_text(sentence.template, sentence.values)
            self._bullets.add(text)
        self._column.addWidget(self._bullets)
