"""The chain while a test is made: each link fills in when its checks have ended."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.conventions import labelled
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.i18n import mark, tr
from app.core.report import Evidence, Weight
from app.core.wording.connection_test import spreading_words
from app.core.wording.report_terms import LINK_WORDS, evidence_word
from app.flow.connection.checks import CheckKind, CheckState, ConnectionResult
from app.flow.connection.links_under_way import LinkUnderWay, links_under_way
from app.flow.connection.tester import Tester
from app.ui.look.style_sheet import GRID
from app.ui.parts.connection_words import CHECK_STATES
from app.ui.widgets.accessible_objects import say_before
from app.ui.widgets.announcement import announce
from app.ui.widgets.flash import LOOK_MS
from app.ui.widgets.headings import muted
from app.ui.widgets.state_icon import STATE_WORDS, StateIcon
from app.ui.widgets.times import time_taken
from app.ui.widgets.words import Words

_ROLES: Final[Mapping[CheckState, str]] = {CheckState.PASSED: "good", CheckState.FAILED: "bad"}
_WAITS_FOR: Final[Mapping[CheckKind, str]] = {
    CheckKind.NETWORK: mark("Waits for AWS to answer"),
    CheckKind.CLOCK: mark("Waits for AWS to answer"),
    CheckKind.CALLER: mark("Waits for your sign-in"),
    CheckKind.REGION: mark("Waits for the region to answer"),
    CheckKind.ACCOUNT: mark("Waits for your account to be read"),
    CheckKind.LIST: mark("Waits for the files to be listed"),
    CheckKind.VISIT: mark("Waits for Test Connection in UbiQuity"),
    CheckKind.ASSUME: mark("Waits for the role"),
    CheckKind.ASSUME_WITHOUT: mark("Waits for the role"),
    CheckKind.ASSUME_WRONG: mark("Waits for the role"),
    CheckKind.READ: mark("Waits for a file to be read"),
}
_ENDED: Final = (CheckState.PASSED, CheckState.FAILED)


class ChainUnderWay(QWidget):
    """The links under each other, each with what it waits for or how long it took."""

    def __init__(self, object_name: str, clock: Callable[[], float]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._clock = clock
        self._cards: dict[ChainLink, _Card] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._tick)

    def show_result(self, result: ConnectionResult) -> None:
        """Show how far the test is; a link that has ended since is said aloud once."""
        links = {link.link: link for link in links_under_way(result)}
        if list(links) != list(self._cards):
            self._rebuild(links)
        for name, link in links.items():
            if self._cards[name].show_link(link, result.tester) and self.isVisible():
                announce(self, self._cards[name].spoken())
        is_running = any(card.running for card in self._cards.values())
        if not is_running:
            self._timer.stop()
        elif not self._timer.isActive():  # to start it again would put it off
            self._timer.start()

    def _rebuild(self, links: Mapping[ChainLink, LinkUnderWay]) -> None:
        for card in self._cards.values():
            self._column.removeWidget(card)
            card.setParent(None)  # at once, so that no name is there twice
            card.deleteLater()
        make = partial(_Card, self.objectName(), self._clock)
        self._cards = {link: make(link) for link in links}
        for card in self._cards.values():
            self._column.addWidget(card)

    def _tick(self) -> None:
        for card in self._cards.values():
            card.tick()


class _Card(QFrame):
    """One link: icon, name, state, and at the end how far it is."""

    def __init__(self, chain: str, clock: Callable[[], float], link: ChainLink) -> None:
        super().__init__()
        name = f"{chain}-{link.name.lower()}"
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._clock = clock
        self._shown: LinkUnderWay | None = None
        self._since = 0.0
        self._name = tr(LINK_WORDS[link])
        self._icon = StateIcon("waiting")
        label = Words(self._name)
        label.setProperty("role", "label")
        self._state = Words()
        self._state.setObjectName(f"{name}-state")
        self._known = muted("", f"{name}-known")
        self._known.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        say_before(self._known, "")  # nothing where it has no words
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
        row.addWidget(self._state)
        row.addWidget(self._known, 1)

    @property
    def running(self) -> bool:
        """Whether it is being tried now."""
        return self._shown is not None and self._shown.state is CheckState.RUNNING

    def show_link(self, link: LinkUnderWay, tester: Tester) -> bool:
        """Show how far the link is; return whether it has just ended."""
        if link == self._shown:
            return False
        before, self._shown = self._shown, link
        if before is None or _look(before) != _look(link):
            self._since = self._clock()
            picture, role = _look(link)
            self._icon.set_state(picture)
            self._state.setText(_word(link, tester))
            self._state.setProperty("role", role)
            self._state.style().unpolish(self._state)
            self._state.style().polish(self._state)
        self._known.setText(_known(link, tester))
        self.setAccessibleName(labelled(self._name, self._state.text()))
        self.setAccessibleDescription(self._known.text())
        self.tick()
        return link.state in _ENDED and before is not None and before.state is not link.state

    def spoken(self) -> str:
        """Return the link as it is heard."""
        return self.accessibleName()

    def tick(self) -> None:
        """Say for how many whole seconds it has been tried, from the first on."""
        seconds = int(self._clock() - self._since)
        if self.running and seconds:
            self._known.setText(tr("{seconds} s").format(seconds=seconds))


def _known(link: LinkUnderWay, tester: Tester) -> str:
    """Return what stands at the end of a link's row."""
    if link.state is CheckState.WAITING:
        # What a link without a check under way waits for is the beginning.
        beginning = CheckKind.CALLER if tester is Tester.CUSTOMER else CheckKind.ASSUME
        kind = link.kind if link.kind and link.kind in _WAITS_FOR else beginning
        return tr(_WAITS_FOR[kind])
    if link.state is CheckState.SPREADING:
        return spreading_words(link.spreading or 0)
    if link.state not in _ENDED or link.seconds is None:
        return ""
    time = time_taken(link.seconds)
    if tester is Tester.CUSTOMER:
        return time
    weight = Weight.BLOCKER if link.state is CheckState.FAILED else None
    weight = Weight.WARNING if link.warns else weight
    word = evidence_word(Evidence.VERIFIED, weight)
    if link.partly:
        word = tr("Seen to work for reading")
    return tr("{known} · {time}").format(known=word, time=time)


def _look(link: LinkUnderWay) -> tuple[str, str]:
    """Return the picture of a link, and the role of its word."""
    if link.warns:
        return "warning", "warning"
    if link.partly:
        return "unknown", "muted"
    return CHECK_STATES[link.state], _ROLES.get(link.state, "muted")


def _word(link: LinkUnderWay, tester: Tester) -> str:
    """Return how a link stands; only UbiQuity's own test shows that one is in order."""
    if link.warns:
        return tr("Worth a look")
    if link.partly:
        return tr("Not all tried")
    if link.state is CheckState.PASSED and tester is Tester.UBIQUITY:
        return tr("In order")
    if link.state is CheckState.SKIPPED:
        return tr("Not needed") if link.unneeded else tr("Not tried")
    return tr(STATE_WORDS[CHECK_STATES[link.state]])
