"""What a plan can't mend, each with who can."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.change import Obstacle
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.wording.report_terms import WHO_WORDS
from app.ui.look.style_sheet import GRID
from app.ui.report.finding_card import FindingCard
from app.ui.review.review_words import ReviewWords
from app.ui.widgets.callout import Callout
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.one_by_one import OneByOne


class Remaining(QWidget):
    """One card for each obstacle, one by one; hidden where there is none."""

    def __init__(self, masking: Masking, words: ReviewWords, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._words = words
        self._masking = masking
        self._shown: tuple[Obstacle, ...] = ()
        self._cards = OneByOne(spacing=GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(group_title(words.obstacles_title()))
        column.addWidget(self._cards)
        self.hide()

    def show_obstacles(self, obstacles: tuple[Obstacle, ...], draft: Draft | None) -> None:
        """Show ``obstacles``; what is shown already is kept."""
        self.setVisible(bool(obstacles))
        if obstacles == self._shown:
            return
        self._shown = obstacles
        self._cards.show_all(
            partial(self._card, number, obstacle, draft)
            for number, obstacle in enumerate(obstacles)
        )
        self._cards.go_on()

    def _card(self, number: int, obstacle: Obstacle, draft: Draft | None) -> QWidget:
        name = f"{self.objectName()}-{number}"
        if obstacle.finding is not None:
            return card(FindingCard(self._masking, draft, obstacle.finding, name))
        sentence = self._words.obstacle(obstacle)
        box = Callout("warning", name, self._masking)
        box.show_text(sentence.template, sentence.values)
        who = tr("Who can act: {who}.").format(who=tr(WHO_WORDS[CATALOGUE[obstacle.code].who]))
        return card(box, muted(who))
