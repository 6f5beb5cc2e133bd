"""The customer's account, as the flows see it."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from app.aws.access import Access
from app.aws.bucket_place import LIST_BUCKET
from app.aws.caller import ASK_CALLER, as_of_region, ask_caller
from app.aws.calls import Calls
from app.aws.changes import make_change
from app.aws.clients import Clients
from app.aws.event_history import EventHistory
from app.aws.folders import list_folders
from app.aws.listing import Listing, listed_page
from app.aws.mfa import CodePrompt
from app.aws.offers import bucket_settings, offered_buckets
from app.aws.own_permissions import read_own_permissions
from app.aws.present import read_present
from app.aws.reading import AccountReading
from app.aws.role_facts import read_last_use
from app.aws.snapshot import read_snapshot
from app.core.change import Change
from app.core.changes.kinds import rules_of
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.changes.requests import account_of
from app.core.draft import Draft
from app.core.failure import AwsFailure, wrong_account
from app.core.fields.aws_settings import BucketSettings
from app.core.snapshot import Caller, Snapshot
from app.flow.clocks import Clock
from app.flow.ports.aws import (
    CallTime,
    CountSoFar,
    FolderPage,
    ListedPage,
    Made,
    OfferedBucket,
    Present,
    RoleUse,
    TrustWritten,
    Visits,
)

Answer = TypeVar("Answer", Present, Made)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who was signed in when AWS was asked last; ``key`` signed, None where nobody looked."""

    caller: Caller
    key: str | None = None


class CustomerAccount:
    """The customer's account, seen and changed with the customer's own sign-in.

    Implements ``app.flow.ports.aws.CustomerAws``; ``access`` says which sign-in, ``clock`` tells
    the time of a snapshot.
    """

    def __init__(
        self, access: Access, clock: Clock = _now, ask_code: CodePrompt | None = None
    ) -> None:
        """``ask_code`` is asked, in a thread, for the code of an MFA device."""
        self._calls = Calls(Clients(access, ask_code, clock))
        self._history = EventHistory(self._calls)
        self._clock = clock
        self._caller: Caller | None = None
        self._caller_key: str | None = None
        self._seen: _Seen | None = None

    @property
    def clients(self) -> Clients:
        """The clients of the sign-in, for whom it can be as well."""
        return self._calls.clients

    async def caller(self) -> Caller | AwsFailure:
        """Return who is signed in."""
        answer = await self._calls.run(ASK_CALLER, self._asked)
        self._caller = None if isinstance(answer, AwsFailure) else answer
        return answer

    async def caller_in(self, region: str) -> Caller | AwsFailure:
        """Return who is signed in, as ``region`` itself says.

        The region in which ``caller`` was asked has said so already.
        """
        known = self._caller

        def asked() -> Caller:
            is_same = self.clients.sts().meta.region_name == region
            return known if known and is_same else ask_caller(self.clients, region)

        answer = await self._calls.run(ASK_CALLER, asked)
        return as_of_region(answer, region) if isinstance(answer, AwsFailure) else answer

    def clock_ahead(self) -> timedelta | None:
        """Return by how much this computer's clock is ahead of AWS's, as its last answer told."""
        return self.clients.clock.ahead

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on."""
        listing = Listing(bucket, prefix, token)
        return await self._calls.run(
            LIST_BUCKET, lambda: listed_page(self.clients.s3_staying(region), listing)
        )

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> CountSoFar | AwsFailure:
        """Count all files of ``bucket`` under ``prefix``; see ``app.aws.counting``."""
        from app.aws.counting.count import count_files

        client = functools.partial(self.clients.s3_staying, region)
        return await count_files(self._calls.run, client, bucket, prefix, on_progress)

    async def read_snapshot(
        self,
        draft: Draft,
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> Snapshot:
        """Read all facts that the draft turns on; what can't be read is named in the snapshot."""
        reading = AccountReading(self._calls, draft.account_id, self._clock, on_call=on_call)
        tell = on_progress or (lambda _words: None)
        known = await self._calls.run(ASK_CALLER, self._known) if self._seen else None
        snapshot = await read_snapshot(reading, draft, self._clock(), tell, known)
        if self._seen is None and snapshot.caller is not None:
            self._seen = _Seen(snapshot.caller)
        return snapshot

    def _asked(self) -> Caller:
        """Ask who is signed in, and remember by which key: another one may be somebody else's."""
        caller = ask_caller(self.clients)
        self._seen = _Seen(caller, self.clients.access_key_id())
        return caller

    def _known(self) -> Caller | None:
        """Return who it was that the key in use belongs to; None where that was not asked."""
        seen = self._seen
        key = self.clients.access_key_id() if seen and seen.key else None
        return seen.caller if seen and key and seen.key == key else None

    async def last_use(self) -> RoleUse | AwsFailure:
        """Return since when the guide's role is there, and when it was last used."""
        return await read_last_use(self._calls, self._clock)

    async def visits(self, draft: Draft, since: datetime, also: Sequence[str] = ()) -> Visits:
        """Return UbiQuity's visits from ``since`` on, also in the regions ``also``."""
        return await self._history.visits(draft, since, also)

    async def trust_written(
        self, draft: Draft, since: datetime
    ) -> TrustWritten | AwsFailure | None:
        """Return how the role's trust policy was last written, from ``since`` on."""
        return await self._history.trust_written(draft, since)

    async def offered_buckets(self) -> tuple[OfferedBucket, ...] | AwsFailure:
        """Return the account's buckets, to choose from."""
        return await offered_buckets(self._calls)

    async def bucket_settings(self, bucket: str, region: str | None) -> BucketSettings | AwsFailure:
        """Return what AWS tells of a bucket; ``region`` is where it is, where that is known."""
        return await bucket_settings(self._calls, bucket, region)

    async def list_folders(
        self, bucket: str, region: str | None, prefix: str, token: str | None
    ) -> FolderPage | AwsFailure:
        """Return a page of the folders right under ``prefix``, from ``token`` on."""
        return await list_folders(self._calls, bucket, region, prefix, token)

    async def own_permissions(self, needed: Sequence[NeededAction]) -> OwnPermissions | AwsFailure:
        """Return which of the ``needed`` actions the sign-in lacks, as far as AWS tells."""
        seen = self._seen.caller if self._seen else None
        caller = self._caller or seen or await self.caller()
        if isinstance(caller, AwsFailure):
            return caller
        return await read_own_permissions(self._calls, caller, needed)

    async def present(self, change: Change) -> Present | AwsFailure:
        """Return what AWS has now where ``change`` acts."""
        answer = await self._stranger(change) or await read_present(self._calls, change)
        return self._timed(answer)

    async def apply(self, change: Change) -> Made | AwsFailure:
        """Make one change; what AWS confirmed, or why it did not.

        Nothing is changed where the sign-in belongs to another account than the target.
        """
        answer = await self._stranger(change) or await make_change(self._calls, change)
        return self._timed(answer)

    def _timed(self, answer: Answer | AwsFailure) -> Answer | AwsFailure:
        """Return ``answer`` with AWS's time of it."""
        if isinstance(answer, AwsFailure):
            return answer
        return replace(answer, at=self.clients.clock.time(self._clock()))

    async def _stranger(self, change: Change) -> AwsFailure | None:
        """Return why the sign-in can do nothing at the change's target; None where it can.

        Keys that were renewed meanwhile may be those of another account: who signs is asked
        anew then, since IAM would make a role there as well.
        """
        key = await self._calls.run(ASK_CALLER, self.clients.access_key_id)
        if isinstance(key, AwsFailure):
            return _before_sending(key)
        same = key is not None and key == self._caller_key
        caller = (self._caller if same else None) or await self.caller()
        if isinstance(caller, AwsFailure):
            return _before_sending(caller)
        self._caller_key = key
        account_id = account_of(change)
        return wrong_account(rules_of(change).action, account_id, caller.account)


def _before_sending(failure: AwsFailure) -> AwsFailure:
    """Return the failure of a question that came before the request itself."""
    return replace(failure, took_effect_unknown=False)
