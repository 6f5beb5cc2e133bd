"""Fakes of ``app.flow.ports``: an AWS account in memory, and whoever signs in to it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from app import __version__
from app.core.change import Change, ChangeKind
from app.core.changes.applied import after_changes, value_at
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.kinds import rules_of
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.changes.requests import makes_something
from app.core.changes.sides import ChangeSettings
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.frozen import replace
from app.core.left_over import LeftKind, LeftOver
from app.core.sign_in import Profile, SignInWay
from app.core.snapshot import NEVER_USED, Caller, Snapshot, State
from app.flow.ports.accounts import (
    AskForCode,
    PastedSignIns,
    PracticeExample,
    PracticeUbiquity,
    PressedTest,
    SignedIn,
)
from app.flow.ports.aws import (
    CallTime,
    CountSoFar,
    Deleted,
    Fetched,
    FolderPage,
    ListedPage,
    Made,
    OfferedBucket,
    Present,
    Reached,
    RoleUse,
    Stored,
    TrustWritten,
    Visits,
)
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN, untouched
from tests.helpers.faults import Fault, failure_of

T = TypeVar("T")

DENIED: Final = AwsFailure(
    "sts:AssumeRole", "AccessDenied", "is not authorized to perform: sts:AssumeRole", 403, "req-1"
)
NOT_LISTED: Final = AwsFailure("s3:ListBucket", "AccessDenied", "Access Denied", 403, "req-2")
NO_BUCKET: Final = AwsFailure("s3:ListBucket", "NoSuchBucket", "does not exist", 404, "req-3")
OFFLINE: Final = AwsFailure(
    "sts:AssumeRole", "EndpointConnectionError", "Could not connect", finding="env.offline"
)
NOT_THERE: Final = AwsFailure("iam:AttachRolePolicy", "NoSuchEntity", "cannot be found", 404)
INVALID_PRINCIPAL: Final = AwsFailure(
    "kms:PutKeyPolicy", "MalformedPolicyDocumentException", "invalid principals", 400
)
REFUSED: Final = AwsFailure("iam:CreateRole", "AccessDenied", "is not authorized", 403, "req-4")


_NEVER: Final = 30.0
"""Seconds that no call takes, however slow the machine: without a limit the test would hang."""


class Gate:
    """Holds calls until it is opened, so that a test can look around in the middle of one."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._open = asyncio.Event()

    async def pass_through(self) -> None:
        """Wait until the gate is open."""
        self._arrived.set()
        await self._open.wait()

    async def arrival(self) -> None:
        """Wait until a call has come to the gate; fail where what should have come broke before."""
        async with asyncio.timeout(_NEVER):
            await self._arrived.wait()

    @property
    def has_arrivals(self) -> bool:
        """Whether a call has come to the gate."""
        return self._arrived.is_set()

    def open(self) -> None:
        """Let all calls through."""
        self._open.set()


async def _counted(
    list_page: Callable[[str | None], Awaitable[ListedPage | AwsFailure]],
    on_progress: Callable[[CountSoFar], None],
) -> CountSoFar | AwsFailure:
    """Count page by page."""
    so_far, token = CountSoFar(0), None
    while not so_far.complete:
        page = await list_page(token)
        if isinstance(page, AwsFailure):
            return page
        token = page.next_token
        files, markers = so_far.files + page.files, so_far.markers + page.markers
        so_far = CountSoFar(files, markers, token is None, so_far.requests + 1)
        on_progress(so_far)
    return so_far


class FakeCustomer:
    """A customer's account in memory: changes that are applied show in the next snapshot.

    ``failures`` are AWS's answers to the coming changes of a kind, None for a confirmation;
    a change without an answer there is made, or refused as AWS would refuse it. ``faults`` are
    what happens to single calls of ``present`` and ``apply``, by their number, and ``between``
    what others do right before them; ``calls`` names those that were made. ``gate`` holds every
    call but ``present``. ``clock`` is AWS's own.
    """

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.snapshot = untouched(PLAIN) if snapshot is None else snapshot
        self.applied: list[Change] = []
        self.failures: dict[ChangeKind, list[AwsFailure | None]] = {}
        self.faults: dict[int, Fault] = {}
        self.between: dict[int, Callable[[], None]] = {}
        self.calls: list[str] = []
        self.gate: Gate | None = None
        self.clock = MOMENT
        self.call_times: tuple[CallTime, ...] = ()
        self.permissions: OwnPermissions | AwsFailure = OwnPermissions()
        self.needed: list[NeededAction] = []
        self.offered: tuple[OfferedBucket, ...] | AwsFailure = ()
        self.settings: dict[str, BucketSettings | AwsFailure] = {}
        """What is told of buckets, by their names; of others nothing is."""
        self.folders: dict[tuple[str, str | None], FolderPage | AwsFailure] = {}
        """The pages of folders, by prefix and token; under all else there is nothing."""
        self.listed: list[tuple[str, str | None, str, str | None]] = []
        self.pages: dict[tuple[str, str, str | None], ListedPage | AwsFailure] = {}
        """The pages of listings, by bucket, prefix and token; under all else there is nothing."""
        self.callers: dict[str, Caller | AwsFailure] = {}
        """Who is signed in by what a region says, where that differs."""
        self.who: Caller | AwsFailure | None = None
        """Who is signed in, where that differs from the snapshot's caller."""
        self.ahead: timedelta | None = None
        self.asked_regions: list[str] = []
        self.asked_about: list[tuple[str, str | None]] = []
        self.uses: list[RoleUse | AwsFailure] = []
        """What is told of the role's use, one answer after the other, the last again and again;
        without any it is a role of ``MOMENT`` that was never used."""
        self.histories: list[Visits] = []
        """What the event history tells of UbiQuity, likewise; without any it is empty."""
        self.trust: TrustWritten | AwsFailure | None = None
        self.looked_in: list[tuple[datetime, tuple[str, ...]]] = []
        """The looks into the event history: since when, and in which regions besides."""
        self._documents: dict[tuple[str, str], object] = {}

    @property
    def applied_kinds(self) -> list[ChangeKind]:
        """The kinds of the changes that were made, in order."""
        return [change.kind for change in self.applied]

    async def caller(self) -> Caller | AwsFailure:
        return self.who or self.snapshot.caller or REFUSED

    async def caller_in(self, region: str) -> Caller | AwsFailure:
        self.asked_regions.append(region)
        await self._pass()
        return self.callers.get(region) or self.snapshot.caller or REFUSED

    def clock_ahead(self) -> timedelta | None:
        return self.ahead

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        self.listed.append((bucket, region, prefix, token))
        await self._pass()
        return self.pages.get((bucket, prefix, token), ListedPage(0))

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> CountSoFar | AwsFailure:
        return await _counted(partial(self.list_page, bucket, region, prefix), on_progress)

    async def read_snapshot(
        self,
        draft: Draft,
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> Snapshot:
        del draft
        if on_progress:
            on_progress("reading")
        await self._pass()
        if on_call:
            for call in self.call_times:
                on_call(call)
        return self.snapshot

    async def last_use(self) -> RoleUse | AwsFailure:
        await self._pass()
        if not self.uses:
            return RoleUse(MOMENT, NEVER_USED, self.snapshot.role.trust_policy, self.clock)
        return self.uses.pop(0) if len(self.uses) > 1 else self.uses[0]

    async def visits(self, draft: Draft, since: datetime, also: Sequence[str] = ()) -> Visits:
        del draft
        self.looked_in.append((since, tuple(also)))
        await self._pass()
        if not self.histories:
            return Visits(regions=("us-east-1",))
        return self.histories.pop(0) if len(self.histories) > 1 else self.histories[0]

    async def trust_written(
        self, draft: Draft, since: datetime
    ) -> TrustWritten | AwsFailure | None:
        del draft, since
        return self.trust

    async def offered_buckets(self) -> tuple[OfferedBucket, ...] | AwsFailure:
        return self.offered

    async def bucket_settings(self, bucket: str, region: str | None) -> BucketSettings | AwsFailure:
        self.asked_about.append((bucket, region))
        await self._pass()
        return self.settings.get(bucket, BucketSettings())

    async def list_folders(
        self, bucket: str, region: str | None, prefix: str, token: str | None
    ) -> FolderPage | AwsFailure:
        self.listed.append((bucket, region, prefix, token))
        await self._pass()
        return self.folders.get((prefix, token), FolderPage())

    async def own_permissions(self, needed: Sequence[NeededAction]) -> OwnPermissions | AwsFailure:
        self.needed = list(needed)
        return self.permissions

    async def present(self, change: Change) -> Present | AwsFailure:
        fault = self._next_fault(f"present {change.kind}")
        if fault is not None:
            return failure_of(fault, f"iam:Get {change.kind}")
        value = value_at(self.snapshot, change)
        policy = self.snapshot.customer_policy
        is_policy = policy.state is State.FOUND and policy.arn == change.target
        if isinstance(value, Mapping) and "version" in value and value.get("document") is None:
            document = self._documents.get((change.target, str(value["version"])))
            value = {**value, "document": document}
        tags = policy.tags if is_policy else self.snapshot.role.tags
        version = policy.version if is_policy else None
        settings = _settings_there(self.snapshot, change)
        return Present(value, version, MADE_BY_TAG in (tags or {}), settings, self.clock)

    async def apply(self, change: Change) -> Made | AwsFailure:
        await self._pass()
        fault = self._next_fault(str(change.kind))
        if fault is not None and not fault.takes_effect:
            return failure_of(fault, rules_of(change).action)
        coming = self.failures.get(change.kind, [])
        failure = coming.pop(0) if coming else None
        failure = failure or refusal_in_memory(self.snapshot, change)
        if failure is not None:
            return failure
        made = self._make(change)
        return failure_of(fault, rules_of(change).action) if fault else made

    async def _pass(self) -> None:
        if self.gate is not None:
            await self.gate.pass_through()

    def _next_fault(self, name: str) -> Fault | None:
        others = self.between.pop(len(self.calls), None)
        if others is not None:
            others()
        self.calls.append(name)
        return self.faults.pop(len(self.calls) - 1, None)

    def _make(self, change: Change) -> Made:
        self._remember_default()
        ours = {MADE_BY_TAG: __version__} if makes_something(change) else {}
        tags = {**_mapping(change.settings.get("tags")), **ours}
        made = replace(change, settings={**change.settings, "tags": tags})
        self.snapshot = after_changes(self.snapshot, [made])
        self._remember_default()
        self.applied.append(change)
        version = self.snapshot.customer_policy.version if ":policy/" in change.target else None
        return Made(version, tagged=bool(ours), at=self.clock)

    def others_do(self, changes: Sequence[Change]) -> None:
        """Let somebody else make ``changes``, whatever is there."""
        self._remember_default()
        self.snapshot = after_changes(self.snapshot, changes)
        self._remember_default()

    def _remember_default(self) -> None:
        """Keep the document of the policy's default version, for when it is no more the default."""
        policy = self.snapshot.customer_policy
        if policy.arn and policy.version:
            self._documents[(policy.arn, policy.version)] = policy.document


def _settings_there(snapshot: Snapshot, change: Change) -> Mapping[str, object] | None:
    """Return what the role or policy that ``change`` deletes would be made anew with."""
    role, policy = snapshot.role, snapshot.customer_policy
    if value_at(snapshot, change) is None:
        return None
    if change.kind is ChangeKind.DELETE_ROLE:
        boundary = role.permissions_boundary
        return ChangeSettings(
            tags=role.tags or {},
            permissions_boundary=boundary.arn if boundary else None,
            max_session_duration=role.max_session_duration,
        ).to_json()
    is_deleted = change.kind is ChangeKind.DELETE_POLICY
    return ChangeSettings(tags=policy.tags or {}).to_json() if is_deleted else None


def refusal_in_memory(snapshot: Snapshot, change: Change) -> AwsFailure | None:
    """Return why IAM would not make ``change`` in an account as ``snapshot`` has it."""
    is_of_iam = change.target.startswith("arn:aws:iam:")
    code = _code(snapshot, change) if is_of_iam else None
    return AwsFailure(rules_of(change).action, code, "AWS says no", 409) if code else None


def _code(snapshot: Snapshot, change: Change) -> str | None:
    target = snapshot.role if ":role/" in change.target else snapshot.customer_policy
    is_there = target.state is State.FOUND
    if change.kind in (ChangeKind.CREATE_ROLE, ChangeKind.CREATE_POLICY):
        return "EntityAlreadyExists" if is_there else None
    if not is_there or target.arn != change.target or _lacks(snapshot, change):
        return "NoSuchEntity"
    if change.kind is ChangeKind.CREATE_POLICY_VERSION:
        return "LimitExceeded" if len(snapshot.customer_policy.versions or ()) >= 5 else None
    return "DeleteConflict" if _is_in_use(snapshot, change) else None


def _lacks(snapshot: Snapshot, change: Change) -> bool:
    versions = snapshot.customer_policy.versions
    if change.kind is ChangeKind.ATTACH_POLICY:
        return snapshot.customer_policy.state is not State.FOUND
    if change.kind is ChangeKind.DETACH_POLICY:
        return value_at(snapshot, change) is None
    if change.kind is ChangeKind.DELETE_POLICY_VERSION and versions is not None:
        return _mapping(change.before)["version"] not in [version.id for version in versions]
    return False


def _is_in_use(snapshot: Snapshot, change: Change) -> bool:
    role, policy = snapshot.role, snapshot.customer_policy
    if change.kind is ChangeKind.DELETE_ROLE:
        return bool(role.attached_policies or role.inline_policies)
    if change.kind is ChangeKind.DELETE_POLICY:
        attached = any(entry.arn == change.target for entry in role.attached_policies)
        return attached or len(policy.versions or ()) > 1
    is_deleted = change.kind is ChangeKind.DELETE_POLICY_VERSION
    return is_deleted and _mapping(change.before)["version"] == policy.version


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


async def _answer_time() -> None:
    """Let others have their turns meanwhile, as they have while AWS is asked."""
    for _ in range(4):
        await asyncio.sleep(0)


class FakeObjects:
    """The objects of buckets as S3 keeps them, by bucket and key.

    In a ``versioned`` bucket old versions stay, and a delete marker stands for what was deleted.
    """

    def __init__(self, *, versioned: bool = False) -> None:
        self.versioned = versioned
        self.bodies: dict[tuple[str, str], bytes] = {}
        self.kept: list[LeftOver] = []
        """The versions and delete markers, as AWS told of them."""
        self.written: list[tuple[str, str]] = []
        self.deleted: list[tuple[str, str]] = []

    def put(self, bucket: str, key: str, body: bytes, kms_key: str | None) -> Stored | AwsFailure:
        """Keep an object where there is none yet."""
        if (bucket, key) in self.bodies:
            return AwsFailure("s3:PutObject", "PreconditionFailed", "did not hold", 412, "req-9")
        self.bodies[bucket, key] = body
        self.written.append((bucket, key))
        return Stored(self._keep(LeftKind.VERSION, bucket, key), kms_key)

    def delete(self, bucket: str, key: str) -> Deleted:
        """Delete an object, whether it is there or not."""
        self.deleted.append((bucket, key))
        self.bodies.pop((bucket, key), None)
        return Deleted(self._keep(LeftKind.MARKER, bucket, key))

    def _keep(self, kind: LeftKind, bucket: str, key: str) -> str | None:
        if not self.versioned:
            return None
        version = f"{kind}-{len(self.kept)}"
        self.kept.append(LeftOver(kind, bucket, key, version))
        return version


class FakeRoleSession:
    """The role once assumed. ``pages`` are the coming answers for a bucket and prefix.

    What was not planned for is refused. Objects that nobody wrote hold an ``x``. ``answers`` are
    AWS's coming answers to a method (``write_new``): a failure, or None for what it does; a failure
    whose effect is unknown takes effect all the same. Like a thread, a call that was sent runs to
    its end, whoever waits for it; ``before`` is called before each, and ``hanging`` methods are
    never answered.
    """

    def __init__(
        self,
        pages: Mapping[tuple[str, str], Sequence[ListedPage | AwsFailure]],
        objects: FakeObjects | None = None,
        kms_key: str | None = None,
    ) -> None:
        self._pages = {place: list(answers) for place, answers in pages.items()}
        self._kms_key = kms_key
        self.objects = objects or FakeObjects()
        self.answers: dict[str, list[AwsFailure | None]] = {}
        self.asked: list[tuple[str, str, str, str | None]] = []
        self.read: list[tuple[str, str, int | None]] = []
        self.before: Callable[[str], None] = lambda _method: None
        self.hanging: set[str] = set()
        self.running: set[asyncio.Task[object]] = set()

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        self.asked.append((bucket, region, prefix, token))
        self.before("list_page")
        await _answer_time()
        coming = self._pages.get((bucket, prefix))
        return coming.pop(0) if coming else NOT_LISTED

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> CountSoFar | AwsFailure:
        return await _counted(partial(self.list_page, bucket, region, prefix), on_progress)

    async def read_object(
        self, bucket: str, region: str, key: str, most: int | None = None
    ) -> Fetched | AwsFailure:
        del region
        self.read.append((bucket, key, most))
        body = self.objects.bodies.get((bucket, key), b"x")
        return await self._sent("read_object", lambda: Fetched(body[:most], self._kms_key))

    async def write_new(
        self, bucket: str, region: str, key: str, body: bytes
    ) -> Stored | AwsFailure:
        del region
        put = partial(self.objects.put, bucket, key, body, self._kms_key)
        return await self._sent("write_new", put)

    async def copy_object(
        self, bucket: str, region: str, source: str, target: str
    ) -> Stored | AwsFailure:
        del region
        body = self.objects.bodies.get((bucket, source), b"")
        put = partial(self.objects.put, bucket, target, body, self._kms_key)
        return await self._sent("copy_object", put)

    async def delete_object(self, bucket: str, region: str, key: str) -> Deleted | AwsFailure:
        del region
        return await self._sent("delete_object", lambda: self.objects.delete(bucket, key))

    async def _sent(self, method: str, effect: Callable[[], T | AwsFailure]) -> T | AwsFailure:
        self.before(method)
        coming = self.answers.get(method, [])
        failure = coming.pop(0) if coming else None

        async def at_aws() -> T | AwsFailure:
            await _answer_time()
            outcome = effect() if failure is None or failure.took_effect_unknown else failure
            if method in self.hanging:
                await asyncio.Event().wait()
            await _answer_time()
            return failure or outcome

        call = asyncio.ensure_future(at_aws())
        self.running.add(call)
        call.add_done_callback(self.running.discard)
        return await asyncio.shield(call)

    async def all_answered(self) -> None:
        """Wait for what was sent, but for what is never answered."""
        if self.running and not self.hanging:
            await asyncio.wait(set(self.running))


class FakeUbiquity:
    """UbiQuity's identity. Answers come in order, the last one again and again.

    They do so in each region. ``without`` and ``wrong`` are the answers where no External ID is
    named, or another than the first one that was.
    """

    WRONG: Final = "wrong"
    """What ``asked`` has in the place of an External ID that is made up."""

    def __init__(
        self,
        answers: Sequence[FakeRoleSession | AwsFailure],
        without: FakeRoleSession | AwsFailure = DENIED,
        wrong: FakeRoleSession | AwsFailure = DENIED,
    ) -> None:
        self._answers = answers
        self.in_region: dict[str | None, list[FakeRoleSession | AwsFailure]] = {}
        """The coming answers of a region; of one that is not in it they are those given."""
        self._without = without
        self._wrong = wrong
        self._right: str | None = None
        self.asked: list[tuple[str, str | None]] = []
        self.regions: list[str | None] = []
        self.gate: Gate | None = None

    async def assume_role(
        self, role_arn: str, external_id: str | None, region: str | None = None
    ) -> FakeRoleSession | AwsFailure:
        self._right = self._right or external_id
        is_wrong = external_id not in (None, self._right)
        self.asked.append((role_arn, self.WRONG if is_wrong else external_id))
        self.regions.append(region)
        await _answer_time()
        if self.gate is not None:
            await self.gate.pass_through()
        if external_id is None:
            return self._without
        if is_wrong:
            return self._wrong
        coming = self.in_region.setdefault(region, list(self._answers))
        return coming.pop(0) if len(coming) > 1 else coming[0]


class FakePracticeUbiquity:
    """The practice UbiQuity; ``answers`` are the coming ones, the last again and again."""

    def __init__(self, *answers: PressedTest) -> None:
        self._answers = list(answers)
        self.pressed = 0

    async def press_test_connection(self, draft: Draft) -> tuple[PressedTest, ...]:
        del draft
        self.pressed += 1
        return (self._answers.pop(0) if len(self._answers) > 1 else self._answers[0],)


class FakeAccounts:
    """Where sign-ins come from; ``answers`` are the coming ones, the last again and again."""

    def __init__(
        self,
        *answers: SignedIn | AwsFailure,
        practice: bool = True,
        found: tuple[Profile, ...] | AwsFailure = (),
    ) -> None:
        self.practice = practice
        self.practice_examples: tuple[PracticeExample, ...] = ()
        self.practice_ubiquity: PracticeUbiquity | None = None
        self.practice_spreads = False
        self.asked: list[SignInWay] = []
        self.asked_about: list[tuple[str, str | None]] = []
        self.public: dict[str, BucketSettings | AwsFailure] = {}
        """What AWS tells of buckets to anybody."""
        self.reached: Reached | AwsFailure = Reached()
        self.resets = 0
        self.pasted: PastedSignIns | None = None
        self.ask_code: AskForCode | None = None
        self.gate: Gate | None = None
        self._answers = list(answers)
        self._found = found

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        return self._found

    async def sign_in(self, way: SignInWay) -> SignedIn | AwsFailure:
        self.asked.append(way)
        if self.gate is not None:
            await self.gate.pass_through()
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def ask_codes_with(self, ask: AskForCode) -> None:
        self.ask_code = ask

    async def region_names(self) -> Mapping[str, str]:
        return {"ap-southeast-2": "Asia Pacific (Sydney)", "us-east-1": "US East (N. Virginia)"}

    async def reach(self) -> Reached | AwsFailure:
        return self.reached

    async def bucket_region(self, name: str, near: str | None) -> BucketSettings | AwsFailure:
        self.asked_about.append((name, near))
        if self.gate is not None:
            await self.gate.pass_through()
        return self.public.get(name, BucketSettings(is_there=False))

    async def reset(self) -> None:
        self.resets += 1

    def close(self) -> None:
        """There is nothing to stop."""


def signed_in(
    aws: FakeCustomer, ubiquity: FakeUbiquity | None = None, account: str = ACCOUNT
) -> SignedIn:
    """Return a sign-in of ``account`` to ``aws``."""
    return SignedIn(Caller(f"arn:aws:iam::{account}:user/jo", account), aws, ubiquity)
