"""Ways to sign in, as plain values without a secret, and what a person chooses between."""

from datetime import datetime

from app.core.frozen import frozen


@frozen
class ByProfile:
    """A profile of the AWS tools on this computer; None is AWS's default chain."""

    name: str | None = None


@frozen
class ByPortal:
    """IAM Identity Center: an account and a role of the access portal at ``start_url``."""

    start_url: str
    region: str
    account_id: str
    role_name: str


@frozen
class ByPasted:
    """Credentials that were pasted and are kept under ``id`` (keyring, or memory)."""

    id: str


SignInWay = ByProfile | ByPortal | ByPasted


@frozen
class KeptCredentials:
    """What can be shown of pasted credentials that are kept; never a secret.

    ``key_hint`` is the access key id with its middle hidden. ``lasting`` is True for a long-lived
    key, ``in_keyring`` False where this computer has none and they live in memory only.
    """

    id: str
    key_hint: str
    lasting: bool
    in_keyring: bool
    expires_at: datetime | None = None
    account_id: str | None = None


@frozen
class PortalAccount:
    """An AWS account that the access portal offers."""

    id: str
    name: str
    email: str | None = None


@frozen
class KnownPortal:
    """An access portal that this computer's AWS tools know, and until when its session lasts."""

    start_url: str
    region: str
    session_name: str | None = None
    signed_in_until: datetime | None = None
