"""All policies on one request, weighed: what grants it, what caps it, what denies it.

Source: AWS "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions
boundaries for IAM entities" and "Key policies in AWS KMS".
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from app.core.iam.organization import DeniedByOrganization, OrganizationDenials
from app.core.iam.policies import Policy
from app.core.iam.readings import Reader, StatementReading
from app.core.iam.truth import Truth, all_of, any_of


class Grants(NamedTuple):
    """Which ways of granting there are, each as sure as it is."""

    identity: Truth
    account: Truth
    role: Truth
    direct: Truth
    boundary: Truth

    def within_account(self) -> Truth:
        """Tell whether an identity or a resource policy grants it.

        A resource policy's grant to the account itself adds nothing.
        """
        capped = any_of((self.identity, self.role))
        return any_of((all_of((capped, self.boundary)), self.direct))

    def by_itself(self) -> Truth:
        """Tell whether the resource policy grants it, or hands on by the account to identities."""
        handed_on = all_of((self.account, self.identity))
        capped = any_of((handed_on, self.role))
        return any_of((all_of((capped, self.boundary)), self.direct))

    def across_accounts(self) -> Truth:
        """Tell whether both sides grant it."""
        theirs = any_of((self.account, self.role, self.direct))
        return all_of((theirs, self.identity, self.boundary))

    def never(self) -> Truth:
        """Tell that nothing can grant it."""
        return Truth.FALSE


GrantRule = Callable[[Grants], Truth]


class Papers(NamedTuple):
    """All that bears on a request. ``identity`` None: the caller's own side is taken as given."""

    identity: Sequence[Policy] | None
    resource: Policy | None
    boundary: Policy | None
    organization: OrganizationDenials
    rule: GrantRule

    @property
    def in_order(self) -> tuple[Policy, ...]:
        """Every policy, those that can grant first, the boundary last."""
        others = (self.resource, self.boundary)
        return (*(self.identity or ()), *(policy for policy in others if policy is not None))

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy there is, the caller's own first."""
        others = (self.boundary, self.resource)
        return (*(self.identity or ()), *(policy for policy in others if policy is not None))


class Weighed(NamedTuple):
    """What the papers make of a request, of the statements that may concern it.

    ``uncapped`` is ``granted`` without the boundary.
    """

    granted: Truth
    uncapped: Truth
    denied: Truth
    organization: tuple[DeniedByOrganization, ...]
    granting: tuple[StatementReading, ...]
    """The readings of the policies that can grant (not the boundary)."""
    capping: tuple[StatementReading, ...]
    """The readings of the boundary."""

    @property
    def readings(self) -> tuple[StatementReading, ...]:
        """Every reading."""
        return self.granting + self.capping


def weigh(papers: Papers, reader: Reader) -> Weighed:
    """Put together what every policy says that may concern the request."""
    identity = _concerned(papers.identity or (), reader)
    resource = _concerned([papers.resource] if papers.resource else [], reader)
    boundary = _concerned([papers.boundary] if papers.boundary else [], reader)
    grants = Grants(
        Truth.TRUE if papers.identity is None else _direct(identity),
        any_of(r.allows(r.reach.account) for r in resource),
        any_of(r.allows(r.reach.role) for r in resource),
        _direct(resource),
        Truth.TRUE if papers.boundary is None else _direct(boundary),
    )
    organization = papers.organization.that_deny(reader.request)
    denied = any_of(reading.denies for reading in (*identity, *boundary, *resource))
    return Weighed(
        papers.rule(grants),
        papers.rule(
            Grants(grants.identity, grants.account, grants.role, grants.direct, Truth.TRUE)
        ),
        Truth.TRUE if organization else denied,
        organization,
        identity + resource,
        boundary,
    )


def bounded(boundary: Policy | None) -> Truth:
    """Return whether the caller has a boundary; one that could not be read may not be there."""
    if boundary is None:
        return Truth.FALSE
    return Truth.TRUE if boundary.is_read else Truth.UNKNOWN


def _concerned(policies: Iterable[Policy], reader: Reader) -> tuple[StatementReading, ...]:
    return tuple(reading for policy in policies for reading in reader.concerned(policy))


def _direct(readings: Iterable[StatementReading]) -> Truth:
    return any_of(reading.allows(reading.reach.direct) for reading in readings)
