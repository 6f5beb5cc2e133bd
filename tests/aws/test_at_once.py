"""What of a reading goes on side by side; what was asked in vain is not noted."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.account import CustomerAccount
from app.aws.calls import Calls
from app.aws.reading import AccountReading
from app.core.snapshot import Snapshot, State
from tests.aws.doubles import ACCOUNT, Front, answer, keys
from tests.aws.setups import DRAFT, Whole

PAIRS = [
    ("s3.HeadBucket", "s3.ListObjectsV2"),
    ("s3.HeadBucket", "s3.GetBucketEncryption"),
    ("iam.GetRole", "iam.ListAttachedRolePolicies"),
    ("iam.GetRole", "iam.ListRolePolicies"),
    ("iam.GetRole", "s3.HeadBucket"),
    ("iam.GetPolicyVersion", "iam.SimulatePrincipalPolicy"),
    ("s3.GetObjectTagging", "s3.HeadObject"),
]
"""An answer that comes only once the other was asked for: whoever waits for it first fails."""
EXPIRED = answer(
    400,
    "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>It has expired.</Message></Error>"
    "<RequestId>R1</RequestId></ErrorResponse>",
)
SOMEBODY = answer(
    200,
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::444455556666:user/jo"
    "</Arn><Account>444455556666</Account></GetCallerIdentityResult><ResponseMetadata>"
    "<RequestId>R1</RequestId></ResponseMetadata></GetCallerIdentityResponse>",
)


@pytest.fixture
def account(server: str, whole: Whole, front: Front) -> CustomerAccount:  # noqa: ARG001 - they stand
    return CustomerAccount(keys(server))


def _read(account: CustomerAccount) -> Snapshot:
    return asyncio.run(account.read_snapshot(DRAFT))


def _let_wait(front: Front, held: str, for_another: str) -> None:
    asked, before = threading.Event(), front.answers.get(for_another)

    def hold(_request: AWSPreparedRequest) -> AWSResponse | None:
        assert asked.wait(5), f"{for_another} waits for {held}"
        return None

    def tell(request: AWSPreparedRequest) -> AWSResponse | None:
        asked.set()
        return before(request) if before else None

    front.answers |= {held: hold, for_another: tell}


@pytest.mark.parametrize(("held", "for_another"), PAIRS)
def test_what_need_not_wait_does_not(
    account: CustomerAccount, front: Front, held: str, for_another: str
) -> None:
    _let_wait(front, held, for_another)
    snapshot = _read(account)
    assert (snapshot.role.state, snapshot.buckets[0].state) == (State.FOUND, State.FOUND)
    assert snapshot.unreadable == ()


def test_a_sign_in_that_is_known_waits_not_even_for_itself(
    account: CustomerAccount, front: Front
) -> None:
    asyncio.run(account.caller())
    _let_wait(front, "sts.GetCallerIdentity", "iam.GetPolicyVersion")
    assert _read(account).role.state is State.FOUND


def test_a_known_sign_in_that_has_ended_says_that_alone(
    account: CustomerAccount, front: Front
) -> None:
    asyncio.run(account.caller())
    front.answers["sts.GetCallerIdentity"] = EXPIRED
    front.refuse("s3.ListObjectsV2", "iam.GetRole", code="ExpiredToken", status=400)
    snapshot = _read(account)
    assert [seen.action for seen in snapshot.observations] == ["sts:GetCallerIdentity"]
    assert {entry.what for entry in snapshot.unreadable} == {
        "caller",
        "role",
        "customer_policy",
        "buckets[0]",
    }
    del front.answers["sts.GetCallerIdentity"], front.answers["iam.GetRole"]
    assert _read(account).role.state is State.FOUND


def test_who_has_become_somebody_else_is_a_stranger(account: CustomerAccount, front: Front) -> None:
    asyncio.run(account.caller())
    front.answers["sts.GetCallerIdentity"] = SOMEBODY
    snapshot = _read(account)
    assert snapshot.caller is not None
    assert snapshot.caller.account == "444455556666"
    assert snapshot.role.state is State.UNREADABLE


def test_a_strangers_sign_in_asks_nothing_of_the_role(
    account: CustomerAccount, front: Front
) -> None:
    front.answers["sts.GetCallerIdentity"] = SOMEBODY
    _read(account)
    assert not [name for name in front.operations if name.startswith("iam.")]


@pytest.mark.parametrize("code", ["NoSuchEntity", "AccessDenied"])
def test_what_was_asked_in_vain_is_not_noted(
    account: CustomerAccount, front: Front, code: str
) -> None:
    front.refuse("iam.GetRole", code=code, status=404 if code == "NoSuchEntity" else 403)
    front.refuse("iam.ListAttachedRolePolicies", "iam.ListRolePolicies")
    missed = [entry.what for entry in _read(account).unreadable]
    assert missed == ([] if code == "NoSuchEntity" else ["role"])


class _Counted:
    """Calls that count how many of them are under way at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def run(self, _action: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return work()


@pytest.mark.parametrize(("action", "most"), [("iam:GetPolicy", 8), ("s3:GetObject", 32)])
def test_iam_is_asked_by_few_at_once(action: str, most: int) -> None:
    counted = _Counted()

    async def ask_often() -> None:
        now = datetime(2026, 11, 29, tzinfo=UTC)
        reading = AccountReading(cast("Calls", counted), ACCOUNT, lambda: now)
        readings = [reading, reading.aside()]
        await asyncio.gather(*(readings[n % 2].ask(action, lambda: None) for n in range(100)))

    asyncio.run(ask_often())
    assert counted.most == most
