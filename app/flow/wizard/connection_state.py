"""What is known of the connection: tests, UbiQuity's visits, answers, counts, readings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.frozen import field, frozen, replace
from app.flow.connection.tester import Tester

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.call_record import CallRecord
    from app.core.draft import BucketEntry
    from app.core.failure import AwsFailure
    from app.flow.checking import CheckedAccount
    from app.flow.connection.checks import ConnectionResult
    from app.flow.connection.watch import WatchState
    from app.flow.ports.aws import CountSoFar, Visit
    from app.flow.wizard.sent_back import SentBack
    from app.flow.wizard.ubiquity_answer import UbiquityAnswer


@frozen
class Watch:
    """Looking whether UbiQuity was here, in the account's own event history.

    ``began`` is when (UTC), ``seen`` how far it is, ``stopped`` whether somebody ended it.
    """

    began: "datetime"
    seen: "WatchState"
    stopped: bool = False
    calls: tuple["CallRecord", ...] = ()
    """The calls of its last looks."""

    @property
    def is_on(self) -> bool:
        """Whether it goes on."""
        return not self.seen.ended and not self.stopped

    @property
    def saw_nobody(self) -> bool:
        """Whether it has ended, for whatever reason, and UbiQuity was not seen."""
        return not self.is_on and self.seen.visit is None


@frozen
class Counting:
    """The counting of one connector's files: how far it is, and whether it goes on."""

    so_far: "CountSoFar"
    running: bool = True
    failure: "AwsFailure | None" = None
    calls: tuple["CallRecord", ...] = ()
    """Its last calls, once it has ended."""


@frozen
class Connection:
    """What is known of the connection as it is now."""

    result: "ConnectionResult | None" = None
    """What the program's own test showed."""
    in_ubiquity: "UbiquityAnswer | None" = None
    checked: "CheckedAccount | None" = None
    """The account as it was last read, with its report."""
    stopped: bool = False
    """Whether the last test or reading was stopped before its end."""
    sent: "SentBack | None" = None
    """What came back from whoever did the AWS side elsewhere."""
    answer_text: str = ""
    """What was pasted of UbiQuity's answer; empty where it was picked."""
    watch: Watch | None = None
    counts: Mapping["BucketEntry", Counting] = field(default_factory=dict)
    with_file: bool = False
    """Whether somebody agreed that UbiQuity's test writes a file of its own."""
    before: "Connection | None" = None
    """What the test before this one showed, to be seen beside it."""

    @property
    def worked(self) -> bool:
        """Whether a test was successful: the program's own as UbiQuity, or UbiQuity's."""
        answers = (self.result, self.in_ubiquity)
        return any(answer is not None and answer.worked for answer in answers)

    @property
    def visit(self) -> "Visit | None":
        """UbiQuity's visit that says something of today: as watched for, or looked back at."""
        if self.watch is not None and self.watch.seen.visit is not None:
            return self.watch.seen.visit
        looked_back = self.checked.look_back if self.checked is not None else None
        return looked_back.visit if looked_back is not None else None

    @property
    def awaits_ubiquity(self) -> bool:
        """Whether all that can be seen from the account was, and is no obstacle."""
        result, checked = self.result, self.checked
        if result is None or checked is None:
            return False
        from app.core.report import Verdict

        is_made = result.finished and result.tester is Tester.CUSTOMER
        return is_made and checked.report.verdict is not Verdict.BLOCKED

    @property
    def is_seen(self) -> bool:
        """Whether UbiQuity was seen to get in, and nothing speaks against the rest."""
        if self.checked is None:
            return False
        from app.core.report import Verdict

        is_ready = self.checked.report.verdict is Verdict.READY
        is_refused = self.in_ubiquity is not None and not self.in_ubiquity.worked
        return self.visit is not None and is_ready and not is_refused

    @property
    def tested_by(self) -> Tester | None:
        """With whose sign-in the last test was made; None where there is none."""
        return self.result.tester if self.result is not None else None

    @property
    def calls(self) -> tuple["CallRecord", ...]:
        """The calls of the test, of the watch and of what was counted, as they began."""
        parts = (self.result, self.watch, *self.counts.values())
        calls = (call for part in parts if part is not None for call in part.calls)
        return tuple(sorted(calls, key=lambda call: call.begun_at))

    def with_result(self, result: "ConnectionResult | None") -> "Connection":
        """Return the same with another result of the program's own test, or without one."""
        return replace(self, result=result)

    def with_checked(self, checked: "CheckedAccount | None") -> "Connection":
        """Return the same with another reading of the account, or without one."""
        return replace(self, checked=checked, stopped=False)

    def with_watch(self, watch: Watch | None) -> "Connection":
        """Return the same with the watch as it is by now."""
        return replace(self, watch=watch)

    def with_watch_stopped(self) -> "Connection":
        """Return the same with the watch ended by somebody, where there is one."""
        return self if self.watch is None else self.with_watch(replace(self.watch, stopped=True))

    def with_count(self, entry: "BucketEntry", counting: Counting) -> "Connection":
        """Return the same with the counting of one connector's files as it is by now."""
        return replace(self, counts={**self.counts, entry: counting})

    def as_stopped(self) -> "Connection":
        """Return what is known where the test, or the reading, was stopped before its end."""
        result = self.result.as_stopped() if self.result else None
        return replace(self, result=result, stopped=True)

    def anew(self) -> "Connection":
        """Return what a test begins with: what the person told, the watch, and the last test.

        A test that was stopped tells nothing: the one before it stays beside the new one.
        """
        return Connection(
            in_ubiquity=self.in_ubiquity,
            answer_text=self.answer_text,
            sent=self.sent,
            watch=self.watch,
            with_file=self.with_file,
            before=self._last,
        )

    def outdated(self) -> "Connection":
        """Return what is known once something was changed: no more than how it was before."""
        return Connection(before=self._last)

    @property
    def _last(self) -> "Connection | None":
        if self.result is None or not self.result.finished:
            return self.before
        return replace(self, before=None, watch=None, counts={})
