"""Identity Center for the flow of signing in (``app.flow.wizard.portal_state.Portal``)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from botocore.exceptions import SSOTokenLoadError

from app.aws.identity_center.browser_sign_in import BrowserSignIn
from app.aws.identity_center.clients import PortalClient, portal_client
from app.aws.identity_center.device_sign_in import DeviceSignIn
from app.aws.identity_center.sessions import PortalSessions, utc_now
from app.aws.identity_center.token_cache import TokenCache
from app.aws.in_browser.callback import BrowserWords
from app.aws.in_browser.callback_page import callback_page
from app.aws.in_browser.came_back import PATIENCE
from app.aws.transport.core_sessions import settings_only
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.i18n import tr
from app.core.sign_in import KnownPortal, PortalAccount
from app.flow.clocks import Clock, Sleep
from app.flow.identity_center import Invite, PortalPlace
from app.flow.threads import in_thread

T = TypeVar("T")

_OF_THE_SIGN_IN: Final = ("signin.expired", "signin.invalid")
"""Findings of codes that mean something else while somebody is just signing in."""


class IdentityCenter:
    """The access portals that this computer can reach.

    ``clock``, ``sleep`` and ``patience`` (seconds for which a browser is waited for) are those
    of the system but in tests. Config files are read anew at each call.
    """

    def __init__(
        self,
        cache: TokenCache | None = None,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
        patience: float = PATIENCE,
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._sleep = sleep
        self._patience = patience

    def _sessions(self) -> PortalSessions:
        return PortalSessions(settings_only(), self._cache, self._clock)

    async def known_portals(self) -> tuple[KnownPortal, ...] | AwsFailure:
        """Return the portals that this computer's AWS tools know."""
        return await _tried("profiles", lambda: self._sessions().known_portals())

    async def signed_in_until(self, place: PortalPlace) -> datetime | AwsFailure | None:
        """Return until when the session at ``place`` lasts, renewed if need be; None for none."""

        def until() -> datetime | None:
            try:
                return self._sessions().token(place).expires_at
            except SSOTokenLoadError:
                return None

        return await _tried("sso-oidc:CreateToken", until)

    async def sign_in(
        self, place: PortalPlace, invite: Invite, *, with_code: bool
    ) -> datetime | AwsFailure:
        """Sign in at ``place`` and return until when that lasts."""
        sessions = await _tried("profiles", self._sessions)
        if isinstance(sessions, AwsFailure):
            return sessions
        if with_code:
            token = await DeviceSignIn(sessions, place, self._sleep).run(invite)
        else:
            browser = BrowserSignIn(sessions, place, _page, self._patience)
            token = await browser.run(invite)
        return _of_the_sign_in(token) if isinstance(token, AwsFailure) else token.expires_at

    async def accounts(self, place: PortalPlace) -> tuple[PortalAccount, ...] | AwsFailure:
        """Return the accounts that the signed-in person may use."""

        def listed() -> tuple[PortalAccount, ...]:
            token, client = self._opened(place)
            pages = client.get_paginator("list_accounts").paginate(accessToken=token)
            return tuple(_account(row) for page in pages for row in page["accountList"])

        return await _tried("sso:ListAccounts", listed)

    async def roles(self, place: PortalPlace, account_id: str) -> tuple[str, ...] | AwsFailure:
        """Return the names of the roles that they may use in one account."""

        def listed() -> tuple[str, ...]:
            token, client = self._opened(place)
            pager = client.get_paginator("list_account_roles")
            pages = pager.paginate(accessToken=token, accountId=account_id)
            return tuple(row["roleName"] for page in pages for row in page["roleList"])

        return await _tried("sso:ListAccountRoles", listed)

    def _opened(self, place: PortalPlace) -> tuple[str, PortalClient]:
        sessions = self._sessions()
        return sessions.token(place).access_token, portal_client(sessions.core, place.region)


def _page(outcome: BrowserWords) -> str:
    next_step = tr("Close this tab and go back to the program to choose an account.")
    return callback_page(outcome, next_step)


def _account(row: dict[str, str]) -> PortalAccount:
    return PortalAccount(row["accountId"], row.get("accountName", ""), row.get("emailAddress"))


def _of_the_sign_in(failure: AwsFailure) -> AwsFailure:
    """Return the failure without a finding that would say that a sign-in had expired."""
    return replace(failure, finding=None) if failure.finding in _OF_THE_SIGN_IN else failure


async def _tried(action: str, work: Callable[[], T]) -> T | AwsFailure:
    return await in_thread(lambda: attempt(action, work))
