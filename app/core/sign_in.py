"""Ways to sign in, and what a person chooses between: profiles, portals, kept credentials.

All of them are plain values without a secret.
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen
from app.core.settings_mistake import SettingsMistake


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


@frozen
class ByConsole:
    """A sign-in as for the AWS console; ``arn`` is whose it is."""

    arn: str


SignInWay = ByConsole | ByProfile | ByPortal | ByPasted


PRACTISED_CUSTOMER: Final = ByProfile()
"""On the practice AWS: an administrator of the customer's account."""

PRACTISED_SUPPORT: Final = ByProfile("ubiquity-support")
"""On the practice AWS: UbiQuity's support, in UbiQuity's own account."""


@frozen
class ConsoleSession:
    """Who signed in as for the AWS console, and in which account.

    ``name`` is what they are called there: a user's name, a role's session; empty for root.
    """

    arn: str
    account_id: str
    name: str


_WHO: Final = (
    r"arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):"
    r"(?:root|(?:user|assumed-role|federated-user)/(?:.*/)?(.+))"
)
"""Source: IAM User Guide, "IAM identifiers" and AWS STS GetCallerIdentity."""


def console_session(arn: str) -> ConsoleSession | None:
    """Return whose session ``arn`` names; None where it is not an identity of AWS."""
    match = re.fullmatch(_WHO, arn)
    return ConsoleSession(arn, match[1], match[2] or "") if match else None


@frozen
class KeptCredentials:
    """What can be shown of pasted credentials that are kept; never a secret.

    ``key_hint`` is the access key id with its middle hidden. ``lasting`` is True for a long-lived
    key, ``in_keyring`` False where this computer has none and they live in memory only. ``of_root``
    tells that AWS wrote them down as the keys of an account's root user.
    """

    id: str
    key_hint: str
    lasting: bool
    in_keyring: bool
    expires_at: datetime | None = None
    account_id: str | None = None
    of_root: bool = False


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


class ProfileKind(StrEnum):
    """How a profile gets its credentials."""

    KEYS = "keys"
    """An access key, long-lived or temporary, written in a file."""
    IDENTITY_CENTER = "identity-center"
    """IAM Identity Center (``aws sso login``)."""
    LOGIN = "login"
    """A console sign-in (``aws login``)."""
    ROLE = "role"
    """A role that another profile or credential source assumes."""
    WEB_IDENTITY = "web-identity"
    """A role assumed with a token from an identity provider."""
    PROCESS = "process"
    """Another program hands the credentials over."""
    OTHER = "other"
    """Settings only: no way to sign in is written in it."""


class ProfileState(StrEnum):
    """Whether a profile still works, as far as that is known without asking AWS."""

    NOT_TRIED = "not-tried"
    """Nothing here tells."""
    SIGNED_IN = "signed-in"
    """Its session or its temporary keys have not run out, by their own time."""
    EXPIRED = "expired"
    """They have, and cannot be renewed without the person."""
    WORKED = "worked"
    """A sign-in with it worked since the program was started."""
    FAILED = "failed"
    """The last sign-in with it failed."""
    BROKEN = "broken"
    """What the files say of it can't be used, and would have to be mended."""


@frozen
class Profile:
    """One profile of the AWS tools on this computer: its name and how it signs in.

    ``source_profile`` is set for a role that another profile assumes.

    ``account_id`` is there where the config tells it (a role, IAM Identity Center) or a sign-in
    has told it. ``expires_at`` (UTC) is when its session or keys end, where that is written.
    ``mistakes`` are what keeps it from signing in, as it is written; the likeliest cause first.
    ``start_url`` and ``portal_region`` are where it signs in with IAM Identity Center.
    """

    name: str
    kind: ProfileKind
    source_profile: str | None = None
    account_id: str | None = None
    role_name: str | None = None
    region: str | None = None
    state: ProfileState = ProfileState.NOT_TRIED
    expires_at: datetime | None = None
    mistakes: tuple[SettingsMistake, ...] = ()
    start_url: str | None = None
    portal_region: str | None = None
