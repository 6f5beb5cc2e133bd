"""All policies on one request, weighed: what grants it, what caps it, what denies it.

Source: AWS "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions
boundaries for IAM entities" and "Key policies in AWS KMS".
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from app.core.iam.patterns import Glob
from app.core.iam.policies import Policy
from app.core.iam.readings import StatementReading, read_policy
from app.core.iam.requests import Request
from app.core.iam.truth import Truth, all_of, any_of


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
    organization: Sequence[DeniedByOrganization]
    rule: GrantRule

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy there is, the caller's own first."""
        others = (self.boundary, self.resource)
        return (*(self.identity or ()), *(policy for policy in others if policy is not None))


class Weighed(NamedTuple):
    """What the papers make of a request. ``uncapped`` is ``granted`` without the boundary."""

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


def weigh(request: Request, papers: Papers) -> Weighed:
    """Read every policy and put together what they say."""
    bounded = _bounded(papers.boundary)
    identity = _readings(papers.identity or (), request, bounded)
    resource = _readings([papers.resource] if papers.resource else [], request, bounded)
    boundary = _readings([papers.boundary] if papers.boundary else [], request, bounded)
    grants = Grants(
        Truth.TRUE if papers.identity is None else _direct(identity),
        any_of(r.allows(r.reach.account) for r in resource),
        any_of(r.allows(r.reach.role) for r in resource),
        _direct(resource),
        Truth.TRUE if papers.boundary is None else _direct(boundary),
    )
    organization = tuple(row for row in papers.organization if _denies(row, request))
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


def _bounded(boundary: Policy | None) -> Truth:
    """Return whether the caller has a boundary; one that could not be read may not be there."""
    if boundary is None:
        return Truth.FALSE
    return Truth.TRUE if boundary.is_read else Truth.UNKNOWN


def _readings(
    policies: Iterable[Policy], request: Request, bounded: Truth
) -> tuple[StatementReading, ...]:
    return tuple(r for policy in policies for r in read_policy(policy, request, bounded=bounded))


def _direct(readings: Iterable[StatementReading]) -> Truth:
    return any_of(reading.allows(reading.reach.direct) for reading in readings)


def _denies(row: DeniedByOrganization, request: Request) -> bool:
    """Return whether the row is about this action and resource, both read as patterns."""
    action = Glob.of(row.action.lower()).match(request.action.lower())
    return all_of((action, Glob.of(row.resource).match(request.resource))) is Truth.TRUE
