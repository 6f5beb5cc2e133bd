"""CloudTrail's event history: what is recorded where, how it is looked up, and who may.

Sources: CloudTrail API Reference, "LookupEvents"; IAM User Guide, "Logging IAM and AWS STS API
calls with AWS CloudTrail"; AWS CloudTrail User Guide, "CloudTrail record contents".
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT
from app.practice.account import ACCOUNT_ID, ADMIN_USER, DATABASE_ID, KEY_ID, UBIQUITY_USER, Keys
from app.practice.event_deeds import _value
from app.practice.event_history import RecordedEvents
from app.practice.pace import AT_ONCE, Pace
from app.practice.server import PracticeAws
from tests.practice.clients import IMPORTS, ROLE_ARN, Person, allow, document, refusal_of
from tests.practice.conftest import Setup

HOME = "ap-southeast-2"
GLOBAL = "us-east-1"


def events(person: Person, region: str = HOME, **query: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return all events of a region, newest first, page after page."""
    client = person.at(region).client("cloudtrail")
    pages = client.get_paginator("lookup_events").paginate(**query)
    return [event for page in pages for event in page["Events"]]


def named(name: str) -> dict[str, Any]:
    return {"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": name}]}


def record(event: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(event["CloudTrailEvent"])
    return whole


def keys_of(person: Person, user: str, *statements: Mapping[str, object]) -> Keys:
    """Return the key of a new user of the practice account."""
    iam = person.iam
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=document(*statements))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    return Keys(key["AccessKeyId"], key["SecretAccessKey"])


def test_an_assume_role_of_another_account_is_recorded_where_the_role_is(
    setup: Setup, admin: Person, ubiquity: Person
) -> None:
    setup.role()
    answer = ubiquity.sts.assume_role(
        RoleArn=ROLE_ARN, RoleSessionName="connector", ExternalId=DATABASE_ID, DurationSeconds=3600
    )
    (event,) = events(admin, **named("AssumeRole"))
    whole = record(event)
    assert whole["userIdentity"].keys() == {"type", "principalId", "accountId"}
    assert whole["userIdentity"]["type"] == "AWSAccount"
    assert whole["userIdentity"]["accountId"] == UBIQUITY_ACCOUNT
    assert whole["userIdentity"]["principalId"].startswith("AIDA")
    assert whole["requestParameters"] == {
        "roleArn": ROLE_ARN,
        "roleSessionName": "connector",
        "externalId": DATABASE_ID,
        "durationSeconds": 3600,
    }
    assert whole["requestID"] == answer["ResponseMetadata"]["RequestId"]
    assert (whole["recipientAccountId"], whole["awsRegion"]) == (ACCOUNT_ID, HOME)
    assert (whole["readOnly"], whole["managementEvent"]) == (True, True)
    assert whole["resources"] == [
        {"accountId": ACCOUNT_ID, "type": "AWS::IAM::Role", "ARN": ROLE_ARN}
    ]
    assert "errorCode" not in whole
    assert {"ResourceType": "AWS::IAM::Role", "ResourceName": ROLE_ARN} in event["Resources"]
    assert "Username" not in event
    assert event["EventTime"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == whole["eventTime"]
    assert event["EventId"] == whole["eventID"]


@pytest.mark.parametrize(
    ("told", "recorded"),
    [
        ("2014-07-18T16:07:39Z", "Jul 18, 2014 4:07:39 PM"),
        ("2026-12-01T00:05:00Z", "Dec 1, 2026 12:05:00 AM"),
        ("2026-12-01T12:05:00Z", "Dec 1, 2026 12:05:00 PM"),
    ],
)
def test_times_in_answers_are_recorded_as_cloudtrail_writes_them(told: str, recorded: str) -> None:
    assert _value("Expiration", told) == recorded


def test_no_secret_key_is_recorded(setup: Setup, admin: Person, ubiquity: Person) -> None:
    keys_of(admin, "colleague", allow("s3:*"))
    setup.role()
    made = setup.connector().keys
    texts = [event["CloudTrailEvent"] for event in events(admin) + events(admin, GLOBAL)]
    assert any(made.access_key_id in text for text in texts)
    assert not any("ecretAccessKey" in text or made.secret_access_key in text for text in texts)
    assert ubiquity.keys.secret_access_key not in "".join(texts)


def test_a_refused_assume_role_of_another_account_is_never_recorded_there(
    setup: Setup, aws: PracticeAws, admin: Person, ubiquity: Person
) -> None:
    setup.role()
    assert refusal_of(lambda: setup.session_of(ubiquity, "wrong")).code == "AccessDenied"
    assert events(admin, **named("AssumeRole")) == []
    (own,) = _history_of(aws, UBIQUITY_ACCOUNT)
    assert own["errorCode"] == "AccessDenied"
    assert own["userIdentity"]["userName"] == UBIQUITY_USER


def test_both_accounts_share_the_event_of_one_call(
    setup: Setup, aws: PracticeAws, admin: Person
) -> None:
    setup.role()
    setup.connector()
    theirs = record(events(admin, **named("AssumeRole"))[0])
    (own,) = _history_of(aws, UBIQUITY_ACCOUNT)
    assert theirs["sharedEventID"] == own["sharedEventID"]
    assert theirs["eventID"] != own["eventID"]
    assert own["recipientAccountId"] == UBIQUITY_ACCOUNT


def _history_of(aws: PracticeAws, account: str) -> list[dict[str, Any]]:
    """Return what an account that may not look itself has recorded in the home region."""
    history = aws._ledger.events._events.get((account, HOME), [])
    return [json.loads(event.record) for _, event in history]


def test_an_assume_role_within_the_account_is_recorded_even_refused(
    setup: Setup, admin: Person
) -> None:
    setup.role()
    refusal_of(lambda: setup.session_of(admin))
    (event,) = events(admin, **named("AssumeRole"))
    whole = record(event)
    assert (whole["errorCode"], whole["requestParameters"]) == ("AccessDenied", None)
    assert (event["Username"], event["AccessKeyId"]) == (ADMIN_USER, admin.keys.access_key_id)
    assert "sharedEventID" not in whole


def test_assume_role_is_in_the_region_that_was_asked_and_iam_in_the_global_one(
    setup: Setup, admin: Person, ubiquity: Person
) -> None:
    setup.role()
    setup.session_of(ubiquity.at("eu-west-1"), DATABASE_ID)
    assert [
        len(events(admin, region, **named("AssumeRole"))) for region in ("eu-west-1", HOME)
    ] == [
        1,
        0,
    ]
    assert events(admin.at("eu-west-1"), HOME, **named("CreateRole")) == []
    (made,) = events(admin, GLOBAL, **named("CreateRole"))
    assert record(made)["responseElements"]["role"]["roleName"] == ROLE_NAME
    assert {"ResourceType": "AWS::IAM::Role", "ResourceName": ROLE_NAME} in made["Resources"]
    assert admin.iam.get_role(RoleName=ROLE_NAME)["Role"]["CreateDate"] == made["EventTime"]


def test_who_changed_the_set_up_is_recorded(setup: Setup, admin: Person) -> None:
    setup.whole()
    admin.kms.put_key_policy(
        KeyId=KEY_ID,
        Policy=document(
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}
        ),
    )
    refusal_of(lambda: admin.iam.get_role(RoleName="not-there"))
    names = {event["EventName"]: record(event) for event in events(admin, GLOBAL)}
    assert names["AttachRolePolicy"]["requestParameters"]["roleName"] == ROLE_NAME
    assert names["GetRole"]["errorCode"] == "NoSuchEntityException"
    (put,) = events(admin, HOME, **named("PutKeyPolicy"))
    assert record(put)["requestParameters"]["keyId"] == KEY_ID
    assert (put["ReadOnly"], put["EventSource"]) == ("false", "kms.amazonaws.com")


def test_what_lies_in_buckets_is_not_in_the_history(setup: Setup, admin: Person) -> None:
    connector = setup.whole()
    connector.s3.list_objects_v2(Bucket=IMPORTS)
    connector.s3.put_object(Bucket=IMPORTS, Key="imports/new.csv", Body=b"new")
    connector.s3.get_object(Bucket=IMPORTS, Key="imports/new.csv")
    admin.s3.get_bucket_encryption(Bucket=IMPORTS)
    source = {"AttributeKey": "EventSource", "AttributeValue": "s3.amazonaws.com"}
    (event,) = events(admin, LookupAttributes=[source])
    assert event["EventName"] == "GetBucketEncryption"
    assert event["Resources"] == [{"ResourceType": "AWS::S3::Bucket", "ResourceName": IMPORTS}]


@pytest.fixture
def busy(setup: Setup) -> datetime:
    """Give an account with seven AssumeRoles, and the moment before them."""
    setup.role()
    before = datetime.now(UTC)
    for _ in range(7):
        setup.connector()
    return before


@pytest.mark.usefixtures("busy")
def test_pages_come_newest_first_and_lead_to_the_end(admin: Person) -> None:
    client = admin.client("cloudtrail")
    first = client.lookup_events(MaxResults=3, **named("AssumeRole"))
    more = client.lookup_events(NextToken=first["NextToken"], MaxResults=3, **named("AssumeRole"))
    last = client.lookup_events(NextToken=more["NextToken"], MaxResults=3, **named("AssumeRole"))
    pages = [page["Events"] for page in (first, more, last)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert "NextToken" not in last
    ids = [event["EventId"] for page in pages for event in page]
    assert ids == [event["EventId"] for event in events(admin, **named("AssumeRole"))]
    assert len(set(ids)) == 7


@pytest.mark.usefixtures("busy")
def test_a_page_holds_its_place_while_events_come_in(setup: Setup, admin: Person) -> None:
    client = admin.client("cloudtrail")
    first = client.lookup_events(MaxResults=5, **named("AssumeRole"))
    setup.connector()
    rest = client.lookup_events(NextToken=first["NextToken"], **named("AssumeRole"))
    ids = [event["EventId"] for page in (first, rest) for event in page["Events"]]
    assert len(ids) == len(set(ids)) == 7


def test_times_limit_what_is_told(busy: datetime, admin: Person) -> None:
    a_while = timedelta(minutes=5)
    assert len(events(admin, StartTime=busy, **named("AssumeRole"))) == 7
    assert events(admin, StartTime=busy + a_while) == []
    assert events(admin, EndTime=busy - a_while) == []
    assert events(admin, StartTime=busy - a_while, EndTime=busy + a_while)


@pytest.mark.usefixtures("busy")
def test_each_attribute_finds_its_events(admin: Person) -> None:
    admin.iam.list_roles()
    (event,) = events(admin, GLOBAL, **named("ListRoles"))
    values = {
        "AccessKeyId": admin.keys.access_key_id,
        "EventId": event["EventId"],
        "EventName": "ListRoles",
        "EventSource": "iam.amazonaws.com",
        "ReadOnly": "true",
        "Username": ADMIN_USER,
    }
    for key, value in values.items():
        found = events(
            admin, GLOBAL, LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}]
        )
        assert event["EventId"] in {other["EventId"] for other in found}, key
        other_value = [{"AttributeKey": key, "AttributeValue": f"not-{value}"}]
        assert events(admin, GLOBAL, LookupAttributes=other_value) == []
    for key, value in (("ResourceName", ROLE_ARN), ("ResourceType", "AWS::IAM::Role")):
        assert (
            len(events(admin, LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}]))
            == 7
        )


ONE = {"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"MaxResults": 51}, "InvalidMaxResultsException"),
        ({"LookupAttributes": [ONE, ONE]}, "InvalidLookupAttributesException"),
        (
            {"LookupAttributes": [{"AttributeKey": "Colour", "AttributeValue": "red"}]},
            "InvalidLookupAttributesException",
        ),
        ({"StartTime": 2_000_000_000, "EndTime": 1_000_000_000}, "InvalidTimeRangeException"),
        ({"NextToken": "no token at all"}, "InvalidNextTokenException"),
        ({"NextToken": "W10="}, "InvalidNextTokenException"),
        ({"EventCategory": "weather"}, "InvalidEventCategoryException"),
    ],
)
def test_a_wrong_query_is_refused(admin: Person, query: dict[str, Any], code: str) -> None:
    client = admin.client("cloudtrail")
    refusal = refusal_of(lambda: client.lookup_events(**query))
    assert (refusal.code, refusal.status) == (code, 400)
    assert "Events" in client.lookup_events()


@pytest.mark.usefixtures("busy")
def test_a_token_is_good_for_the_same_query_only(admin: Person) -> None:
    client = admin.client("cloudtrail")
    token = client.lookup_events(MaxResults=1, **named("AssumeRole"))["NextToken"]
    other = refusal_of(lambda: client.lookup_events(NextToken=token, **named("CreateRole")))
    assert other.code == "InvalidNextTokenException"
    assert client.lookup_events(NextToken=token, **named("AssumeRole"))["Events"]


def test_an_event_shows_after_a_while_and_never_before(
    setup: Setup, aws: PracticeAws, admin: Person
) -> None:
    with _paced(aws, Pace(events_after=timedelta(minutes=5))):
        setup.role()
        setup.connector()
        assert events(admin, **named("AssumeRole")) == []
        aws.faults.clock_ahead = timedelta(minutes=2)
        assert events(admin, **named("AssumeRole")) == []
        aws.faults.clock_ahead = timedelta(minutes=6)
        assert len(events(admin, **named("AssumeRole"))) == 1


@pytest.mark.parametrize(
    ("seconds", "too_many"),
    [
        ((0, 0, 0), (False, False, True)),
        ((0, 0, 0.25, 0.5, 0.75), (False, False, True, False, True)),
        ((0, 0, 1, 1, 1), (False, False, False, False, True)),
        ((0, 0, 60, 60, 60), (False, False, False, False, True)),
    ],
)
def test_more_than_two_lookups_a_second_are_too_many(
    seconds: tuple[float, ...], too_many: tuple[bool, ...]
) -> None:
    history, begin = RecordedEvents(), datetime(2026, 11, 29, tzinfo=UTC)
    times = [begin + timedelta(seconds=each) for each in seconds]
    place = (ACCOUNT_ID, HOME)
    assert tuple(history.too_many(place, at, 2) for at in times) == too_many
    assert not history.too_many((ACCOUNT_ID, GLOBAL), begin, 2)


def test_who_asks_too_often_is_told_so(aws: PracticeAws, admin: Person) -> None:
    with _paced(aws, replace(AT_ONCE, lookups_a_second=0)):
        refusal = refusal_of(admin.client("cloudtrail").lookup_events)
        assert (refusal.code, refusal.status) == ("ThrottlingException", 400)
    assert "Events" in admin.client("cloudtrail").lookup_events()


@contextlib.contextmanager
def _paced(aws: PracticeAws, pace: Pace) -> Iterator[None]:
    """Let the practice AWS take its time, for a while."""
    aws._ledger.pace = pace
    yield
    aws._ledger.pace = AT_ONCE


def test_who_may_not_look_is_told_so_in_awss_words(admin: Person, aws: PracticeAws) -> None:
    colleague = Person(aws, keys_of(admin, "colleague", allow("iam:*")))
    refusal = refusal_of(lambda: colleague.client("cloudtrail").lookup_events())
    user = f"arn:aws:iam::{ACCOUNT_ID}:user/colleague"
    head = f"User: {user} is not authorized to perform: cloudtrail:LookupEvents"
    assert (refusal.code, refusal.status) == ("AccessDeniedException", 400)
    assert refusal.message == (
        f"{head} because no identity-based policy allows the cloudtrail:LookupEvents action"
    )
    # What a landing zone's guardrail says (aws-samples/landing-zone-accelerator, issue 10).
    aws.faults.organization_policy = document(
        allow("*"), {"Effect": "Deny", "Action": "cloudtrail:*", "Resource": "*"}
    )
    refusal = refusal_of(lambda: admin.client("cloudtrail").lookup_events())
    assert refusal.message.endswith("with an explicit deny in a service control policy")
    aws.faults.organization_policy = None
    assert "Events" in admin.client("cloudtrail").lookup_events()


def test_nobody_elses_history_is_told(setup: Setup, aws: PracticeAws) -> None:
    setup.role()
    setup.connector()
    assert events(Person(aws, aws.partner), **named("AssumeRole")) == []
