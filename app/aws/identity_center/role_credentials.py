"""The credentials of a role of an access portal, fetched anew while the session there lasts."""

from collections.abc import Callable
from datetime import UTC, datetime

from botocore.credentials import (
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.session import Session as CoreSession

from app.aws.identity_center.clients import portal_client
from app.aws.identity_center.sessions import PortalSessions
from app.core.sign_in import ByPortal
from app.flow.identity_center import PortalPlace


def take_role(core: CoreSession, way: ByPortal) -> None:
    """Let the clients of ``core`` use the role that ``way`` names, and no other credentials.

    No call is made before the first client's first call. Where the session at the portal has
    ended and can't be renewed, that call raises SSOTokenLoadError or UnauthorizedException.
    """
    core.register_component("credential_provider", CredentialResolver([_PortalProvider(core, way)]))


class _PortalProvider(CredentialProvider):
    METHOD = "sso"
    CANONICAL_NAME = "UbiquityPortalRole"

    def __init__(self, core: CoreSession, way: ByPortal) -> None:
        super().__init__(core)
        self._fetch = _fetcher(core, way)

    def load(self) -> DeferredRefreshableCredentials:
        """Return credentials that are fetched when they are first used."""
        return DeferredRefreshableCredentials(self._fetch, self.METHOD)


def _fetcher(core: CoreSession, way: ByPortal) -> Callable[[], dict[str, str]]:
    place = PortalPlace(way.start_url, way.region)

    def fetch() -> dict[str, str]:
        token = PortalSessions(core).token(place)
        client = portal_client(core, place.region)
        credentials = client.get_role_credentials(
            roleName=way.role_name, accountId=way.account_id, accessToken=token.access_token
        )["roleCredentials"]
        return {
            "access_key": credentials["accessKeyId"],
            "secret_key": credentials["secretAccessKey"],
            "token": credentials["sessionToken"],
            "expiry_time": datetime.fromtimestamp(
                credentials["expiration"] / 1000, UTC
            ).isoformat(),
            "account_id": way.account_id,
        }

    return fetch
