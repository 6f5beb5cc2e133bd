"""Reading for a revocation, with and without a draft, and the proof afterwards."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from app.core.changes.applied import after_changes
from app.core.choices import Choices, RevokeWay
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import EXAMPLE_DATABASE_ID, UBIQUITY_ROOT_ARN
from app.core.journal import RunKind, StepState, new_journal
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import Evidence
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot, State
from app.core.wording.grounds import grounds_words
from app.flow.connection.ended import PROOF_WAITS, prove, prove_end
from app.flow.ports.aws import CallTime
from app.flow.revoking import read_for_revoking
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    MOMENT,
    PLAIN,
    REGION,
    ROLE_ARN,
    bucket_facts,
    kms_key,
    untouched,
    whole,
)
from tests.helpers.fakes import FakeCustomer

MORE = "acme-more"


class Reading(FakeCustomer):
    """An account of which only the buckets of a draft are read, as AWS is asked for them."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self.asked: list[Draft] = []

    async def read_snapshot(
        self,
        draft: Draft,
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> Snapshot:
        self.asked.append(draft)
        whole = await super().read_snapshot(draft, on_progress, on_call)
        by_name = {bucket.name: bucket for bucket in whole.buckets}
        return replace(whole, buckets=tuple(by_name[name] for name in draft.bucket_names))


def _with_more(snapshot: Snapshot) -> Snapshot:
    """Return an account whose policy grants one bucket more, with the same key."""
    entries = (*ENCRYPTED.buckets, BucketEntry(MORE, REGION))
    policy = replace(snapshot.customer_policy, document=permissions_policy(entries))
    more = bucket_facts(MORE, kms_key())
    return replace(snapshot, customer_policy=policy, buckets=(*snapshot.buckets, more))


def test_without_a_draft_the_account_itself_tells() -> None:
    aws = Reading(_with_more(whole(ENCRYPTED)))
    sought, snapshot = asyncio.run(read_for_revoking(aws, ACCOUNT, None))
    assert sought is not None
    assert (sought.database_id, sought.bucket_names) == (DATABASE_ID, (BUCKET, MORE))
    assert [draft.bucket_names for draft in aws.asked] == [(), (BUCKET, MORE)]
    assert [bucket.kms_key.arn for bucket in snapshot.buckets if bucket.kms_key] == [KEY_ARN] * 2


def test_a_draft_is_read_with_what_the_policies_grant_besides() -> None:
    aws = Reading(_with_more(whole(ENCRYPTED)))
    sought, snapshot = asyncio.run(read_for_revoking(aws, ACCOUNT, ENCRYPTED))
    assert sought is not None
    assert sought.buckets[:1] == ENCRYPTED.buckets
    assert [bucket.name for bucket in snapshot.buckets] == [BUCKET, MORE]


def test_one_reading_is_enough_where_nothing_more_is_granted() -> None:
    told: list[str] = []
    aws = Reading(whole(PLAIN))
    sought, _ = asyncio.run(read_for_revoking(aws, ACCOUNT, PLAIN, told.append))
    assert (sought, len(aws.asked), told) == (PLAIN, 1, ["reading"])


def test_nothing_is_there() -> None:
    aws = Reading(replace(untouched(PLAIN), buckets=()))
    sought, snapshot = asyncio.run(read_for_revoking(aws, ACCOUNT, None))
    assert sought is None
    assert aws.asked == [Draft(ACCOUNT, EXAMPLE_DATABASE_ID, ())]
    assert (
        revoke_plan(snapshot, RevokeWay.DELETE_ROLE, ACCOUNT, None, Choices(), MOMENT).changes == ()
    )


def test_the_proof_is_made_from_a_fresh_reading() -> None:
    aws = Reading(whole(PLAIN))
    before = asyncio.run(prove(aws, PLAIN))[1]
    assert (before.decision, before.is_ended) == ("allowed", False)
    wanted = revoke_plan(aws.snapshot, RevokeWay.CHANGE_TRUST, ACCOUNT, PLAIN, Choices(), MOMENT)
    aws.snapshot = after_changes(aws.snapshot, wanted.changes)
    _, after = asyncio.run(prove(aws, PLAIN))
    assert (after.decision, after.evidence) == ("denied", Evidence.PREDICTED)
    assert "UbiQuityAccessRevoked" in grounds_words(after.because)
    aws.snapshot = replace(aws.snapshot, role=replace(aws.snapshot.role, state=State.MISSING))
    _, gone = asyncio.run(prove(aws, PLAIN))
    assert (gone.decision, gone.evidence) == ("denied", Evidence.OBSERVED)
    assert grounds_words(gone.because) == "There is no such role."


def test_what_ubiquity_itself_was_refused_is_verified() -> None:
    aws = Reading(whole(PLAIN))
    refused = {"Sid": "No", "Effect": "Deny", "Principal": {"AWS": UBIQUITY_ROOT_ARN}}
    trust = {"Version": "2012-10-17", "Statement": [{**refused, "Action": "sts:AssumeRole"}]}
    aws.snapshot = replace(aws.snapshot, role=replace(aws.snapshot.role, trust_policy=trust))
    seen = Observation(
        at=MOMENT,
        identity=Identity.UBIQUITY,
        action="sts:AssumeRole",
        outcome=ObservedOutcome.DENIED,
        resource=ROLE_ARN,
        external_id="right",
        code="AccessDenied",
    )
    _, proof = asyncio.run(prove(aws, PLAIN, seen=(seen,)))
    assert (proof.decision, proof.evidence) == ("denied", Evidence.VERIFIED)


def test_of_several_databases_the_worst_off_is_told() -> None:
    aws = Reading(whole(PLAIN))
    other = "aBcDeFgHiJkLmNoPqRsTuV"
    role = replace(aws.snapshot.role, trust_policy=trust_policy(other))
    aws.snapshot = replace(aws.snapshot, role=role)
    assert asyncio.run(prove(aws, PLAIN))[1].decision == "denied"
    assert asyncio.run(prove(aws, PLAIN, (other,)))[1].decision == "allowed"


def test_who_still_gets_in_beside_the_one_that_lost_access_is_told() -> None:
    aws = Reading(whole(PLAIN))
    role = replace(aws.snapshot.role, trust_policy=trust_policy("aBcDeFgHiJkLmNoPqRsTuV"))
    aws.snapshot = replace(aws.snapshot, role=role)
    proof = asyncio.run(prove(aws, PLAIN))[1]
    assert (proof.is_ended, proof.others_go_on) == (True, True)
    aws.snapshot = replace(aws.snapshot, role=replace(role, state=State.MISSING))
    proof = asyncio.run(prove(aws, PLAIN))[1]
    assert (proof.is_ended, proof.others_go_on) == (True, False)


def test_aws_is_given_time_to_show_what_was_done() -> None:
    aws, waited = Reading(whole(PLAIN)), []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            aws.snapshot = replace(aws.snapshot, role=untouched(PLAIN).role)

    _, proof = asyncio.run(prove(aws, PLAIN, waits=PROOF_WAITS, sleep=sleep))
    assert proof.is_ended
    assert waited == list(PROOF_WAITS[:2])
    aws.snapshot = whole(PLAIN)
    waited.clear()
    _, still = asyncio.run(prove(aws, PLAIN, waits=PROOF_WAITS[:1], sleep=sleep))
    assert (still.decision, waited) == ("allowed", list(PROOF_WAITS[:1]))


def test_the_proof_tells_until_when_open_sessions_go_on() -> None:
    """By AWS's own time of the trust change, and the role's own maximum."""
    aws, changed = Reading(whole(PLAIN)), MOMENT + timedelta(hours=3)
    role = replace(aws.snapshot.role, trust_policy={}, max_session_duration=7200)
    aws.snapshot = replace(aws.snapshot, role=role)
    wanted = revoke_plan(whole(PLAIN), RevokeWay.CHANGE_TRUST, ACCOUNT, PLAIN, Choices(), MOMENT)
    run = new_journal(kind=RunKind.REVOKE, account_id=ACCOUNT, changes=wanted.changes, now=MOMENT)
    step = replace(run.steps[0], state=StepState.DONE, at=MOMENT, aws_at=changed)
    run = replace(run, steps=(step,))
    proof = asyncio.run(prove_end(aws, PLAIN, run=run, waits=()))
    assert proof.sessions_until == changed + timedelta(hours=2)
    # Nobody knows when: one may have been opened just before the account was read.
    proof = asyncio.run(prove_end(aws, PLAIN, waits=()))
    assert proof.sessions_until == aws.snapshot.captured_at + timedelta(hours=2)
    aws.snapshot = replace(aws.snapshot, role=replace(role, state=State.MISSING))
    assert asyncio.run(prove_end(aws, PLAIN, run=run, waits=())).sessions_until is None
