"""Taking access away: reading what is there, with or without a draft, and proving that it ended."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final

from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.revoking.granted_buckets import granted_buckets
from app.core.revoking.plan import databases_of
from app.core.revoking.proof import Proof, proof_of
from app.core.snapshot import Observation, Snapshot
from app.flow.ports import CustomerAws

_START: Final = "us-east-1"
"""Where the search for a bucket begins whose region nobody told: S3 answers with the right one."""

PROOF_WAITS: Final = (2.0, 3.0, 5.0, 10.0)
"""Seconds: IAM tells of a change everywhere within seconds, seldom later (IAM User Guide,
"Changes that I make are not always immediately visible")."""

_WORST_FIRST: Final = ("allowed", "unknown", "denied")

Tell = Callable[[str], None]


async def read_for_revoking(
    aws: CustomerAws, account_id: str, draft: Draft | None, on_progress: Tell | None = None
) -> tuple[Draft | None, Snapshot]:
    """Read what the access consists of; return what was looked for, and what was found.

    Buckets that only the policies name are read as well, since our statement may be in their
    keys' policies. Without ``draft`` the one that is returned holds what the account itself
    tells: the first database of the trust policy, and the buckets of the policies. It is None
    where no database is let in.
    """
    sought = draft or Draft(account_id, EXAMPLE_DATABASE_ID, ())
    snapshot = await aws.read_snapshot(sought, on_progress)
    databases = databases_of(snapshot)
    if draft is None and databases:
        sought = replace(sought, database_id=databases[0])
    more = [name for name in granted_buckets(snapshot) if name not in sought.bucket_names]
    if more:
        found = tuple(BucketEntry(name, _START) for name in more)
        sought = replace(sought, buckets=(*sought.buckets, *found))
        snapshot = await aws.read_snapshot(sought, on_progress)
    return (sought if draft or databases else None), snapshot


async def prove(
    aws: CustomerAws,
    draft: Draft,
    others: Iterable[str] = (),
    seen: tuple[Observation, ...] = (),
    *,
    waits: Sequence[float] = (),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> tuple[Snapshot, Proof]:
    """Read the account anew and return it with what it says of UbiQuity's access.

    ``others`` are External IDs of further databases whose access should have ended: the proof
    is that of the one that is worst off. ``seen`` is what a test with UbiQuity's own identity
    observed since, if there was one. AWS may tell of what was for some seconds: while access has
    not ended it is asked again after each of ``waits``, which are seconds.
    """
    databases = tuple(dict.fromkeys((draft.database_id, *others)))
    snapshot, proof = await _proof(aws, draft, databases, seen)
    for wait in waits:
        if proof.is_ended:
            break
        await sleep(wait)
        snapshot, proof = await _proof(aws, draft, databases, seen)
    return snapshot, proof


async def _proof(
    aws: CustomerAws,
    draft: Draft,
    databases: Iterable[str],
    seen: tuple[Observation, ...],
) -> tuple[Snapshot, Proof]:
    snapshot = (await aws.read_snapshot(draft)).with_observations(*seen)
    # Many buckets take a while to think about, and the window goes on meanwhile.
    return snapshot, await asyncio.to_thread(worst_proof, draft, databases, snapshot)


def worst_proof(draft: Draft, databases: Iterable[str], snapshot: Snapshot) -> Proof:
    """Return what ``snapshot`` says of the one of ``databases`` whose access has ended least.

    It tells too whether any other database is still let in: then UbiQuity itself is not refused.
    """

    def proof_for(database: str) -> Proof:
        return proof_of(diagnose(replace(draft, database_id=database), snapshot))

    ended = tuple(databases)
    worst = min(map(proof_for, ended), key=lambda proof: _WORST_FIRST.index(proof.decision))
    others = (one for one in databases_of(snapshot) if one not in ended)
    return replace(worst, others_go_on=any(not proof_for(one).is_ended for one in others))
