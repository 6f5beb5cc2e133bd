"""The customer's own test of the connection, with the customer's sign-in.

It sees whether AWS can be reached, by whom and with what clock, whether the buckets' regions are
switched on, reads the account and works out what follows, and lists what the connector would list.
That is what can be seen from the customer's desk: only UbiQuity can use the role, so nothing here
says that the connection works (``ConnectionResult.worked`` stays False).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.observed.tried import causes_in
from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failed_call import failed_call
from app.core.failure import AwsFailure
from app.core.guide import LIST_ACTION
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import Report, Verdict, Weight
from app.core.snapshot import Caller, Snapshot
from app.flow.call_log import calls_heard
from app.flow.checking import CheckedAccount, account_out_of_reach, checked_account, weighed
from app.flow.clocks import Clock, Seconds
from app.flow.connection.beginning import (
    ASK_CALLER,
    CLOCK_MAY_BE_OFF,
    CLOCK_SKEW,
    Beginning,
    ReachAws,
    SignInCall,
    begin,
    beginning_checks,
)
from app.flow.connection.check_list import CheckList
from app.flow.connection.checks import CheckKind, CheckState, ConnectionResult
from app.flow.connection.side_by_side import side_by_side
from app.flow.connection.spreading import is_denied, outcome_of
from app.flow.connection.tester import Tester
from app.flow.look_back import LookBack, look_back, not_in_time
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import CustomerAws
from app.flow.reading_times import ReadingTimes

T = TypeVar("T")

_BEGINNING: Final = (CheckKind.NETWORK, CheckKind.CLOCK, CheckKind.CALLER)
"""What the first call tells of."""
_PATIENCE: Final = 5.0
"""Seconds: longer than a check waits, since here the visit is a check of its own; a busy account's
history takes some, and one that never answers keeps nothing back."""
_AT_ONCE: Final = 8
"""How many calls of the test run side by side; those of the reading have their own bound."""
_REGION_OFF: Final = "signin.region-disabled"
_MAY_NOT: Final = "signin.not-allowed"
_UNREAD: Final = "check.unreadable"
_OF_ANYBODY: Final = ("bucket.", "kms.", "organization.")
"""What a refusal may be put down to whoever is refused: the sign-in's own policies are not the
role's."""
_OF_ALL_BUCKETS: Final = ("signin.", "organization.")


@dataclass(frozen=True, slots=True)
class CustomerResult:
    """How a test ended: its checks, and the account with the report that follows from all of it.

    ``signed_in`` is None where nobody could sign in to the draft's account: then nothing was read.
    """

    result: ConnectionResult
    checked: CheckedAccount
    signed_in: SignedIn | None = None


@dataclass(slots=True)
class CustomerTest:
    """Runs one test; ``on_progress`` gets the result so far whenever a check has changed.

    The first call tells of network, clock and caller alike. What needs only a sign-in goes on side
    by side then, each check with its own seconds; what can't be made any more is skipped. To cancel
    ``run`` stops it at once.
    """

    draft: Draft
    sign_in: SignInCall
    on_progress: Callable[[ConnectionResult], None]
    reach: ReachAws | None = None
    """Asks AWS without a sign-in, where one failed before AWS was asked."""
    written_by_us: datetime | None = None
    """When this program last wrote the trust policy, by its journal (UTC)."""
    patience: float = _PATIENCE
    """Seconds that the event history is waited for once all else is known."""
    now: Clock = lambda: datetime.now(UTC)
    seconds: Seconds = time.monotonic
    _checks: CheckList = field(init=False)
    _places: dict[CheckKind, int] = field(default_factory=dict)
    """The checks of which there is one each."""
    _regions: dict[str, int] = field(default_factory=dict)
    _lists: dict[int, BucketEntry] = field(default_factory=dict)
    _at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def run(self, begun: Beginning | None = None) -> CustomerResult:
        """Make the checks and return the finished result.

        ``begun`` is what the first call told, where somebody has made it; else it is made.
        """
        self._lay_out()
        with calls_heard(self._checks.log.take):
            return await self._tried(begun)

    async def _tried(self, begun: Beginning | None) -> CustomerResult:
        self._checks.begin(*(self._places[kind] for kind in _BEGINNING))
        begun = begun or await begin(self.sign_in, self.reach, self.seconds)
        for check in beginning_checks(begun, self.draft.account_id):
            self._checks.put(self._places[check.kind], check)
        answer, stranger = begun.answer, begun.stranger_to(self.draft.account_id)
        if isinstance(answer, AwsFailure):
            return await self._broken_off(begun, answer)
        if stranger is not None:
            return await self._broken_off(begun, stranger, answer.caller)
        return await self._tried_with(answer, begun)

    def _lay_out(self) -> None:
        """Put the checks into their order."""
        self._checks = CheckList(Tester.CUSTOMER, self.on_progress, self.seconds)
        self._places = {kind: self._checks.add(kind) for kind in _BEGINNING}
        first_there = {entry.region: entry for entry in reversed(self.draft.buckets)}
        regions = dict.fromkeys(entry.region for entry in self.draft.buckets)
        self._regions = {
            region: self._checks.add(CheckKind.REGION, first_there[region]) for region in regions
        }
        self._places[CheckKind.ACCOUNT] = self._checks.add(CheckKind.ACCOUNT)
        self._lists = {
            self._checks.add(CheckKind.LIST, entry): entry for entry in self.draft.buckets
        }
        self._places[CheckKind.VISIT] = self._checks.add(CheckKind.VISIT)

    def _end(self, kind: CheckKind, state: CheckState, **facts: object) -> None:
        self._checks.end(self._places[kind], state, **facts)

    async def _timed(self, work: Awaitable[T]) -> tuple[T, float]:
        begun = self.seconds()
        outcome = await work
        return outcome, self.seconds() - begun

    async def _broken_off(
        self, begun: Beginning, failure: AwsFailure, caller: Caller | None = None
    ) -> CustomerResult:
        """End the test where nobody is signed in to the right account: all the rest is skipped."""

        def out_of_reach() -> CheckedAccount:
            checked = account_out_of_reach(self.draft, failure, caller)
            also = self._observed_at_the_beginning(begun)
            seen = checked.snapshot.with_observations(*also)
            return checked_account(self.draft, seen) if also else checked

        checked = await asyncio.to_thread(out_of_reach)
        self._checks.observe(*checked.snapshot.observations)
        place = self._places[CheckKind.CALLER]
        if self._checks[place].state is CheckState.FAILED:
            told = (finding.code for finding in checked.report.findings)
            of_sign_in = (code for code in told if code.startswith("signin."))
            self._checks.tell(place, code=next(of_sign_in, failure.finding or _UNREAD))
        self._checks.skip_the_rest()
        return CustomerResult(self._checks.finish(), checked)

    def _observed_at_the_beginning(self, begun: Beginning) -> tuple[Observation, ...]:
        """Return what was seen of the network without a sign-in, and of a clock that is off."""
        now = self.now()
        network = begun.reached if isinstance(begun.reached, AwsFailure) else None
        ahead = begun.clock_ahead
        is_off = ahead is not None and abs(ahead) > CLOCK_MAY_BE_OFF
        clock = _off_by(ahead, now) if ahead is not None and is_off else None
        return tuple(failed_call(failure, now) for failure in (network, clock) if failure)

    # What needs no more than the sign-in

    async def _tried_with(self, signed_in: SignedIn, begun: Beginning) -> CustomerResult:
        """Make the other checks side by side, and weigh all that they have shown."""
        aws, read = signed_in.aws, _Read()
        self._checks.begin(self._places[CheckKind.ACCOUNT])
        looking = asyncio.create_task(self._look_back(aws, read))
        try:
            await side_by_side(
                self._read_account(aws, read),
                *(self._try_region(region, aws) for region in self._regions),
            )
            await self._wait_a_little(looking, read)
        finally:
            looking.cancel()
        # Last: what was answered meanwhile does not set a clock right.
        self._checks.observe(*self._observed_at_the_beginning(begun))
        found = read.look_back
        visits = found.observations if found is not None else ()
        snapshot = read.snapshot.with_observations(*self._checks.observations)
        snapshot = snapshot.with_observations_by_time(*visits)
        checked, more = await self._timed(weighed(self.draft, snapshot, aws))
        self._checks.observe_before(*visits)
        self._tell_causes(checked.report)
        self._tell_account(checked.report, read.took + more)
        checked = replace(checked, seconds=read.times.seconds, look_back=found)
        return CustomerResult(self._checks.finish(), checked, signed_in)

    async def _read_account(self, aws: CustomerAws, read: "_Read") -> None:
        read.snapshot, read.took = await self._timed(
            aws.read_snapshot(self.draft, on_call=read.times.take)
        )

    async def _look_back(self, aws: CustomerAws, read: "_Read") -> None:
        """Look whether UbiQuity was here, by the account's own records.

        Seen, it is proved; not seen, nothing is, and the check has not failed: only successes are
        recorded, and some minutes late.
        """
        place = self._places[CheckKind.VISIT]
        self._checks.begin(place)
        read.look_back = found = await look_back(aws, self.draft, self.written_by_us)
        if found is not None and found.visit is not None:
            self._checks.end(place, CheckState.PASSED)
            return
        is_untold = found is not None and found.since is None
        failure = next(iter(found.failures), None) if found and is_untold else None
        self._checks.end(place, CheckState.SKIPPED, failure=failure)

    async def _wait_a_little(self, looking: Awaitable[None], read: "_Read") -> None:
        """Wait for the look back once all else is known: no result is kept back for it."""
        try:
            async with asyncio.timeout(self.patience):
                await looking
        except TimeoutError:
            read.look_back = late = not_in_time()
            self._end(CheckKind.VISIT, CheckState.SKIPPED, failure=late.failures[0])

    async def _try_region(self, region: str, aws: CustomerAws) -> None:
        """See whether a region is switched on, and list there: all goes on meanwhile elsewhere."""
        place = self._regions[region]
        lists = [at for at, entry in self._lists.items() if entry.region == region]
        async with self._at_once:
            self._checks.begin(place)
            answer = await aws.caller_in(region)
        if isinstance(answer, AwsFailure):
            bucket = self._lists[lists[0]].name
            self._checks.observe(failed_call(answer, self.now(), bucket=bucket))
            code = answer.finding or _MAY_NOT
            self._checks.end(place, CheckState.FAILED, failure=answer, code=code)
        else:
            self._checks.end(place, CheckState.PASSED)
        if isinstance(answer, AwsFailure) and answer.finding == _REGION_OFF:
            for at in lists:
                self._checks.end(at, CheckState.SKIPPED)
            return
        await side_by_side(*(self._list(at, aws) for at in lists))

    async def _list(self, place: int, aws: CustomerAws) -> None:
        entry = self._lists[place]
        async with self._at_once:
            self._checks.begin(place)
            page = await aws.list_page(entry.name, entry.region, entry.prefix, None)
        observation = _listed(entry, page, self.now())
        self._checks.observe(observation)
        if isinstance(page, AwsFailure):
            code = _code_of_refusal(page, observation)
            self._checks.end(place, CheckState.FAILED, failure=page, code=code)
        else:
            self._checks.listed(place, page)

    # What follows from all of it

    def _tell_causes(self, report: Report) -> None:
        """Let each listing that failed lead to what the report puts that down to."""
        for place, entry in self._lists.items():
            check = self._checks[place]
            if check.failure is None or check.failure.finding is not None:
                continue
            told = [f.code for f in report.findings if f.bucket == entry.name]
            told += [f.code for f in report.findings if f.code.startswith(_OF_ALL_BUCKETS)]
            causes = _causes(_listed(entry, check.failure, self.now()), check.failure)
            code = next((code for code in causes if code in told), check.code)
            self._checks.tell(place, code=code)

    def _tell_account(self, report: Report, took: float) -> None:
        ready = report.verdict is Verdict.READY
        state = CheckState.PASSED if ready else CheckState.FAILED
        code = None if ready else _first_of(Weight.BLOCKER, report)
        if not ready and code is None:
            code = _first_of(Weight.WARNING, report) or _UNREAD
        self._end(CheckKind.ACCOUNT, state, code=code, seconds=took)


@dataclass(slots=True)
class _Read:
    """The account as it was read, and how long that took, in all and for each link."""

    snapshot: Snapshot = field(init=False)
    took: float = 0.0
    times: ReadingTimes = field(default_factory=ReadingTimes)
    look_back: LookBack | None = None


def _first_of(weight: Weight, report: Report) -> str | None:
    """Return the code of the report's first finding of a weight: the first broken link's."""
    codes = (finding.code for finding in report.findings)
    return next((code for code in codes if CATALOGUE[code].weight is weight), None)


def _off_by(ahead: timedelta, now: datetime) -> AwsFailure:
    """Return that this computer's clock is off, in AWS's own form, from which all else is told."""
    own, of_aws = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (now, now - ahead))
    words = f"This computer's time is {own}, that of AWS {of_aws}"
    return AwsFailure(ASK_CALLER, "RequestTimeTooSkewed", words, finding=CLOCK_SKEW)


def _listed(entry: BucketEntry, page: object, at: datetime) -> Observation:
    """Return what the customer's listing of a connector's prefix showed."""
    arn, failure = bucket_arn(entry.name), page if isinstance(page, AwsFailure) else None
    if failure is None:
        return Observation(
            at, Identity.CUSTOMER, LIST_ACTION, ObservedOutcome.ALLOWED, arn, entry.name
        )
    return failed_call(failure, at, outcome=outcome_of(failure), resource=arn, bucket=entry.name)


def _causes(observation: Observation, failure: AwsFailure) -> tuple[str, ...]:
    """Return the findings that a failed listing may be put down to, the likeliest first."""
    causes = tuple(cause.code for cause in causes_in(observation))
    if not is_denied(failure):
        return causes or (_UNREAD,)
    return (*(code for code in causes if code.startswith(_OF_ANYBODY)), _UNREAD, _MAY_NOT)


def _code_of_refusal(failure: AwsFailure, observation: Observation) -> str:
    """Return the finding that a failed listing leads to, while the account is still being read."""
    return failure.finding or _causes(observation, failure)[0]
