"""Reading the snapshot: all facts that a draft turns on, at once, and none of them changed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.aws.bucket_facts import read_bucket
from app.aws.caller import ASK_CALLER, ask_caller
from app.aws.organization import read_organization_denies
from app.aws.policy_facts import read_customer_policy
from app.aws.reading import AccountReading
from app.aws.role_facts import (
    AskedRole,
    ask_for_role,
    is_missing,
    read_role,
    read_similar_roles,
)
from app.core.draft import Draft
from app.core.failure import AwsFailure, wrong_account
from app.core.guide import ROLE_NAME
from app.core.i18n import tr
from app.core.snapshot import (
    BucketFacts,
    Caller,
    CustomerPolicy,
    OrganizationDeny,
    RoleFacts,
    SimilarRole,
    Snapshot,
    State,
)

TellProgress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _AccountFacts:
    """What IAM knows."""

    role: RoleFacts = field(default_factory=lambda: RoleFacts(State.UNREADABLE))
    policy: CustomerPolicy = field(default_factory=lambda: CustomerPolicy(State.UNREADABLE))
    similar: tuple[SimilarRole, ...] = ()
    denies: tuple[OrganizationDeny, ...] = ()


async def read_snapshot(
    reading: AccountReading,
    draft: Draft,
    captured_at: datetime,
    tell: TellProgress,
    known: Caller | AwsFailure | None = None,
) -> Snapshot:
    """Return what AWS has of all that ``draft`` turns on.

    Never fails: what can't be read is named in the snapshot, and a network or a sign-in that
    does not work is an observation in it. ``tell`` is told what is being read. Who is signed in is
    asked first: a stranger's sign-in asks nothing of the role, and one that does not work nothing
    at all. Where that is ``known`` from before, all is asked at once, and counts if it is still so;
    ``known`` as a failure is that of a sign-in which could not be renewed just now.
    """
    tell(tr("Asking AWS who is signed in"))
    beside = reading.aside()

    def asked() -> Caller | AwsFailure:
        return known if isinstance(known, AwsFailure) else ask_caller(reading.clients)

    early = None
    if isinstance(known, Caller):
        early = asyncio.create_task(_all_facts(beside, draft, known, tell))
    try:
        caller = await reading.ask(ASK_CALLER, asked, what="caller")
        if isinstance(caller, AwsFailure):
            reading.miss("caller", caller)
        unanswered = isinstance(caller, AwsFailure) and caller.finding is not None
        if isinstance(caller, AwsFailure) and caller.finding:
            account, buckets = _nothing(reading, draft, caller)
        elif early is not None and caller == known:
            account, buckets = await early
            reading.adopt(beside)
        else:
            account, buckets = await _all_facts(reading, draft, caller, tell)
    finally:
        if early is not None:
            early.cancel()
    return Snapshot(
        captured_at=captured_at,
        caller=None if isinstance(caller, AwsFailure) else caller,
        role=account.role,
        customer_policy=account.policy,
        buckets=tuple(buckets),
        similar_roles=account.similar,
        organization_denies=account.denies,
        observations=reading.observations,
        unreadable=reading.unreadable,
        endpoint=None if unanswered else reading.clients.other_endpoint,
    )


async def _all_facts(
    reading: AccountReading, draft: Draft, caller: Caller | AwsFailure, tell: TellProgress
) -> tuple[_AccountFacts, list[BucketFacts]]:
    return await asyncio.gather(
        _account_facts(reading, draft, caller, tell), _bucket_facts(reading, draft, tell)
    )


def _nothing(
    reading: AccountReading, draft: Draft, failure: AwsFailure
) -> tuple[_AccountFacts, list[BucketFacts]]:
    """Where not even the caller is known, every other call would fail the same way, and slowly."""
    reading.miss("role", failure)
    reading.miss("customer_policy", failure)
    for index in range(len(draft.bucket_names)):
        reading.miss(f"buckets[{index}]", failure)
    return _AccountFacts(), [BucketFacts(name, State.UNREADABLE) for name in draft.bucket_names]


async def _account_facts(
    reading: AccountReading, draft: Draft, caller: Caller | AwsFailure, tell: TellProgress
) -> _AccountFacts:
    if isinstance(caller, Caller):
        stranger = wrong_account("iam:GetRole", draft.account_id, caller.account)
        if stranger:
            reading.miss("role", stranger)
            reading.miss("customer_policy", stranger)
            return _AccountFacts()
    tell(tr("Reading the role and its policies"))
    asked = asyncio.create_task(ask_for_role(reading))
    role, policy, similar, denies = await asyncio.gather(
        read_role(reading, asked),
        read_customer_policy(reading),
        _similar_roles(reading, asked),
        _organization_denies(reading, draft, asked),
    )
    return _AccountFacts(role, policy, similar, denies)


async def _similar_roles(reading: AccountReading, asked: AskedRole) -> tuple[SimilarRole, ...]:
    """Read them where the role is missing, or there by a name that is written otherwise."""
    role = await asked
    if isinstance(role, AwsFailure):
        return await read_similar_roles(reading) if is_missing(role) else ()
    return () if role["RoleName"] == ROLE_NAME else await read_similar_roles(reading)


async def _organization_denies(
    reading: AccountReading, draft: Draft, asked: AskedRole
) -> tuple[OrganizationDeny, ...]:
    role = await asked
    if isinstance(role, AwsFailure):
        return ()
    return await read_organization_denies(reading, draft, role["Arn"])


async def _bucket_facts(
    reading: AccountReading, draft: Draft, tell: TellProgress
) -> list[BucketFacts]:
    readings = []
    for index, name in enumerate(draft.bucket_names):
        tell(tr("Reading bucket {bucket}").format(bucket=name))
        entries = [entry for entry in draft.buckets if entry.name == name]
        readings.append(read_bucket(reading, index, entries))
    return await asyncio.gather(*readings)
