"""Three-valued truth, after Kleene: yes, no, or nobody here can know."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """What is known of a statement about a request."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool) -> "Truth":
        """Return the certain truth for ``value``."""
        return cls.TRUE if value else cls.FALSE


def negate(truth: Truth) -> Truth:
    """Return the opposite; what is unknown stays so."""
    if truth is Truth.UNKNOWN:
        return truth
    return Truth.of(truth is Truth.FALSE)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return AND: one FALSE settles it whatever is unknown; TRUE for none at all."""
    result = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return OR: one TRUE settles it whatever is unknown; FALSE for none at all."""
    result = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def agreed(truths: Iterable[Truth]) -> Truth:
    """Return what all cases agree on, or UNKNOWN where they differ (or there is no case)."""
    seen = set(truths)
    return seen.pop() if len(seen) == 1 else Truth.UNKNOWN
