"""What the flows need of AWS: the customer's account, and the role as UbiQuity uses it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.core.change import Change
    from app.core.changes.needed_actions import NeededAction, OwnPermissions
    from app.core.diagnosis.codes.catalogue import ChainLink
    from app.core.draft import Draft
    from app.core.failure import AwsFailure
    from app.core.fields.aws_settings import BucketSettings
    from app.core.snapshot import Caller, LastUse, Snapshot


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of a listing: its name, and its size in bytes."""

    key: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of a listing: how many objects, some names, and where the next page starts."""

    count: int
    keys: tuple[str, ...] = ()
    next_token: str | None = None
    markers: int = 0
    """How many of the objects are folders' markers, and no files."""
    readable: ListedFile | None = None
    """The file of the page that can best be read, to try that: the first one that holds something
    and is not archived, else the first; None where there are folders' markers alone."""

    @property
    def files(self) -> int:
        """How many of the objects are files."""
        return self.count - self.markers


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was read of an object; ``kms_key`` is the ARN of the key that it is encrypted with."""

    body: bytes
    kms_key: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """AWS keeps an object: its version, where the bucket has versions, and its key as above."""

    version: str | None = None
    kms_key: str | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """An object is gone; ``marker`` is the version of the delete marker that stands for it now."""

    marker: str | None = None


@dataclass(frozen=True, slots=True)
class CountSoFar:
    """How far the counting of a connector's files is.

    ``markers`` are keys that end in ``/`` and hold nothing: they stand for folders and are no
    files. ``complete`` tells that all were counted, ``slowed`` that AWS asked to go slower.
    ``seconds`` is how long it took by now.
    """

    files: int
    markers: int = 0
    complete: bool = False
    requests: int = 0
    seconds: float = 0.0
    slowed: bool = False

    @property
    def per_second(self) -> float | None:
        """Files and markers counted in a second; None where no time has passed."""
        return (self.files + self.markers) / self.seconds if self.seconds > 0 else None


@dataclass(frozen=True, slots=True)
class Visit:
    """UbiQuity's account assumed the role, as the account's own event history has it.

    ``external_id`` is ``right``, ``wrong`` or ``none``, measured by the draft; ``at`` is in UTC.
    """

    at: datetime
    region: str
    external_id: str
    request_id: str | None = None
    session_name: str | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """What the event history shows of UbiQuity, the latest visit first.

    ``failures`` are the answers of regions that told nothing, each with its ``region`` among the
    ``params``: a refusal, or a fault of the network. ``regions`` are all that were asked.
    ``complete`` is false where there were more events than are looked through. None seen proves
    nothing: only successes are recorded, and some minutes late.
    """

    visits: tuple[Visit, ...] = ()
    failures: tuple["AwsFailure", ...] = ()
    complete: bool = True
    regions: tuple[str, ...] = ()

    @property
    def nobody_told(self) -> bool:
        """Whether no region could be looked in."""
        return bool(self.failures) and len(self.failures) >= len(self.regions)


@dataclass(frozen=True, slots=True)
class RoleUse:
    """The role as AWS has it now: since when, and when it was last used.

    ``at`` is AWS's own time (UTC) of saying so, to the second. ``trust_policy`` is the document,
    ``account_id`` the account whose role it is, where its ARN tells.
    """

    created_at: datetime
    last_used: "LastUse"
    trust_policy: object
    at: datetime
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class TrustWritten:
    """The event history has it that the role's trust policy was written, with the role or anew.

    ``document`` is what was written; None where the record does not tell.
    """

    at: datetime
    document: object = None


@dataclass(frozen=True, slots=True)
class Reached:
    """AWS answered, without a sign-in.

    ``clock_ahead`` is by how much this computer's clock is ahead of AWS's (behind: negative); None
    where the answer told no time.
    """

    clock_ahead: timedelta | None = None


@dataclass(frozen=True, slots=True)
class CallTime:
    """From when to when a call of a reading was under way, in seconds of one clock.

    ``links`` are those of the chain whose facts it told.
    """

    links: frozenset["ChainLink"]
    begun: float
    ended: float


@dataclass(frozen=True, slots=True)
class OfferedBucket:
    """A bucket of the account, to choose from; its region where AWS told it."""

    name: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class FolderPage:
    """One page of what lies right under a prefix.

    ``folders`` are whole prefixes, each ending in ``/``; ``files`` is how many files there were
    beside them; ``next_token`` is where the next page starts, None after the last.
    """

    folders: tuple[str, ...] = ()
    files: int = 0
    next_token: str | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What AWS has where a change acts.

    ``value`` has the form of the change's ``before`` and ``after`` (``app.core.change``).
    ``version`` is a policy's default version; ``tagged`` tells whether the role or policy
    carries the tag that this program puts on what it creates. ``settings`` are, of a role or
    policy that is to be deleted, those that it would be made anew with (``Change.settings``); else
    None. ``at`` is when AWS said so (UTC), by AWS's own clock, or later; it is no part of what
    was said.
    """

    value: object
    version: str | None = None
    tagged: bool = False
    settings: Mapping[str, object] | None = None
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Made:
    """AWS confirmed a change; ``version`` is the policy version made, the others as above."""

    version: str | None = None
    tagged: bool = False
    at: datetime | None = field(default=None, compare=False)


class CustomerAws(Protocol):
    """The customer's account, seen and changed with the customer's own sign-in."""

    async def caller(self) -> "Caller | AwsFailure":
        """Return who is signed in."""

    async def read_snapshot(
        self,
        draft: "Draft",
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> "Snapshot":
        """Read all facts that the draft turns on; what can't be read is named in the snapshot.

        ``on_progress`` is told in a few words what is being read, and ``on_call`` of each call
        that has ended, both in the caller's thread.
        """

    async def caller_in(self, region: str) -> "Caller | AwsFailure":
        """Return who is signed in, as ``region`` itself says.

        Where it does not know the keys that ``caller`` was asked with, it is not switched on for
        the account: that is the failure then.
        """

    def clock_ahead(self) -> timedelta | None:
        """Return by how much this computer's clock is ahead of AWS's (behind: negative).

        As AWS's latest answer told, to the second; None before there was one.
        """

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> "ListedPage | AwsFailure":
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on.

        In ``region`` and nowhere else, as the connector does.
        """

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> "CountSoFar | AwsFailure":
        """Count all files of ``bucket`` under ``prefix``, listing in ``region`` and nowhere else.

        ``on_progress`` is told how far it is a few times a second. Cancelled, it ends at once.
        """

    async def last_use(self) -> "RoleUse | AwsFailure":
        """Return since when the guide's role is there, and when it was last used."""

    async def visits(self, draft: "Draft", since: datetime, also: Sequence[str] = ()) -> Visits:
        """Return UbiQuity's visits from ``since`` (UTC) on, as far back as the history goes.

        They are looked for where they may be recorded: in the regions of the draft's buckets and
        in ``also`` (that of the last use); where none with the right External ID is found there,
        in us-east-1 as well.
        """

    async def trust_written(
        self, draft: "Draft", since: datetime
    ) -> "TrustWritten | AwsFailure | None":
        """Return how the role's trust policy was last written, from ``since`` (UTC) on.

        None where nothing is recorded of it.
        """

    async def offered_buckets(self) -> "tuple[OfferedBucket, ...] | AwsFailure":
        """Return the account's buckets, to choose from."""

    async def bucket_settings(
        self, bucket: str, region: str | None
    ) -> "BucketSettings | AwsFailure":
        """Return what AWS tells of a bucket; ``region`` is where it is, where that is known."""

    async def list_folders(
        self, bucket: str, region: str | None, prefix: str, token: str | None
    ) -> "FolderPage | AwsFailure":
        """Return a page of the folders right under ``prefix``, from ``token`` on.

        ``region`` is the bucket's own, where that is known.
        """

    async def own_permissions(
        self, needed: Sequence["NeededAction"]
    ) -> "OwnPermissions | AwsFailure":
        """Return which of the ``needed`` actions the sign-in lacks, as far as AWS tells."""

    async def present(self, change: "Change") -> "Present | AwsFailure":
        """Return what AWS has now where ``change`` acts, for comparing before a write."""

    async def apply(self, change: "Change") -> "Made | AwsFailure":
        """Make one change, by one request that is sent once."""


class UbiquitySession(Protocol):
    """The customer's role, once UbiQuity has assumed it.

    Its credentials are renewed before they end, for as long as it is used. ``region`` is always
    the connector's: a bucket elsewhere fails, as it does for the connector.
    """

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> "ListedPage | AwsFailure":
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on."""

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> "CountSoFar | AwsFailure":
        """Count all files of ``bucket`` under ``prefix``, as ``CustomerAws.count`` does."""

    async def read_object(
        self, bucket: str, region: str, key: str, most: int | None = None
    ) -> "Fetched | AwsFailure":
        """Read an object, or its first ``most`` bytes (it has to have one) and no more."""

    async def write_new(
        self, bucket: str, region: str, key: str, body: bytes
    ) -> "Stored | AwsFailure":
        """Write an object where there is none, by one request that is sent once."""

    async def copy_object(
        self, bucket: str, region: str, source: str, target: str
    ) -> "Stored | AwsFailure":
        """Copy the object ``source`` to the name ``target`` of the same bucket, sent once too."""

    async def delete_object(self, bucket: str, region: str, key: str) -> "Deleted | AwsFailure":
        """Delete an object; in a bucket that keeps versions it gets a delete marker."""


class UbiquityAws(Protocol):
    """UbiQuity's own identity (account 049579744830), where the program has it."""

    async def assume_role(
        self, role_arn: str, external_id: str | None, region: str | None = None
    ) -> "UbiquitySession | AwsFailure":
        """Assume ``role_arn`` with ``external_id``, or without one, at STS of ``region``.

        Without a region it is the sign-in's own.
        """
