"""What a connection test tells: its checks, one by one, and what was observed by them.

The same values serve both roles (the customer's sign-in, UbiQuity's own) and both faces.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.core.frozen import frozen, replace
from app.core.report import Weight
from app.flow.connection.tester import Tester

if TYPE_CHECKING:
    from app.core.call_record import CallRecord
    from app.core.draft import BucketEntry
    from app.core.failure import AwsFailure
    from app.core.left_over import LeftOver
    from app.core.observation import Observation


class CheckState(StrEnum):
    """How far one check is."""

    WAITING = "waiting"
    RUNNING = "running"
    SPREADING = "spreading"
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class CheckKind(StrEnum):
    """What a check tries; the names are those of ``test --json``."""

    NETWORK = "network"
    """Can AWS be reached, and its certificate be trusted?"""
    CLOCK = "clock"
    CALLER = "caller"
    REGION = "region"
    """Is the bucket's region switched on for the account?"""
    ACCOUNT = "account"
    """The account is read, and what follows worked out."""
    LIST = "list"
    VISIT = "visit"
    """Was UbiQuity seen in the account's own event history?"""
    ASSUME = "assume"
    ASSUME_WITHOUT = "assume-without"
    ASSUME_WRONG = "assume-wrong"
    READ = "read"
    OUTSIDE = "outside"
    """Is a look outside of the folder refused?"""
    PROBE_WRITE = "probe-write"
    PROBE_READ = "probe-read"
    PROBE_COPY = "probe-copy"
    PROBE_DELETE = "probe-delete"


PROBE_KINDS: Final = (
    CheckKind.PROBE_WRITE,
    CheckKind.PROBE_READ,
    CheckKind.PROBE_COPY,
    CheckKind.PROBE_DELETE,
)
"""What is tried with a file of the test's own, where somebody agreed to that."""

_NEEDED: Final = (CheckKind.ASSUME, CheckKind.LIST)
"""What UbiQuity's own Test Connection does: without these nothing is connected."""

_ALSO_NEEDED: Final = (CheckKind.READ, *PROBE_KINDS)
"""What the connector does next. None of it can be tried in an empty folder or without consent, and
then nothing is wrong."""

_WEIGHS_NOTHING: Final = "check.unreadable"
"""A warning that says that more is not known: what failed has failed for all that."""


@frozen
class ConnectionCheck:
    """One check and how far it is; ``entry`` is the bucket entry that it is about.

    ``files`` are those under the entry's prefix, ``markers`` the keys beside them that stand for
    folders; ``complete`` tells that this is all that there are, once it has passed. ``seconds`` is
    how long it took, waiting for AWS to spread what is new included; None until it has ended.
    ``spreading`` is for how long, in seconds, AWS has been waited for by now. ``code`` is the
    finding that a check that failed leads to. ``left`` is what could not be cleaned up.
    ``clock_ahead`` is by how many seconds this computer's clock is ahead of AWS's (behind:
    negative), of the check of the clock alone.
    """

    kind: CheckKind
    state: CheckState
    entry: "BucketEntry | None" = None
    files: int = 0
    failure: "AwsFailure | None" = None
    complete: bool = True
    seconds: float | None = None
    markers: int = 0
    spreading: float | None = None
    code: str | None = None
    left: tuple["LeftOver", ...] = ()
    clock_ahead: float | None = None

    @property
    def is_warning(self) -> bool:
        """Whether it failed and the connection works all the same: a role that is too open, say."""
        if self.state is not CheckState.FAILED or self.code in (None, _WEIGHS_NOTHING):
            return False
        from app.core.diagnosis.codes.catalogue import CATALOGUE

        row = CATALOGUE.get(self.code or "")
        return row is not None and row.weight is not Weight.BLOCKER


@frozen
class ConnectionResult:
    """How a test ended: its checks, what was observed for the snapshot, and the calls it made.

    ``calls`` are those that have ended by now, in the order in which they began.
    """

    checks: tuple[ConnectionCheck, ...]
    observations: tuple["Observation", ...] = ()
    finished: bool = False
    tester: Tester = Tester.UBIQUITY
    calls: tuple["CallRecord", ...] = ()

    @property
    def worked(self) -> bool:
        """True only where UbiQuity assumed the role, listed every prefix, and nothing else broke.

        What can only be warned of (a role that is too open, an archived file) breaks nothing.
        """
        is_real = self.tester is Tester.UBIQUITY and self.finished
        needed = [check for check in self.checks if check.kind in _NEEDED]
        passed = bool(needed) and all(check.state is CheckState.PASSED for check in needed)
        return is_real and passed and self.first_failure is None

    @property
    def first_failure(self) -> ConnectionCheck | None:
        """The first check that failed and that the connector needs: the first broken link."""
        kinds = (*_NEEDED, *_ALSO_NEEDED)
        failed = (check for check in self.checks if check.state is CheckState.FAILED)
        broken = (check for check in failed if check.kind in kinds and not check.is_warning)
        return next(broken, None)

    @property
    def warnings(self) -> tuple[ConnectionCheck, ...]:
        """The checks that failed and break nothing, in their order."""
        return tuple(check for check in self.checks if check.is_warning)

    @property
    def left(self) -> tuple["LeftOver", ...]:
        """What the test could not clean up, in all buckets."""
        return tuple(left for check in self.checks for left in check.left)

    def as_stopped(self) -> "ConnectionResult":
        """Return what is left of a test that was stopped: what had not ended was not tried."""
        if self.finished:
            return self
        ended = (CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED)
        checks = (
            check if check.state in ended else replace(check, state=CheckState.SKIPPED)
            for check in self.checks
        )
        return replace(self, checks=tuple(checks))

    def seconds_of(self, kind: CheckKind) -> float | None:
        """Return how long the checks of a kind took; None where one of them has not ended."""
        times = [check.seconds for check in self.checks if check.kind is kind]
        ended = [seconds for seconds in times if seconds is not None]
        return sum(ended) if ended and len(ended) == len(times) else None
