"""Signing in with a code, on whatever device has a browser.

Sources: RFC 8628, "OAuth 2.0 Device Authorization Grant" (section 3.5: 5 seconds between the
tries where nothing else is said, and 5 more after each ``slow_down``); IAM Identity Center OIDC
API Reference, StartDeviceAuthorization and CreateToken.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from botocore.exceptions import ClientError

from app.aws.identity_center.clients import OidcClient, ServiceAnswer, oidc_client
from app.aws.identity_center.portals import ConfiguredPortal
from app.aws.identity_center.registration import register, registered
from app.aws.identity_center.sessions import PortalSessions
from app.aws.identity_center.token_cache import Registration, Token
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.flow.clocks import Sleep
from app.flow.identity_center import CodeInvitation, Invite, PortalPlace
from app.flow.threads import in_thread

GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_INTERVAL: Final = 5
_SLOWER: Final = 5
_PENDING: Final = "AuthorizationPendingException"
_SLOW_DOWN: Final = "SlowDownException"
_FORGOTTEN: Final = ("InvalidClientException", "UnauthorizedClientException")
"""The service does not know the kept registration any more."""

_PASSING: Final = ("env.offline", "env.timeout", "env.throttled", "env.aws-fault")
_PASSING_LIMIT: Final = 3
"""How often in a row the network may fail while the person is signing in elsewhere."""


@dataclass(frozen=True, slots=True)
class _Started:
    portal: ConfiguredPortal
    registration: Registration
    device_code: str = field(repr=False)
    invitation: CodeInvitation
    interval: int


class DeviceSignIn:
    """One sign-in with a code; ``sleep`` waits between the tries."""

    def __init__(
        self, sessions: PortalSessions, place: PortalPlace, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._sessions = sessions
        self._place = place
        self._sleep = sleep

    async def run(self, invite: Invite) -> Token | AwsFailure:
        """Sign in, and return the token, which is in the cache by then.

        ``invite`` is told the code and where to enter it.
        """
        action = "sso-oidc:StartDeviceAuthorization"
        started = await in_thread(lambda: attempt(action, self._start))
        if isinstance(started, AwsFailure):
            return started
        invite(started.invitation)
        return await self._poll(started)

    async def _poll(self, started: _Started) -> Token | AwsFailure:
        interval, failed = started.interval, 0
        while self._sessions.clock() < started.invitation.expires_at:
            await self._sleep(interval)
            answer = await in_thread(
                lambda: attempt("sso-oidc:CreateToken", lambda: self._exchange(started))
            )
            if isinstance(answer, Token):
                return answer
            if answer.code == _PENDING:
                failed = 0
            elif answer.code == _SLOW_DOWN:
                interval += _SLOWER
            elif answer.finding in _PASSING and failed < _PASSING_LIMIT:
                failed += 1
                interval += _SLOWER
            else:
                return answer
        return AwsFailure("sso-oidc:CreateToken", "ExpiredTokenException", "")

    def _start(self) -> _Started:
        portal = self._sessions.portal_at(self._place)
        oidc = oidc_client(self._sessions.core, portal.region)
        registration = registered(self._sessions, oidc, portal, for_browser=False)
        try:
            answer = _authorized(oidc, portal, registration)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in _FORGOTTEN:
                raise
            registration = register(self._sessions, oidc, portal, for_browser=False)
            answer = _authorized(oidc, portal, registration)
        expires_at = self._sessions.clock() + timedelta(seconds=answer["expiresIn"])
        invitation = CodeInvitation(
            answer["userCode"],
            answer["verificationUri"],
            answer.get("verificationUriComplete") or answer["verificationUri"],
            expires_at,
        )
        interval = answer.get("interval") or _INTERVAL
        return _Started(portal, registration, answer["deviceCode"], invitation, interval)

    def _exchange(self, started: _Started) -> Token:
        answer = oidc_client(self._sessions.core, started.portal.region).create_token(
            grantType=GRANT,
            clientId=started.registration.client_id,
            clientSecret=started.registration.client_secret,
            deviceCode=started.device_code,
        )
        return self._sessions.keep(started.portal, answer, started.registration)


def _authorized(
    oidc: OidcClient, portal: ConfiguredPortal, registration: Registration
) -> ServiceAnswer:
    return oidc.start_device_authorization(
        clientId=registration.client_id,
        clientSecret=registration.client_secret,
        startUrl=portal.start_url,
    )
