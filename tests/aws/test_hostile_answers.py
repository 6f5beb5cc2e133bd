"""Whatever answers in the place of AWS, each call ends in a value, and none counts as done."""

import asyncio
from collections.abc import Iterator

import pytest

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.aws.ubiquity import UbiquityAccount
from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.core.snapshot import Caller, State
from app.core.wording.failures import failure_words
from tests.aws.doubles import ACCOUNT, REGION, draft
from tests.aws.hostile_server import REPLIES, Hostile, hostile

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CREATE = Change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust_policy("x"), True)
UPDATE = Change(ChangeKind.UPDATE_TRUST_POLICY, role_arn(ACCOUNT), {}, trust_policy("x"), True)
PUT_KEY = Change(ChangeKind.PUT_KEY_POLICY, KEY, {}, {"Statement": []}, True)


@pytest.fixture(params=sorted(REPLIES))
def server(request: pytest.FixtureRequest) -> Iterator[Hostile]:
    with hostile(REPLIES[request.param]) as running:
        yield running


def _account(server: Hostile, *, known: bool = False) -> CustomerAccount:
    account = CustomerAccount(GivenKeys(server.url, "AKIAADMIN", "secret", read_timeout=5))
    if known:
        vars(account)["_caller"] = Caller(f"arn:aws:iam::{ACCOUNT}:user/jo", ACCOUNT)
        vars(account)["_caller_key"] = "AKIAADMIN"
    return account


def test_who_is_signed_in_is_a_failure_with_words(server: Hostile) -> None:
    answer = asyncio.run(_account(server).caller())
    assert isinstance(answer, AwsFailure)
    assert failure_words(answer).text


@pytest.mark.parametrize("change", [CREATE, UPDATE, PUT_KEY], ids=lambda c: c.kind)
def test_no_change_is_taken_for_made(server: Hostile, change: Change) -> None:
    answer = asyncio.run(_account(server, known=True).apply(change))
    assert isinstance(answer, AwsFailure), answer
    assert server.asked
    # Only an answer that is plainly a refusal says that nothing was done.
    refused = answer.http_status is not None and 300 <= answer.http_status < 500
    assert answer.took_effect_unknown or refused
    assert failure_words(answer).text


@pytest.mark.parametrize("change", [CREATE, UPDATE, PUT_KEY], ids=lambda c: c.kind)
def test_what_is_there_is_not_known(server: Hostile, change: Change) -> None:
    answer = asyncio.run(_account(server, known=True).present(change))
    assert isinstance(answer, AwsFailure), answer


def test_a_snapshot_of_it_says_nothing_but_that(server: Hostile) -> None:
    snapshot = asyncio.run(_account(server).read_snapshot(draft()))
    assert snapshot.caller is None
    assert snapshot.role.state is State.UNREADABLE
    assert snapshot.buckets[0].state is State.UNREADABLE
    assert snapshot.buckets[0].policy is None


def test_ubiquity_is_not_let_in(server: Hostile) -> None:
    account = UbiquityAccount(GivenKeys(server.url, "AKIAUBIQUITY", "secret", read_timeout=5))
    assert isinstance(asyncio.run(account.assume_role(role_arn(ACCOUNT), "x")), AwsFailure)
