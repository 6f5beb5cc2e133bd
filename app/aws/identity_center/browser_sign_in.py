"""Signing in through the browser of this computer: authorisation code with PKCE.

As AWS CLI v2 does it (``awscli/botocore/utils.py``, ``SSOTokenFetcherAuth``); RFC 7636 for PKCE.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from app.aws.identity_center.clients import oidc_address, oidc_client
from app.aws.identity_center.portals import ConfiguredPortal
from app.aws.identity_center.registration import registered, scopes_of
from app.aws.identity_center.sessions import PortalSessions
from app.aws.identity_center.token_cache import Registration, Token
from app.aws.in_browser.callback import Callback, CameBack, PageText
from app.aws.in_browser.came_back import PATIENCE, code_of
from app.aws.in_browser.pkce import SignInSecrets
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.flow.identity_center import BrowserInvitation, Invite, PortalPlace
from app.flow.threads import in_thread

T = TypeVar("T")


class BrowserSignIn:
    """One sign-in with the browser. ``page`` makes what the browser shows at the end."""

    def __init__(
        self,
        sessions: PortalSessions,
        place: PortalPlace,
        page: PageText,
        patience: float = PATIENCE,
    ) -> None:
        self._sessions = sessions
        self._place = place
        self._page = page
        self._patience = patience
        self._secrets = SignInSecrets()

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
            brought = await code_of(callback, "sso-oidc:Authorize", self._patience)
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
