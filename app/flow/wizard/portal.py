"""Signing in with IAM Identity Center: portal, browser or code, then account and role.

One frozen state (``app.flow.wizard.portal_state``), and the one object that changes it.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, TypeVar

from app.core.failure import AwsFailure
from app.core.fields.start_url import check_portal_region, check_start_url, same_portal
from app.core.problem import Checked
from app.core.sign_in import ByPortal, PortalAccount
from app.flow.wizard.portal_state import (
    CodeInvitation,
    Invitation,
    Portal,
    PortalPlace,
    PortalStage,
    PortalState,
    worth,
)

T = TypeVar("T")

_NOTHING_CHOSEN: Final[Mapping[str, object]] = {
    "invitation": None,
    "until": None,
    "accounts": (),
    "account_id": "",
    "roles": (),
    "role_name": "",
    "loading": False,
}

Listener = Callable[[PortalState], None]


class PortalSignIn:
    """Carries one sign-in from the portal's address to a role."""

    def __init__(
        self, portal: Portal, known_regions: Mapping[str, str], wanted: str | None = None
    ) -> None:
        """``known_regions`` maps region codes to names, ``wanted`` is the details' account."""
        self._portal = portal
        self._regions = known_regions
        self._listeners: list[Listener] = []
        self._run: object = None
        self._state = PortalState(
            check_start_url(""), check_portal_region("", known_regions), wanted=wanted
        )

    @property
    def state(self) -> PortalState:
        """The present state."""
        return self._state

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with the state after every change."""
        self._listeners.append(listener)

    def _update(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            for listener in tuple(self._listeners):
                listener(state)

    # The portal

    def learn(self, known_regions: Mapping[str, str], wanted: str | None) -> None:
        """Take AWS's regions and the details' account, which may come or change later."""
        if known_regions != self._regions:
            self._regions = known_regions
            self._update(region=check_portal_region(self._state.region_text, known_regions))
        self._update(wanted=wanted)

    async def look(self) -> None:
        """Read which portals this computer knows, and fill the best one in if nothing is typed."""
        answer = await self._portal.known_portals()
        if isinstance(answer, AwsFailure):
            self._update(failure=answer, looked=True)
            return
        self._update(known=answer, looked=True)
        if answer and not self._state.url_text:
            best = max(answer, key=worth)
            self.type_url(best.start_url)
        elif not self._state.region_text:
            self._take_url(self._state.url_text, self._state.url)

    def type_url(self, text: str) -> None:
        """Take what was typed or chosen as start URL; a known one brings its region along."""
        self._take_url(text, check_start_url(text))
        self._unsay("url")

    def type_region(self, text: str) -> None:
        """Take what was typed or chosen as region of Identity Center."""
        self._update(region_text=text, region=check_portal_region(text, self._regions))
        self._unsay("region")

    def leave(self, name: str) -> None:
        """Clean the field ``name`` (``url`` or ``region``) and show what there is to say of it."""
        state = self._state
        text = state.url_text if name == "url" else state.region_text
        checked = state.url if name == "url" else state.region
        if not text:
            return
        if checked.value and checked.value != text:
            if name == "url":
                self._take_url(checked.value, check_start_url(checked.value))
            else:
                self.type_region(checked.value)
        if checked.problems:
            self._say(name, checked)

    def _take_url(self, text: str, checked: Checked) -> None:
        self._update(url_text=text, url=checked)
        region = self._region_for(text, checked)
        if region is not None:
            self.type_region(region)

    def _region_for(self, text: str, checked: Checked) -> str | None:
        """Return the portal's own region, or a guess where nothing is typed yet."""
        known = self._state.known
        for portal in known:
            if same_portal(portal.start_url, text):
                return portal.region
        if "region" in checked.other_fields:
            return checked.other_fields["region"]
        guess = checked.value and known and not self._state.region_text
        return max(known, key=worth).region if guess else None

    def _say(self, name: str, checked: Checked) -> None:
        self._update(said={**self._state.said, name: checked.problems})

    def _unsay(self, name: str) -> None:
        self._update(said={key: said for key, said in self._state.said.items() if key != name})

    # Signing in

    async def sign_in(self, *, with_code: bool = False, anew: bool = False) -> None:
        """Sign in at the portal, and go on to its accounts.

        A session that this computer has already is used, unless ``anew``. Where a field is
        wrong, that is shown and nothing is started.
        """
        place = self._state.place
        if place is None:
            self._say("url", self._state.url)
            self._say("region", self._state.region)
            return
        with self._waiting():
            until = None if anew or with_code else await self._portal.signed_in_until(place)
            if until is None:
                until = await self._portal.sign_in(place, self._invited, with_code=with_code)
            if isinstance(until, AwsFailure):
                self._update(stage=PortalStage.PORTAL, invitation=None, failure=until)
                return
            self._update(stage=PortalStage.CHOOSING, invitation=None, until=until)
            await self._load_accounts(place)

    def _invited(self, invitation: Invitation) -> None:
        is_code = isinstance(invitation, CodeInvitation)
        self._update(
            stage=PortalStage.CODE if is_code else PortalStage.BROWSER, invitation=invitation
        )

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Start over from STARTING; what is cancelled or breaks goes back to the portal."""
        run = self._run = object()
        self._update(stage=PortalStage.STARTING, failure=None, **_NOTHING_CHOSEN)
        try:
            yield
        except BaseException:
            if self._run is run:  # another sign-in has not taken its place
                self.back()
            raise

    def back(self) -> None:
        """Go back to the portal: another one, or another person."""
        self._update(stage=PortalStage.PORTAL, failure=None, **_NOTHING_CHOSEN)

    # Account and role

    async def _load_accounts(self, place: PortalPlace) -> None:
        answer = await self._loaded(lambda: self._portal.accounts(place))
        if answer is None:
            return
        self._update(accounts=tuple(sorted(answer, key=_by_name)))
        chosen = _only_or_wanted(answer, self._state.wanted)
        if chosen is not None:
            await self.choose_account(chosen)

    async def choose_account(self, account_id: str) -> None:
        """Take an offered account and read its roles; another text only clears the choice."""
        offered = {account.id for account in self._state.accounts}
        place = self._state.place
        known = account_id if account_id in offered else ""
        self._update(account_id=known, roles=(), role_name="", failure=None)
        if not known or place is None:
            return
        answer = await self._loaded(lambda: self._portal.roles(place, known))
        if answer is not None and self._state.account_id == known:
            names = tuple(sorted(answer, key=str.casefold))
            self._update(roles=names, role_name=names[0] if len(names) == 1 else "")

    def choose_role(self, name: str) -> None:
        """Take an offered role; another text only clears the choice."""
        self._update(role_name=name if name in self._state.roles else "")

    def use_role(self) -> ByPortal | None:
        """Return the way to sign in that was chosen, or None while something is missing."""
        state, place = self._state, self._state.place
        if place is None or not state.account_id or not state.role_name:
            return None
        self._update(stage=PortalStage.DONE)
        return ByPortal(place.start_url, place.region, state.account_id, state.role_name)

    def choose_again(self) -> None:
        """Go back from a chosen role to the choice."""
        if self._state.stage is PortalStage.DONE:
            self._update(stage=PortalStage.CHOOSING)

    async def _loaded(self, ask: Callable[[], Awaitable[T | AwsFailure]]) -> T | None:
        """Return what ``ask`` gives; a failure goes into the state, an ended session back."""
        self._update(loading=True, failure=None)
        try:
            answer = await ask()
        finally:
            self._update(loading=False)
        if not isinstance(answer, AwsFailure):
            return answer
        if answer.finding == "signin.expired":
            self.back()
        self._update(failure=answer)
        return None


def _by_name(account: PortalAccount) -> tuple[str, str]:
    return account.name.casefold(), account.id


def _only_or_wanted(accounts: tuple[PortalAccount, ...], wanted: str | None) -> str | None:
    """Return the account to begin with: the details' own, or the only one there is."""
    if any(account.id == wanted for account in accounts):
        return wanted
    return accounts[0].id if len(accounts) == 1 and wanted is None else None
