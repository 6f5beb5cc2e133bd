"""The sign-ins as for the AWS console that the practice AWS has begun, and those that last."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IssuedKeys:
    """The keys that a sign-in gave, and until when they can be used (UTC)."""

    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    issued: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the person allowed, until its code is exchanged."""

    client_id: str
    redirect: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Renewable:
    """A session that can be renewed with the key that began it."""

    key: str
    until: datetime


@dataclass(slots=True)
class ConsoleSignIns:
    """The sign-ins that are begun and those that last."""

    keys: dict[str, IssuedKeys] = field(default_factory=dict)
    """By access key id."""
    allowed: dict[str, Allowed] = field(default_factory=dict, repr=False)
    renewable: dict[str, Renewable] = field(default_factory=dict, repr=False)

    def clear(self) -> None:
        """End all of them."""
        self.keys.clear()
        self.allowed.clear()
        self.renewable.clear()
