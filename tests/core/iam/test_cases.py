"""A key that nobody knows may not matter: "unless the outcome is the same either way".

Issue 3, "Three requests, three contexts".
"""

from collections.abc import Sequence

import pytest

from app.core.iam.cases import cases_of
from app.core.iam.context import Context
from app.core.iam.decision import Decision, Reason, decide_key, decide_same_account
from app.core.iam.requests import kms_request, s3_request
from app.core.iam.work import Work
from tests.core.iam.papers import (
    AT,
    KEY,
    PLACE,
    ROOT,
    SESSION_OF_ROLE,
    Json,
    allow,
    deny,
    policy,
)

YES, NO, UNSURE = Decision.ALLOWED, Decision.DENIED, Decision.UNKNOWN
SSE = "s3:x-amz-server-side-encryption"
VPCE = "aws:SourceVpce"
OWN = "s3:x-amz-acl"


def when(operator: str, key: str, value: object) -> dict[str, object]:
    """Return the Condition element with one condition, as a keyword."""
    return {"Condition": {operator: {key: value}}}


SETTLED: dict[str, tuple[Sequence[Json], Decision]] = {
    "two denies that leave nothing": (
        [
            allow(),
            deny(**when("StringNotEquals", SSE, "AES256")),
            deny(**when("StringNotEquals", SSE, "aws:kms")),
        ],
        NO,
    ),
    "two denies that leave one value": (
        [
            allow(),
            deny(**when("StringNotEquals", SSE, ["AES256", "aws:kms"])),
            deny(**when("StringNotEquals", SSE, "aws:kms")),
        ],
        UNSURE,
    ),
    "two grants for either case": (
        [allow(**when("Null", VPCE, "true")), allow(**when("Null", VPCE, "false"))],
        YES,
    ),
    "grants for one value and all others": (
        [allow(**when("StringEquals", VPCE, "a")), allow(**when("StringNotEquals", VPCE, "a"))],
        YES,
    ),
    "grants for one value and another": (
        [allow(**when("StringEquals", VPCE, "a")), allow(**when("StringEquals", VPCE, "b"))],
        UNSURE,
    ),
    "one condition that contradicts itself": (
        [allow(Condition={"StringEquals": {VPCE: "a"}, "StringNotEquals": {VPCE: "a"}})],
        NO,
    ),
    "two keys at once": (
        [
            allow(Condition={"Null": {VPCE: "true"}}),
            allow(Condition={"Null": {VPCE: "false", OWN: "true"}}),
            allow(Condition={"Null": {VPCE: "false", OWN: "false"}}),
        ],
        YES,
    ),
    "a pattern beside them leaves it open": (
        [
            allow(),
            deny(**when("StringNotEquals", SSE, "AES256")),
            deny(**when("StringLike", SSE, "AES*")),
            deny(**when("StringLike", SSE, "x*")),
        ],
        NO,
    ),
    "a pattern decides for the rest": (
        [allow(**when("StringLike", OWN, "a*")), allow(**when("StringNotEquals", OWN, "b"))],
        UNSURE,
    ),
    # "Availability – … except when the requester uses a VPC endpoint to make the request"
    "all other addresses and all other endpoints": (
        [
            allow(),
            deny(**when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24")),
            deny(**when("StringNotEquals", VPCE, "vpce-1")),
        ],
        NO,
    ),
    "all other addresses, and those of endpoints": (
        [
            allow(),
            deny(Condition={"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
            deny(**when("StringNotEqualsIfExists", "aws:SourceVpc", "vpc-1")),
        ],
        NO,
    ),
    "all other addresses, where there is one, and all other endpoints": (
        [
            allow(),
            deny(
                Condition={
                    "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                    "Null": {"aws:SourceIp": "false"},
                }
            ),
            deny(**when("StringNotEquals", VPCE, "vpce-1")),
        ],
        UNSURE,
    ),
    "other addresses and endpoints at once": (
        [
            allow(),
            deny(
                Condition={
                    "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                    "StringNotEquals": {VPCE: "vpce-1"},
                }
            ),
        ],
        UNSURE,
    ),
    "an endpoint without a VPC": (
        [allow(Condition={"Null": {VPCE: "false", "aws:SourceVpc": "true"}})],
        NO,
    ),
    "an address and an endpoint": (
        [allow(Condition={"Null": {VPCE: "false", "aws:SourceIp": "false"}})],
        NO,
    ),
    "neither an address nor an endpoint": (
        [allow(Condition={"Null": {VPCE: "true", "aws:SourceIp": "true"}})],
        NO,
    ),
    "an address or an endpoint": (
        [allow(**when("Null", VPCE, "false")), allow(**when("Null", "aws:SourceIp", "false"))],
        YES,
    ),
    "a key that may have several values": (
        [
            allow(**when("ForAnyValue:StringEquals", "aws:VpceOrgPaths", "a")),
            allow(**when("StringNotEquals", "aws:VpceOrgPaths", "a")),
        ],
        UNSURE,
    ),
}


def test_a_key_whose_few_cases_are_known() -> None:
    """S3 is in ``aws:CalledVia``, or nobody is: either way one of the two denies."""
    by_s3 = {"aws:CalledVia": "s3.amazonaws.com"}
    outcome = decide_key(
        kms_request("kms:Decrypt", SESSION_OF_ROLE, KEY, PLACE, AT),
        identity=[
            policy(allow()),
            policy(deny(Condition={"ForAnyValue:StringEquals": by_s3})),
            policy(deny(Condition={"ForAllValues:StringNotEquals": by_s3})),
        ],
        key=policy(allow(Principal={"AWS": ROOT}), kind="resource"),
        boundary=None,
        same_account=True,
    )
    assert outcome.decision is NO


@pytest.mark.parametrize(("statements", "decision"), SETTLED.values(), ids=SETTLED.keys())
def test_same_either_way(statements: Sequence[Json], decision: Decision) -> None:
    outcome = decide_same_account(
        s3_request("s3:PutObject", SESSION_OF_ROLE, PLACE, AT),
        identity=[policy(*statements)],
        resource=None,
        boundary=None,
    )
    assert outcome.decision is decision


def test_all_that_deny_in_some_case_are_named() -> None:
    statements, _ = SETTLED["two denies that leave nothing"]
    outcome = decide_same_account(
        s3_request("s3:PutObject", SESSION_OF_ROLE, PLACE, AT),
        identity=[policy(*statements)],
        resource=None,
        boundary=None,
    )
    assert outcome.because.reason is Reason.EXPLICIT_DENY
    assert [reading.statement.index for reading in outcome.because.statements] == [1, 2]


def test_no_cases_where_there_are_too_many() -> None:
    context = s3_request("s3:PutObject", SESSION_OF_ROLE, PLACE, AT).context
    many = [policy(allow(**when("StringEquals", VPCE, [f"vpce-{n}" for n in range(300)])))]
    assert list(cases_of(context, many, [VPCE], Work()).contexts()) == []
    assert list(cases_of(Context(), many, [VPCE], Work()).contexts()) == []
