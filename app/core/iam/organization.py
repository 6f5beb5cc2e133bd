"""What AWS says that the customer's organisation denies.

The rows come from IAM's simulator, one for an action and a resource: an account with many buckets
has several for each.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, Self

from app.core.iam.beginnings import Beginnings
from app.core.iam.patterns import Glob
from app.core.iam.requests import Request
from app.core.iam.truth import Truth


class DeniedByOrganization(Protocol):
    """A denial that AWS attributes to the organisation (a row of ``organization_denies``)."""

    @property
    def action(self) -> str:
        """The action denied."""

    @property
    def resource(self) -> str:
        """The ARN, or pattern of ARNs, it is denied on."""

    @property
    def by(self) -> str:
        """What kind of policy denies it."""


class OrganizationDenials(NamedTuple):
    """The denials of an organisation, their resources read as patterns."""

    rows: Sequence[DeniedByOrganization]
    resources: tuple[Glob, ...]
    beginnings: Beginnings

    @classmethod
    def of(cls, rows: Iterable[DeniedByOrganization]) -> Self:
        """Return the denials ``rows``."""
        rows = tuple(rows)
        resources = tuple(Glob.of(row.resource) for row in rows)
        return cls(rows, resources, Beginnings.of([glob.marks for glob in resources]))

    def that_deny(self, request: Request) -> tuple[DeniedByOrganization, ...]:
        """Return the rows about this action and resource, both read as patterns."""
        action = request.action.lower()
        return tuple(
            self.rows[place]
            for place in self.beginnings.fitting(request.resource)
            if self.resources[place].match(request.resource) is Truth.TRUE
            and Glob.of(self.rows[place].action.lower()).match(action) is Truth.TRUE
        )
