"""The chain from UbiQuity to the files: each link a card, the first broken one open."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import as_sentence, labelled, paragraph
from app.core.diagnosis.chain import LinkState, LinkStatus, first_broken, links_of
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.wording.characters import marked
from app.core.wording.findings import words as finding_words
from app.core.wording.report_terms import link_name, verdict_words
from app.core.wording.value_sentence import ValueSentence
from app.flow.checking import CheckedAccount
from app.flow.connection.checks import ConnectionResult
from app.flow.connection.link_times import link_seconds
from app.flow.ports.aws import Visit
from app.ui.look.style_sheet import GRID
from app.ui.parts.verdict_kinds import VERDICT_KINDS
from app.ui.report.link_card import BesideLink, LinkCard, WayOn
from app.ui.widgets.callout import Callout
from app.ui.widgets.masking import Masking
from app.ui.widgets.value_text import spoken

Ways = Callable[[CheckedAccount, LinkStatus], Sequence[WayOn]]
"""What the person can do about a link from here."""


class _Shown(NamedTuple):
    """What is shown; while it stays the same, what is open stays open."""

    checked: CheckedAccount
    result: ConnectionResult | None
    visit: Visit | None
    before: CheckedAccount | None


class ChainView(QWidget):
    """The links under each other, and over them what they come to."""

    def __init__(
        self,
        masking: Masking,
        object_name: str,
        ways: Ways = lambda _checked, _status: (),
        *,
        with_verdict: bool = True,
    ) -> None:
        """``ways`` makes the buttons of a link; ``with_verdict`` says what the whole comes to."""
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._ways = ways
        self._shown: _Shown | None = None
        self._verdict = Callout("note", f"{object_name}-verdict")
        self._cards: list[LinkCard] = []
        self._broken: LinkStatus | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self._verdict)
        # Only now: what is shown before it lies in something is a window of its own.
        self._verdict.setVisible(with_verdict)

    @property
    def broken(self) -> LinkStatus | None:
        """The first broken link, which is open; None where none is."""
        return self._broken

    @property
    def result(self) -> str:
        """What the whole comes to, and the first broken link with its cause, to be said aloud."""
        words = paragraph(as_sentence(self._verdict.word), self._verdict.text)
        return paragraph(words, self.cause)

    @property
    def cause(self) -> str:
        """The first broken link with its cause, to be said aloud; ``""`` where none is."""
        sentence = self.cause_sentence
        return spoken(self._masking, sentence.template, sentence.values) if sentence else ""

    @property
    def cause_sentence(self) -> ValueSentence | None:
        """The first broken link with its cause; None where none is."""
        broken = self._broken
        if broken is None:
            return None
        title = finding_words(broken.findings[0]).title
        return ValueSentence(
            as_sentence(labelled(link_name(broken), marked(title.template))), title.values
        )

    def show_checked(
        self,
        checked: CheckedAccount,
        result: ConnectionResult | None = None,
        visit: Visit | None = None,
        before: CheckedAccount | None = None,
    ) -> None:
        """Show what was ``checked``, with the times of the test's ``result``.

        ``visit`` is UbiQuity's, where it was seen; ``before`` what was checked the time before,
        of which each link tells that is another now.
        """
        shown = _Shown(checked, result, visit, before)
        if self._shown == shown:
            return
        self._shown = shown
        for card in self._cards:
            self._column.removeWidget(card)
            card.setParent(None)  # at once, so that no name is there twice
            card.deleteLater()
        self._cards = []
        word, sentence = verdict_words(checked.report)
        self._verdict.set_kind(VERDICT_KINDS[checked.report.verdict], word)
        self._verdict.show_text(sentence)
        links, number = links_of(checked.report, checked.snapshot), 1
        self._broken = first_broken(links)
        stood = _states_of(before)
        for status in links:
            beside = BesideLink(
                link_seconds(status, checked, result), visit, stood.get(status.link)
            )
            self._add(status, checked, beside, number)
            number += len(status.findings)

    def _add(
        self, status: LinkStatus, checked: CheckedAccount, beside: BesideLink, number: int
    ) -> None:
        card = LinkCard(self._masking, checked, status, number, self.objectName(), beside)
        card.add_ways(self._ways(checked, status))
        card.set_open(open_now=status is self._broken)
        self._cards.append(card)
        self._column.addWidget(card)


def _states_of(checked: CheckedAccount | None) -> dict[ChainLink, LinkState]:
    """Return how each link stood when ``checked`` was."""
    if checked is None:
        return {}
    return {status.link: status.state for status in links_of(checked.report, checked.snapshot)}
