"""The snapshot where AWS has nothing of it, or does not answer."""

import asyncio
from datetime import UTC, datetime

import pytest

from app.aws.access import DefaultChain
from app.aws.account import CustomerAccount
from app.core.draft import Draft
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.snapshot import BucketFacts, Snapshot, State, Unreadable
from tests.aws.doubles import BUCKET, Front, keys, refusal
from tests.aws.setups import DRAFT

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def account(url: str, front: Front) -> CustomerAccount:  # noqa: ARG001 - it stands in front
    return CustomerAccount(keys(url), clock=lambda: NOON)


def _read(account: CustomerAccount, wanted: Draft = DRAFT) -> Snapshot:
    return asyncio.run(account.read_snapshot(wanted))


def _again(snapshot: Snapshot) -> Snapshot:
    again = read_snapshot(dump_snapshot(snapshot), "snapshot.json")
    assert isinstance(again, Snapshot)
    return again


def test_nothing_there_is_not_the_same_as_not_read(account: CustomerAccount) -> None:
    snapshot = _read(account)
    assert snapshot.role.state is State.MISSING
    assert snapshot.customer_policy.state is State.MISSING
    assert snapshot.buckets == (BucketFacts(BUCKET, State.MISSING),)
    assert snapshot.unreadable == ()


def test_a_sign_in_that_has_expired_is_an_observation(
    account: CustomerAccount, front: Front
) -> None:
    front.answers["sts.GetCallerIdentity"] = refusal("sts", "ExpiredToken", message="It expired")
    snapshot = _read(account)
    assert snapshot.observations == (
        Observation(
            at=NOON,
            identity=Identity.CUSTOMER,
            action="sts:GetCallerIdentity",
            outcome=ObservedOutcome.FAILED,
            code="ExpiredToken",
            message="It expired",
            request_id="R1",
        ),
    )
    assert (snapshot.caller, snapshot.role.state) == (None, State.UNREADABLE)
    assert snapshot.buckets == (BucketFacts(BUCKET, State.UNREADABLE),)
    assert snapshot.unreadable == tuple(
        Unreadable(what, "ExpiredToken", "It expired")
        for what in ("caller", "role", "customer_policy", "buckets[0]")
    )
    assert front.operations == ["sts.GetCallerIdentity"]
    assert _again(snapshot).observations == snapshot.observations


def test_no_network_is_an_observation(
    monkeypatch: pytest.MonkeyPatch, elsewhere: list[str]
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    snapshot = _read(CustomerAccount(DefaultChain()))
    assert [seen.code for seen in snapshot.observations] == ["EndpointConnectionError"]
    assert set(elsewhere) == {"sts.us-east-1.amazonaws.com"}


def test_what_is_being_read_is_told(account: CustomerAccount) -> None:
    told: list[str] = []
    asyncio.run(account.read_snapshot(DRAFT, told.append))
    assert told == [
        "Asking AWS who is signed in",
        "Reading the role and its policies",
        f"Reading bucket {BUCKET}",
    ]
