"""Choosing how to sign in to AWS: three ways, and the chosen one opened."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.i18n import mark, tr
from app.core.sign_in import ByPortal, SignInWay
from app.flow.wizard.portal_state import PortalStage
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.pasted_panel import PastedPanel
from app.ui.sign_in.portal_panel import PortalPanel
from app.ui.sign_in.profile_panel import ProfilePanel
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import group_title
from app.ui.widgets.radio_cards import RadioCards
from app.ui.widgets.value_text import ValueText

_PROFILE, _PORTAL, _PASTED = "way-profile", "way-portal", "way-pasted"
_WAYS: Final[dict[str, tuple[str, str]]] = {
    _PROFILE: (
        mark("A sign-in of this computer"),
        mark("For those who use AWS’s command line here: a profile that it knows."),
    ),
    _PORTAL: (
        mark("Sign in with your company’s access portal"),
        mark("IAM Identity Center, in your browser. You need the portal’s address."),
    ),
    _PASTED: (
        mark("Paste temporary credentials"),
        mark("Copied from the access portal or given to you by your AWS administrator."),
    ),
}


class SignInBox(QFrame):
    """The ways to sign in; hidden on the practice AWS, which has its own.

    Once somebody is signed in they are folded away, so that what follows from it can be seen.
    """

    def __init__(self, context: PageContext, sign_in: Callable[[], None], suffix: str = "") -> None:
        """``sign_in`` is called when a button in the box signs in.

        ``suffix`` makes the names of the controls those of one page.
        """
        super().__init__()
        self.setObjectName(f"signIn{suffix}")
        self.setProperty("role", "card")
        self._context = context
        self._sign_in = sign_in
        self._suffix = suffix
        self._chosen_by_person = False
        self._wants_other = False
        self._is_asked_for = True
        self._known: object = None
        self._refused: object = None
        self._portal_way: ByPortal | None = None
        self._panels: dict[str, QWidget] = {}
        self._make_panels()
        self._who = ValueText(context.masking, f"signedIn{suffix}")
        self._cards = RadioCards(f"signInWays{suffix}")
        self._cards.set_options(
            [
                (f"{way}{suffix}", tr(title), tr(text))
                for way, (title, text) in _WAYS.items()
                if way in self._panels
            ]
        )
        self._cards.setVisible(len(self._panels) > 1)
        self._cards.chosen.connect(self._choose)
        self._use = plain_button("", f"signInButton{suffix}")
        self._use.clicked.connect(sign_in)
        self._other = link_button(tr("Use another sign-in"), f"otherSignIn{suffix}")
        self._other.clicked.connect(self._unfold)
        self._lay_out()
        self._open(_PROFILE)
        QGuiApplication.instance().applicationStateChanged.connect(self._came_back)  # type: ignore[union-attr]

    def _make_panels(self) -> None:
        context, suffix = self._context, self._suffix
        self._profiles = ProfilePanel(context, suffix)
        self._profiles.loaded.connect(self._profiles_loaded)
        self._panels[_PROFILE] = self._profiles
        self._portal: PortalPanel | None = None
        self._pasted: PastedPanel | None = None
        if context.portal is not None:
            self._portal = PortalPanel(context, self._take_portal_way, suffix)
            self._panels[_PORTAL] = self._portal
        if context.accounts.pasted is not None:
            self._pasted = PastedPanel(context, context.accounts.pasted, suffix, self._redraw)
            self._panels[_PASTED] = self._pasted

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(group_title(tr("Sign in to AWS")))
        column.addWidget(self._who)
        self._other_row = FlowRow(self._other)
        column.addWidget(self._other_row)
        self._use_row = FlowRow(self._use)
        self._ways = QWidget()
        ways = QVBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(2 * GRID)
        for widget in (self._cards, *self._panels.values(), self._use_row):
            ways.addWidget(widget)
        column.addWidget(self._ways)

    @property
    def way(self) -> SignInWay:
        """The chosen way. Where it is not complete yet, that of this computer's default."""
        if self._opened == _PORTAL and self._chosen_way is not None:
            return self._chosen_way
        if self._opened == _PASTED and self._pasted is not None and self._pasted.way is not None:
            return self._pasted.way
        return self._profiles.way

    def take_way(self) -> SignInWay | None:
        """Return the chosen way, or None where it is not complete: the box then asks for it."""
        if self._opened == _PASTED and self._pasted is not None:
            if self._pasted.way is None:
                self._pasted.ask()
            return self._pasted.way
        if self._opened == _PORTAL and self._portal is not None:
            way = self._chosen_way
            if way is None:
                self._portal.go_on()
            return way
        return self._profiles.way

    @property
    def _chosen_way(self) -> ByPortal | None:
        """The account and role of the access portal, unless others are just being chosen."""
        done = self._portal is not None and self._portal.flow.state.stage is PortalStage.DONE
        return self._portal_way if done else None

    @property
    def control(self) -> QWidget:
        """Where work goes on, for the focus."""
        if self._opened == _PORTAL and self._portal is not None:
            return self._portal.control
        if self._opened == _PASTED and self._pasted is not None:
            return self._pasted.control
        return self._profiles.control

    def look_for_profiles(self) -> None:
        """Read (again) what this computer has for the opened way."""
        self._profiles.look()
        if self._opened == _PORTAL and self._portal is not None:
            self._portal.look()
        if self._opened == _PASTED and self._pasted is not None:
            self._pasted.look()

    def show_state(self, state: SetupState, *, asked_for: bool = True) -> None:
        """Show who is signed in, and the ways where nobody is or something failed.

        Where a sign-in is not ``asked_for`` the box is hidden, until it is told otherwise.
        """
        self._is_asked_for = asked_for
        self._take_news(state)
        expired = state.failure is not None and state.failure.finding == "signin.expired"
        self.setVisible(not state.practice and asked_for)
        caller = state.signed_in.caller if state.signed_in else None
        self._who.setVisible(caller is not None)
        folded = caller is not None and state.failure is None and not self._wants_other
        self._ways.setVisible(not folded)
        self._other_row.setVisible(folded)
        can_use = self._opened != _PORTAL or self._chosen_way is not None
        self._use_row.setVisible(caller is not None and can_use)
        again = tr("Sign in again") if expired else tr("Use this sign-in instead")
        self._use.setText(again)
        if self._portal is not None:
            self._portal.show_state(state)
        if caller is not None:
            self._who.show_text(
                tr("You are signed in as {arn} in account {account}."),
                {"arn": caller.arn, "account": caller.account},
            )

    def _take_news(self, state: SetupState) -> None:
        """Fold the ways away after a new sign-in; after a refused one, read how it stands now."""
        if state.signed_in is not self._known:
            self._known = state.signed_in
            self._wants_other = False
        refused, self._refused = self._refused, state.failure
        is_news = state.failure is not None and state.failure is not refused
        if is_news and self.isVisible():
            self._profiles.look()

    def _unfold(self) -> None:
        """Show the ways, with what is known of each by now."""
        self._wants_other = True
        self._redraw()
        self.look_for_profiles()
        self.control.setFocus()

    def _redraw(self) -> None:
        self.show_state(self._context.store.state, asked_for=self._is_asked_for)

    def _choose(self, option: str) -> None:
        self._chosen_by_person = True
        self._open(option.removesuffix(self._suffix) if self._suffix else option)
        self.look_for_profiles()
        self._redraw()

    def _open(self, way: str) -> None:
        self._opened = way
        self._cards.choose(f"{way}{self._suffix}")
        for name, panel in self._panels.items():
            panel.setVisible(name == way)

    def _profiles_loaded(self) -> None:
        """Open the access portal where this computer has nothing, unless the person chose."""
        nothing = not self._profiles.profiles and not self._profiles.is_broken
        if nothing and not self._chosen_by_person and self._portal and self._opened == _PROFILE:
            self._open(_PORTAL)
            self._portal.look()
        self._redraw()

    def _take_portal_way(self, way: ByPortal) -> None:
        """Sign in at once: the person has chosen account and role, and said to use them."""
        self._portal_way = way
        self._sign_in()

    def _came_back(self, state: Qt.ApplicationState) -> None:
        """Read the files again: the person may have signed in elsewhere meanwhile."""
        if state is not Qt.ApplicationState.ApplicationActive or not self.isVisible():
            return
        self._profiles.look()
        if self._opened == _PORTAL and self._portal is not None:
            self._portal.look()
