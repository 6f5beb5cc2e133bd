"""What goes wrong in front of the practice AWS, and that a reset puts it right."""

import contextlib
import http.client
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from app.practice.faults import OUTAGE, THROTTLING, Faults, RequestFault
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, ROLE_ARN, Person, refusal_of
from tests.practice.conftest import Setup

Call = Callable[[Person], object]


def _key(person: Person) -> str:
    return next(str(bucket.kms_key_arn) for bucket in person.aws.buckets if bucket.kms_key_arn)


CALLS: dict[str, Call] = {
    "sts": lambda person: person.sts.get_caller_identity(),
    "iam": lambda person: person.iam.list_users(),
    "s3": lambda person: person.s3.list_objects_v2(Bucket=IMPORTS),
    "kms": lambda person: person.kms.describe_key(KeyId=_key(person)),
}


@pytest.mark.parametrize(
    ("service", "code", "status"),
    [
        ("sts", "Throttling", 400),
        ("iam", "Throttling", 400),
        ("s3", "SlowDown", 503),
        ("kms", "ThrottlingException", 400),
    ],
)
def test_aws_asks_to_slow_down(admin: Person, service: str, code: str, status: int) -> None:
    admin.aws.faults.refusals = THROTTLING
    refusal = refusal_of(lambda: CALLS[service](admin))
    assert (refusal.code, refusal.status) == (code, status)


@pytest.mark.parametrize("service", CALLS)
def test_aws_has_a_fault_of_its_own(admin: Person, service: str) -> None:
    admin.aws.faults.refusals = OUTAGE
    refusal = refusal_of(lambda: CALLS[service](admin))
    assert refusal.code == OUTAGE[service].code
    assert refusal.status in (500, 503)


@pytest.mark.parametrize(
    ("service", "code"),
    [
        ("sts", "SignatureDoesNotMatch"),
        ("iam", "SignatureDoesNotMatch"),
        ("s3", "RequestTimeTooSkewed"),
        ("kms", "InvalidSignatureException"),
    ],
)
@pytest.mark.parametrize("hours", [1, -1])
def test_the_clocks_differ(admin: Person, service: str, code: str, hours: int) -> None:
    admin.aws.faults.clock_ahead = timedelta(hours=hours)
    refusal = refusal_of(lambda: CALLS[service](admin))
    assert refusal.code == code
    if service != "s3":
        assert refusal.message.startswith(
            "Signature expired: " if hours > 0 else "Signature not yet current: "
        )


@pytest.mark.parametrize("hours", [0, 5, -5])
def test_each_answer_tells_awss_own_time(admin: Person, hours: int) -> None:
    admin.aws.faults.clock_ahead = timedelta(hours=hours)
    try:
        answer: Mapping[str, Any] = admin.iam.list_users()
    except ClientError as error:
        answer = error.response
    assert answer["ResponseMetadata"]["HTTPHeaders"]["date"].count("GMT") == 1
    told = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
    assert abs(told - timedelta(hours=hours) - datetime.now(UTC)) < timedelta(minutes=5)


def test_nobody_answers(aws: PracticeAws) -> None:
    aws.faults.silent = True
    connection = http.client.HTTPConnection(aws.endpoint_url.removeprefix("http://"), timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        connection.sock.settimeout(0.1)  # to connect may take a busy machine longer
        with pytest.raises(TimeoutError):
            connection.getresponse()


@pytest.mark.parametrize(
    ("service", "code"),
    [
        ("sts", "RegionDisabledException"),
        ("s3", "InvalidAccessKeyId"),
        ("kms", "UnrecognizedClientException"),
    ],
)
def test_a_region_that_is_not_switched_on(admin: Person, service: str, code: str) -> None:
    admin.aws.faults.regions_off = frozenset({"af-south-1"})
    away = admin.at("af-south-1")
    assert refusal_of(lambda: CALLS[service](away)).code == code
    assert CALLS[service](admin)
    assert away.iam.list_users()["Users"]


def test_another_partition(admin: Person) -> None:
    admin.aws.faults.partition = "aws-cn"
    caller = admin.sts.get_caller_identity()["Arn"]
    assert caller == "arn:aws-cn:iam::111122223333:user/practice-admin"
    assert admin.iam.list_users()["Users"][0]["Arn"] == caller


def test_a_session_that_has_ended(setup: Setup) -> None:
    session = setup.whole()
    faults = session.aws.faults
    faults.ended_sessions.add(session.keys.access_key_id)
    refusal = refusal_of(lambda: session.s3.list_objects_v2(Bucket=IMPORTS))
    assert (refusal.code, refusal.message) == ("ExpiredToken", "The provided token has expired.")
    other = setup.connector()
    assert other.s3.list_objects_v2(Bucket=IMPORTS)["KeyCount"]


def test_a_role_that_is_still_spreading(setup: Setup, aws: PracticeAws) -> None:
    aws.faults.spreading_tries = 2
    setup.role()
    for _ in range(2):
        refusal = refusal_of(setup.connector)
        assert (refusal.code, refusal.status) == ("AccessDenied", 403)
        assert refusal.message.endswith(
            f"is not authorized to perform: sts:AssumeRole on resource: {ROLE_ARN}"
        )
    assert setup.connector().keys.session_token


def test_a_reset_puts_everything_right(admin: Person) -> None:
    faults = admin.aws.faults
    faults.silent = True
    faults.refusals = OUTAGE
    faults.clock_ahead = timedelta(days=1)
    faults.partition = "aws-us-gov"
    faults.regions_off = frozenset({"us-east-1"})
    faults.ended_sessions.add("ASIA")
    faults.spreading_tries = 9
    faults.tries["AROA"] = 1
    faults.organization_policy = "{}"
    faults.troubles["iam:CreateRole", 1] = RequestFault.REFUSED
    admin.aws.reset()
    assert faults == Faults()
    assert admin.at("us-east-1").s3.head_bucket(Bucket=EMPTY)


def _users(person: Person) -> int:
    return len(person.iam.list_users()["Users"])


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(RequestFault.REFUSED, "AccessDenied"), (RequestFault.THROTTLED, "Throttling")],
)
def test_one_single_request_is_refused(admin: Person, trouble: RequestFault, code: str) -> None:
    admin.aws.faults.troubles["iam:CreateUser", 2] = trouble
    admin.iam.create_user(UserName="first")
    assert refusal_of(lambda: admin.iam.create_user(UserName="second")).code == code
    admin.iam.create_user(UserName="third")
    assert _users(admin) == 3
    assert admin.aws.faults.counted["iam:CreateUser"] == 3


@pytest.mark.parametrize(
    ("trouble", "users"), [(RequestFault.LOST_BEFORE, 1), (RequestFault.LOST_AFTER, 2)]
)
def test_one_single_answer_is_lost(admin: Person, trouble: RequestFault, users: int) -> None:
    admin.aws.faults.troubles["iam:CreateUser", 1] = trouble
    with pytest.raises(ConnectionClosedError):
        admin.iam.create_user(UserName="first")
    assert _users(admin) == users


def test_a_request_to_kms_is_refused_in_its_own_way(admin: Person) -> None:
    admin.aws.faults.troubles["kms:DescribeKey", 1] = RequestFault.REFUSED
    refusal = refusal_of(lambda: CALLS["kms"](admin))
    assert (refusal.code, refusal.status) == ("AccessDeniedException", 400)
    assert CALLS["kms"](admin)
