"""The ways to sign in to AWS, one of them opened."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import mark, tr
from app.core.sign_in import ProfileKind, SignInWay
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.console_panel import ConsolePanel
from app.ui.sign_in.pasted_panel import PastedPanel
from app.ui.sign_in.portal_panel import PortalPanel
from app.ui.sign_in.profile_panel import ProfilePanel
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.radio_cards import RadioCards

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


class SignInWays(QWidget):
    """The cards of the ways, the panel of the chosen one, and the button that uses another."""

    changed = Signal()
    """What is to be shown is another by now."""

    def __init__(self, context: PageContext, sign_in: Callable[[], None], suffix: str) -> None:
        """``sign_in`` is called when something in here signs in.

        ``suffix`` makes the names of the controls those of one page.
        """
        super().__init__()
        self._sign_in = sign_in
        self._suffix = suffix
        self._chosen_by_person = False
        self._panels: dict[str, SignInPanel] = {}
        self._make_panels(context)
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
        self._use_row = FlowRow(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._cards, *self._panels.values(), self._use_row):
            column.addWidget(widget)
        self._open(_CONSOLE if _CONSOLE in self._panels else _PROFILE)

    def _make_panels(self, context: PageContext) -> None:
        suffix = self._suffix
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
            pasted = PastedPanel(context, context.accounts.pasted, suffix, self.changed.emit)
            self._panels[_PASTED] = pasted
        for panel in self._panels.values():
            panel.moved.connect(self._show_cards)

    @property
    def panel(self) -> SignInPanel:
        """The panel of the opened way."""
        return self._panels[self._opened]

    @property
    def way(self) -> SignInWay:
        """The chosen way. Where it is not complete yet, that of this computer's default."""
        return self.panel.way or self._profiles.way

    @property
    def is_pasting(self) -> bool:
        """Whether credentials are to be pasted."""
        return self._opened == _PASTED

    def look(self) -> None:
        """Read (again) what this computer has for the opened way."""
        self._profiles.look()
        if self.panel is not self._profiles:
            self.panel.look()

    def has_failed(self, *, expired: bool) -> None:
        """Take it that the sign-in was refused, or no longer lasts; read how it stands now."""
        if expired:
            self.panel.has_ended()
        self._profiles.look()

    def show_state(self, state: SetupState, *, expired: bool) -> None:
        """Show who is signed in, and how that is used ``again`` or another sign-in is."""
        caller = state.signed_in.caller if state.signed_in else None
        # Nothing was pasted: the button leads to the field.
        can_use = self.is_pasting or self.panel.way is not None
        self._use_row.setVisible(caller is not None and can_use)
        self._use.setText(tr("Sign in again") if expired else tr("Use this sign-in instead"))
        if self._portal is not None:
            self._portal.show_state(state)
        console = self._panels.get(_CONSOLE)
        if isinstance(console, ConsolePanel):
            console.show_signed_in(caller.arn if caller is not None else None)

    def _choose(self, option: str) -> None:
        self._chosen_by_person = True
        self._open(option.removesuffix(self._suffix) if self._suffix else option)
        self.look()
        self.changed.emit()

    def _open(self, way: str) -> None:
        self._opened = way
        self._cards.choose(f"{way}{self._suffix}")
        for name, panel in self._panels.items():
            panel.setVisible(name == way)
        self._show_cards()

    def _show_cards(self) -> None:
        """Offer the other ways, but not while somebody signs in: Cancel leads back to them."""
        self._cards.setVisible(len(self._panels) > 1 and not self.panel.is_under_way)

    def _renew(self) -> None:
        """Sign in anew, in the browser, where the chosen profile's sign-in comes from."""
        self._chosen_by_person = True
        profile = self._profiles.chosen
        if profile is not None and profile.kind is ProfileKind.LOGIN and _CONSOLE in self._panels:
            self._open(_CONSOLE)
            self.panel.go_on()
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
        self.changed.emit()

    def _take_way(self, _way: SignInWay) -> None:
        """Sign in at once: the person has signed in, or chosen, and said to use it."""
        self._sign_in()
