"""The chain from UbiQuity to the files: each link a card, the first broken one open."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.diagnosis.chain import first_broken, links_of
from app.core.draft import Draft
from app.core.report import Report, Verdict
from app.core.snapshot import Snapshot
from app.core.wording.report_terms import verdict_words
from app.ui.look.style_sheet import GRID
from app.ui.report.link_card import LinkCard
from app.ui.widgets.callout import Callout, Kind
from app.ui.widgets.masking import Masking

_KIND: dict[Verdict, Kind] = {
    Verdict.READY: "good",
    Verdict.BLOCKED: "bad",
    Verdict.INCOMPLETE: "warning",
}


class ChainView(QWidget):
    """The verdict over the seven links."""

    def __init__(self, masking: Masking, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._shown: tuple[Draft, Snapshot, Report] | None = None
        self._verdict = Callout("note", f"{object_name}-verdict")
        self._cards: list[LinkCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self._verdict)

    def show_report(self, draft: Draft, snapshot: Snapshot, report: Report) -> None:
        """Show ``report``; what is open stays open while the report stays the same."""
        if self._shown == (draft, snapshot, report):
            return
        self._shown = (draft, snapshot, report)
        for card in self._cards:
            self._column.removeWidget(card)
            card.setParent(None)  # at once, so that no name is there twice
            card.deleteLater()
        self._cards = []
        word, sentence = verdict_words(report)
        self._verdict.set_kind(_KIND[report.verdict], word)
        self._verdict.show_text(sentence)
        links, number = links_of(report, snapshot), 1
        broken = first_broken(links)
        for status in links:
            card = LinkCard(self._masking, draft, status, number, self.objectName())
            number += len(status.findings)
            card.set_open(open_now=status is broken)
            self._cards.append(card)
            self._column.addWidget(card)
