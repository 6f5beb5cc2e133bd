"""Signing in to AWS on a page: who is signed in, and the ways to sign in where nobody is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.sign_in import SignInWay
from app.core.wording.who_signed_in import who_signed_in
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.sign_in_ways import SignInWays
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button
from app.ui.widgets.headings import group_title
from app.ui.widgets.made_later import MadeLater
from app.ui.widgets.value_text import ValueText


class SignInBox(QFrame):
    """The ways to sign in; hidden on the practice AWS, which has its own.

    Once somebody is signed in they are folded away, so that what follows from it can be seen. They
    are many controls, and most who come to a page are signed in: they are made when first needed.
    """

    def __init__(
        self,
        context: PageContext,
        sign_in: Callable[[], None],
        suffix: str = "",
        *,
        practise: bool = False,
    ) -> None:
        """``sign_in`` is called when a button in the box signs in.

        ``suffix`` makes the names of the controls those of one page. With ``practise`` the box is
        there on the practice AWS too, where that has a sign-in.
        """
        super().__init__()
        self.setObjectName(f"signIn{suffix}")
        self.setProperty("role", "card")
        self._context = context
        self._sign_in = sign_in
        self._suffix = suffix
        self._practise = practise
        self._wants_other = False
        self._is_asked_for = True
        self._known: object = None
        self._refused: object = None
        self._who = ValueText(context.masking, f"signedIn{suffix}")
        self._other = link_button(tr("Use another sign-in"), f"otherSignIn{suffix}")
        self._other.clicked.connect(self.ask_for_other)
        self._later = MadeLater(self._made_ways)
        self._lay_out()
        QGuiApplication.instance().applicationStateChanged.connect(self._came_back)  # type: ignore[union-attr]

    def _made_ways(self) -> SignInWays:
        ways = SignInWays(self._context, self._sign_in, self._suffix)
        ways.changed.connect(self._redraw)
        state = self._context.store.state
        ways.show_state(state, expired=_has_expired(state))
        return ways

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self._title = group_title(tr("Sign in to AWS"))
        column.addWidget(self._title)
        signed_in = QHBoxLayout()
        signed_in.setSpacing(2 * GRID)
        signed_in.addWidget(self._who, 1)
        signed_in.addWidget(self._other)
        column.addLayout(signed_in)
        column.addWidget(self._later)

    @property
    def _ways(self) -> SignInWays:
        return self._later.part

    @property
    def way(self) -> SignInWay:
        """The chosen way. Where it is not complete yet, that of this computer's default."""
        return self._ways.way

    def take_way(self) -> SignInWay | None:
        """Return the chosen way, or None where it is not complete: the box then asks for it."""
        way = self._ways.panel.way
        if way is None:
            self._ways.panel.go_on()
        return way

    @property
    def control(self) -> QWidget:
        """Where work goes on, for the focus."""
        return self._ways.panel.control

    @property
    def is_to_begin(self) -> bool:
        """Whether nothing is to be chosen or typed in the opened way: it only has to begin."""
        return self._ways.panel.is_to_begin

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in elsewhere; return whether that was waited for."""
        return self._later.is_made and self._ways.panel.cancel()

    def look_for_profiles(self) -> None:
        """Read (again) what this computer has for the opened way."""
        self._ways.look()

    def show_state(self, state: SetupState, *, asked_for: bool = True) -> None:
        """Show who is signed in, and the ways where nobody is or something failed.

        Where a sign-in is not ``asked_for`` the box is hidden, until it is told otherwise.
        """
        self._is_asked_for = asked_for
        self._show_who(state)
        self._take_news(state)
        here = not state.practice or (self._practise and state.practise_sign_in)
        self.setVisible(here and asked_for)
        caller = state.signed_in.caller if state.signed_in else None
        self._who.setVisible(caller is not None)
        refused = _may_be_the_sign_in(state.failure)
        folded = caller is not None and not refused and not self._wants_other
        if not self.isHidden():
            self._later.show_part(shown=not folded)
        # A page of its own is called so itself; and once it is done there is nothing to sign in to.
        self._title.setVisible(not self._practise and not folded)
        self._other.setVisible(folded)
        if self._later.is_made:
            self._ways.show_state(state, expired=_has_expired(state))

    def _show_who(self, state: SetupState) -> None:
        if state.signed_in is not None:
            caller = state.signed_in.caller
            words = who_signed_in(caller.arn, caller.account)
            self._who.show_text(words.template, words.values)

    def _take_news(self, state: SetupState) -> None:
        """Fold the ways away after a new sign-in; after a refused one, read how it stands now."""
        if state.signed_in is not self._known:
            self._known = state.signed_in
            self._wants_other = False
            if state.signed_in is not None and self.isVisible():
                announce(self, self._who.shown_text())
        refused, self._refused = self._refused, state.failure
        is_news = state.failure is not None and state.failure is not refused
        if is_news and self.isVisible():
            self._ways.has_failed(expired=_has_expired(state))

    def ask_for_other(self) -> None:
        """Show the ways to another sign-in, with what is known of each by now."""
        self._wants_other = True
        self._redraw()
        self.look_for_profiles()
        self.control.setFocus()

    def _redraw(self) -> None:
        self.show_state(self._context.store.state, asked_for=self._is_asked_for)

    def _came_back(self, state: Qt.ApplicationState) -> None:
        """Read the files again: the person may have signed in elsewhere meanwhile."""
        if state is not Qt.ApplicationState.ApplicationActive or not self.isVisible():
            return
        # Nothing else pastes, and a keyring may ask for a password.
        if self._later.is_made and not self._ways.is_pasting:
            self.look_for_profiles()


def _may_be_the_sign_in(failure: AwsFailure | None) -> bool:
    """Return whether another sign-in may be what helps: it has ended, or AWS refused it."""
    if failure is None:
        return False
    return failure.finding is None or failure.finding.startswith("signin.")


def _has_expired(state: SetupState) -> bool:
    return state.failure is not None and state.failure.finding == "signin.expired"
