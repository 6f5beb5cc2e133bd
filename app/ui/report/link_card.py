"""One link of the chain: a row that opens and closes over its findings."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.conventions import as_sentence, labelled, paragraph
from app.core.diagnosis.chain import UNKNOWN_STATES, LinkState, LinkStatus
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.i18n import mark, tr
from app.core.report import Evidence
from app.core.wording.report_terms import evidence_word, link_name
from app.flow.checking import CheckedAccount
from app.flow.ports.aws import Visit
from app.ui.look.style_sheet import GRID
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.accessible_objects import say_before, show_expanded
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.one_by_one import OneByOne
from app.ui.widgets.state_icon import StateIcon
from app.ui.widgets.times import time_of_day, time_taken
from app.ui.widgets.words import RowWords

_PICTURES = {
    LinkState.FINE: "done",
    LinkState.BROKEN: "failed",
    LinkState.DOUBTFUL: "warning",
    LinkState.UNKNOWN: "unknown",
    LinkState.NOT_NEEDED: "skipped",
    LinkState.UNTRIED: "waiting",
}
_WORDS = {
    LinkState.FINE: mark("In order"),
    LinkState.BROKEN: mark("Broken"),
    LinkState.DOUBTFUL: mark("Worth a look"),
    LinkState.UNKNOWN: mark("Not known"),
    LinkState.NOT_NEEDED: mark("Not needed"),
    LinkState.UNTRIED: mark("Not tried yet"),
}
_ROLES = {
    LinkState.FINE: "good",
    LinkState.BROKEN: "bad",
    LinkState.DOUBTFUL: "warning",
    LinkState.UNKNOWN: "muted",
    LinkState.NOT_NEEDED: "muted",
    LinkState.UNTRIED: "muted",
}


class WayOn(NamedTuple):
    """What the person can do about a link: the button's words, its name, and what it does."""

    words: str
    name: str
    go: Callable[[], None]


class BesideLink(NamedTuple):
    """What else is known of a link, beside its status.

    ``seconds`` is how long it took to know, where that was measured; ``visit`` is UbiQuity's, as
    the account's event history has it; ``before`` how the link stood in the test before.
    """

    seconds: float | None = None
    visit: Visit | None = None
    before: LinkState | None = None


class LinkCard(QFrame):
    """Icon, name, the state's word and how it is known; below, when open, the findings."""

    def __init__(
        self,
        masking: Masking,
        checked: CheckedAccount,
        status: LinkStatus,
        first_number: int,
        chain: str,
        beside: BesideLink,
    ) -> None:
        """``chain`` names the chain; names of controls begin with it, findings are numbered."""
        super().__init__()
        name = f"{chain}-{status.link.name.lower()}"
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._findings = OneByOne(spacing=3 * GRID)
        self._findings.column.setContentsMargins(0, GRID, 0, 0)
        self._ways = QWidget()
        self._ways_row = QVBoxLayout(self._ways)
        self._ways_row.setContentsMargins(0, 2 * GRID, 0, GRID)
        self._has_ways = False
        names = (f"{chain}-{first_number + place}" for place in range(len(status.findings)))
        self._findings.show_all(
            partial(
                FindingCard,
                masking,
                checked.draft,
                finding,
                number,
                mends=checked.mends(finding),
            )
            for finding, number in zip(status.findings, names, strict=True)
        )
        self._button = link_button("", f"{name}-open")
        self._button.clicked.connect(lambda: self.set_open(open_now=not self.open))
        self._lay_out(status, beside)
        self._button.setVisible(bool(status.findings))
        self._name = link_name(status)
        known = _known(status, beside)
        self.setAccessibleName(labelled(self._name, tr(_WORDS[status.state])))
        notes = filter(None, (known, _before(status, beside), _last_use(status)))
        self.setAccessibleDescription(paragraph(*map(as_sentence, notes)))
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
        self._ways.setVisible(open_now and self._has_ways)
        words = tr("Hide") if open_now else tr("Show")
        self._button.setText(words)
        self._button.setAccessibleName(labelled(words, self._name))
        show_expanded(self._button, expanded=open_now)

    def add_ways(self, ways: Sequence[WayOn]) -> None:
        """Add a button for each of ``ways``, under the findings."""
        self._has_ways = bool(ways)
        buttons = []
        for way in ways:
            button = plain_button(way.words, f"{self.objectName()}-{way.name}")
            button.setAccessibleName(labelled(way.words, self._name))
            button.clicked.connect(lambda _on=False, go=way.go: go())
            buttons.append(button)
        self._ways_row.addWidget(FlowRow(*buttons))

    def _lay_out(self, status: LinkStatus, beside: BesideLink) -> None:
        label = RowWords(link_name(status))
        label.setProperty("role", "label")
        state = RowWords(tr(_WORDS[status.state]))
        state.setObjectName(f"{self.objectName()}-state")
        state.setProperty("role", _ROLES[status.state])
        row = QHBoxLayout()
        row.setSpacing(GRID)
        icon = StateIcon(_PICTURES[status.state])
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
        row.addWidget(state)
        known = muted(_known(status, beside), f"{self.objectName()}-known")
        known.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        say_before(known, "")  # nothing where it has no words
        row.addWidget(known, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(0)
        column.addLayout(row)
        notes = " · ".join(filter(None, (_before(status, beside), _last_use(status))))
        if notes:
            below = QHBoxLayout()
            below.addSpacing(icon.sizeHint().width() + GRID)  # under the name
            below.addWidget(muted(notes, f"{self.objectName()}-note"))
            column.addLayout(below)
        column.addWidget(self._findings)
        column.addWidget(self._ways)


def _known(status: LinkStatus, beside: BesideLink) -> str:
    """Return how the state is known, and how long that took; nothing for what is not known."""
    if status.state in UNKNOWN_STATES:
        return ""
    weight = CATALOGUE[status.findings[0].code].weight if status.findings else None
    word = evidence_word(status.evidence, weight, status.link)
    if beside.visit is not None and _is_seen(status):
        when = time_of_day(beside.visit.at)
    elif beside.seconds is not None:
        when = time_taken(beside.seconds)
    else:
        return word
    return tr("{known} · {time}").format(known=word, time=when)


def _is_seen(status: LinkStatus) -> bool:
    """Tell whether UbiQuity's visit is what the link is known by."""
    return status.link in _SHOWN_BY_A_VISIT and status.evidence is Evidence.VERIFIED


_SHOWN_BY_A_VISIT: Final = (ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST)


def _before(status: LinkStatus, beside: BesideLink) -> str:
    """Return how the link stood before, where that was otherwise."""
    if beside.before is None or beside.before is status.state:
        return ""
    return tr("Before: {state}").format(state=tr(_WORDS[beside.before]))


def _last_use(status: LinkStatus) -> str:
    """Return when the role was last used, where AWS told it; whoever used it."""
    use = status.last_used
    if use is None or use.at is None:  # it is told late, so none says nothing
        return ""
    when = time_of_day(use.at)
    if use.region is None:
        return tr("Last used: {time}").format(time=when)
    return tr("Last used: {time}, {region}").format(time=when, region=use.region)
