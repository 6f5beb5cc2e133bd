"""One question to AWS, and what each side of the policies says to it.

The whole answer is what a report's row says. The sides by themselves (what is allowed, what the
boundary leaves out, what is denied) tell which of several causes stand in the way: mending one
of them does not mend the others.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from app.core.frozen import field, frozen, replace
from app.core.iam.decision import (
    Decision,
    Outcome,
    decide_cross_account,
    decide_key,
    decide_same_account,
    decide_trust,
)
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy, unread_policy
from app.core.iam.requests import Request
from app.core.iam.statements import Effect
from app.core.iam.work import Work
from app.core.snapshot import OrganizationDeny


class Rule(Enum):
    """Which policies have to allow (AWS "Policy evaluation logic", see ``iam.decision``)."""

    SAME_ACCOUNT = auto()
    CROSS_ACCOUNT = auto()
    OWNER_UNKNOWN = auto()
    """A bucket whose owner could not be read: one of the two above."""
    TRUST = auto()
    KEY = auto()
    KEY_CROSS_ACCOUNT = auto()


_EVERYTHING: Final = {"Effect": "Allow", "Action": "*", "Resource": "*"}
GRANT_ALL: Final = parse_policy(
    {"Version": "2012-10-17", "Statement": [_EVERYTHING]}, "everything", "identity"
)
"""Stands for the allowing side, where only another one is asked for."""


@frozen
class Question:
    """A request of the connector with every policy that bears on it.

    ``resource`` is the policy of what is asked for (bucket, key, trust), None where it has none.
    ``work`` is that of the diagnosis or plan in which it is asked.
    """

    request: Request
    rule: Rule
    identity: tuple[Policy, ...] = ()
    resource: Policy | None = None
    boundary: Policy | None = None
    organization: tuple[OrganizationDeny, ...] = ()
    work: Work = field(default_factory=Work)

    @property
    def action(self) -> str:
        """The action asked for."""
        return self.request.action

    @property
    def grants_are_read(self) -> bool:
        """Whether every policy that could grant it was read."""
        policies = (*self.identity, *((self.resource,) if self.resource else ()))
        return all(policy.is_read for policy in policies)


def allowing(policy: Policy) -> Policy:
    """Return ``policy`` without its Deny statements."""
    return _without(policy, Effect.DENY)


def denying(policy: Policy) -> Policy:
    """Return ``policy`` without its Allow statements."""
    return _without(policy, Effect.ALLOW)


def _without(policy: Policy, effect: Effect) -> Policy:
    others = tuple(statement for statement in policy.statements if statement.effect is not effect)
    return policy if len(others) == len(policy.statements) else replace(policy, statements=others)


def decide(question: Question) -> Outcome:
    """Return AWS's answer, as far as anybody here can know."""
    match question.rule:
        case Rule.TRUST:
            trust, denies = _resource(question, "trust"), question.organization
            return decide_trust(
                question.request, trust, organization_denies=denies, work=question.work
            )
        case Rule.KEY | Rule.KEY_CROSS_ACCOUNT:
            return _decide_key(question)
        case Rule.OWNER_UNKNOWN:
            of_own_account = _decide(question, Rule.SAME_ACCOUNT)
            return _either(of_own_account, _decide(question, Rule.CROSS_ACCOUNT))
        case rule:
            return _decide(question, rule)


def _resource(question: Question, kind: PolicyKind) -> Policy:
    return question.resource or unread_policy(kind, kind)


def _decide(question: Question, rule: Rule) -> Outcome:
    decided = decide_same_account if rule is Rule.SAME_ACCOUNT else decide_cross_account
    return decided(
        question.request,
        identity=question.identity,
        resource=question.resource,
        boundary=question.boundary,
        organization_denies=question.organization,
        work=question.work,
    )


def _decide_key(question: Question) -> Outcome:
    return decide_key(
        question.request,
        identity=question.identity,
        key=_resource(question, "resource"),
        boundary=question.boundary,
        same_account=question.rule is Rule.KEY,
        organization_denies=question.organization,
        work=question.work,
    )


def _either(one: Outcome, other: Outcome) -> Outcome:
    if one.decision is other.decision:
        return one
    return replace(one, decision=Decision.UNKNOWN)


def grants(question: Question) -> Outcome:
    """Return what the statements that allow come to, without boundary, Deny and organisation."""
    return decide(
        replace(
            question,
            identity=_all(allowing, question),
            resource=_of(allowing, question.resource, question),
            boundary=None,
            organization=(),
        )
    )


def bounds(question: Question) -> Outcome | None:
    """Return what the boundary leaves of it, were all else allowed; None where there is none.

    A grant of a bucket or key policy to everyone or to the session itself passes the boundary
    by (AWS "Permissions boundaries for IAM entities"), in the role's own account.
    """
    if question.boundary is None:
        return None
    is_own_account = question.rule in (Rule.SAME_ACCOUNT, Rule.KEY)
    resource = question.resource if is_own_account else None
    return decide_same_account(
        question.request,
        identity=(GRANT_ALL,),
        resource=_of(allowing, resource, question),
        boundary=_of(allowing, question.boundary, question),
        work=question.work,
    )


def denies(question: Question) -> Outcome:
    """Return what the statements that deny come to, were all allowed."""
    return decide_same_account(
        question.request,
        identity=(GRANT_ALL, *_all(denying, question)),
        resource=_of(denying, question.resource, question),
        # Kept, since a Deny with NotPrincipal catches whoever has a boundary.
        boundary=_of(_denying_alone, question.boundary, question),
        work=question.work,
    )


def _denying_alone(boundary: Policy) -> Policy:
    """Return a boundary that allows everything that it does not deny."""
    denials = denying(boundary)
    return replace(denials, statements=(*denials.statements, *GRANT_ALL.statements))


def _of(
    part: Callable[[Policy], Policy], policy: Policy | None, question: Question
) -> Policy | None:
    """Return a part of a policy, which is the same for every question."""
    return question.work.once(part, policy) if policy else None


def _all(part: Callable[[Policy], Policy], question: Question) -> tuple[Policy, ...]:
    return tuple(question.work.once(part, policy) for policy in question.identity)
