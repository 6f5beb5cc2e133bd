"""Where a person stands in signing in with IAM Identity Center: one frozen value, for the window.

Tokens never come here (``app.flow.identity_center``).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.core.fields.start_url import same_portal
from app.flow.identity_center import PortalPlace

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.core.problem import Checked, Problem
    from app.core.sign_in import KnownPortal, PortalAccount
    from app.flow.identity_center import Invitation


class PortalStage(StrEnum):
    """How far the sign-in is."""

    PORTAL = "portal"
    """Which portal? (Also after a failure or Cancel.)"""
    STARTING = "starting"
    """AWS is asked where the person signs in."""
    BROWSER = "browser"
    CODE = "code"
    CHOOSING = "choosing"
    """Signed in: account and role."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PortalField:
    """What is typed into one field, what its check says, and what of that is shown."""

    text: str
    checked: "Checked"
    shown: tuple["Problem", ...] = ()

    def with_text(self, text: str, checked: "Checked") -> "PortalField":
        """Return the field with another text; what was shown stays until it is taken back."""
        return PortalField(text, checked, self.shown)

    def showing(self, problems: tuple["Problem", ...]) -> "PortalField":
        """Return the field with these problems shown under it."""
        return replace(self, shown=problems)


@dataclass(frozen=True, slots=True)
class PortalVisit:
    """What one sign-in at the portal has come to; going back to the portal ends it."""

    invitation: "Invitation | None" = None
    until: datetime | None = None
    accounts: tuple["PortalAccount", ...] = ()
    account_id: str = ""
    roles: tuple[str, ...] = ()
    role_name: str = ""
    loading: bool = False
    """Whether accounts or roles are being read."""

    def choosing(self, account_id: str) -> "PortalVisit":
        """Return the visit with another account chosen, and no role yet."""
        return replace(self, account_id=account_id, roles=(), role_name="")

    def offering(self, roles: tuple[str, ...]) -> "PortalVisit":
        """Return the visit with the account's roles; the only one there is is chosen."""
        return replace(self, roles=roles, role_name=roles[0] if len(roles) == 1 else "")


@dataclass(frozen=True, slots=True)
class PortalState:
    """The whole of the sign-in, for the window to draw."""

    url: PortalField
    region: PortalField
    known_portals: tuple["KnownPortal", ...] = ()
    """Those that this computer's AWS tools know."""
    stage: PortalStage = PortalStage.PORTAL
    visit: PortalVisit = field(default_factory=PortalVisit)
    details_account: str | None = None
    """The account of the person's details."""
    failure: "AwsFailure | None" = None

    @property
    def place(self) -> PortalPlace | None:
        """The portal, where nothing in its fields is wrong."""
        start_url, region = self.url.checked.value, self.region.checked.value
        return PortalPlace(start_url, region) if start_url and region else None

    @property
    def details_account_is_missing(self) -> bool:
        """Whether the account of the details is not among those that are offered."""
        if self.details_account is None or not self.visit.accounts:
            return False
        return all(account.id != self.details_account for account in self.visit.accounts)

    @property
    def session(self) -> "KnownPortal | None":
        """The computer's valid session for the portal that is filled in, if there is one."""
        place = self.place
        if place is None:
            return None
        sessions = [
            portal
            for portal in self.known_portals
            if _is_at(portal, place) and portal.signed_in_until is not None
        ]
        return max(sessions, key=worth) if sessions else None


def _is_at(portal: "KnownPortal", place: PortalPlace) -> bool:
    return portal.region == place.region and same_portal(portal.start_url, place.start_url)


def worth(portal: "KnownPortal") -> tuple[bool, float, bool]:
    """Order known portals: one with a valid session first, the longest, then named ones."""
    until = portal.signed_in_until
    return until is not None, until.timestamp() if until else 0.0, portal.session_name is not None
