"""The checks of one test while it goes on: each with its state, and how long it took."""

from collections.abc import Callable
from typing import Any, Final

from app.core.draft import BucketEntry
from app.core.frozen import replace
from app.core.observation import Observation
from app.flow.call_log import CallLog
from app.flow.clocks import Seconds
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.tester import Tester
from app.flow.ports.aws import ListedPage

_MADE: Final = (CheckState.PASSED, CheckState.FAILED)
_ENDED: Final = (*_MADE, CheckState.SKIPPED)


class CheckList:
    """The checks in their order, told of anew whenever one of them has changed.

    ``tell`` gets the result so far. A check is named by its place.
    """

    def __init__(
        self, tester: Tester, tell: Callable[[ConnectionResult], None], seconds: Seconds
    ) -> None:
        self._tester = tester
        self._tell = tell
        self._seconds = seconds
        self._checks: list[ConnectionCheck] = []
        self._observations: list[Observation] = []
        self._begun: dict[int, float] = {}
        self.log = CallLog()
        """The calls of the test: ``calls_heard(log.take)`` fills it."""

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What was observed by now, in order."""
        return tuple(self._observations)

    def add(self, kind: CheckKind, entry: BucketEntry | None = None) -> int:
        """Add a check that waits, and return its place; nothing is told yet."""
        self._checks.append(ConnectionCheck(kind, CheckState.WAITING, entry))
        return len(self._checks) - 1

    def observe(self, *observations: Observation) -> None:
        """Keep what was observed; it is told with the next check."""
        self._observations.extend(observations)

    def observe_before(self, *observations: Observation) -> None:
        """Keep what was seen of the time before the test: it comes first."""
        self._observations[:0] = observations

    def begin(self, *places: int) -> None:
        """Let checks run, from now on."""
        for place in places:
            self._begun[place] = self._seconds()
            self._checks[place] = replace(self._checks[place], state=CheckState.RUNNING)
        self._tell(self.result())

    def end(self, place: int, state: CheckState, **facts: Any) -> None:  # noqa: ANN401 - its fields
        """End a check in ``state``, with further ``facts`` of it.

        Its time is told where it was made; ``seconds`` among the facts counts instead.
        """
        now = self._seconds()
        took = now - self._begun.get(place, now) if state in _MADE else None
        self.tell(place, **{"state": state, "seconds": took, **facts})

    def listed(self, place: int, page: ListedPage) -> None:
        """End the check of a listing that worked, by its first page."""
        self.end(
            place,
            CheckState.PASSED,
            files=page.files,
            markers=page.markers,
            complete=page.next_token is None,
            failure=None,
            spreading=None,
        )

    def __getitem__(self, place: int) -> ConnectionCheck:
        """Return the check at ``place`` as it is now."""
        return self._checks[place]

    def put(self, place: int, check: ConnectionCheck) -> None:
        """Put a check that was made elsewhere at ``place``."""
        self._checks[place] = check
        self._tell(self.result())

    def tell(self, place: int, **facts: Any) -> None:  # noqa: ANN401 - its fields
        """Tell more of a check, whatever its state."""
        self._checks[place] = replace(self._checks[place], **facts)
        self._tell(self.result())

    def skip_the_rest(self) -> None:
        """End all checks that have not ended: they can't be made any more."""
        self._checks = [
            check if check.state in _ENDED else replace(check, state=CheckState.SKIPPED)
            for check in self._checks
        ]
        self._tell(self.result())

    def result(self, *, finished: bool = False) -> ConnectionResult:
        """Return the result so far, or the finished one."""
        return ConnectionResult(
            tuple(self._checks),
            self.observations,
            finished=finished,
            tester=self._tester,
            calls=self.log.records,
        )

    def finish(self) -> ConnectionResult:
        """Tell, and return, the finished result."""
        result = self.result(finished=True)
        self._tell(result)
        return result
