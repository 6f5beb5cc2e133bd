"""What the flows need of IAM Identity Center, where people sign in at an access portal.

``app.aws.identity_center`` provides it; tests provide a fake. Tokens never come here: they stay
in ``app.aws``, and what is told here is only until when a sign-in lasts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.core.failure import AwsFailure
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
