"""How AWS is reached: plain values, chosen before botocore is imported."""

from dataclasses import dataclass, field

from app.aws.console_sign_in.place import ConsolePlace
from app.core.sign_in import ByConsole, ByPortal


@dataclass(frozen=True, slots=True)
class DefaultChain:
    """The credentials that each AWS tool on this computer would use."""


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """A profile of the AWS tools on this computer."""

    name: str


@dataclass(frozen=True, slots=True)
class GivenKeys:
    """Keys for one address, such as the practice AWS.

    Nothing of this computer's AWS settings counts here (environment, config files, proxies):
    every call goes to ``endpoint_url``, whatever its service and region.
    """

    endpoint_url: str
    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)
    read_timeout: float | None = None
    """Seconds to wait for an answer, where that has to be shorter than usual."""


@dataclass(frozen=True, slots=True)
class TemporaryKeys:
    """Keys that a person handed over, pasted or fetched from an access portal.

    This computer's endpoint, proxy and certificate settings count, none of its credentials and
    no profile.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PortalRole:
    """A role of an access portal, used with the computer's session there.

    This computer's endpoint, proxy and certificate settings count, none of its profiles and
    credentials do.
    """

    way: ByPortal


@dataclass(frozen=True, slots=True)
class ConsoleKeys:
    """A sign-in as for the AWS console, kept in the AWS CLI's cache.

    What counts of this computer's settings is the same as for a role of a portal. ``place`` is
    another one to sign in at, such as the practice AWS.
    """

    way: ByConsole
    place: ConsolePlace | None = None


Access = DefaultChain | NamedProfile | GivenKeys | TemporaryKeys | PortalRole | ConsoleKeys
"""A way to reach AWS."""


def given_address(access: Access) -> str | None:
    """Return the one address that ``access`` is meant for; None where AWS's own count."""
    if isinstance(access, GivenKeys):
        return access.endpoint_url
    if isinstance(access, ConsoleKeys) and access.place is not None:
        return access.place.endpoint_url
    return None
