"""What is pasted for a check without a sign-in is followed, whatever is typed meanwhile."""

import asyncio
from datetime import UTC, datetime

import pytest

from app.core.documents.document_text import document_text
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.fields.form import form_of
from app.core.guide import role_arn
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.places import NOWHERE, DocumentPlace
from app.core.pasted_documents.wanted import Want
from app.core.report import Verdict
from app.core.snapshot import State
from app.flow.checking import CheckedAccount
from app.flow.wizard.paste_actions import PasteActions
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, PLAIN

TRUST = document_text(trust_policy(DATABASE_ID))
PERMISSIONS = document_text(permissions_policy(PLAIN.buckets))
AT = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def store() -> SetupStore:
    store = SetupStore(practice=False)
    store.fill(form_of(PLAIN))
    return store


@pytest.fixture
def pasting(store: SetupStore) -> PasteActions:
    return PasteActions(store, lambda: AT)


def checked(store: SetupStore) -> CheckedAccount | None:
    return store.state.connection.checked


def missing(store: SetupStore) -> set[Want]:
    return {wanted.want for wanted in store.state.pasted.wanted if wanted.is_missing}


def test_what_is_pasted_is_recognised_and_diagnosed_once_asked(
    store: SetupStore, pasting: PasteActions
) -> None:
    pasting.paste(f"{role_arn(ACCOUNT)}\n{TRUST}")
    asyncio.run(pasting.follow())
    assert len(store.state.pasted.placed) == 2
    assert checked(store) is None
    assert missing(store) == {
        Want.PERMISSIONS,
        Want.OTHER_POLICIES,
        Want.BOUNDARY,
        Want.BUCKET_POLICY,
        Want.OWNER,
        Want.ENCRYPTION,
    }
    pasting.ask()
    pasting.add(PERMISSIONS)
    for want in missing(store) - {Want.PERMISSIONS}:
        pasting.tell(want, BUCKET, on=True)
    asyncio.run(pasting.follow())
    found = checked(store)
    assert found is not None
    assert found.report.verdict is Verdict.READY
    assert found.snapshot.captured_at == AT
    assert found.snapshot.caller is None
    assert not found.can_mend
    assert missing(store) == set()
    pasting.tell(Want.BOUNDARY, "", on=False)
    assert checked(store) is None  # it was of what is there no more
    asyncio.run(pasting.follow())
    assert missing(store) == {Want.BOUNDARY}


def test_what_is_typed_while_it_is_worked_out_is_followed_too(
    store: SetupStore, pasting: PasteActions
) -> None:
    pasting.paste(TRUST)

    async def typed_meanwhile() -> None:
        following = asyncio.create_task(pasting.follow())
        await asyncio.sleep(0)
        pasting.paste(PERMISSIONS)
        await following

    asyncio.run(typed_meanwhile())
    (only,) = store.state.pasted.placed
    assert only.place == DocumentPlace(DocumentKind.PERMISSIONS)
    assert store.state.pasted.is_followed(PLAIN)


def test_other_details_are_followed_anew(store: SetupStore, pasting: PasteActions) -> None:
    pasting.paste(TRUST)
    asyncio.run(pasting.follow())
    store.fill(form_of(ENCRYPTED))
    assert not store.state.pasted.is_followed(store.state.draft)
    asyncio.run(pasting.follow())
    assert Want.KEY in missing(store)


def test_nothing_is_diagnosed_where_nothing_is_used(
    store: SetupStore, pasting: PasteActions
) -> None:
    pasting.paste(TRUST)
    pasting.ask()
    asyncio.run(pasting.follow())
    assert checked(store) is not None
    (one,) = store.state.pasted.placed
    pasting.choose(one.document.mark, NOWHERE)
    asyncio.run(pasting.follow())
    assert checked(store) is None
    pasting.choose(one.document.mark, DocumentPlace(DocumentKind.TRUST))
    asyncio.run(pasting.follow())
    assert checked(store) is not None


def test_a_fault_brings_the_document_to_save(store: SetupStore, pasting: PasteActions) -> None:
    others = '{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, '
    others += '"Action": "sts:AssumeRole"}'
    wrong = TRUST.replace(DATABASE_ID, "another").replace(
        '"Statement": [', f'"Statement": [{others},'
    )
    pasting.paste(f"{wrong}\n{PERMISSIONS.replace('s3:GetObject', 's3:GetObjectAcl')}")
    for want in (Want.OTHER_POLICIES, Want.OWNER, Want.BUCKET_POLICY):
        pasting.tell(want, BUCKET, on=True)
    pasting.ask()
    asyncio.run(pasting.follow())
    found = checked(store)
    assert found is not None
    trust, permissions = (str(change.after) for change in found.to_save)
    assert DATABASE_ID in trust
    assert "ec2.amazonaws.com" in trust
    assert "'s3:GetObject'" in permissions
    assert found.snapshot.role.state is State.FOUND
