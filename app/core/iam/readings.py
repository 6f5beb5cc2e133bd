"""What a request makes of a policy's statements, element by element.

Source: AWS "IAM JSON policy elements reference": a statement applies where its principal,
action, resource and all conditions do.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Self

from app.core.iam.concern import Concern
from app.core.iam.conditions import ConditionReading, read_condition
from app.core.iam.elements import PolicyKind, Resources
from app.core.iam.patterns import Glob
from app.core.iam.policies import Policy
from app.core.iam.principals import EVERYBODY, NOT_KNOWN, PrincipalReach, Requester, RequesterKind
from app.core.iam.requests import Request
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth, all_of, any_of, negate
from app.core.iam.variables import Template, in_arn_prefix, resolve
from app.core.iam.work import Work

CALLER_KEY = "aws:PrincipalArn"
"""The key named as missing where it hangs on who exactly asks."""


class Asked(NamedTuple):
    """A request, and what bears on how statements are read for it.

    ``bounded`` says whether the caller has a permissions boundary: a Deny with NotPrincipal
    catches every such principal, whatever it lists (AWS "AWS JSON policy elements: NotPrincipal").
    ``other_keys`` are those in which it differs from the request that was read before.
    """

    request: Request
    bounded: Truth
    work: Work
    other_keys: frozenset[str] = frozenset()

    def differs_in(self, keys: frozenset[str]) -> bool:
        """Tell whether any of ``keys`` has another value than before."""
        return not keys.isdisjoint(self.other_keys)


class StatementReading:
    """What a request makes of one statement, element by element, each read when asked for.

    ``source`` is its policy's label.
    """

    def __init__(
        self, policy: Policy, statement: Statement, asked: Asked, before: Self | None = None
    ) -> None:
        self.source = policy.source
        self.statement = statement
        self._kind = policy.kind
        self._asked = asked
        self._before = before

    @cached_property
    def reach(self) -> PrincipalReach:
        """How surely it reaches the caller."""
        asked = self._asked
        principals = self.statement.principals
        asked.work.spend(1 + (len(principals.names) if principals else 0))
        return _reach(self._kind, self.statement, asked.request.principal, asked.bounded)

    @cached_property
    def action(self) -> Truth:
        """Whether it is about the action."""
        actions = self.statement.actions
        self._asked.work.spend(len(actions.patterns) if actions else 1)
        return _action(self.statement, self._asked.request.action)

    @cached_property
    def _resource(self) -> tuple[Truth, tuple[str, ...]]:
        return _resource(self.statement, self._asked)

    @property
    def resource(self) -> Truth:
        """Whether it is about the resource."""
        return self._resource[0]

    @cached_property
    def conditions(self) -> tuple[ConditionReading, ...]:
        """What the request makes of each condition."""
        return tuple(self._condition(place) for place in range(len(self.statement.conditions)))

    def _condition(self, place: int) -> ConditionReading:
        condition, asked = self.statement.conditions[place], self._asked
        if self._before:
            keys = asked.work.once(keys_of_conditions, self.statement)[place]
            if not asked.differs_in(keys):
                return self._before.conditions[place]
        asked.work.spend(condition.steps)
        return read_condition(condition, asked.request.context)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The condition keys that would have to be known, as the policy writes them."""
        missing = [CALLER_KEY] if self._hangs_on_caller else []
        missing += self._resource[1] if self.resource is Truth.UNKNOWN else ()
        return once((*missing, *(key for c in self.conditions for key in c.missing)))

    @property
    def _hangs_on_caller(self) -> bool:
        """Whether it would be decided by who exactly asks."""
        is_unknown = Truth.UNKNOWN in self.reach and not self.may_spare
        return is_unknown and _has(self.statement, "Principal")

    @property
    def may_spare(self) -> bool:
        """Whether it is a Deny with NotPrincipal that may, or may not, leave the caller out.

        Who asks is known then; what AWS makes of it is not: see ``Principals.spares``.
        """
        statement, caller = self.statement, self._asked.request.principal
        if statement.principals is None or not statement.principals.negated:
            return False
        is_known = caller.kind is not RequesterKind.SOMEONE
        is_deny = statement.effect is Effect.DENY
        return is_deny and is_known and self.reach.anyhow is Truth.UNKNOWN

    @property
    def readable(self) -> bool:
        """Whether nothing in the statement is such as AWS would refuse to store."""
        conditions = (condition.operator for condition in self.statement.conditions)
        return not self.statement.unreadable and None not in conditions

    @cached_property
    def condition(self) -> Truth:
        """Whether all conditions hold."""
        return all_of(reading.truth for reading in self.conditions)

    @cached_property
    def applies(self) -> Truth:
        """Whether the statement applies, whoever it reaches; see ``allows`` and ``denies``."""
        return all_of(self._elements())

    def _elements(self) -> Iterator[Truth]:
        """Yield the truth of each element; what is behind a FALSE is not asked for."""
        yield Truth.UNKNOWN if self.statement.unreadable else Truth.TRUE
        yield self.action
        yield self.resource
        yield self.condition

    def allows(self, reached: Truth) -> Truth:
        """Return whether it grants, where the caller is ``reached`` in the way that counts."""
        return self._does(Effect.ALLOW, reached)

    @cached_property
    def denies(self) -> Truth:
        """Whether it denies the request."""
        if self.statement.effect is Effect.ALLOW:
            return Truth.FALSE
        return self._does(Effect.DENY, self.reach.anyhow)

    def _does(self, effect: Effect, reached: Truth) -> Truth:
        if self.statement.effect not in (effect, None) or reached is Truth.FALSE:
            return Truth.FALSE
        return all_of((reached, self.applies))

    @property
    def deciding(self) -> ConditionReading | None:
        """The condition that decides: one that fails, else one that is unknown, else the first."""
        order = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
        return min(self.conditions, key=lambda c: order.index(c.truth), default=None)


class Reader:
    """Reads policies for one request, each statement once.

    ``before`` has read the same request with other values of some condition keys: what does not
    hang on those is not read again.
    """

    def __init__(self, asked: Asked, before: Self | None = None) -> None:
        self._asked = asked
        self._before = before
        self._readings: dict[tuple[int, str, PolicyKind], StatementReading] = {}

    @property
    def request(self) -> Request:
        """The request that it reads for."""
        return self._asked.request

    def concerned(self, policy: Policy) -> tuple[StatementReading, ...]:
        """Return the readings of the statements of ``policy`` that may concern the request."""
        request, work = self._asked.request, self._asked.work
        statements = work.once(Concern.of, policy).statements(request.action, request.resource)
        work.spend(1 + 3 * len(statements))
        return tuple(self.read(policy, statement) for statement in statements)

    def with_action(self, policy: Policy) -> tuple[StatementReading, ...]:
        """Return the readings of those that may be about the action, on whatever resource."""
        work = self._asked.work
        statements = work.once(Concern.of, policy).with_action(self._asked.request.action)
        work.spend(1 + 3 * len(statements))
        return tuple(self.read(policy, statement) for statement in statements)

    def all_of(self, policy: Policy) -> tuple[StatementReading, ...]:
        """Return the readings of every statement of ``policy``."""
        self._asked.work.spend(1 + 3 * len(policy.statements))
        return tuple(self.read(policy, statement) for statement in policy.statements)

    def read(self, policy: Policy, statement: Statement) -> StatementReading:
        """Return the reading of a statement of ``policy``."""
        key = id(statement), policy.source, policy.kind
        if key not in self._readings:
            self._readings[key] = self._read_anew(policy, statement)
        return self._readings[key]

    def _read_anew(self, policy: Policy, statement: Statement) -> StatementReading:
        if self._before is None:
            return StatementReading(policy, statement, self._asked)
        before = self._before.read(policy, statement)
        if not self._asked.differs_in(self._asked.work.once(keys_in, statement)):
            return before
        return StatementReading(policy, statement, self._asked, before)


class Readers:
    """The readers for one request: with a permissions boundary, without, and where nobody knows.

    Several questions have the same request, such as whether it is granted, and what denies it.
    """

    def __init__(self) -> None:
        self._by_bound: dict[Truth, Reader] = {}

    @classmethod
    def of(cls, _request: Request) -> Self:
        """Return the readers for a request, none of which has read anything yet."""
        return cls()

    def reader(self, asked: Asked) -> Reader:
        """Return the one for ``asked``."""
        return self._by_bound.setdefault(asked.bounded, Reader(asked))


def keys_in(statement: Statement) -> frozenset[str]:
    """Return the condition keys, in lower case, that a statement hangs on in any way."""
    patterns = statement.resources.patterns if statement.resources else ()
    in_resources = (pattern.keys for pattern in patterns if isinstance(pattern, Template))
    return frozenset().union(*keys_of_conditions(statement), *in_resources)


def keys_of_conditions(statement: Statement) -> tuple[frozenset[str], ...]:
    """Return for each condition the keys, in lower case, that it hangs on."""
    return tuple(condition.keys for condition in statement.conditions)


def once(keys: Iterable[str]) -> tuple[str, ...]:
    """Return ``keys`` without repeats in whatever case, as first written."""
    seen: dict[str, str] = {}
    for key in keys:
        seen.setdefault(key.lower(), key)
    return tuple(seen.values())


def _has(statement: Statement, element: str) -> bool:
    """Return whether the element can be read."""
    return not statement.unreadable & {element, "Statement"}


def _reach(
    kind: PolicyKind, statement: Statement, caller: Requester, bounded: Truth
) -> PrincipalReach:
    if kind in ("identity", "boundary"):
        return EVERYBODY
    principals = statement.principals
    if principals is None:
        return NOT_KNOWN
    if not principals.negated or statement.effect is not Effect.DENY:
        return principals.reach(caller)
    return PrincipalReach(direct=any_of((negate(principals.spares(caller)), bounded)))


def _action(statement: Statement, action: str) -> Truth:
    if statement.actions is None:
        return Truth.UNKNOWN
    is_named = any_of(pattern.match(action.lower()) for pattern in statement.actions.patterns)
    return negate(is_named) if statement.actions.negated else is_named


def _resource(statement: Statement, asked: Asked) -> tuple[Truth, tuple[str, ...]]:
    """Return whether the resource fits, and the keys it hangs on."""
    if statement.resources is None:
        # A trust policy has no Resource: it is about its own role.
        is_missing = "Statement" in statement.unreadable or "Resource" in statement.unreadable
        return (Truth.UNKNOWN if is_missing else Truth.TRUE), ()
    return _fits(statement.resources, asked)


def _fits(resources: Resources, asked: Asked) -> tuple[Truth, tuple[str, ...]]:
    request = asked.request
    truths: list[Truth] = []
    keys: list[str] = []
    # What is left out matches nothing, and hangs on no key.
    for pattern in resources.that_may_fit(request.resource):
        asked.work.spend(pattern.steps)
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
