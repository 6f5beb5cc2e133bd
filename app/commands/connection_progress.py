"""What is told while a connection test runs: each check as it ends, and how far a count is."""

from typing import Final

from app.commands.connection_text import check_line, place_of
from app.commands.output import tell
from app.commands.progress import failure_lines
from app.commands.terminal import terminal
from app.core.conventions import whole
from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.i18n import ntr, tr
from app.core.wording.connection_test import spreading_words
from app.core.wording.durations import seconds_words
from app.flow.connection.checks import CheckState, ConnectionCheck, ConnectionResult
from app.flow.ports.aws import CountSoFar

_ENDED: Final = (CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED)
_TOLD_EVERY: Final = 3.0
"""Seconds between two lines about the same thing."""


class CheckTeller:
    """Tells each check once it has ended, and every few seconds how long AWS is waited for."""

    def __init__(self) -> None:
        self._ended: set[int] = set()
        self._waited: dict[int, float] = {}

    def tell(self, result: ConnectionResult) -> None:
        """Say what is new in ``result``."""
        for place, check in enumerate(result.checks):
            if check.state in _ENDED and place not in self._ended:
                self._ended.add(place)
                tell(check_line(check, result.tester))
            elif check.state is CheckState.SPREADING:
                self._tell_wait(place, check)

    def _tell_wait(self, place: int, check: ConnectionCheck) -> None:
        waited = check.spreading or 0.0
        if waited >= self._waited.get(place, -_TOLD_EVERY) + _TOLD_EVERY:
            self._waited[place] = waited
            tell("  " + spreading_words(waited))


class CountTeller:
    """Tells how far the counting of a connector's files is.

    On a terminal one line is kept up to date; elsewhere a line is told every few seconds.
    """

    def __init__(self, entry: BucketEntry) -> None:
        self._where = place_of(entry)
        self._told_at = 0.0
        self._width = 0

    def tell(self, so_far: CountSoFar) -> None:
        """Say how many there are by now, and how fast it goes."""
        words = ntr(
            "{where}: {count} file so far, {rate} a second",
            "{where}: {count} files so far, {rate} a second",
            so_far.files,
        ).format(
            where=self._where,
            count=whole(so_far.files),
            rate=whole(round(so_far.per_second or 0)),
        )
        if terminal().can_write_over:
            self._width = max(self._width, len(words))
            terminal().tell(words.ljust(self._width), end="\r")
        elif so_far.seconds >= self._told_at + _TOLD_EVERY:
            self._told_at = so_far.seconds
            tell(words)

    def clear(self) -> None:
        """Take the line that is kept up to date away."""
        if self._width:
            terminal().tell(" " * self._width, end="\r")

    def ended(self, count: CountSoFar | AwsFailure) -> None:
        """Say what the counting came to."""
        if isinstance(count, AwsFailure):
            tell(tr("{where}: not counted to the end").format(where=self._where))
            tell(*(f"  {line}" for line in failure_lines(count)))
            return
        words = ntr(
            "{where}: {count} file counted in {time}",
            "{where}: {count} files counted in {time}",
            count.files,
        ).format(where=self._where, count=whole(count.files), time=seconds_words(count.seconds))
        tell(words)
