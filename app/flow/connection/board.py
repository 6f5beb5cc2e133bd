"""Where the checks of one test are chalked up while it runs, and what was observed by each.

Checks end in any order, since independent ones run side by side; what was observed stays in the
connector's order.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.core.failure import AwsFailure
from app.core.left_over import LeftOver
from app.core.snapshot import Identity, Observation, ObservedOutcome
from app.flow.clocks import Clock, Seconds
from app.flow.connection.checks import (
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.connection.leading_codes import leading_code
from app.flow.connection.spreading import is_denied


@dataclass(frozen=True, slots=True)
class Call:
    """A call that a check made, as an observation has it; its outcome is what came of it."""

    action: str
    resource: str
    bucket: str | None = None
    external_id: str | None = None


@dataclass(slots=True)
class Board:
    """The checks of one test; ``tell`` is told of each change of one.

    A check is meant by its place. ``now`` and ``seconds`` are the time and its passing.
    """

    checks: list[ConnectionCheck]
    tell: Callable[[ConnectionResult], None]
    now: Clock
    seconds: Seconds
    _observed: dict[int, list[Observation]] = field(default_factory=lambda: defaultdict(list))
    _begun: dict[int, float] = field(default_factory=dict)

    def place(self, kind: CheckKind, entry: object = None) -> int:
        """Return the place of the check of ``kind`` that is about ``entry``."""
        places = (
            place
            for place, check in enumerate(self.checks)
            if check.kind is kind and check.entry is entry
        )
        return next(places)

    def begin(self, place: int) -> None:
        """Say that a check is being made; its seconds count from here."""
        self._begun.setdefault(place, self.seconds())
        self._set(place, replace(self.checks[place], state=CheckState.RUNNING))

    def count(self, place: int, files: int, markers: int, *, complete: bool = False) -> None:
        """Say how many files a check that is being made has found by now."""
        check = replace(self.checks[place], files=files, markers=markers, complete=complete)
        self._set(place, check)

    def spreading(self, place: int, seconds: float, answer: object) -> None:
        """Say that AWS is given time to spread what is new, for so many seconds by now."""
        failure = answer if isinstance(answer, AwsFailure) else None
        check = replace(self.checks[place], state=CheckState.SPREADING)
        self._set(place, replace(check, failure=failure, spreading=seconds))

    def passed(self, place: int, left: Sequence[LeftOver] = ()) -> None:
        """Say that a check ended well; ``left`` is what it could not clean up."""
        self._end(place, CheckState.PASSED, None, None, left)

    def failed(
        self,
        place: int,
        failure: AwsFailure | None,
        code: str | None = None,
        left: Sequence[LeftOver] = (),
    ) -> None:
        """Say that a check failed; its ``code`` is told by ``failure`` unless it is given."""
        if code is None and failure is not None:
            code = leading_code(failure)
        self._end(place, CheckState.FAILED, failure, code, left)

    def skip(self, place: int, failure: AwsFailure | None = None) -> None:
        """Say that a check was not made, or that what came of it (``failure``) tells nothing."""
        check = replace(self.checks[place], state=CheckState.SKIPPED, spreading=None)
        self._set(place, replace(check, failure=failure))

    def observe(self, place: int, call: Call, failure: AwsFailure | None) -> None:
        """Keep what came of a call: of several tries the one that counts."""
        self._observed[place].append(
            Observation(
                at=self.now(),
                identity=Identity.UBIQUITY,
                action=call.action,
                outcome=_outcome(failure),
                resource=call.resource,
                bucket=call.bucket,
                external_id=call.external_id,
                code=failure.code if failure else None,
                message=failure.message if failure else None,
                request_id=failure.request_id if failure else None,
            )
        )

    def result(self, *, finished: bool) -> ConnectionResult:
        """Return all that is known by now."""
        observed = [one for place in sorted(self._observed) for one in self._observed[place]]
        return ConnectionResult(tuple(self.checks), _in_order(observed), finished)

    def _end(
        self,
        place: int,
        state: CheckState,
        failure: AwsFailure | None,
        code: str | None,
        left: Sequence[LeftOver],
    ) -> None:
        took = self.seconds() - self._begun.get(place, self.seconds())
        ended = replace(self.checks[place], state=state, failure=failure, code=code)
        self._set(place, replace(ended, seconds=took, spreading=None, left=tuple(left)))

    def _set(self, place: int, check: ConnectionCheck) -> None:
        self.checks[place] = check
        self.tell(self.result(finished=False))


def _outcome(failure: AwsFailure | None) -> ObservedOutcome:
    if failure is None:
        return ObservedOutcome.ALLOWED
    return ObservedOutcome.DENIED if is_denied(failure) else ObservedOutcome.FAILED


def _in_order(observed: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return what was observed, a failure after all successes of the same call.

    Of one call the last answer counts. A role that is let in at one region's STS, a second prefix
    of the bucket that can be listed, a file that can be read: none of them makes good another's
    failure in the same test.
    """

    def call_of(one: Observation) -> tuple[str, str | None, str | None]:
        return one.action, one.bucket, one.external_id

    last = {call_of(one): place for place, one in enumerate(observed)}

    def turn(place: int) -> tuple[int, bool, int]:
        has_failed = observed[place].outcome is not ObservedOutcome.ALLOWED
        return last[call_of(observed[place])] if has_failed else place, has_failed, place

    return tuple(observed[place] for place in sorted(range(len(observed)), key=turn))
