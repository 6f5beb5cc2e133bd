"""The role's last use as IAM tells it, and the watch for UbiQuity over a network that fails."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from app.aws.account import CustomerAccount
from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.role_facts import read_last_use
from app.core.failure import AwsFailure
from app.core.guide import EXAMPLE_DATABASE_ID, ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.core.snapshot import NEVER_USED, LastUse
from app.flow.connection.watch import VisitWatch, WatchState
from tests.aws.doubles import ACCOUNT, REGION, Front, answer, draft, keys, raises
from tests.aws.setups import TRUST

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

AT: Final = datetime(2026, 11, 26, 10, 2, tzinfo=UTC)
OWN: Final = AT + timedelta(days=1)
TOLD: Final = "Thu, 26 Nov 2026 11:00:00 GMT"


def _role(**more: object) -> dict[str, object]:
    return {
        "Path": "/",
        "RoleName": ROLE_NAME,
        "RoleId": "AROAEXAMPLEROLEID0001",
        "Arn": role_arn(ACCOUNT),
        "CreateDate": AT - timedelta(days=9),
        "AssumeRolePolicyDocument": json.dumps(TRUST),
        **more,
    }


@pytest.mark.parametrize(
    ("more", "use", "headers", "told"),
    [
        (
            {"RoleLastUsed": {"LastUsedDate": AT, "Region": REGION}},
            LastUse(AT, REGION),
            {"date": TOLD},
            AT.replace(hour=11, minute=0),
        ),
        ({"RoleLastUsed": {"LastUsedDate": AT}}, LastUse(AT), {"date": "soon"}, OWN),
        ({"RoleLastUsed": {}}, NEVER_USED, {}, OWN),
        ({}, NEVER_USED, {}, OWN),
    ],
)
def test_when_and_where_and_by_whose_clock(
    more: dict[str, object], use: LastUse, headers: dict[str, str], told: datetime
) -> None:
    calls = Calls(Clients(keys("http://127.0.0.1:1"), None, lambda: OWN))
    head = {"RequestId": "one", "HTTPStatusCode": 200, "HTTPHeaders": headers}
    with Stubber(calls.clients.iam()) as stub:
        stub.add_response(
            "get_role", {"Role": _role(**more), "ResponseMetadata": head}, {"RoleName": ROLE_NAME}
        )
        found = asyncio.run(read_last_use(calls, lambda: OWN))
    assert not isinstance(found, AwsFailure)
    assert (found.last_used, found.at, found.account_id) == (use, told, ACCOUNT)
    assert found.created_at == AT - timedelta(days=9)


def test_a_role_that_is_not_there(account: CustomerAccount) -> None:
    missing = asyncio.run(account.last_use())
    assert isinstance(missing, AwsFailure)
    assert (missing.code, missing.finding) == ("NoSuchEntity", None)


def _visit(at: datetime) -> str:
    record = {
        "userIdentity": {"type": "AWSAccount", "accountId": UBIQUITY_ACCOUNT},
        "eventTime": at.isoformat(timespec="seconds"),
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "requestParameters": {"roleArn": role_arn(ACCOUNT), "externalId": EXAMPLE_DATABASE_ID},
    }
    return json.dumps({"Events": [{"CloudTrailEvent": json.dumps(record)}]})


def test_a_watch_goes_on_by_itself_once_the_network_is_back(
    account: CustomerAccount, front: Front, iam: "IAMClient"
) -> None:
    trust = json.dumps(TRUST)
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=trust)
    offline = raises(EndpointConnectionError(endpoint_url="https://aws"))
    front.answers |= {"iam.GetRole": offline, "cloudtrail.LookupEvents": offline}
    told: list[WatchState] = []

    async def sleep(_seconds: float) -> None:
        front.answers.pop("iam.GetRole", None)
        seen = _visit(datetime.now(UTC) + timedelta(seconds=2))
        front.answers["cloudtrail.LookupEvents"] = answer(200, seen)

    ended = asyncio.run(VisitWatch(draft(), account, sleep=sleep).run(told.append))
    assert [state.trouble.finding if state.trouble else None for state in told] == [
        None,
        "env.offline",
        None,
    ]
    assert ended.visit is not None
    assert ended.visit.external_id == "right"
