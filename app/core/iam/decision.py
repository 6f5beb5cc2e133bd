"""The decision on a request: allowed, denied, or unknown with what is missing.

Source: AWS "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions
boundaries for IAM entities" and "Key policies in AWS KMS". An explicit Deny anywhere wins. In one
account an identity or a resource policy is enough; a trust or key policy must allow by itself,
or hand on through the account to the identity policies; across accounts both sides must allow. A
boundary caps what identity policies grant and what a resource policy grants to the role's ARN,
not what it grants to the session, the user or ``*``.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen, replace
from app.core.iam.cases import cases_of
from app.core.iam.grants import Grants, Papers, Weighed, bounded, weigh
from app.core.iam.organization import DeniedByOrganization, OrganizationDenials
from app.core.iam.policies import Policy
from app.core.iam.principals import RequesterKind, account_of
from app.core.iam.readings import Asked, Reader, Readers, StatementReading, once
from app.core.iam.requests import Request
from app.core.iam.truth import Truth
from app.core.iam.work import Work

_DECISION: Final = 20
"""About how many steps a request takes, whatever the policies."""
_NO_DENIALS: Final = OrganizationDenials.of(())


class Decision(StrEnum):
    """What AWS answers, as far as anybody here can know."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a decision is what it is."""

    GRANTED = "granted"
    EXPLICIT_DENY = "explicit-deny"
    ORGANIZATION = "organization"
    """A policy of the customer's organisation denies it."""
    BOUNDARY = "boundary"
    """A grant is there, or may be; the permissions boundary leaves it out."""
    NO_GRANT = "no-grant"
    UNDECIDED = "undecided"


@frozen
class Because:
    """Why: the statements that decide.

    They are those that grant, that deny, that grant what the boundary leaves out, or that are
    unknown. Where unknown, ``missing`` are the condition keys that only UbiQuity or AWS knows,
    and ``unread`` the labels of policies that could not be read, or that say what AWS would
    refuse to store. ``may_spare`` says that one of them is a Deny with NotPrincipal of which
    AWS's documents leave open whether it leaves the caller out.
    """

    reason: Reason
    statements: tuple[StatementReading, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    organization: tuple[DeniedByOrganization, ...] = ()
    may_spare: bool = False


@frozen
class Outcome:
    """A decision, why, and what the request makes of the statements of every policy.

    ``concerned`` are the readings of those that may concern the request; the others neither
    allow nor deny it.
    """

    decision: Decision
    because: Because
    concerned: tuple[StatementReading, ...] = ()
    policies: tuple[Policy, ...] = ()
    reader: Reader | None = None

    @property
    def readings(self) -> tuple[StatementReading, ...]:
        """What the request makes of every statement."""
        reader = self.reader
        return tuple(r for p in self.policies for r in reader.all_of(p)) if reader else ()

    @property
    def with_action(self) -> tuple[StatementReading, ...]:
        """What it makes of the statements that may be about its action, on whatever resource."""
        reader = self.reader
        return tuple(r for p in self.policies for r in reader.with_action(p)) if reader else ()


def decide_same_account(
    request: Request,
    *,
    identity: Sequence[Policy],
    resource: Policy | None,
    boundary: Policy | None,
    organization_denies: Sequence[DeniedByOrganization] = (),
    work: Work | None = None,
) -> Outcome:
    """Decide on a resource of the caller's own account, a key or a role's trust excepted.

    ``resource`` is None where it has no policy. A root user is stopped by an explicit Deny of
    the resource's policy alone.
    """
    rule, work = Grants.within_account, work or Work()
    organization = _organization(organization_denies, work)
    if request.principal.kind is RequesterKind.ROOT:
        return _decide(request, Papers(None, resource, None, organization, rule), work)
    return _decide(request, Papers(identity, resource, boundary, organization, rule), work)


def decide_cross_account(
    request: Request,
    *,
    identity: Sequence[Policy],
    resource: Policy | None,
    boundary: Policy | None,
    organization_denies: Sequence[DeniedByOrganization] = (),
    work: Work | None = None,
) -> Outcome:
    """Decide on a resource of another account: the caller's policies and its own must allow."""
    rule, work = Grants.across_accounts, work or Work()
    organization = _organization(organization_denies, work)
    return _decide(request, Papers(identity, resource, boundary, organization, rule), work)


def decide_trust(
    request: Request,
    trust: Policy,
    *,
    identity: Sequence[Policy] | None = None,
    boundary: Policy | None = None,
    organization_denies: Sequence[DeniedByOrganization] = (),
    work: Work | None = None,
) -> Outcome:
    """Decide on assuming a role: its trust policy must allow by itself.

    ``identity`` None takes the caller's own permission as given, as for UbiQuity, whose policies
    nobody here sees. A root user can't assume a role (STS API Reference, "AssumeRole").
    """
    same = account_of(str(request.resource)) == request.principal.account
    rule = Grants.by_itself if same else Grants.across_accounts
    if request.principal.kind is RequesterKind.ROOT:
        rule = Grants.never
    work = work or Work()
    organization = _organization(organization_denies, work)
    return _decide(request, Papers(identity, trust, boundary, organization, rule), work)


def decide_key(
    request: Request,
    *,
    identity: Sequence[Policy],
    key: Policy,
    boundary: Policy | None,
    same_account: bool,
    organization_denies: Sequence[DeniedByOrganization] = (),
    work: Work | None = None,
) -> Outcome:
    """Decide on a KMS key: its policy must allow by itself, or hand on through the account."""
    rule = Grants.by_itself if same_account else Grants.across_accounts
    work = work or Work()
    organization = _organization(organization_denies, work)
    return _decide(request, Papers(identity, key, boundary, organization, rule), work)


def _organization(rows: Sequence[DeniedByOrganization], work: Work) -> OrganizationDenials:
    return work.once(OrganizationDenials.of, rows) if rows else _NO_DENIALS


def _decide(request: Request, papers: Papers, work: Work) -> Outcome:
    work.spend(_DECISION)
    asked = Asked(request, bounded(papers.boundary), work)
    reader = work.once(Readers.of, request).reader(asked)
    outcome = _outcome(weigh(papers, reader), papers, reader)
    if outcome.decision is not Decision.UNKNOWN:
        return outcome
    # A key that nobody knows may not matter: the outcome can be the same whatever its value.
    cases = cases_of(request.context, papers.policies, outcome.because.missing, work)
    outcomes: list[Outcome] = []
    for context in cases.contexts():
        case = asked._replace(request=replace(request, context=context), other_keys=cases.keys)
        latest = _outcome(weigh(papers, Reader(case, reader)), papers, reader)
        outcomes.append(latest)
        if latest.decision is Decision.UNKNOWN or latest.decision is not outcomes[0].decision:
            return outcome
    return _settled(outcomes, outcome) if outcomes else outcome


def _settled(cases: Sequence[Outcome], unsettled: Outcome) -> Outcome:
    """Return the decision that all cases agree on, with the statements that make it in any."""
    statements = _distinct(reading for case in cases for reading in case.because.statements)
    because = replace(cases[0].because, statements=statements)
    return replace(unsettled, decision=cases[0].decision, because=because)


def _distinct(readings: Iterable[StatementReading]) -> tuple[StatementReading, ...]:
    return tuple({(r.source, r.statement.index): r for r in readings}.values())


def _outcome(weighed: Weighed, papers: Papers, reader: Reader) -> Outcome:
    because = _because(weighed)
    decision = {Reason.GRANTED: Decision.ALLOWED, Reason.UNDECIDED: Decision.UNKNOWN}
    decided = decision.get(because.reason, Decision.DENIED)
    return Outcome(decided, because, weighed.readings, papers.in_order, reader)


def _because(weighed: Weighed) -> Because:
    if weighed.denied is Truth.TRUE:
        denying = tuple(r for r in weighed.readings if r.denies is Truth.TRUE)
        reason = Reason.EXPLICIT_DENY if denying else Reason.ORGANIZATION
        return Because(reason, denying, organization=weighed.organization)
    if weighed.granted is Truth.FALSE:
        if weighed.uncapped is Truth.FALSE:
            return Because(Reason.NO_GRANT)
        return Because(Reason.BOUNDARY, _granting(weighed.granting))
    if weighed.granted is Truth.TRUE and weighed.denied is Truth.FALSE:
        return Because(Reason.GRANTED, _granting(weighed.granting))
    return _undecided(weighed)


def _granting(readings: Iterable[StatementReading]) -> tuple[StatementReading, ...]:
    """Return the statements that grant, or may."""
    return tuple(r for r in readings if r.allows(r.reach.anyhow) is not Truth.FALSE)


def _undecided(weighed: Weighed) -> Because:
    unknown = [r for r in weighed.readings if r.denies is Truth.UNKNOWN]
    if weighed.granted is Truth.UNKNOWN:
        unknown += [r for r in weighed.readings if r.allows(r.reach.anyhow) is Truth.UNKNOWN]
    missing = once(key for reading in unknown for key in reading.missing)
    unread = once(reading.source for reading in unknown if not reading.readable)
    may_spare = any(reading.may_spare for reading in unknown)
    return Because(Reason.UNDECIDED, _distinct(unknown), missing, unread, may_spare=may_spare)
