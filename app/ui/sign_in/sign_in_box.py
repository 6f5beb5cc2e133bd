"""Choosing how to sign in to AWS: four ways, and the chosen one opened."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.failure import AwsFailure
from app.core.i18n import mark, tr
from app.core.sign_in import ProfileKind, SignInWay
from app.core.wording.who_signed_in import who_signed_in
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.console_panel import ConsolePanel
from app.ui.sign_in.pasted_panel import PastedPanel
from app.ui.sign_in.portal_panel import PortalPanel
from app.ui.sign_in.profile_panel import ProfilePanel
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import group_title
from app.ui.widgets.radio_cards import RadioCards
from app.ui.widgets.value_text import ValueText

_CONSOLE, _PORTAL, _PROFILE, _PASTED = "way-console", "way-portal", "way-profile", "way-pasted"
_WAYS: Final[dict[str, tuple[str, str]]] = {
    _CONSOLE: (
        mark("Sign in with AWS in your browser"),
        mark("For people who use the AWS console."),
    ),
    _PORTAL: (
        mark("Your company’s access portal"),
        mark("For people who know its address."),
    ),
    _PROFILE: (
        mark("A sign-in of this computer"),
        mark("For people who use AWS’s command line."),
    ),
    _PASTED: (
        mark("Paste temporary credentials"),
        mark("For people who were given temporary keys."),
    ),
}


class SignInBox(QFrame):
    """The ways to sign in; hidden on the practice AWS, which has its own.

    Once somebody is signed in they are folded away, so that what follows from it can be seen.
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
        self._chosen_by_person = False
        self._wants_other = False
        self._is_asked_for = True
        self._known: object = None
        self._refused: object = None
        self._panels: dict[str, SignInPanel] = {}
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
        self._cards.chosen.connect(self._choose)
        self._use = plain_button("", f"signInButton{suffix}")
        self._use.clicked.connect(sign_in)
        self._other = link_button(tr("Use another sign-in"), f"otherSignIn{suffix}")
        self._other.clicked.connect(self.ask_for_other)
        self._lay_out()
        self._open(_CONSOLE if _CONSOLE in self._panels else _PROFILE)
        QGuiApplication.instance().applicationStateChanged.connect(self._came_back)  # type: ignore[union-attr]

    def _make_panels(self) -> None:
        context, suffix = self._context, self._suffix
        if context.console is not None:
            self._panels[_CONSOLE] = ConsolePanel(context, self._take_way, suffix)
        self._portal: PortalPanel | None = None
        if context.portal is not None:
            self._portal = PortalPanel(context, self._take_way, suffix)
            self._panels[_PORTAL] = self._portal
        self._profiles = ProfilePanel(context, suffix)
        self._profiles.loaded.connect(self._profiles_loaded)
        self._profiles.again.connect(self._renew)
        if not context.practice or context.console is None:
            self._panels[_PROFILE] = self._profiles
        if context.accounts.pasted is not None:
            pasted = PastedPanel(context, context.accounts.pasted, suffix, self._redraw)
            self._panels[_PASTED] = pasted
        for panel in self._panels.values():
            panel.moved.connect(self._show_cards)

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
        return self._panel.way or self._profiles.way

    def take_way(self) -> SignInWay | None:
        """Return the chosen way, or None where it is not complete: the box then asks for it."""
        way = self._panel.way
        if way is None:
            self._panel.go_on()
        return way

    @property
    def _panel(self) -> SignInPanel:
        return self._panels[self._opened]

    @property
    def control(self) -> QWidget:
        """Where work goes on, for the focus."""
        return self._panel.control

    @property
    def is_to_begin(self) -> bool:
        """Whether nothing is to be chosen or typed in the opened way: it only has to begin."""
        return self._panel.is_to_begin

    def cancel(self) -> bool:
        """Stop waiting for whoever signs in elsewhere; return whether that was waited for."""
        return self._panel.cancel()

    def look_for_profiles(self) -> None:
        """Read (again) what this computer has for the opened way."""
        self._profiles.look()
        if self._panel is not self._profiles:
            self._panel.look()

    def show_state(self, state: SetupState, *, asked_for: bool = True) -> None:
        """Show who is signed in, and the ways where nobody is or something failed.

        Where a sign-in is not ``asked_for`` the box is hidden, until it is told otherwise.
        """
        self._is_asked_for = asked_for
        self._show_who(state)
        self._take_news(state)
        expired = state.failure is not None and state.failure.finding == "signin.expired"
        here = not state.practice or (self._practise and state.practise_sign_in)
        self.setVisible(here and asked_for)
        caller = state.signed_in.caller if state.signed_in else None
        self._who.setVisible(caller is not None)
        refused = _may_be_the_sign_in(state.failure)
        folded = caller is not None and not refused and not self._wants_other
        self._ways.setVisible(not folded)
        # A page of its own is called so itself; and once it is done there is nothing to sign in to.
        self._title.setVisible(not self._practise and not folded)
        self._other.setVisible(folded)
        # Nothing was pasted: the button leads to the field.
        can_use = self._opened == _PASTED or self._panel.way is not None
        self._use_row.setVisible(caller is not None and can_use)
        again = tr("Sign in again") if expired else tr("Use this sign-in instead")
        self._use.setText(again)
        if self._portal is not None:
            self._portal.show_state(state)
        console = self._panels.get(_CONSOLE)
        if isinstance(console, ConsolePanel):
            console.show_signed_in(caller.arn if caller is not None else None)

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
            if state.failure is not None and state.failure.finding == "signin.expired":
                self._panel.has_ended()
            self._profiles.look()

    def ask_for_other(self) -> None:
        """Show the ways to another sign-in, with what is known of each by now."""
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
        self._show_cards()

    def _show_cards(self) -> None:
        """Offer the other ways, but not while somebody signs in: Cancel leads back to them."""
        self._cards.setVisible(len(self._panels) > 1 and not self._panel.is_under_way)

    def _renew(self) -> None:
        """Sign in anew, in the browser, where the chosen profile's sign-in comes from."""
        self._chosen_by_person = True
        profile = self._profiles.chosen
        if profile is not None and profile.kind is ProfileKind.LOGIN and _CONSOLE in self._panels:
            self._open(_CONSOLE)
            self._panel.go_on()
        elif profile is not None and self._portal is not None:
            self._open(_PORTAL)
            self._portal.renew(
                profile.start_url or "", profile.portal_region or "", self._use_renewed
            )

    def _use_renewed(self) -> None:
        """Sign in by the profile, which is signed in at its portal again."""
        self._open(_PROFILE)
        self._sign_in()

    def _profiles_loaded(self) -> None:
        """Open the access portal where this computer has nothing, unless the person chose."""
        nothing = not self._profiles.profiles and not self._profiles.is_broken
        if nothing and not self._chosen_by_person and self._portal and self._opened == _PROFILE:
            self._open(_PORTAL)
            self._portal.look()
        self._redraw()

    def _take_way(self, _way: SignInWay) -> None:
        """Sign in at once: the person has signed in, or chosen, and said to use it."""
        self._sign_in()

    def _came_back(self, state: Qt.ApplicationState) -> None:
        """Read the files again: the person may have signed in elsewhere meanwhile."""
        if state is not Qt.ApplicationState.ApplicationActive or not self.isVisible():
            return
        if self._opened != _PASTED:  # nothing else pastes, and a keyring may ask for a password
            self.look_for_profiles()


def _may_be_the_sign_in(failure: AwsFailure | None) -> bool:
    """Return whether another sign-in may be what helps: it has ended, or AWS refused it."""
    if failure is None:
        return False
    return failure.finding is None or failure.finding.startswith("signin.")
