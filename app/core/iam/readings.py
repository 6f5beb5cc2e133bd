"""What a request makes of a policy's statements, element by element.

Source: AWS "IAM JSON policy elements reference": a statement applies where its principal,
action, resource and all conditions do.
"""

from collections.abc import Iterable

from app.core.frozen import frozen
from app.core.iam.conditions import ConditionReading, read_condition
from app.core.iam.elements import Resources
from app.core.iam.patterns import Glob
from app.core.iam.policies import Policy
from app.core.iam.principals import EVERYBODY, NOT_KNOWN, Reach, Requester
from app.core.iam.requests import Request
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth, all_of, any_of, negate
from app.core.iam.variables import Template, in_arn_prefix, resolve

CALLER_KEY = "aws:PrincipalArn"
"""The key named as missing where it hangs on who exactly asks."""


@frozen
class StatementReading:
    """What a request makes of one statement. ``source`` is its policy's label."""

    source: str
    statement: Statement
    reach: Reach
    action: Truth
    resource: Truth
    conditions: tuple[ConditionReading, ...]
    missing: tuple[str, ...]
    """The condition keys that would have to be known, as the policy writes them."""

    @property
    def readable(self) -> bool:
        """Whether nothing in the statement is such as AWS would refuse to store."""
        conditions = (reading.condition.operator for reading in self.conditions)
        return not self.statement.unreadable and None not in conditions

    @property
    def condition(self) -> Truth:
        """Whether all conditions hold."""
        return all_of(reading.truth for reading in self.conditions)

    @property
    def applies(self) -> Truth:
        """Whether the statement applies, whoever it reaches; see ``allows`` and ``denies``."""
        doubt = Truth.UNKNOWN if self.statement.unreadable else Truth.TRUE
        return all_of((self.action, self.resource, self.condition, doubt))

    def allows(self, reached: Truth) -> Truth:
        """Return whether it grants, where the caller is ``reached`` in the way that counts."""
        return self._does(Effect.ALLOW, reached)

    @property
    def denies(self) -> Truth:
        """Whether it denies the request."""
        return self._does(Effect.DENY, self.reach.anyhow)

    def _does(self, effect: Effect, reached: Truth) -> Truth:
        if self.statement.effect not in (effect, None):
            return Truth.FALSE
        return all_of((reached, self.applies))

    @property
    def deciding(self) -> ConditionReading | None:
        """The condition that decides: one that fails, else one that is unknown, else the first."""
        order = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
        return min(self.conditions, key=lambda c: order.index(c.truth), default=None)


def read_policy(
    policy: Policy, request: Request, *, bounded: Truth
) -> tuple[StatementReading, ...]:
    """Return what ``request`` makes of each statement of ``policy``.

    ``bounded`` says whether the caller has a permissions boundary: a Deny with NotPrincipal
    catches every such principal, whatever it lists (AWS "AWS JSON policy elements: NotPrincipal").
    """
    return tuple(_read(policy, statement, request, bounded) for statement in policy.statements)


def _read(
    policy: Policy, statement: Statement, request: Request, bounded: Truth
) -> StatementReading:
    reach = _reach(policy, statement, request.principal, bounded)
    resource, keys = _resource(statement, request)
    conditions = tuple(read_condition(c, request.context) for c in statement.conditions)
    missing = [CALLER_KEY] if _hangs_on_caller(reach) and _has(statement, "Principal") else []
    missing += keys if resource is Truth.UNKNOWN else ()
    missing += [key for reading in conditions for key in reading.missing]
    action = _action(statement, request.action)
    return StatementReading(
        policy.source, statement, reach, action, resource, conditions, once(missing)
    )


def once(keys: Iterable[str]) -> tuple[str, ...]:
    """Return ``keys`` without repeats in whatever case, as first written."""
    seen: dict[str, str] = {}
    for key in keys:
        seen.setdefault(key.lower(), key)
    return tuple(seen.values())


def _has(statement: Statement, element: str) -> bool:
    """Return whether the element can be read."""
    return not statement.unreadable & {element, "Statement"}


def _hangs_on_caller(reach: Reach) -> bool:
    return Truth.UNKNOWN in (reach.account, reach.role, reach.direct)


def _reach(policy: Policy, statement: Statement, caller: Requester, bounded: Truth) -> Reach:
    if policy.kind in ("identity", "boundary"):
        return EVERYBODY
    principals = statement.principals
    if principals is None:
        return NOT_KNOWN
    reach = principals.reach(caller)
    if not principals.negated or statement.effect is not Effect.DENY:
        return reach
    return Reach(direct=any_of((reach.direct, bounded)))


def _action(statement: Statement, action: str) -> Truth:
    if statement.actions is None:
        return Truth.UNKNOWN
    is_named = any_of(pattern.match(action.lower()) for pattern in statement.actions.patterns)
    return negate(is_named) if statement.actions.negated else is_named


def _resource(statement: Statement, request: Request) -> tuple[Truth, tuple[str, ...]]:
    """Return whether the resource fits, and the keys it hangs on."""
    if statement.resources is None:
        # A trust policy has no Resource: it is about its own role.
        is_missing = "Statement" in statement.unreadable or "Resource" in statement.unreadable
        return (Truth.UNKNOWN if is_missing else Truth.TRUE), ()
    return _fits(statement.resources, request)


def _fits(resources: Resources, request: Request) -> tuple[Truth, tuple[str, ...]]:
    truths: list[Truth] = []
    keys: list[str] = []
    # What is left out matches nothing, and hangs on no key.
    for pattern in resources.that_may_fit(request.resource):
        truth, unknown = _fits_one(pattern, request)
        truths.append(truth)
        keys += unknown
    is_named = any_of(truths)
    return (negate(is_named) if resources.negated else is_named), tuple(keys)


def _fits_one(template: Glob | Template, request: Request) -> tuple[Truth, Iterable[str]]:
    """Return whether one resource fits; one that can't be resolved matches nothing."""
    if isinstance(template, Glob):
        return template.match(request.resource), ()
    if in_arn_prefix(template):
        return Truth.FALSE, ()
    filled = resolve(template, request.context, wildcards=True)
    if isinstance(filled, Glob):
        return filled.match(request.resource), ()
    return filled.may_match(request.resource), filled.keys
