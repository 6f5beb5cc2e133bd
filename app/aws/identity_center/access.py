"""The way to AWS through an access portal: a plain value, made before botocore is imported."""

from dataclasses import dataclass

from app.core.sign_in import ByPortal


@dataclass(frozen=True, slots=True)
class PortalRole:
    """A role of an access portal, used with the computer's session there.

    This computer's endpoint, proxy and certificate settings count, none of its profiles and
    credentials do.
    """

    way: ByPortal
