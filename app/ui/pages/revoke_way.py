"""Revoke access: the guide's three ways, with what each does to sessions that are open."""

from PySide6.QtWidgets import QWidget

from app.core.choices import RevokeWay
from app.core.conventions import paragraph
from app.core.i18n import tr
from app.core.wording.revoking import WayWords, way_words
from app.flow.wizard.pages import Page
from app.flow.wizard.state import Revoking, SetupState
from app.ui.parts.page_context import PageContext
from app.ui.parts.revoke_by_hand import RevokeByHand
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.radio_cards import RadioCards

_WAYS = {
    Revoking.DELETE_ROLE: RevokeWay.DELETE_ROLE,
    Revoking.CHANGE_TRUST: RevokeWay.CHANGE_TRUST,
    Revoking.DISABLE: None,
}


class RevokeWayPage(WizardPage):
    """Nothing happens here: the next page shows what would be changed."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self.add_body(
            tr(
                "This ends UbiQuity’s access to your buckets, no matter who set it up. Your "
                "buckets and files stay as they are. Which way suits you?"
            )
        )
        self._cards = RadioCards("revoking")
        self._cards.setAccessibleName(tr("How access is revoked"))
        self._cards.chosen.connect(self._choose)
        self._with_undo: bool | None = None
        self.add(self._cards)
        self._by_hand = RevokeByHand()
        self.add(self._by_hand)

    def entered(self, state: SetupState) -> None:
        """Look whether there is a run of this program that can be undone."""
        del state
        self.context.start("past", self.context.actions.past.look_for_undoable())

    def _choose(self, option: str) -> None:
        self.context.store.choose_revoking(Revoking(option.removeprefix("revoking-")))

    def show_state(self, state: SetupState) -> None:
        """Show the ways, and the chosen one."""
        with_undo = state.past.undoable is not None
        if with_undo != self._with_undo:
            self._with_undo = with_undo
            self._cards.set_options(_options(with_undo=with_undo))
        self._cards.choose(f"revoking-{state.revocation.way}" if state.revocation.way else None)
        self._by_hand.show_way(state.revocation.way)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the chosen way, or the first."""
        name = f"revoking-{state.revocation.way or Revoking.DELETE_ROLE}"
        card = self._cards.findChild(QWidget, name)
        return card if isinstance(card, QWidget) else None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the chosen way, or the first."""
        return self.first_control(self.context.store.state) if name == "revoking" else None


def _options(*, with_undo: bool) -> list[tuple[str, str, str]]:
    options = [_option(way, way_words(how)) for way, how in _WAYS.items()]
    if with_undo:
        words = tr(
            "Everything that this program last did in the account is put back as it was before. "
            "What it made is deleted, and nothing else is touched."
        )
        title = tr("Undo what this program did last")
        options.append((f"revoking-{Revoking.UNDO}", title, words))
    return options


def _option(way: Revoking, words: WayWords) -> tuple[str, str, str]:
    return f"revoking-{way}", words.title, paragraph(words.does, words.sessions)
