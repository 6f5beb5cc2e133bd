"""Proving that access has ended: trying as UbiQuity, and reading the account anew."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from app.core.change import Plan
from app.core.choices import Choice
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.iam.work import Work
from app.core.journal import Journal
from app.core.observation import Observation
from app.core.revoking.begun import buckets_before
from app.core.revoking.open_sessions import closed_at, sessions_until
from app.core.revoking.plan import databases_of, revoke_plan
from app.core.revoking.proof import Proof, proof_of
from app.core.revoking.remains import with_remains
from app.core.snapshot import Snapshot
from app.flow.clocks import Sleep
from app.flow.connection.checks import CheckState, ConnectionResult
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.ports.aws import CustomerAws, UbiquityAws
from app.flow.review import Review, purpose_of
from app.flow.revoking import with_buckets
from app.flow.thinking import beside_the_window

PROOF_WAITS: Final = (2.0, 3.0, 5.0, 10.0)
"""Seconds: IAM tells of a change everywhere within seconds, seldom later (IAM User Guide,
"Changes that I make are not always immediately visible")."""

_WORST_FIRST: Final = ("allowed", "unknown", "denied")


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
        draft = with_buckets(draft, buckets_before(run))
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
