"""Signing in through the browser of this computer: authorisation code with PKCE.

As AWS CLI v2 does it (``awscli/botocore/utils.py``, ``SSOTokenFetcherAuth``); RFC 7636 for PKCE.
"""

import asyncio
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import urlencode

from app.aws.identity_center.callback import Callback, CameBack, Page
from app.aws.identity_center.clients import oidc_address, oidc_client
from app.aws.identity_center.portals import ConfiguredPortal
from app.aws.identity_center.registration import registered, scopes_of
from app.aws.identity_center.sessions import PortalSessions
from app.aws.identity_center.token_cache import Registration, Token
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.flow.identity_center import BrowserInvitation, Invite, PortalPlace
from app.flow.threads import in_thread

T = TypeVar("T")

PATIENCE: Final = 600.0
"""Seconds for which the browser is waited for, as in the AWS CLI."""

_ERRORS: Final = {"access_denied": "AccessDeniedException"}
"""Names of RFC 6749 for what the service itself calls by another."""


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What only this program knows until the end of one sign-in."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        """What is shown of the verifier."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


class BrowserSignIn:
    """One sign-in with the browser. ``page`` makes what the browser shows at the end."""

    def __init__(
        self, sessions: PortalSessions, place: PortalPlace, page: Page, patience: float = PATIENCE
    ) -> None:
        self._sessions = sessions
        self._place = place
        self._page = page
        self._patience = patience
        self._secrets = _Secrets()

    async def run(self, invite: Invite) -> Token | AwsFailure:
        """Sign in, and return the token, which is in the cache by then.

        ``invite`` is told the link. However this ends, the port is closed.
        """
        prepared = await _tried("sso-oidc:RegisterClient", self._prepare)
        if isinstance(prepared, AwsFailure):
            return prepared
        portal, registration, address = prepared
        opened = attempt("sso-oidc:CreateToken", lambda: Callback(self._secrets.state, self._page))
        if isinstance(opened, AwsFailure):
            return opened
        with opened as callback:
            invite(BrowserInvitation(self._link(address, portal, registration, callback.address)))
            brought = await self._wait(callback)
            if isinstance(brought, AwsFailure):
                return brought
            token = await _tried(
                "sso-oidc:CreateToken",
                lambda: self._exchange(portal, registration, brought, callback.address),
            )
            callback.tell(worked=isinstance(token, Token))
            return token

    def _prepare(self) -> tuple[ConfiguredPortal, Registration, str]:
        core, region = self._sessions.core, self._place.region
        portal = self._sessions.portal_at(self._place)
        oidc = oidc_client(core, region)
        registration = registered(self._sessions, oidc, portal, for_browser=True)
        return portal, registration, oidc_address(core, region)

    def _link(
        self, address: str, portal: ConfiguredPortal, registration: Registration, redirect: str
    ) -> str:
        asked = {
            "response_type": "code",
            "client_id": registration.client_id,
            "redirect_uri": redirect,
            "state": self._secrets.state,
            "code_challenge_method": "S256",
            # So the service calls it, in the plural, unlike RFC 6749.
            "scopes": " ".join(scopes_of(portal)),
            "code_challenge": self._secrets.challenge,
        }
        return f"{address}/authorize?{urlencode(asked)}"

    async def _wait(self, callback: Callback) -> CameBack | AwsFailure:
        try:
            brought = await asyncio.wait_for(callback.came_back(), self._patience)
        except TimeoutError:
            return AwsFailure("sso-oidc:Authorize", "AuthorizationTimedOut", "")
        if brought.error:
            code = _ERRORS.get(brought.error, brought.error)
            return AwsFailure("sso-oidc:Authorize", code, "")
        return brought

    def _exchange(
        self,
        portal: ConfiguredPortal,
        registration: Registration,
        brought: CameBack,
        redirect: str,
    ) -> Token:
        answer = oidc_client(self._sessions.core, portal.region).create_token(
            grantType="authorization_code",
            clientId=registration.client_id,
            clientSecret=registration.client_secret,
            redirectUri=redirect,
            codeVerifier=self._secrets.verifier,
            code=brought.code,
        )
        return self._sessions.keep(portal, answer, registration)


async def _tried(action: str, work: Callable[[], T]) -> T | AwsFailure:
    return await in_thread(lambda: attempt(action, work))
