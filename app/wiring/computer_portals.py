"""The access portals of IAM Identity Center that this computer can reach.

It stands before ``IdentityCenter`` for one thing: with the first call botocore is imported, in a
thread, since that belongs after the first paint.
"""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.failure import AwsFailure
from app.core.sign_in import KnownPortal, PortalAccount
from app.flow.identity_center import Invite, PortalPlace

if TYPE_CHECKING:
    from app.aws.identity_center.portal import IdentityCenter


class ComputerPortals:
    """The access portals that this computer can reach (``app.flow.identity_center``)."""

    def __init__(self) -> None:
        self._identity_center: IdentityCenter | None = None

    async def known_portals(self) -> tuple[KnownPortal, ...] | AwsFailure:
        """Return the portals that this computer's AWS tools know."""
        return await (await self._center()).known_portals()

    async def signed_in_until(self, place: PortalPlace) -> datetime | AwsFailure | None:
        """Return until when the computer's session for ``place`` lasts."""
        return await (await self._center()).signed_in_until(place)

    async def sign_in(
        self, place: PortalPlace, invite: Invite, *, with_code: bool
    ) -> datetime | AwsFailure:
        """Sign in at ``place`` and return until when that lasts."""
        return await (await self._center()).sign_in(place, invite, with_code=with_code)

    async def accounts(self, place: PortalPlace) -> tuple[PortalAccount, ...] | AwsFailure:
        """Return the accounts that the signed-in person may use."""
        return await (await self._center()).accounts(place)

    async def roles(self, place: PortalPlace, account_id: str) -> tuple[str, ...] | AwsFailure:
        """Return the names of the roles that they may use in one account."""
        return await (await self._center()).roles(place, account_id)

    async def _center(self) -> "IdentityCenter":
        if self._identity_center is None:
            self._identity_center = await asyncio.to_thread(_make)
        return self._identity_center


def _make() -> "IdentityCenter":
    from app.aws.identity_center.portal import IdentityCenter

    return IdentityCenter()
