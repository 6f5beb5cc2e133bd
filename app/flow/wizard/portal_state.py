"""Where a person stands in signing in with IAM Identity Center, and what that needs of AWS.

Tokens never come here: they stay in ``app.aws``, and the state knows only until when the sign-in
lasts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.core.failure import AwsFailure
from app.core.fields.start_url import same_portal
from app.core.problem import Checked, Problem
from app.core.sign_in import KnownPortal, PortalAccount


@dataclass(frozen=True, slots=True)
class PortalPlace:
    """Which access portal: its start URL, and the region of Identity Center."""

    start_url: str
    region: str


@dataclass(frozen=True, slots=True)
class BrowserInvitation:
    """Where the person signs in, in a browser of this computer."""

    link: str


@dataclass(frozen=True, slots=True)
class CodeInvitation:
    """Where the person signs in on any device, and the code to enter or compare there."""

    user_code: str
    address: str
    """The page that asks for the code."""
    address_with_code: str
    """The same page, with the code filled in."""
    expires_at: datetime


Invitation = BrowserInvitation | CodeInvitation
Invite = Callable[[Invitation], None]


class Portal(Protocol):
    """What the flow needs of Identity Center. Expected failures are values."""

    async def known_portals(self) -> tuple[KnownPortal, ...] | AwsFailure:
        """Return the portals that this computer's AWS tools know, in the files' order."""

    async def signed_in_until(self, place: PortalPlace) -> datetime | AwsFailure | None:
        """Return until when the computer's session for ``place`` lasts; renews it if need be.

        None where there is none that is valid.
        """

    async def sign_in(
        self, place: PortalPlace, invite: Invite, *, with_code: bool
    ) -> datetime | AwsFailure:
        """Sign in at ``place`` and return until when that lasts.

        ``invite`` is told where the person goes on, in the caller's thread, before this waits
        for them. ``with_code`` is the way for a device of their own choice. Cancelling it ends
        all that was started.
        """

    async def accounts(self, place: PortalPlace) -> tuple[PortalAccount, ...] | AwsFailure:
        """Return the accounts that the signed-in person may use."""

    async def roles(self, place: PortalPlace, account_id: str) -> tuple[str, ...] | AwsFailure:
        """Return the names of the roles that they may use in one account."""


class PortalStage(StrEnum):
    """How far the sign-in is."""

    PORTAL = "portal"
    """Which portal? (Also after a failure or Cancel.)"""
    STARTING = "starting"
    """AWS is asked where the person signs in."""
    BROWSER = "browser"
    CODE = "code"
    CHOOSING = "choosing"
    """Signed in: account and role."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PortalState:
    """The whole of the sign-in, for the window to draw.

    ``said`` holds what is shown of the fields ``url`` and ``region``. ``wanted`` is the account
    of the person's details. ``loading`` says that accounts or roles are being read.
    """

    url: Checked
    region: Checked
    url_text: str = ""
    region_text: str = ""
    said: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    known: tuple[KnownPortal, ...] = ()
    looked: bool = False
    stage: PortalStage = PortalStage.PORTAL
    invitation: Invitation | None = None
    until: datetime | None = None
    accounts: tuple[PortalAccount, ...] = ()
    account_id: str = ""
    roles: tuple[str, ...] = ()
    role_name: str = ""
    loading: bool = False
    wanted: str | None = None
    failure: AwsFailure | None = None

    @property
    def place(self) -> PortalPlace | None:
        """The portal, where nothing in its fields is wrong."""
        if not self.url.value or not self.region.value:
            return None
        return PortalPlace(self.url.value, self.region.value)

    @property
    def wanted_is_missing(self) -> bool:
        """Whether the account of the details is not among those that are offered."""
        if self.wanted is None or not self.accounts:
            return False
        return all(account.id != self.wanted for account in self.accounts)

    @property
    def session(self) -> KnownPortal | None:
        """The computer's valid session for the portal that is filled in, if there is one."""
        place = self.place
        if place is None:
            return None
        found = [p for p in self.known if _is_at(p, place) and p.signed_in_until is not None]
        return max(found, key=worth) if found else None


def _is_at(portal: KnownPortal, place: PortalPlace) -> bool:
    return portal.region == place.region and same_portal(portal.start_url, place.start_url)


def worth(portal: KnownPortal) -> tuple[bool, float, bool]:
    """Order known portals: one with a valid session first, the longest, then named ones."""
    until = portal.signed_in_until
    return until is not None, until.timestamp() if until else 0.0, portal.session_name is not None
