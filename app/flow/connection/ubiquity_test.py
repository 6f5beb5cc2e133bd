"""The connection test with UbiQuity's own identity: what the connector does, and what it must not.

The role is assumed with the External ID, in the region of each connector. Then, side by side:
without the External ID and with a wrong one the role has to refuse; each connector's prefix is
listed, one byte of a file read, and where the folder is limited a look outside has to be refused;
where somebody agreed to it, a file of the test's own is written, read, copied and deleted
(``probe``). Every answer becomes an observation of the snapshot.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import LIST_ACTION, role_arn
from app.core.observation import nobodys_folder
from app.flow.call_log import calls_heard
from app.flow.clocks import Clock, Seconds, Sleep
from app.flow.connection.checks import PROBE_KINDS, CheckKind, ConnectionResult
from app.flow.connection.probe import CLEAN_UP_SECONDS, Probe
from app.flow.connection.side_by_side import side_by_side
from app.flow.connection.spreading import Spreading, is_denied, is_not_denied
from app.flow.connection.tried_checks import Call, TriedChecks
from app.flow.ports.aws import ListedFile, ListedPage, UbiquityAws, UbiquitySession

Answer = TypeVar("Answer")

_ASSUME: Final = "sts:AssumeRole"
_NOT_REQUIRED: Final = "trust.external-id-not-required"
_TOO_BROAD: Final = "policy.too-broad"
_GONE: Final = "NoSuchKey"
"""Since it was listed somebody, a connector maybe, has moved the file away: that tells nothing."""
_NOT_OF_THIS_REGION: Final = ("signin.region-disabled", "signin.invalid", "env.offline")
"""What a region's STS is answered by that does not know the sign-in, or is none at all."""
_AT_ONCE: Final = 8
"""How many connectors are tried side by side: quick, and not slowed down by AWS."""


def wrong_external_id() -> str:
    """Return an External ID that nobody has: STS takes it, and no Database ID is as long."""
    return f"ubiquity-s3-setup-test-{secrets.token_hex(16)}"


@dataclass(slots=True)
class ConnectionTest:
    """Runs one test; ``on_progress`` gets the result so far after every step.

    ``just_created`` allows for AWS still spreading a new role or policy: what is denied is then
    tried again within the first minute. ``with_file`` is the consent to write a file of the test's
    own to each connector's prefix; without it nothing is changed. Cancelled, the test ends at
    once, but for its files, which it deletes first, within ``clean_up_seconds``.
    """

    draft: Draft
    ubiquity: UbiquityAws
    on_progress: Callable[[ConnectionResult], None]
    just_created: bool = False
    with_file: bool = False
    clean_up_seconds: float = CLEAN_UP_SECONDS
    sleep: Sleep = asyncio.sleep
    now: Clock = lambda: datetime.now(UTC)
    seconds: Seconds = time.monotonic
    _checks: TriedChecks = field(init=False)
    _spreading: Spreading = field(init=False)
    _places: asyncio.Semaphore = field(init=False)
    _sts_regions: list[str | None] = field(default_factory=list)
    """The regions whose STS knew UbiQuity's sign-in; None for the sign-in's own."""

    async def run(self) -> ConnectionResult:
        """Make the checks and return the finished result."""
        self._checks = TriedChecks(self.on_progress, self.seconds, self.now)
        self._spreading = Spreading(self.just_created, self.sleep, self.seconds)
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._sts_regions = []
        with calls_heard(self._checks.log.take):
            return await self._tried()

    async def _tried(self) -> ConnectionResult:
        trust = self._checks.add_all(
            (CheckKind.ASSUME, CheckKind.ASSUME_WITHOUT, CheckKind.ASSUME_WRONG)
        )
        connectors = [
            _Connector(entry, self._checks.add_all(tuple(self._kinds(entry)), entry))
            for entry in self.draft.buckets
        ]
        sessions = await self._assume(trust[CheckKind.ASSUME])
        if sessions:
            region = self._sts_regions[0]
            await side_by_side(
                self._must_be_refused(trust[CheckKind.ASSUME_WITHOUT], region, "none", None),
                self._must_be_refused(
                    trust[CheckKind.ASSUME_WRONG], region, "wrong", wrong_external_id()
                ),
                *(
                    self._try_connector(connector, sessions[connector.entry.region])
                    for connector in connectors
                    if connector.entry.region in sessions
                ),
            )
        self._checks.skip_the_rest()
        return self._checks.finish()

    def _kinds(self, entry: BucketEntry) -> list[CheckKind]:
        """Return what is tried for a connector, in its order."""
        outside = (CheckKind.OUTSIDE,) if self._is_limited(entry) else ()
        probe = PROBE_KINDS if self.with_file else ()
        return [CheckKind.LIST, CheckKind.READ, *outside, *probe]

    def _is_limited(self, entry: BucketEntry) -> bool:
        """Tell whether no connector may see all of the entry's bucket."""
        others = (other for other in self.draft.buckets if other.name == entry.name)
        return all(other.restrict_to_prefix for other in others)

    # The trust policy

    async def _assume(self, place: int) -> Mapping[str, UbiquitySession]:
        """Assume the role in each region that a connector is in; return the sessions by region.

        The check passes where all of them let UbiQuity in.
        """
        self._checks.begin(place)
        arn, regions = self._role_arn, dict.fromkeys(e.region for e in self.draft.buckets)
        answers: dict[str, UbiquitySession | AwsFailure] = {}

        async def assume_in(region: str) -> None:
            answers[region] = await self._assume_in(region, place)

        await side_by_side(*map(assume_in, regions))
        in_order = [answers[region] for region in regions]
        failures = [answer for answer in in_order if isinstance(answer, AwsFailure)]
        if len(failures) < len(in_order):
            self._checks.note(place, Call(_ASSUME, arn, None, "right"), None)
        for failure in failures[:1]:
            self._checks.note(place, Call(_ASSUME, arn, None, "right"), failure)
            self._checks.failed(place, failure)
        if not failures:
            self._checks.passed(place)
        return {
            region: answer
            for region, answer in answers.items()
            if not isinstance(answer, AwsFailure)
        }

    async def _assume_in(self, region: str, place: int) -> UbiquitySession | AwsFailure:
        """Assume the role at a region's STS, or where that is not for UbiQuity, at its own one.

        A region has to be switched on for UbiQuity's account before its STS knows the sign-in. It
        is no fault of the customer's, and what another region's STS gives is good there as well.
        """

        async def assume(at: str | None) -> UbiquitySession | AwsFailure:
            return await self.ubiquity.assume_role(self._role_arn, self.draft.database_id, at)

        asked: str | None = region
        answer = await self._patiently(place, lambda: assume(region))
        if isinstance(answer, AwsFailure) and answer.finding in _NOT_OF_THIS_REGION:
            elsewhere = await self._patiently(place, lambda: assume(None))
            if not isinstance(elsewhere, AwsFailure):
                answer, asked = elsewhere, None
        if not isinstance(answer, AwsFailure):
            self._sts_regions.append(asked)
        return answer

    async def _must_be_refused(
        self, place: int, region: str | None, sent: str, external_id: str | None
    ) -> None:
        """UbiQuity must be refused when it does not name the right External ID (Step 2)."""
        self._checks.begin(place)
        arn = self._role_arn
        answer = await self._patiently(
            place, lambda: self.ubiquity.assume_role(arn, external_id, region), _is_refused
        )
        self._checks.note(place, Call(_ASSUME, arn, None, sent), answer)
        self._tell_refused(place, answer, _NOT_REQUIRED)

    def _tell_refused(self, place: int, answer: object, code: str) -> None:
        """End a check whose call has to be refused; one that failed otherwise tells nothing."""
        if not isinstance(answer, AwsFailure):
            self._checks.failed(place, None, code)
        elif is_denied(answer):
            self._checks.passed(place)
        else:
            self._checks.skip(place, failure=answer)

    # One connector

    async def _try_connector(self, connector: "_Connector", session: UbiquitySession) -> None:
        async with self._places:
            await side_by_side(
                self._use_files(connector, session), self._look_outside(connector, session)
            )

    async def _use_files(self, connector: "_Connector", session: UbiquitySession) -> None:
        page = await self._list(connector, session)
        if page is None:
            return
        await side_by_side(
            self._read(connector, session, page.readable), self._use_own_file(connector, session)
        )

    async def _list(self, connector: "_Connector", session: UbiquitySession) -> ListedPage | None:
        """List the first page, which tells whether it works; more is a matter of counting."""
        place, entry = connector.places[CheckKind.LIST], connector.entry
        self._checks.begin(place)
        where = (entry.name, entry.region, entry.prefix)
        answer = await self._patiently(place, lambda: session.list_page(*where, None))
        call = Call(LIST_ACTION, bucket_arn(entry.name), entry.name)
        self._checks.note(place, call, answer)
        if isinstance(answer, AwsFailure):
            self._checks.failed(place, answer)
            return None
        self._checks.listed(place, answer)
        return answer

    async def _read(
        self, connector: "_Connector", session: UbiquitySession, file: ListedFile | None
    ) -> None:
        """Read one byte of a file; where there is none it can't be tried."""
        place, entry = connector.places[CheckKind.READ], connector.entry
        if file is None:
            self._checks.skip(place)
            return
        self._checks.begin(place)
        # A file of no bytes has no first one.
        most = 1 if file.size else None
        answer = await self._patiently(
            place, lambda: session.read_object(entry.name, entry.region, file.key, most)
        )
        # The file's name is the customer's own and tells nobody anything.
        files = f"{bucket_arn(entry.name)}/{entry.prefix}*"
        self._checks.note(place, Call("s3:GetObject", files, entry.name), answer)
        if isinstance(answer, AwsFailure):
            if answer.code == _GONE:
                self._checks.skip(place, failure=answer)
            else:
                self._checks.failed(place, answer)
            return
        if answer.kms_key is not None:
            self._checks.note(place, Call("kms:Decrypt", answer.kms_key, entry.name), None)
        self._checks.passed(place)

    async def _look_outside(self, connector: "_Connector", session: UbiquitySession) -> None:
        """List a folder that nobody has: a role that is limited to a folder is refused.

        Nothing of the customer's is seen where it is not.
        """
        place, entry = connector.places.get(CheckKind.OUTSIDE), connector.entry
        if place is None:
            return
        self._checks.begin(place)
        outside = nobodys_folder(secrets.token_hex(8))
        where = (entry.name, entry.region, outside)
        answer = await self._patiently(place, lambda: session.list_page(*where, None), _is_refused)
        call = Call(LIST_ACTION, f"{bucket_arn(entry.name)}/{outside}*", entry.name)
        self._checks.note(place, call, answer)
        self._tell_refused(place, answer, _TOO_BROAD)

    async def _use_own_file(self, connector: "_Connector", session: UbiquitySession) -> None:
        if not self.with_file:
            return
        places, entry = connector.places, connector.entry
        probe = Probe(self._checks, places, entry, session, self._spreading, self.clean_up_seconds)
        await probe.run()

    @property
    def _role_arn(self) -> str:
        return role_arn(self.draft.account_id)

    async def _patiently(
        self,
        place: int,
        call: Callable[[], Awaitable[Answer]],
        is_settled: Callable[[Answer], bool] = is_not_denied,
    ) -> Answer:
        """Make a call, and again while AWS may not know everywhere what was just made."""
        return await self._spreading.settled(
            call, lambda seconds, answer: self._checks.waits(place, seconds, answer), is_settled
        )


@dataclass(frozen=True, slots=True)
class _Connector:
    """A connector, and the places of its checks."""

    entry: BucketEntry
    places: Mapping[CheckKind, int]


def _is_refused(answer: object) -> bool:
    """Tell whether there is nothing to wait for, where a call should be refused."""
    return isinstance(answer, AwsFailure)
