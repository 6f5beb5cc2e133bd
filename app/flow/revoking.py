"""Taking access away: reading what is there, with or without a draft, and proving that it ended.

``review_revocation`` reads and plans; its answer is what somebody agrees to, and
``app.flow.run.course`` carries it out. ``prove_end`` then reads the account anew.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from app.core.change import Plan
from app.core.choices import Choice, Choices
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.iam.work import Work
from app.core.journal import Journal
from app.core.revoking.begun import buckets_before, databases_before
from app.core.revoking.granted_buckets import granted_buckets
from app.core.revoking.open_sessions import closed_at, sessions_until
from app.core.revoking.plan import databases_of, revoke_plan
from app.core.revoking.proof import Proof, proof_of
from app.core.revoking.remains import with_remains
from app.core.snapshot import Observation, Snapshot
from app.flow.clocks import Sleep
from app.flow.connection import CheckState, ConnectionResult, ConnectionTest
from app.flow.ports import CustomerAws, SignedIn, UbiquityAws
from app.flow.review import Purpose, Review, purpose_of, with_permissions
from app.flow.thinking import beside_the_window

_START: Final = "us-east-1"
"""Where the search for a bucket begins whose region nobody told: S3 answers with the right one."""

PROOF_WAITS: Final = (2.0, 3.0, 5.0, 10.0)
"""Seconds: IAM tells of a change everywhere within seconds, seldom later (IAM User Guide,
"Changes that I make are not always immediately visible")."""

_WORST_FIRST: Final = ("allowed", "unknown", "denied")

Tell = Callable[[str], None]


async def review_revocation(
    account: SignedIn,
    purpose: Purpose,
    choices: Choices,
    now: datetime,
    on_progress: Tell | None = None,
) -> Review:
    """Read the account and return what would be taken away there.

    ``account`` is a sign-in to the account of the purpose's draft, if there is one
    (``app.flow.accounts``). ``on_progress`` is told in a few words what is being read.
    """
    account_id = account.caller.account
    sought, snapshot = await read_for_revoking(account.aws, account_id, purpose.draft, on_progress)
    unplanned = Review(purpose, account_id, snapshot, choices, Plan(()), sought=sought)
    # Many buckets take a while to think about, and the window goes on meanwhile.
    review = await beside_the_window(lambda work: revocation_with(unplanned, choices, now, work))
    return await with_permissions(review, account)


def revocation_with(
    review: Review, choices: Choices, now: datetime, work: Work | None = None
) -> Review:
    """Return ``review`` planned with other ``choices``, from what was read before.

    Sessions that are ended are those that began before ``now`` (UTC). Raises ValueError for the
    review of a set-up, which has no way to revoke.
    """
    draft, how = review.purpose.draft, review.purpose.how
    if how is None:
        raise ValueError("This is not the review of a revocation.")
    changes = revoke_plan(review.snapshot, how, review.account_id, draft, choices, now, work)
    return replace(review, choices=choices, plan=changes)


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
    whole = _with_buckets(sought, granted_buckets(snapshot))
    if whole != sought:
        snapshot = await aws.read_snapshot(whole, on_progress)
    return (whole if draft or databases else None), snapshot


def _with_buckets(draft: Draft, names: Iterable[str]) -> Draft:
    """Return ``draft`` with an entry for each bucket of ``names`` that it lacks."""
    more = tuple(BucketEntry(name, _START) for name in names if name not in draft.bucket_names)
    return replace(draft, buckets=(*draft.buckets, *more))


def sought_after(run: Journal) -> Draft:
    """Return the details that the account is read for once ``run``, known by itself, has ended.

    Where it has no draft and tells of no database, any External ID at all has to be refused.
    """
    databases = databases_before(run)
    return run.draft or Draft(run.account_id, (*databases, EXAMPLE_DATABASE_ID)[0], ())


def lost_databases(run: Journal) -> tuple[str, ...]:
    """Return the External IDs that lost access by ``run`` beside its draft's own."""
    everyone = run.draft is None or Choice.EVERYONE in run.choices.chosen
    return databases_before(run) if everyone else ()


def losing_databases(review: Review) -> tuple[str, ...]:
    """Return the External IDs of the databases that lose access beside the draft's own.

    All that the role lets in, where no draft is given or everybody's access is to end.
    """
    everyone = review.purpose.draft is None or Choice.EVERYONE in review.choices.chosen
    return databases_of(review.snapshot) if everyone else ()


async def prove_end(
    aws: CustomerAws,
    draft: Draft,
    others: Iterable[str] = (),
    ubiquity: UbiquityAws | None = None,
    *,
    review: Review | None = None,
    run: Journal | None = None,
    waits: Sequence[float] = PROOF_WAITS,
    sleep: Sleep = asyncio.sleep,
) -> Proof:
    """Try with UbiQuity's own identity, where there is one, then read the account for the proof.

    ``run`` is the run that took the access away, if it was one; it tells since when nobody gets
    in, and which buckets it was about. ``others``, ``review`` and ``waits`` are as for ``prove``;
    without ``review`` what is left is told by what the run was begun for.
    """
    if run is not None:
        draft = _with_buckets(draft, buckets_before(run))
    observations = await _try_as(ubiquity, draft, waits, sleep) if ubiquity else ()
    snapshot, proof = await prove(
        aws, draft, others, observations, wish=review or run, waits=waits, sleep=sleep
    )
    until = sessions_until(snapshot, closed_at(run) if run else None)
    return replace(proof, sessions_until=until)


async def _try_as(
    ubiquity: UbiquityAws, draft: Draft, waits: Sequence[float], sleep: Sleep
) -> tuple[Observation, ...]:
    """Try as UbiQuity, and again while it still works: AWS spreads the change for a while."""
    result = await _tested(ubiquity, draft)
    for seconds in waits:
        if result.checks[0].state is not CheckState.PASSED:
            break
        await sleep(seconds)
        result = await _tested(ubiquity, draft)
    return result.observations


async def _tested(ubiquity: UbiquityAws, draft: Draft) -> ConnectionResult:
    return await ConnectionTest(draft, ubiquity, lambda _result: None).run()


async def prove(
    aws: CustomerAws,
    draft: Draft,
    others: Iterable[str] = (),
    seen: tuple[Observation, ...] = (),
    *,
    wish: Review | Journal | None = None,
    waits: Sequence[float] = (),
    sleep: Sleep = asyncio.sleep,
) -> tuple[Snapshot, Proof]:
    """Read the account anew and return it with what it says of UbiQuity's access.

    ``others`` are External IDs of further databases whose access should have ended: the proof
    is that of the one that is worst off. ``seen`` is what a test with UbiQuity's own identity
    observed since, if there was one. ``wish`` is what was agreed to: planned anew, it tells
    what is left. AWS may tell of what was for some seconds: while anything is to be taken away
    still it is asked again after each of ``waits``, which are seconds.
    """
    databases = tuple(dict.fromkeys((draft.database_id, *others)))
    snapshot, proof = await _proof(aws, draft, databases, seen, wish)
    for wait in waits:
        if not proof.may_be_late:
            break
        await sleep(wait)
        snapshot, proof = await _proof(aws, draft, databases, seen, wish)
    return snapshot, proof


async def _proof(
    aws: CustomerAws,
    draft: Draft,
    databases: Iterable[str],
    seen: tuple[Observation, ...],
    wish: Review | Journal | None,
) -> tuple[Snapshot, Proof]:
    snapshot = (await aws.read_snapshot(draft)).with_observations(*seen)

    def thought_through(work: Work) -> Proof:
        proof = worst_proof(draft, databases, snapshot, work)
        return with_remains(proof, snapshot, _planned_anew(wish, snapshot, work), work)

    # Many buckets take a while to think about, and the window goes on meanwhile.
    return snapshot, await beside_the_window(thought_through)


def _planned_anew(wish: Review | Journal | None, snapshot: Snapshot, work: Work) -> Plan | None:
    """Return the revocation planned on what is there now; sessions are another matter."""
    if wish is None:
        return None
    purpose = wish.purpose if isinstance(wish, Review) else purpose_of(wish)
    if purpose.how is None:
        return None
    choices = replace(wish.choices, chosen=wish.choices.chosen - {Choice.END_SESSIONS})
    at = snapshot.captured_at
    return revoke_plan(snapshot, purpose.how, wish.account_id, purpose.draft, choices, at, work)


def worst_proof(
    draft: Draft, databases: Iterable[str], snapshot: Snapshot, work: Work | None = None
) -> Proof:
    """Return what ``snapshot`` says of the one of ``databases`` whose access has ended least.

    It tells too whether any other database is still let in: then UbiQuity itself is not refused.
    """

    def proof_for(database: str) -> Proof:
        return proof_of(diagnose(replace(draft, database_id=database), snapshot, work))

    ended = tuple(databases)
    worst = min(map(proof_for, ended), key=lambda proof: _WORST_FIRST.index(proof.decision))
    others = (one for one in databases_of(snapshot) if one not in ended)
    return replace(worst, others_go_on=any(not proof_for(one).is_ended for one in others))
