"""One link of the chain: a row that opens and closes over its findings."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.diagnosis.chain import LinkState, LinkStatus
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.core.wording.report_terms import EVIDENCE_WORDS, LINK_WORDS
from app.ui.look.style_sheet import GRID
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.buttons import link_button
from app.ui.widgets.headings import muted
from app.ui.widgets.kept_size import KeptSize
from app.ui.widgets.masking import Masking
from app.ui.widgets.state_icon import StateIcon

_AT_ONCE: Final = 1
"""How many findings are drawn with the link itself; the others follow one by one. Forty at once
would hold the window for a second."""

_PICTURES = {
    LinkState.FINE: "done",
    LinkState.BROKEN: "failed",
    LinkState.DOUBTFUL: "warning",
    LinkState.UNKNOWN: "unknown",
    LinkState.NOT_NEEDED: "skipped",
}
_WORDS = {
    LinkState.FINE: mark("In order"),
    LinkState.BROKEN: mark("Broken"),
    LinkState.DOUBTFUL: mark("Worth a look"),
    LinkState.UNKNOWN: mark("Not known"),
    LinkState.NOT_NEEDED: mark("Not needed"),
}
_ROLES = {
    LinkState.FINE: "good",
    LinkState.BROKEN: "bad",
    LinkState.DOUBTFUL: "warning",
    LinkState.UNKNOWN: "muted",
    LinkState.NOT_NEEDED: "muted",
}


class LinkCard(QFrame):
    """Icon, name, the state's word and how it is known; below, when open, the findings."""

    def __init__(
        self,
        masking: Masking,
        draft: Draft,
        status: LinkStatus,
        first_number: int,
        chain: str,
    ) -> None:
        """``chain`` names the chain; names of controls begin with it, findings are numbered."""
        super().__init__()
        name = f"{chain}-{status.link.name.lower()}"
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._findings = QWidget()
        self._column = QVBoxLayout(self._findings)
        self._column.setContentsMargins(0, GRID, 0, 0)
        self._column.setSpacing(3 * GRID)
        names = (f"{chain}-{first_number + place}" for place in range(len(status.findings)))
        self._to_come = [
            partial(FindingCard, masking, draft, finding, number)
            for finding, number in zip(status.findings, names, strict=True)
        ]
        self._next_turn = QTimer(self, interval=0)
        self._next_turn.timeout.connect(self._add_one)
        self._button = link_button("", f"{name}-open")
        self._button.clicked.connect(lambda: self.set_open(open_now=not self.open))
        self._lay_out(status)
        self._button.setVisible(bool(status.findings))
        self._name = tr(LINK_WORDS[status.link])
        self.setAccessibleName(f"{self._name}: {tr(_WORDS[status.state])}")
        self.set_open(open_now=False)

    @property
    def open(self) -> bool:
        """Whether the findings are shown."""
        return not self._findings.isHidden()

    def set_open(self, *, open_now: bool) -> None:
        """Show or hide the findings; of many, most come one by one, as the window draws."""
        for _ in range(_AT_ONCE if open_now and not self._column.count() else 0):
            self._add_one()
        if open_now and self._to_come:
            self._next_turn.start()
        else:
            self._next_turn.stop()
        self._findings.setVisible(open_now)
        words = tr("Hide") if open_now else tr("Show")
        self._button.setText(words)
        self._button.setAccessibleName(f"{words}: {self._name}")

    def _add_one(self) -> None:
        if self._to_come:
            self._column.addWidget(KeptSize(self._to_come.pop(0)()))
        if not self._to_come:
            self._next_turn.stop()

    def _lay_out(self, status: LinkStatus) -> None:
        label = QLabel(tr(LINK_WORDS[status.link]))
        label.setProperty("role", "label")
        state = QLabel(tr(_WORDS[status.state]))
        state.setObjectName(f"{self.objectName()}-state")
        state.setProperty("role", _ROLES[status.state])
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(StateIcon(_PICTURES[status.state]), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
        row.addWidget(state)
        row.addStretch(1)
        if status.state is not LinkState.NOT_NEEDED and status.state is not LinkState.UNKNOWN:
            row.addWidget(muted(tr(EVIDENCE_WORDS[status.evidence])))
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._findings)
