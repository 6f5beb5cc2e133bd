"""One link of the chain: a row that opens and closes over its findings."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.core.diagnosis.chain import LinkState, LinkStatus
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.core.wording.report_terms import EVIDENCE_WORDS, link_name
from app.ui.look.style_sheet import GRID
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.buttons import link_button
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.one_by_one import OneByOne
from app.ui.widgets.state_icon import StateIcon

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
        self._findings = OneByOne(spacing=3 * GRID)
        self._findings.column.setContentsMargins(0, GRID, 0, 0)
        names = (f"{chain}-{first_number + place}" for place in range(len(status.findings)))
        self._findings.show_all(
            partial(FindingCard, masking, draft, finding, number)
            for finding, number in zip(status.findings, names, strict=True)
        )
        self._button = link_button("", f"{name}-open")
        self._button.clicked.connect(lambda: self.set_open(open_now=not self.open))
        self._lay_out(status)
        self._button.setVisible(bool(status.findings))
        self._name = link_name(status)
        self.setAccessibleName(f"{self._name}: {tr(_WORDS[status.state])}")
        self.set_open(open_now=False)

    @property
    def open(self) -> bool:
        """Whether the findings are shown."""
        return not self._findings.isHidden()

    def set_open(self, *, open_now: bool) -> None:
        """Show or hide the findings; of many, most come one by one, as the window draws."""
        if open_now:
            self._findings.go_on()
        else:
            self._findings.halt()
        self._findings.setVisible(open_now)
        words = tr("Hide") if open_now else tr("Show")
        self._button.setText(words)
        self._button.setAccessibleName(f"{words}: {self._name}")

    def _lay_out(self, status: LinkStatus) -> None:
        label = QLabel(link_name(status))
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
