"""What may happen to one call of AWS, for walks over every call."""

from enum import Enum
from typing import Final

from app.core.failure import AwsFailure


class Fault(Enum):
    """What happens to one call."""

    REFUSED = "refused"
    EXPIRED = "session expired"
    THROTTLED = "throttled"
    LOST_BEFORE = "timed out before it took effect"
    LOST_AFTER = "timed out after it took effect"
    PAGE_BEFORE = "a page of something on the way, which passed nothing on"
    PAGE_AFTER = "a page of something on the way in the place of the answer"
    OFFLINE = "no network"
    KILLED_BEFORE = "killed before it took effect"
    KILLED_AFTER = "killed after it took effect"

    @property
    def takes_effect(self) -> bool:
        """Whether AWS makes the change all the same."""
        return self in (Fault.LOST_AFTER, Fault.PAGE_AFTER, Fault.KILLED_AFTER)

    @property
    def kills(self) -> bool:
        """Whether the program ends."""
        return self in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)


class Killed(BaseException):
    """The program ends here and now, without a word."""


_PAGE: Final = ("UnreadableAnswerError", "not one of AWS: it has no id", None, "env.proxy", True)
_FAILURES: Final = {
    Fault.REFUSED: ("AccessDenied", "is not authorized", 403, None, False),
    Fault.EXPIRED: ("ExpiredToken", "The security token has expired", 403, "signin.expired", False),
    Fault.THROTTLED: ("Throttling", "Rate exceeded", 400, "env.throttled", False),
    Fault.LOST_BEFORE: ("ReadTimeoutError", "Read timeout", None, "env.timeout", True),
    Fault.LOST_AFTER: ("ReadTimeoutError", "Read timeout", None, "env.timeout", True),
    Fault.PAGE_BEFORE: _PAGE,
    Fault.PAGE_AFTER: _PAGE,
    Fault.OFFLINE: ("EndpointConnectionError", "Could not connect", None, "env.offline", False),
}


def failure_of(fault: Fault, action: str) -> AwsFailure:
    """Return what is told of a call with this fault; raises ``Killed`` where nobody is left."""
    if fault.kills:
        raise Killed
    code, message, status, finding, unknown = _FAILURES[fault]
    return AwsFailure(action, code, message, status, finding=finding, took_effect_unknown=unknown)
