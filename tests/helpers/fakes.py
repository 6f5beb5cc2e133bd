"""Fakes of ``app.flow.ports``: an AWS account in memory, and whoever signs in to it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.profile import Profile
from app.core.snapshot import (
    BucketFacts,
    Caller,
    CustomerPolicy,
    PolicyDocument,
    RoleFacts,
    Snapshot,
    State,
)
from app.flow.ports import ListedPage, PracticeExample, SignedIn
from tests.helpers.drafts import ACCOUNT, PLAIN, untouched

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
        """Wait until a call has come to the gate."""
        await self._arrived.wait()

    def open(self) -> None:
        """Let all calls through."""
        self._open.set()


class FakeCustomer:
    """A customer's account in memory: changes that are applied show in the next snapshot.

    ``failures`` are AWS's answers to the coming changes of a kind, None for a confirmation;
    a change without an answer there is made. ``gate`` holds every call.
    """

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.snapshot = untouched(PLAIN) if snapshot is None else snapshot
        self.applied: list[Change] = []
        self.failures: dict[ChangeKind, list[AwsFailure | None]] = {}
        self.gate: Gate | None = None

    @property
    def applied_kinds(self) -> list[ChangeKind]:
        """The kinds of the changes that were made, in order."""
        return [change.kind for change in self.applied]

    async def caller(self) -> Caller | AwsFailure:
        return self.snapshot.caller or REFUSED

    async def read_snapshot(
        self, draft: Draft, on_progress: Callable[[str], None] | None = None
    ) -> Snapshot:
        del draft
        if on_progress:
            on_progress("reading")
        await self._pass()
        return self.snapshot

    async def apply(self, change: Change) -> AwsFailure | None:
        await self._pass()
        coming = self.failures.get(change.kind, [])
        failure = coming.pop(0) if coming else None
        if failure is None:
            failure = self._make(change)
        if failure is None:
            self.applied.append(change)
        return failure

    async def _pass(self) -> None:
        if self.gate is not None:
            await self.gate.pass_through()

    def _make(self, change: Change) -> AwsFailure | None:
        match change.kind:
            case ChangeKind.CREATE_ROLE:
                trust = change.after
                role = RoleFacts(State.FOUND, change.target, ROLE_NAME, "/", trust)
                self.snapshot = replace(self.snapshot, role=role)
            case ChangeKind.CREATE_POLICY:
                policy = CustomerPolicy(State.FOUND, change.target, "v1", change.after)
                self.snapshot = replace(self.snapshot, customer_policy=policy)
            case ChangeKind.ATTACH_POLICY:
                return self._attach()
            case ChangeKind.PUT_KEY_POLICY:
                buckets = tuple(_with_key_policy(b, change) for b in self.snapshot.buckets)
                self.snapshot = replace(self.snapshot, buckets=buckets)
            case _:
                raise NotImplementedError(change.kind)
        return None

    def _attach(self) -> AwsFailure | None:
        role, policy = self.snapshot.role, self.snapshot.customer_policy
        if role.state is not State.FOUND or policy.state is not State.FOUND:
            return NOT_THERE
        entry = PolicyDocument(POLICY_NAME, policy.document, policy.arn, policy.version)
        attached = replace(role, attached_policies=(*role.attached_policies, entry))
        self.snapshot = replace(self.snapshot, role=attached)
        return None


def _with_key_policy(bucket: BucketFacts, change: Change) -> BucketFacts:
    key = bucket.kms_key
    if key is None or key.arn != change.target:
        return bucket
    return replace(bucket, kms_key=replace(key, policy=change.after))


class FakeRoleSession:
    """The role once assumed. ``pages`` are the coming answers for a bucket and prefix."""

    def __init__(self, pages: Mapping[tuple[str, str], Sequence[ListedPage | AwsFailure]]) -> None:
        self._pages = {place: list(answers) for place, answers in pages.items()}
        self.asked: list[tuple[str, str, str, str | None]] = []

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        self.asked.append((bucket, region, prefix, token))
        return self._pages[(bucket, prefix)].pop(0)


class FakeUbiquity:
    """UbiQuity's identity. Answers come in order, the last one again and again."""

    def __init__(
        self,
        answers: Sequence[FakeRoleSession | AwsFailure],
        without: FakeRoleSession | AwsFailure = DENIED,
    ) -> None:
        self._answers = list(answers)
        self._without = without
        self.asked: list[tuple[str, str | None]] = []
        self.gate: Gate | None = None

    async def assume_role(
        self, role_arn: str, external_id: str | None
    ) -> FakeRoleSession | AwsFailure:
        self.asked.append((role_arn, external_id))
        if self.gate is not None:
            await self.gate.pass_through()
        if external_id is None:
            return self._without
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


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
        self.asked: list[str | None] = []
        self.resets = 0
        self._answers = list(answers)
        self._found = found

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        return self._found

    async def sign_in(self, profile: str | None) -> SignedIn | AwsFailure:
        self.asked.append(profile)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    async def region_names(self) -> Mapping[str, str]:
        return {"ap-southeast-2": "Asia Pacific (Sydney)", "us-east-1": "US East (N. Virginia)"}

    async def reset(self) -> None:
        self.resets += 1

    def close(self) -> None:
        """There is nothing to stop."""


def signed_in(
    aws: FakeCustomer, ubiquity: FakeUbiquity | None = None, account: str = ACCOUNT
) -> SignedIn:
    """Return a sign-in of ``account`` to ``aws``."""
    return SignedIn(Caller(f"arn:aws:iam::{account}:user/jo", account), aws, ubiquity)
