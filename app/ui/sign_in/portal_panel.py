"""IAM Identity Center in the window: portal, browser or code, then account and role."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.sign_in import ByPortal
from app.core.wording.portal_failures import portal_failure_words
from app.flow.identity_center import BrowserInvitation
from app.flow.wizard.account_actions import sign_in_stopped
from app.flow.wizard.portal import PortalSignIn
from app.flow.wizard.portal_state import PortalStage, PortalState
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.portal_choice import PortalChoice
from app.ui.sign_in.portal_place import PortalPlaceForm
from app.ui.sign_in.portal_waiting import PortalWaiting
from app.ui.sign_in.sign_in_failure import SignInFailure
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.reveal import reveal
from app.ui.widgets.value_text import ValueText

_BROWSER: Final = "portal-browser"
_CODE: Final = "portal-code"
"""The tasks that wait for the person."""

_WAITING: Final = frozenset({PortalStage.STARTING, PortalStage.BROWSER, PortalStage.CODE})


class PortalPanel(SignInPanel):
    """Signs in at an access portal and hands ``on_way`` the account and role that were chosen.

    ``look`` has to be called when it comes up, ``show_state`` whenever the set-up changes.
    ``suffix`` makes the names of the controls those of one page. Raises ValueError where the
    context has no portal.
    """

    def __init__(
        self, context: PageContext, on_way: Callable[[ByPortal], None], suffix: str = ""
    ) -> None:
        super().__init__()
        if context.portal is None:
            raise ValueError("there is no Identity Center here")
        self.setObjectName(f"portalPanel{suffix}")
        self._context = context
        self._on_way = on_way
        self._suffix = suffix
        self._regions: Mapping[str, str] = {}
        self._opened: object = None
        self._stage = PortalStage.PORTAL
        self._way: ByPortal | None = None
        self.flow = PortalSignIn(context.portal, context.store.known_regions)
        self._failure = SignInFailure(context, f"portalFailure{suffix}")
        self._place = PortalPlaceForm(self.flow, context.masking, suffix)
        self._waiting = PortalWaiting(context.masking, context.clock, suffix)
        self._choice = PortalChoice(context.masking, context.clock, suffix)
        self._chosen = ValueText(context.masking, f"portalChosen{suffix}")
        self._change = link_button(tr("Choose another account or role"), f"portalChange{suffix}")
        self._done = FlowRow(self._change)
        self._connect()
        self._lay_out()
        self.flow.subscribe(self._show)
        self.show_state(context.store.state)
        self._show(self.flow.state)

    @property
    def way(self) -> ByPortal | None:
        """The account and role of the access portal, unless others are just being chosen."""
        return self._way if self.flow.state.stage is PortalStage.DONE else None

    @property
    def control(self) -> QWidget:
        """The control that work goes on with, for the focus."""
        stage = self.flow.state.stage
        if stage in {PortalStage.PORTAL, PortalStage.STARTING}:
            return self._place.control
        if stage is PortalStage.CHOOSING:
            return self._choice.control
        return self._change if stage is PortalStage.DONE else self._waiting.control

    def go_on(self) -> None:
        """Do what comes next, or lead to what is missing for it."""
        stage, visit = self.flow.state.stage, self.flow.state.visit
        if stage is PortalStage.PORTAL:
            self._sign_in()
        elif stage is PortalStage.CHOOSING and visit.account_id and visit.role_name:
            self._use_role()
        elif stage is PortalStage.BROWSER:
            self._open_browser()
        else:
            self.control.setFocus()

    @property
    def is_under_way(self) -> bool:
        """Whether the person signs in elsewhere, or chooses what the portal offers."""
        return self.flow.state.stage in {*_WAITING, PortalStage.CHOOSING}

    def renew(self, start_url: str, region: str, then: Callable[[], None]) -> None:
        """Sign in again at the portal of a profile, and go on with ``then`` once that is done."""
        self.flow.type_url(start_url)
        self.flow.type_region(region)
        self._context.start(self._task(_BROWSER), self._renewed(then))

    async def _renewed(self, then: Callable[[], None]) -> None:
        if await self.flow.renew():
            then()

    def cancel(self) -> bool:
        """Stop waiting for the browser or the code."""
        is_waiting = self.flow.state.stage in _WAITING
        if is_waiting:
            self._cancel()
        return is_waiting

    def look(self) -> None:
        """Read (again) which portals this computer knows."""
        self._context.start(self._task("portal-look"), self.flow.look())

    def show_state(self, state: SetupState) -> None:
        """Take the regions, and the account of the person's details."""
        regions = self._context.store.known_regions
        if regions != self._regions:
            self._regions = regions
            self._place.show_regions(regions)
        self.flow.learn(regions, state.draft.account_id if state.draft else None)

    def _connect(self) -> None:
        self._place.sign_in.connect(self._sign_in)
        self._place.sign_in_anew.connect(lambda: self._sign_in(anew=True))
        self._place.sign_in_with_code.connect(self._sign_in_with_code)
        self._waiting.cancelled.connect(self._cancel)
        self._waiting.open_again.connect(self._open_browser)
        self._waiting.sign_in_with_code.connect(self._sign_in_with_code)
        self._choice.account_typed.connect(self._choose_account)
        self._choice.role_typed.connect(self.flow.choose_role)
        self._choice.use_role.connect(self._use_role)
        self._choice.back.connect(self.flow.back)
        self._change.clicked.connect(self.flow.choose_again)

    # Doing

    def _sign_in(self, *, anew: bool = False) -> None:
        self._context.start(self._task(_BROWSER), self.flow.sign_in(anew=anew))

    def _sign_in_with_code(self) -> None:
        """Give the browser up, if one was waited for, and ask for a code."""
        self._context.tasks.cancel(self._task(_BROWSER))
        self._context.start(self._task(_CODE), self.flow.sign_in(with_code=True))

    def _cancel(self) -> None:
        for name in (_BROWSER, _CODE):
            self._context.tasks.cancel(self._task(name))
        self._context.store.tell_stopped(sign_in_stopped(self._context.store.state))

    def _task(self, name: str) -> str:
        return f"{name}{self._suffix}"

    def _open_browser(self) -> None:
        """Open the browser; where this computer has none, another device signs in."""
        invitation = self.flow.state.visit.invitation
        if isinstance(invitation, BrowserInvitation) and (
            self._context.open_link(invitation.link) is False
        ):
            self._sign_in_with_code()

    def _choose_account(self, text: str) -> None:
        # One task for each account: what is chosen last counts, whichever is read first.
        self._context.start(self._task(f"portal-roles-{text}"), self.flow.choose_account(text))

    def _use_role(self) -> None:
        way = self.flow.use_role()
        if way is not None:
            self._way = way
            self._on_way(way)

    # Showing

    def _show(self, state: PortalState) -> None:
        # Of this window, whichever window is the active one: the browser is in front by then.
        here = self.isAncestorOf(self.window().focusWidget())
        waiting = state.stage in _WAITING
        self._place.setVisible(state.stage in {PortalStage.PORTAL, PortalStage.STARTING})
        self._waiting.setVisible(waiting)
        self._choice.setVisible(state.stage is PortalStage.CHOOSING)
        self._chosen.setVisible(state.stage is PortalStage.DONE)
        self._done.setVisible(state.stage is PortalStage.DONE)
        self._place.show_state(state)
        self._choice.show_state(state)
        if waiting:
            self._waiting.show_state(state)
        else:
            self._waiting.stop()
        self._chosen.show_text(
            tr("You chose the role {role} in the account {account}."),
            {"role": state.visit.role_name, "account": state.visit.account_id},
        )
        region = state.region.checked.value or state.region.text
        self._failure.show_failure(
            state.failure, lambda failure: portal_failure_words(failure, region)
        )
        self._follow(state, here=here)

    def _follow(self, state: PortalState, *, here: bool) -> None:
        """Open the browser once for each link, and keep the focus in what is shown now."""
        if state.stage is not self._stage:
            self._stage = state.stage
            self.moved.emit()
            if state.stage is PortalStage.STARTING:
                self._context.store.tell_stopped("")  # of the one before
            if state.stage in {PortalStage.BROWSER, PortalStage.CODE}:
                announce(self, self._waiting.words)
            # Once it is done the work goes on outside, not at what leads back to here.
            if here and state.stage is not PortalStage.DONE:
                self.control.setFocus()
                reveal(self.control)
        if state.visit.invitation is not self._opened:
            self._opened = state.visit.invitation
            self._open_browser()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (
            self._failure,
            self._place,
            self._waiting,
            self._choice,
            self._chosen,
            self._done,
        ):
            column.addWidget(widget)
