"""Observations: things that were tried, or recorded, and how each of them ended.

They are part of a snapshot (``core.snapshot``), in their order: of a call the last answer counts.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen
from app.core.guide import ASSUME_ACTION, LIST_ACTION
from app.core.secret_shapes import as_kept

_NOBODYS_FOLDER: Final = "ubiquity-s3-setup-outside-"


class Identity(StrEnum):
    """Who tried what an observation tells of."""

    CUSTOMER = "customer"
    UBIQUITY = "ubiquity"
    TOLD = "told"
    """What UbiQuity's Test Connection answered, as the person told it."""


class ObservationSource(StrEnum):
    """How an observation came to be known."""

    TRIED = "tried"
    """The program made the call."""
    CLOUDTRAIL = "cloudtrail"
    """A success recorded in the customer's own account: it counts as seen."""
    TOLD = "told"


class ObservedOutcome(StrEnum):
    """How a thing that was tried ended."""

    ALLOWED = "allowed"
    DENIED = "denied"
    FAILED = "failed"


@frozen
class Observation:
    """One thing that was tried, and how it ended; its message is without secrets."""

    at: datetime
    identity: Identity
    action: str
    outcome: ObservedOutcome
    resource: str | None = None
    bucket: str | None = None
    external_id: str | None = None
    code: str | None = None
    message: str | None = None
    request_id: str | None = None
    source: ObservationSource = ObservationSource.TRIED

    def __post_init__(self) -> None:
        """Keep no secret: a snapshot is sent to support."""
        if self.message:
            object.__setattr__(self, "message", as_kept(self.message))

    @property
    def looks_outside(self) -> bool:
        """Whether it tells of a listing of a folder that nobody has (``nobodys_folder``).

        A role that is limited to a folder is refused there: it is no answer to the connector's
        own listing.
        """
        resource = self.resource or ""
        return self.action == LIST_ACTION and f"/{_NOBODYS_FOLDER}" in resource

    def tells_of(self, role: str) -> bool:
        """Whether it may tell something of UbiQuity's use of ``role`` (an ARN), or of the sign-in.

        What became of another role tells nothing of this one, and all that CloudTrail records in
        the role's account is that UbiQuity got in.
        """
        if self.source is ObservationSource.CLOUDTRAIL and not self.is_visit:
            return False
        is_customers = self.identity is Identity.CUSTOMER
        return is_customers or self.action != ASSUME_ACTION or self.resource in (None, role)

    @property
    def is_visit(self) -> bool:
        """Whether it tells that UbiQuity assumed a role, as CloudTrail recorded it."""
        return (
            self.source is ObservationSource.CLOUDTRAIL
            and self.identity is Identity.UBIQUITY
            and self.action == ASSUME_ACTION
            and self.outcome is ObservedOutcome.ALLOWED
        )


def nobodys_folder(token: str) -> str:
    """Return a folder that no bucket has, made up from ``token``: to look outside of all others.

    The resource of an observation of it is ``arn:aws:s3:::<bucket>/<folder>*``.
    """
    return f"{_NOBODYS_FOLDER}{token}/"
