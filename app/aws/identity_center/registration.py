"""Registering as a client of Identity Center: done once, kept for some months."""

from datetime import UTC, datetime
from typing import Final

from app.aws.identity_center.clients import OidcClient
from app.aws.identity_center.portals import ConfiguredPortal
from app.aws.identity_center.sessions import PortalSessions
from app.aws.identity_center.token_cache import SOON, Registration

CLIENT_NAME: Final = "ubiquity-s3-setup"
"""What the access portal calls this program when it asks the person to allow it."""

ACCOUNT_ACCESS: Final = "sso:account:access"
"""The scope that lists accounts and roles and gives their credentials; nothing more is asked."""

REDIRECT: Final = "http://127.0.0.1/oauth/callback"
"""Where the browser comes back to; Identity Center leaves the port to the moment (RFC 8252)."""

CODE_GRANTS: Final = ("authorization_code", "refresh_token")


def registered(
    sessions: PortalSessions, oidc: OidcClient, portal: ConfiguredPortal, *, for_browser: bool
) -> Registration:
    """Return a valid registration for the portal: the kept one, or a new one that is kept.

    ``for_browser`` for the authorisation code, otherwise for the device code: as in the AWS
    CLI, one of the two is kept. Blocks, and raises what botocore raises.
    """
    kept = sessions.cache.registration(portal)
    usable = kept is not None and kept.expires_at - sessions.clock() >= SOON
    if kept and usable and ("authorization_code" in kept.grants) == for_browser:
        return kept
    return register(sessions, oidc, portal, for_browser=for_browser)


def register(
    sessions: PortalSessions, oidc: OidcClient, portal: ConfiguredPortal, *, for_browser: bool
) -> Registration:
    """Register anew, and keep it."""
    request: dict[str, object] = {"clientName": CLIENT_NAME, "clientType": "public"}
    if for_browser:
        request |= {
            "grantTypes": list(CODE_GRANTS),
            "redirectUris": [REDIRECT],
            "issuerUrl": portal.start_url,
            "scopes": list(scopes_of(portal)),
        }
    elif portal.scopes:
        request["scopes"] = list(portal.scopes)
    answer = oidc.register_client(**request)
    registration = Registration(
        answer["clientId"],
        answer["clientSecret"],
        datetime.fromtimestamp(answer["clientSecretExpiresAt"], UTC),
        CODE_GRANTS if for_browser else (),
    )
    sessions.cache.keep_registration(portal, registration)
    return registration


def scopes_of(portal: ConfiguredPortal) -> tuple[str, ...]:
    """Return the scopes to ask for with an authorisation code."""
    return portal.scopes or (ACCOUNT_ACCESS,)
