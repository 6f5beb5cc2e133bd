"""The clients of the two services of Identity Center: ``sso-oidc`` signs in, ``sso`` lists.

Neither takes credentials: the first is asked by anybody, the second with a token in each call.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol, cast

from botocore import UNSIGNED
from botocore.config import Config
from botocore.session import Session as CoreSession

ServiceAnswer = Mapping[str, Any]

_UNSIGNED: Final = Config(signature_version=cast("str", UNSIGNED))

# A code or a refresh token can be used once: a second attempt after a lost answer would be
# refused, and end what the first one has begun.
_ONCE: Final = _UNSIGNED.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


class OidcClient(Protocol):
    """What is used of botocore's ``sso-oidc`` client."""

    def register_client(self, **asked: object) -> ServiceAnswer:
        """Register a public client."""

    def start_device_authorization(self, **asked: str) -> ServiceAnswer:
        """Ask for a device code and a user code."""

    def create_token(self, **asked: object) -> ServiceAnswer:
        """Exchange a code or a refresh token for an access token."""


class PortalClient(Protocol):
    """What is used of botocore's ``sso`` client."""

    def get_paginator(self, operation_name: str) -> "Paginator":
        """Return what walks the pages of a listing."""

    def get_role_credentials(self, **asked: str) -> ServiceAnswer:
        """Return credentials of a role."""


class Paginator(Protocol):
    """Walks the pages of a listing."""

    def paginate(self, **asked: str) -> Iterable[ServiceAnswer]:
        """Yield each page."""


def oidc_client(core: CoreSession, region: str) -> OidcClient:
    """Return the client that signs in at the Identity Center of ``region``; it never retries."""
    client = core.create_client("sso-oidc", region_name=region, config=_ONCE)
    client.meta.events.register("after-call.sso-oidc", _tell_description)
    return cast("OidcClient", client)


def portal_client(core: CoreSession, region: str) -> PortalClient:
    """Return the client of the access portal in ``region``."""
    client = core.create_client("sso", region_name=region, config=_UNSIGNED)
    return cast("PortalClient", client)


def oidc_address(core: CoreSession, region: str) -> str:
    """Return the address of the service that signs in, without a slash at its end.

    It has the page ``/authorize``, which no client calls: the person's browser opens it.
    """
    client = core.create_client("sso-oidc", region_name=region, config=_ONCE)
    return client.meta.endpoint_url.rstrip("/")


def _tell_description(parsed: dict[str, Any], **_: object) -> None:
    """Put the service's own text where botocore looks for it: it calls it by another name."""
    if "Error" in parsed and not parsed["Error"].get("Message"):
        parsed["Error"]["Message"] = parsed.get("error_description") or ""
