"""Which statements of a policy can concern a request at all.

A policy may have a thousand statements, and a request is about one action and one resource. The
others are found by what their texts begin with and hold, without being read one by one.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from app.core.iam.beginnings import NO_MARKS, Beginnings, Marks
from app.core.iam.context import Text
from app.core.iam.patterns import Glob
from app.core.iam.policies import Policy
from app.core.iam.statements import Statement
from app.core.iam.variables import Template


class _Beginnings:
    """The statements of a policy by the marks of the patterns of one element."""

    def __init__(self, marks_by_statement: Sequence[Iterable[Marks]]) -> None:
        pairs = [(marks, place) for place, each in enumerate(marks_by_statement) for marks in each]
        # Those that fit everything are kept apart, since they may be many.
        self._always = {place for marks, place in pairs if marks == NO_MARKS}
        pairs = [(marks, place) for marks, place in pairs if place not in self._always]
        self._statements = [place for _, place in pairs]
        self._beginnings = Beginnings.of([marks for marks, _ in pairs])

    def fitting(self, text: Text, among: set[int] | None = None) -> set[int]:
        """Return the places of the statements that ``text`` may fit, of those ``among``."""
        fitting = {self._statements[place] for place in self._beginnings.fitting(text)}
        if among is None:
            return self._always | fitting
        return self._always & among | fitting & among


class Concern:
    """A policy's statements by action and resource. What it leaves out certainly doesn't apply."""

    def __init__(self, policy: Policy) -> None:
        self._statements = policy.statements
        self._actions = _Beginnings([_actions(statement) for statement in policy.statements])
        self._resources = _Beginnings([_resources(statement) for statement in policy.statements])
        self._by_action: dict[str, set[int]] = {}

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return the statements of ``policy``."""
        return cls(policy)

    def statements(self, action: str, resource: Text) -> tuple[Statement, ...]:
        """Return those that may apply to ``action`` on ``resource``, in their order."""
        places = self._resources.fitting(resource, self._with_action(action))
        return tuple(self._statements[place] for place in sorted(places))

    def with_action(self, action: str) -> tuple[Statement, ...]:
        """Return those that may be about ``action``, on whatever resource, in their order."""
        return tuple(self._statements[place] for place in sorted(self._with_action(action)))

    def _with_action(self, action: str) -> set[int]:
        name = action.lower()
        if name not in self._by_action:
            self._by_action[name] = self._actions.fitting(name)
        return self._by_action[name]


_ANY = (NO_MARKS,)


def _actions(statement: Statement) -> Iterable[Marks]:
    actions = statement.actions
    if actions is None or actions.negated:
        return _ANY
    return (pattern.marks for pattern in actions.patterns)


def _resources(statement: Statement) -> Iterable[Marks]:
    resources = statement.resources
    if resources is None or resources.negated:
        return _ANY
    return map(_marks, resources.patterns)


def _marks(pattern: Glob | Template) -> Marks:
    """Return its marks; a template is filled in before anything can be said of them."""
    return pattern.marks if isinstance(pattern, Glob) else NO_MARKS
