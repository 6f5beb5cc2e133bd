"""What goes wrong in front of the practice AWS, for rehearsals that it could not have by itself.

Nothing is wrong until a scenario says so, and a reset puts all of it right again. Sources of
AWS's words: STS API Reference, "Common Errors" and "RegionDisabledException"; Amazon S3 API
Reference, "Error responses"; AWS KMS API Reference, "Common Errors".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from app.practice.account import ACCOUNT_ID
from app.practice.exchange import HttpAnswer
from app.practice.refusal import Refusal, speaks_json
from app.practice.sign_in import unknown_key
from app.practice.signature import Signature

OUTAGE: Final[Mapping[str, Refusal]] = {
    "cloudtrail": Refusal("InternalFailure", "The request processing has failed.", 500),
    "iam": Refusal("ServiceFailure", "The request processing has failed.", 500),
    "kms": Refusal("KMSInternalException", "The request failed because of an internal error.", 500),
    "s3": Refusal("InternalError", "We encountered an internal error. Please try again.", 500),
    "sts": Refusal("ServiceUnavailable", "Service is unavailable. Please try again later.", 503),
}
"""AWS reports a fault of its own."""

THROTTLING: Final[Mapping[str, Refusal]] = {
    "cloudtrail": Refusal("ThrottlingException", "Rate exceeded", 400),
    "iam": Refusal("Throttling", "Rate exceeded", 400),
    "kms": Refusal("ThrottlingException", "Rate exceeded", 400),
    "s3": Refusal("SlowDown", "Please reduce your request rate.", 503),
    "sts": Refusal("Throttling", "Rate exceeded", 400),
}
"""AWS asks to slow down."""


class RequestFault(Enum):
    """What becomes of one single request."""

    REFUSED = "refused"
    THROTTLED = "throttled"
    LOST_BEFORE = "hung up before it was read"
    LOST_AFTER = "handled, and hung up before the answer"


class HungUpError(ConnectionAbortedError):
    """Raised to close the connection without an answer."""


@dataclass(slots=True)
class Faults:
    """Everything that can be wrong at once; as made, nothing is."""

    silent: bool = False
    """No request is answered."""
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    """What each service says to every request."""
    clock_ahead: timedelta = timedelta()
    """How much later it is for AWS than for this computer."""
    partition: str = "aws"
    """Where the account is: every ARN in an answer names it."""
    regions_off: frozenset[str] = frozenset()
    """Opt-in regions that nobody has switched on for the account."""
    ended_sessions: set[str] = field(default_factory=set)
    """Access key ids of sessions whose time is up."""
    spreading_tries: int = 0
    """How often each role is refused as not yet known everywhere."""
    tries: dict[str, int] = field(default_factory=dict)
    """How often each role has been asked for, by its unique id."""
    organization_policy: str | None = None
    """The service control policy that the organisation has put on the practice account."""
    troubles: dict[tuple[str, int], RequestFault] = field(default_factory=dict)
    """What becomes of single requests, by action and which one of that action it is, from 1."""
    counted: dict[str, int] = field(default_factory=dict)
    """How many requests of each action there were since everything was put right."""

    @property
    def now(self) -> datetime:
        """The time by the practice AWS's own clock (UTC)."""
        return datetime.now(UTC) + self.clock_ahead

    def clear(self) -> None:
        """Put everything right."""
        fresh = Faults()
        for name in self.__slots__:
            setattr(self, name, getattr(fresh, name))

    def refusal(self, signature: Signature) -> Refusal | None:
        """Return what is said to every request like this one, or None where nothing is wrong."""
        service = signature.service
        if service in self.refusals:
            return self.refusals[service]
        if signature.region not in self.regions_off or service == "iam":
            return None
        if service == "sts":
            return Refusal("RegionDisabledException", _STS_OFF, 403)
        return unknown_key(service, signature.access_key_id).refusal

    def trouble_with(self, action: str) -> RequestFault | None:
        """Return what becomes of this request of ``action``, and count it."""
        number = self.counted[action] = self.counted.get(action, 0) + 1
        return self.troubles.get((action, number))

    def is_spreading(self, role_id: str) -> bool:
        """Return whether the role is still to be refused, and count this try."""
        tries = self.tries[role_id] = self.tries.get(role_id, 0) + 1
        return tries <= self.spreading_tries

    def in_partition(self, answer: HttpAnswer) -> HttpAnswer:
        """Return ``answer`` with the ARNs of the account's partition."""
        if self.partition == "aws" or not answer.body:
            return answer
        return answer.with_body(answer.body.replace(b"arn:aws:", f"arn:{self.partition}:".encode()))


_STS_OFF: Final = (
    f"STS is not activated in this region for account:{ACCOUNT_ID}. Your account administrator can "
    "activate STS in this region using the IAM Console."
)


def trouble_refusal(trouble: RequestFault, action: str) -> Refusal | None:
    """Return what is said to a request of ``action``; None where it is handled."""
    service = action.partition(":")[0]
    if trouble is RequestFault.THROTTLED:
        return THROTTLING[service]
    if trouble is not RequestFault.REFUSED:
        return None
    sentence = f"User is not authorized to perform: {action}"
    if speaks_json(service):
        return Refusal("AccessDeniedException", sentence, 400)
    return Refusal("AccessDenied", sentence, 403)
