"""A revocation in the window that an earlier start left: gone on with, and proved as any other."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.change import ChangeKind
from app.core.draft import Draft
from app.core.fields.form import form_of
from app.core.guide import ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.revoking.proof import Proof
from app.core.snapshot import PolicyVersion, Snapshot, State
from app.flow.ports.aws import CallTime
from app.flow.run.memory_journals import MemoryJournals
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Flow, Revoking
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, PLAIN, whole
from tests.helpers.fakes import REFUSED, FakeAccounts, FakeCustomer, signed_in
from tests.helpers.records import unkept

MIXED = [UBIQUITY_ROOT_ARN, f"arn:aws:iam::{ACCOUNT}:root"]


def _with_mixed_access() -> Snapshot:
    """Return a whole set-up with a statement that lets UbiQuity, and others, in past the role."""
    snapshot = whole(PLAIN)
    (bucket,) = snapshot.buckets
    statement = {"Effect": "Allow", "Principal": {"AWS": MIXED}, "Action": "s3:*"}
    statement["Resource"] = f"arn:aws:s3:::{bucket.name}/*"
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    versions = (PolicyVersion("v1", None, default=True),)
    return replace(
        snapshot,
        buckets=(replace(bucket, policy=policy),),
        customer_policy=replace(
            snapshot.customer_policy, versions=versions, attached_to=(ROLE_NAME,)
        ),
    )


class OfDraft(FakeCustomer):
    """An account of which only the buckets of a draft are read, as AWS is asked for them."""

    async def read_snapshot(
        self,
        draft: Draft,
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> Snapshot:
        snapshot = await super().read_snapshot(draft, on_progress, on_call)
        named = tuple(b for b in snapshot.buckets if b.name in draft.bucket_names)
        return replace(snapshot, buckets=named)


def _actions(
    aws: FakeCustomer, journals: MemoryJournals, details: Draft | None
) -> tuple[SetupStore, SetupActions]:
    store = SetupStore(practice=True)
    if details is not None:
        store.fill(form_of(details))
    store.begin(Flow.REVOKE)
    store.choose_revoking(Revoking.DELETE_ROLE)
    return store, SetupActions(store, FakeAccounts(signed_in(aws)), unkept(journals))


def _gone_on_with(aws: FakeCustomer, details: Draft | None, refused: ChangeKind) -> Proof:
    """Revoke, be refused at ``refused``, and go on after a new start; return the proof."""
    journals = MemoryJournals()
    aws.failures = {refused: [REFUSED]}
    _, first = _actions(aws, journals, details)

    async def revoke() -> None:
        await first.revoking.prepare()
        await first.revoking.revoke()

    asyncio.run(revoke())
    store, again = _actions(aws, journals, None)
    asyncio.run(again.past.look_for_interrupted())
    again.past.take_up()
    asyncio.run(again.revoking.go_on())
    assert aws.snapshot.role.state is State.MISSING
    assert store.state.revocation.proof is not None
    return store.state.revocation.proof


@pytest.mark.parametrize("refused", [ChangeKind.DELETE_ROLE, ChangeKind.DELETE_POLICY])
@pytest.mark.parametrize("details", [PLAIN, None], ids=["details", "the account alone"])
def test_its_proof_tells_what_is_left(details: Draft | None, refused: ChangeKind) -> None:
    """By what the run was begun for: the policy that named the bucket is gone by then."""
    proof = _gone_on_with(OfDraft(_with_mixed_access()), details, refused)
    assert proof.is_ended
    assert [part.target for part in proof.left] == [f"arn:aws:s3:::{PLAIN.buckets[0].name}"]
    assert [way.who for way in proof.direct] == [(UBIQUITY_ROOT_ARN,)]
    assert not proof.is_whole


def test_it_is_whole_where_nothing_is_left() -> None:
    snapshot = _with_mixed_access()
    (bucket,) = snapshot.buckets
    aws = OfDraft(replace(snapshot, buckets=(replace(bucket, policy=None),)))
    assert _gone_on_with(aws, None, ChangeKind.DELETE_ROLE).is_whole


def test_a_proof_ends_with_what_it_proved() -> None:
    """Once the access is given back, nothing says any more that it has ended."""
    store, actions = _actions(FakeCustomer(whole(PLAIN)), MemoryJournals(), PLAIN)

    async def revoke() -> None:
        await actions.revoking.prepare()
        await actions.revoking.revoke()

    asyncio.run(revoke())
    assert store.state.revocation.proof is not None
    asyncio.run(actions.revoking.runs.undo())
    run = store.state.revocation.run
    assert run is not None
    assert run.undone
    assert store.state.revocation.proof is None
