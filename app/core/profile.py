"""A profile of the AWS tools on this computer: its name and how it signs in."""

from enum import StrEnum

from app.core.frozen import frozen


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


@frozen
class Profile:
    """One profile; ``source_profile`` is set for a role that another profile assumes."""

    name: str
    kind: ProfileKind
    source_profile: str | None = None
