"""The sessions of this computer at access portals: found in the AWS CLI's cache, renewed, used."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Final

from botocore.exceptions import ClientError, SSOTokenLoadError
from botocore.session import Session as CoreSession

from app.aws.identity_center.clients import ServiceAnswer, oidc_client
from app.aws.identity_center.portals import ConfiguredPortal, configured_portals, portals_at
from app.aws.identity_center.token_cache import SOON, Registration, Token, TokenCache
from app.core.sign_in import KnownPortal
from app.flow.clocks import Clock
from app.flow.identity_center import PortalPlace

_RENEWING: Final = threading.Lock()
"""A refresh token may be good for one use, so one thread at a time uses it."""


def utc_now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


class PortalSessions:
    """The sessions of one computer. Every method blocks and raises what botocore raises."""

    def __init__(
        self, core: CoreSession, cache: TokenCache | None = None, clock: Clock = utc_now
    ) -> None:
        self.core = core
        self.cache = cache or TokenCache()
        self.clock = clock

    def known_portals(self) -> tuple[KnownPortal, ...]:
        """Return the portals of the config files, then those that only the cache knows."""
        named = configured_portals(self.core.full_config)
        places = {portal.place for portal in named}
        others = tuple(p for p in self.cache.portals() if p.place not in places)
        return tuple(self._known(portal) for portal in (*named, *others))

    def _known(self, portal: ConfiguredPortal) -> KnownPortal:
        token = self.cache.token(portal)
        until = token.expires_at if token is not None and self._lasts(token) else None
        return KnownPortal(portal.start_url, portal.region, portal.session_name, until)

    def portal_at(self, place: PortalPlace) -> ConfiguredPortal:
        """Return the portal under whose name a new session at ``place`` is kept."""
        return self._portals_at(place)[0]

    def _portals_at(self, place: PortalPlace) -> tuple[ConfiguredPortal, ...]:
        return portals_at(place, configured_portals(self.core.full_config))

    def token(self, place: PortalPlace) -> Token:
        """Return a valid token for ``place``, renewed where it ends soon and that is possible.

        Raises SSOTokenLoadError where there is none, and what botocore raises where AWS can't
        be reached to renew it.
        """
        with _RENEWING:
            tokens = [(p, self.cache.token(p)) for p in self._portals_at(place)]
            held = [(portal, token) for portal, token in tokens if token is not None]
            held.sort(key=lambda pair: pair[1].expires_at, reverse=True)
            for _, token in held:
                if self._lasts(token, SOON):
                    return token
            for portal, token in held:
                if (renewed := self._renewed(portal, token)) is not None:
                    return renewed
        for _, token in held:
            if self._lasts(token):
                return token
        raise SSOTokenLoadError(error_msg="no valid session; sign in again")

    def _lasts(self, token: Token, at_least: timedelta = timedelta()) -> bool:
        return token.expires_at - self.clock() > at_least

    def _is_renewable(self, token: Token) -> bool:
        registration = token.registration
        if token.refresh_token is None or registration is None:
            return False
        return registration.expires_at > self.clock()

    def _renewed(self, portal: ConfiguredPortal, token: Token) -> Token | None:
        """Return the token renewed and kept; None where AWS says no to that."""
        registration = token.registration
        if registration is None or not self._is_renewable(token):
            return None
        try:
            answer = oidc_client(self.core, portal.region).create_token(
                grantType="refresh_token",
                clientId=registration.client_id,
                clientSecret=registration.client_secret,
                refreshToken=token.refresh_token,
            )
        except ClientError:
            return None
        return self.keep(portal, answer, registration)

    def keep(
        self, portal: ConfiguredPortal, answer: ServiceAnswer, registration: Registration
    ) -> Token:
        """Write the token of an answer of CreateToken into the cache and return it."""
        token = Token(
            answer["accessToken"],
            self.clock() + timedelta(seconds=answer["expiresIn"]),
            answer.get("refreshToken"),
            registration,
        )
        self.cache.keep_token(portal, token)
        return token
