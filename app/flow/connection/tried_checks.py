"""The checks of UbiQuity's own test, and what was observed by each of them.

They end in any order, since independent ones run side by side; what was observed stays in the
connector's order.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.left_over import LeftOver
from app.core.observation import Identity, Observation, ObservedOutcome
from app.flow.clocks import Clock, Seconds
from app.flow.connection.check_list import CheckList
from app.flow.connection.checks import CheckKind, CheckState, ConnectionResult
from app.flow.connection.leading_codes import leading_code
from app.flow.connection.spreading import outcome_of
from app.flow.connection.tester import Tester

_OWN_SIGN_IN: Final = "signin.not-allowed"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that UbiQuity made, as an observation has it but for what came of it."""

    action: str
    resource: str
    bucket: str | None = None
    external_id: str | None = None


class TriedChecks(CheckList):
    """The checks of one test with UbiQuity's identity; ``now`` is the time of an observation."""

    def __init__(
        self, tell: Callable[[ConnectionResult], None], seconds: Seconds, now: Clock
    ) -> None:
        super().__init__(Tester.UBIQUITY, tell, seconds)
        self._now = now
        self._observed: dict[int, list[Observation]] = defaultdict(list)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What was observed by now, by the checks in their order."""
        by_check = sorted(self._observed.items())
        return _failures_last([one for _place, observed in by_check for one in observed])

    def add_all(
        self, kinds: Sequence[CheckKind], entry: BucketEntry | None = None
    ) -> dict[CheckKind, int]:
        """Add checks that wait, and return their places."""
        return {kind: self.add(kind, entry) for kind in kinds}

    def waits(self, place: int, seconds: float, answer: object) -> None:
        """Tell that AWS is given time to spread what is new, for so many seconds by now."""
        failure = answer if isinstance(answer, AwsFailure) else None
        self.tell(place, state=CheckState.SPREADING, failure=failure, spreading=seconds)

    def passed(self, place: int, left: Sequence[LeftOver] = ()) -> None:
        """End a check that went well; ``left`` is what it could not clean up."""
        self._over(place, CheckState.PASSED, None, None, left)

    def failed(
        self,
        place: int,
        failure: AwsFailure | None,
        code: str | None = None,
        left: Sequence[LeftOver] = (),
    ) -> None:
        """End a check that failed; ``failure`` tells its code where none is given."""
        if code is None and failure is not None:
            code = leading_code(failure)
        self._over(place, CheckState.FAILED, failure, code, left)

    def skip(self, *places: int, failure: AwsFailure | None = None) -> None:
        """End checks that could not be made, or whose answer (``failure``) tells nothing."""
        for place in places:
            self._over(place, CheckState.SKIPPED, failure, None, ())

    def _over(
        self,
        place: int,
        state: CheckState,
        failure: AwsFailure | None,
        code: str | None,
        left: Sequence[LeftOver],
    ) -> None:
        self.end(place, state, failure=failure, code=code, spreading=None, left=tuple(left))

    def note(self, place: int, call: Call, answer: object) -> None:
        """Keep what came of a call that a check made: of several tries the one that counts.

        That UbiQuity's own sign-in may not make it tells nothing of the account, and is not kept.
        """
        failure = answer if isinstance(answer, AwsFailure) else None
        if failure is not None and failure.finding == _OWN_SIGN_IN:
            return
        observation = Observation(
            at=self._now(),
            identity=Identity.UBIQUITY,
            action=call.action,
            outcome=outcome_of(answer),
            resource=call.resource,
            bucket=call.bucket,
            external_id=call.external_id,
            code=failure.code if failure else None,
            message=failure.message if failure else None,
            request_id=failure.request_id if failure else None,
        )
        self._observed[place].append(observation)


def _failures_last(observed: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return what was observed, each failure after all successes of the same call.

    Of one call the last answer counts. That one region's STS lets UbiQuity in, that a second
    prefix of the bucket can be listed or another file be read, makes good no failure of the test.
    """
    last = {_call_of(one): place for place, one in enumerate(observed)}

    def turn(place: int) -> tuple[int, bool, int]:
        one = observed[place]
        has_failed = one.outcome is not ObservedOutcome.ALLOWED
        return last[_call_of(one)] if has_failed else place, has_failed, place

    return tuple(observed[place] for place in sorted(range(len(observed)), key=turn))


def _call_of(one: Observation) -> tuple[str, str | None, str | None, bool]:
    return one.action, one.bucket, one.external_id, one.looks_outside
