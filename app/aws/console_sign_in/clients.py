"""The client of AWS Sign-In, which anybody may ask."""

from collections.abc import Mapping
from typing import Any, Final, Protocol, cast

from botocore import UNSIGNED
from botocore.config import Config
from botocore.session import Session as CoreSession

from app.aws.transport.core_sessions import HOME_REGION

ServiceAnswer = Mapping[str, Any]

SIGN_IN_REGION: Final = HOME_REGION
"""Any region that is enabled for the account would do; this one always is."""

_EXCHANGE: Final = "/v1/token"

# A code can be used once: a second attempt after a lost answer would be refused.
_ONCE: Final = Config(
    signature_version=cast("str", UNSIGNED), retries={"mode": "standard", "total_max_attempts": 1}
)


class SignInClient(Protocol):
    """What is used of botocore's ``signin`` client."""

    meta: Any

    def create_oauth2_token(self, **asked: object) -> ServiceAnswer:
        """Exchange a code for temporary credentials."""

    def generate_presigned_url(self, operation: str, **asked: object) -> str:
        """Return the address that a call would go to; without credentials nothing is signed."""


def sign_in_client(core: CoreSession, endpoint_url: str | None = None) -> SignInClient:
    """Return the client that signs in, at ``endpoint_url`` where that isn't AWS's.

    It never retries.
    """
    client = core.create_client(
        "signin", region_name=SIGN_IN_REGION, config=_ONCE, endpoint_url=endpoint_url
    )
    client.meta.events.register("after-call.signin", _tell_reason)
    return cast("SignInClient", client)


def sign_in_address(client: SignInClient) -> str:
    """Return the address of AWS Sign-In, without a slash at its end.

    It has the page ``/v1/authorize``, which no client calls: the person's browser opens it.
    """
    body = {"clientId": "arn:aws:signin:::devtools/same-device", "grantType": "refresh_token"}
    url = client.generate_presigned_url("create_oauth2_token", Params={"tokenInput": body})
    return url.partition("?")[0].removesuffix(_EXCHANGE)


def _tell_reason(parsed: dict[str, Any], **_: object) -> None:
    """Put the reason where botocore has the code: an AccessDeniedException has four of them."""
    reason = parsed.get("error")
    if "Error" in parsed and isinstance(reason, str) and reason:
        parsed["Error"]["Code"] = reason
        parsed["Error"]["Message"] = parsed["Error"].get("Message") or parsed.get("message") or ""
