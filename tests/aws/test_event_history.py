"""CloudTrail's event history: whose visit a record tells of, and how politely it is asked.

The records have the form of CloudTrail User Guide, "CloudTrail record contents", and IAM User
Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail", "Example AWS STS API events".
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.stub import Stubber
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aws.access import DefaultChain
from app.aws.account import CustomerAccount
from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.event_history import MOST_PAGES, NOT_ASKED, EventHistory
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.guide import EXAMPLE_DATABASE_ID, ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.flow.ports.aws import TrustWritten, Visit, Visits
from tests.aws.doubles import (
    ACCOUNT,
    REGION,
    Answer,
    Front,
    answer,
    draft,
    keys,
    raises,
    refusal,
)

DRAFT: Final = draft()
SINCE: Final = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
AT: Final = SINCE + timedelta(minutes=2)
HOME: Final = "us-east-1"
HERE: Final = (REGION, HOME)
ARN: Final = role_arn(ACCOUNT)
VISIT: Final = Visit(AT, HOME, "right", "b6b3a9f0-1111-2222-3333-444455556666", "ubiquity-1")


def record(**changed: object) -> dict[str, Any]:
    """Return the record of UbiQuity's AssumeRole; ``__`` in a name leads to an inner object."""
    whole: dict[str, Any] = {
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "AWSAccount",
            "principalId": "AROAEXAMPLE:connector",
            "accountId": UBIQUITY_ACCOUNT,
        },
        "eventTime": "2026-11-26T10:02:00Z",
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "awsRegion": HOME,
        "requestParameters": {
            "roleArn": ARN,
            "roleSessionName": "ubiquity-1",
            "externalId": EXAMPLE_DATABASE_ID,
        },
        "responseElements": {"credentials": {"accessKeyId": "ASIAEXAMPLE"}},
        "requestID": VISIT.request_id,
    }
    for name, value in changed.items():
        outer, _, inner = name.partition("__")
        place, key = (whole[outer], inner) if inner else (whole, outer)
        if value is None:
            del place[key]
        else:
            place[key] = value
    return whole


def page(*records: object, token: str | None = None) -> dict[str, Any]:
    events = [{"CloudTrailEvent": r if isinstance(r, str) else json.dumps(r)} for r in records]
    return {"Events": events} | ({"NextToken": token} if token else {})


class Asking:
    """An event history whose answers are given, by region, and whose time is its own."""

    def __init__(
        self, answers: Mapping[str, Sequence[object]], of_role: Sequence[object] = ()
    ) -> None:
        """``of_role`` are the answers of the home region where the role is asked for by its ARN."""
        self._answers = {region: list(pages) for region, pages in answers.items()}
        self._of_role = list(of_role)
        self.asked: list[tuple[str, dict[str, Any], float]] = []
        self.now = 0.0
        self.history = EventHistory(Calls(self), self._sleep, lambda: self.now)  # type: ignore[arg-type]
        self.profile, self.access = None, None

    def cloudtrail(self, region: str) -> "_Client":
        return _Client(self, region)

    def has_event_history(self, _region: str) -> bool:
        return True

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def answer(self, region: str, asked: dict[str, Any]) -> object:
        self.asked.append((region, asked, self.now))
        is_of_role = asked["LookupAttributes"][0]["AttributeKey"] == "ResourceName"
        pages = self._of_role if is_of_role else self._answers.get(region, [])
        return pages.pop(0) if pages else {"Events": []}

    def visits(self, also: Sequence[str] = ()) -> Visits:
        return asyncio.run(self.history.visits(DRAFT, SINCE, also))

    def written(self) -> TrustWritten | AwsFailure | None:
        return asyncio.run(self.history.trust_written(DRAFT, SINCE))


class _Client:
    def __init__(self, asking: Asking, region: str) -> None:
        self._asking, self._region = asking, region

    def lookup_events(self, **asked: Any) -> object:  # noqa: ANN401
        answer = self._asking.answer(self._region, asked)
        if isinstance(answer, ClientError):
            raise answer
        return answer


def seen(*records: object) -> tuple[Visit, ...]:
    return Asking({HOME: [page(*records)]}).visits().visits


def test_ubiquitys_visit_in_each_region_where_it_may_be_recorded() -> None:
    early = record(eventTime="2026-11-26T10:00:00Z", requestParameters__externalId="another")
    asking = Asking({REGION: [page(early)], HOME: [page(record())]})
    assert asking.visits(["eu-west-1"]) == Visits(
        (VISIT, Visit(SINCE, REGION, "wrong", VISIT.request_id, "ubiquity-1")),
        regions=(REGION, "eu-west-1", HOME),
    )
    assert {region for region, _, _ in asking.asked} == {REGION, "eu-west-1", HOME}
    assert all(
        asked
        == {
            "LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}],
            "StartTime": SINCE,
            "MaxResults": 50,
        }
        for _, asked, _ in asking.asked
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({}, "right"),
        ({"requestParameters__externalId": f"{EXAMPLE_DATABASE_ID} "}, "wrong"),
        ({"requestParameters__externalId": ""}, "wrong"),
        ({"requestParameters__externalId": ["x"]}, "wrong"),
        ({"requestParameters__externalId": None}, "none"),
    ],
)
def test_the_external_id_is_compared_and_goes_nowhere(
    changed: Mapping[str, object], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    (visit,) = seen(record(**changed))
    assert visit.external_id == kind
    assert EXAMPLE_DATABASE_ID not in caplog.text + str(visit)


NOT_IT: Final = {
    "refused": {"errorCode": "AccessDenied"},
    "another account": {"userIdentity__accountId": "111122223333"},
    "a number for an account": {"userIdentity__accountId": int(UBIQUITY_ACCOUNT)},
    "a service": {"userIdentity": {"type": "AWSService", "invokedBy": "lambda.amazonaws.com"}},
    "a user of the account": {"userIdentity__type": "IAMUser"},
    "nobody": {"userIdentity": None},
    "another role": {"requestParameters__roleArn": f"{ARN}-2"},
    "the role of another account": {
        "requestParameters__roleArn": role_arn("111122223333"),
    },
    "no request": {"requestParameters": None},
    "another call": {"eventName": "AssumeRoleWithSAML"},
    "another service's call": {"eventSource": "example.com"},
    "before": {"eventTime": "2026-11-26T09:59:59Z"},
    "no time": {"eventTime": None},
    "a time of no zone": {"eventTime": "2026-11-26T10:02:00"},
    "no time at all": {"eventTime": "yesterday"},
    "a number for a time": {"eventTime": 1764151320},
}


@pytest.mark.parametrize("changed", NOT_IT.values(), ids=NOT_IT)
def test_others_records_are_passed_over(changed: Mapping[str, object]) -> None:
    assert seen(record(**changed), record()) == (VISIT,)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '"x"', "[" * 100_000, "NaN", "\ufeff{}"])
def test_a_record_that_is_none_is_passed_over(text: str) -> None:
    assert seen(text, record()) == (VISIT,)


@pytest.mark.parametrize(
    "odd", [{}, {"Events": None}, {"Events": [None, 3, {}, {"CloudTrailEvent": 5}]}]
)
def test_a_page_that_is_none_tells_nothing(odd: Mapping[str, object]) -> None:
    assert Asking({HOME: [odd]}).visits() == Visits(regions=HERE)


def test_names_that_are_none_are_left_out() -> None:
    odd = record(requestID="\u202e" * 9, requestParameters__roleSessionName="x" * 65)
    assert seen(odd) == (Visit(AT, HOME, "right"),)


_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["userIdentity", "requestParameters", "eventTime", "roleArn", "x"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(record())), max_size=4, unique=True),
    _JSON,
    st.lists(_JSON.map(json.dumps) | st.text(max_size=20), max_size=3),
)
def test_hostile_records_hide_nothing_and_break_nothing(
    keys_changed: list[str], value: object, texts: list[str]
) -> None:
    odd = {**record(), **dict.fromkeys(keys_changed, value)}
    found = seen(*texts, odd, record())
    assert VISIT in found
    assert all(visit.external_id in ("right", "wrong", "none") for visit in found)


def test_us_east_1_is_left_out_where_the_visit_was_found_in_a_buckets_region() -> None:
    asking = Asking({REGION: [page(record())], HOME: [page(record())]})
    found = asking.visits()
    assert (found.regions, [visit.region for visit in found.visits]) == ((REGION,), [REGION])
    asking = Asking({REGION: [page(record())], HOME: [page(record())]})
    found = asking.visits([HOME])
    assert (found.regions, len(found.visits)) == (HERE, 2)


# Page after page, politely


def _others(count: int) -> list[dict[str, Any]]:
    return [record(userIdentity__accountId="111122223333")] * count


def test_pages_are_read_until_the_visit_is_found_and_no_further() -> None:
    pages = [page(*_others(50), token=f"t{n}") for n in range(3)]
    asking = Asking({HOME: [*pages, page(record(), token="more"), page(*_others(1))]})
    assert asking.visits() == Visits((VISIT,), regions=HERE)
    tokens = [asked.get("NextToken") for region, asked, _ in asking.asked if region == HOME]
    assert tokens == [None, None, "t0", "t1", "t2"]  # the second is of the role's own events


def test_thousands_of_events_are_not_all_looked_through_and_that_is_said() -> None:
    asking = Asking({HOME: [page(*_others(2), token=f"t{n}") for n in range(100)]})
    assert asking.visits() == Visits(complete=False, regions=HERE)
    assert len([1 for region, _, _ in asking.asked if region == HOME]) == MOST_PAGES + 1


def test_amid_many_events_the_roles_own_are_asked_for() -> None:
    many = [page(*_others(50), token=f"t{n}") for n in range(100)]
    made = written("CreateRole", "assumeRolePolicyDocument", "{}")
    asking = Asking({HOME: many}, [page(made, record(), *_others(3))])
    assert asking.visits() == Visits((VISIT,), regions=HERE)
    attributes = [asked["LookupAttributes"] for region, asked, _ in asking.asked if region == HOME]
    assert attributes[1:] == [[{"AttributeKey": "ResourceName", "AttributeValue": ARN}]]


@pytest.mark.parametrize(
    "of_role",
    [[page()], [page(*_others(2), token="t"), page(*_others(2), token="u")]],
)
def test_where_the_roles_own_events_tell_nothing_the_others_are_gone_through(
    of_role: Sequence[object],
) -> None:
    few = [page(*_others(50), token="t0"), page(record(requestID=None))]
    found = Asking({HOME: few}, of_role).visits()
    assert [visit.request_id for visit in found.visits] == [None]
    assert found.complete


def test_a_circle_of_pages_is_left() -> None:
    asking = Asking({HOME: [page(token="t"), page(token="t"), page(record())]})
    assert asking.visits() == Visits(regions=HERE)


def test_no_more_than_two_requests_a_second_in_a_region_whoever_asks() -> None:
    asking = Asking({HOME: [page(token=f"t{n}") for n in range(5)]})
    asking.visits()
    asking.written()
    times = [at for region, _, at in asking.asked if region == HOME]
    assert len(times) == 9
    assert all(third - first >= 1 for first, third in zip(times, times[2:], strict=False))
    assert times[1] == 0  # two at once are allowed
    assert max(times) == 4.0


# Who refuses, and what


def test_a_refusal_of_one_region_leaves_the_others_working() -> None:
    asking = Asking({HOME: [page(record())], REGION: [refused("AccessDeniedException")]})
    found = asking.visits()
    assert found.visits == (VISIT,)
    assert [failure.params["region"] for failure in found.failures] == [REGION]
    assert not found.nobody_told


ID: Final = {"ResponseMetadata": {"RequestId": "one", "HTTPStatusCode": 200}}
LOOK: Final = "cloudtrail.LookupEvents"


@pytest.mark.parametrize(
    ("instead", "code", "finding"),
    [
        (refusal("kms", "AccessDeniedException", 400), "AccessDeniedException", None),
        (refusal("kms", "UnknownOperationException", 404), "UnknownOperationException", None),
        (refusal("kms", "ExpiredTokenException", 400), "ExpiredTokenException", "signin.expired"),
        (answer(500, "<html>"), "500", "env.aws-fault"),
        (
            raises(EndpointConnectionError(endpoint_url="https://x")),
            "EndpointConnectionError",
            "env.offline",
        ),
    ],
)
def test_what_is_no_answer_is_a_failure_and_is_asked_for_once(
    account: CustomerAccount,
    front: Front,
    instead: Answer,
    code: str,
    finding: str | None,
) -> None:
    front.answers[LOOK] = instead
    found = asyncio.run(account.visits(DRAFT, SINCE))
    assert found.nobody_told
    assert {(f.code, f.finding, f.params["region"]) for f in found.failures} == {
        (code, finding, region) for region in HERE
    }
    asked = [operation for operation, _ in front.requests if operation == LOOK]
    assert len(asked) == len(HERE)
    front.answers[LOOK] = answer(200, json.dumps(page(record())))
    assert asyncio.run(account.visits(DRAFT, SINCE)).visits[0].external_id == "right"


def test_the_request_as_aws_has_it() -> None:
    calls = Calls(Clients(keys("http://127.0.0.1:1"), None, lambda: AT))
    asked = {
        "LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "AssumeRole"}],
        "StartTime": SINCE,
        "MaxResults": 50,
    }
    event = {"EventId": "e", "EventTime": AT, "CloudTrailEvent": json.dumps(record())}
    with Stubber(calls.clients.cloudtrail(HOME)) as stub:  # type: ignore[arg-type]
        stub.add_response("lookup_events", {"Events": [event], **ID}, asked)
        history = EventHistory(calls)
        found = asyncio.run(history.visits(DRAFT, SINCE))
    assert VISIT in found.visits


def test_the_history_of_another_account_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAADMIN")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", "http://127.0.0.1:1")
    found = asyncio.run(CustomerAccount(DefaultChain()).visits(DRAFT, SINCE))
    assert {failure.code for failure in found.failures} == {NOT_ASKED}
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDTRAIL", "http://127.0.0.1:1")
    found = asyncio.run(CustomerAccount(DefaultChain()).visits(DRAFT, SINCE))
    assert {failure.code for failure in found.failures} == {"EndpointConnectionError"}


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "LookupEvents")


THROTTLED: Final = refused("ThrottlingException")


def test_what_is_slowed_down_is_asked_once_more_a_second_later() -> None:
    asking = Asking({HOME: [THROTTLED, page(record())]})
    assert asking.visits() == Visits((VISIT,), regions=HERE)
    assert [at for region, _, at in asking.asked if region == HOME] == [0, 1]
    failures = Asking({HOME: [THROTTLED, THROTTLED, page(record())]}).visits().failures
    assert [failure.finding for failure in failures] == ["env.throttled"]


# How the trust policy was written


def written(name: str, key: str, document: object, at: str = "10:02:00") -> dict[str, Any]:
    return record(
        eventSource="iam.amazonaws.com",
        eventName=name,
        eventTime=f"2026-11-26T{at}Z",
        userIdentity={"type": "IAMUser", "accountId": ACCOUNT},
        requestParameters={"roleName": ROLE_NAME, key: document},
    )


TRUST: Final = trust_policy("another")
MADE: Final = written("CreateRole", "assumeRolePolicyDocument", json.dumps(TRUST))
CHANGED: Final = written("UpdateAssumeRolePolicy", "policyDocument", json.dumps(TRUST), "10:05:00")


def test_how_the_trust_policy_was_last_written() -> None:
    assert Asking({}).written() is None
    later = TrustWritten(SINCE + timedelta(minutes=5), TRUST)
    assert Asking({HOME: [page(CHANGED), page(MADE)]}).written() == later
    assert Asking({HOME: [page(), page(MADE)]}).written() == TrustWritten(AT, TRUST)


def test_another_roles_change_and_one_that_failed_are_none() -> None:
    other = written("CreateRole", "assumeRolePolicyDocument", json.dumps(TRUST))
    other["requestParameters"]["roleName"] = "another"
    failed = {**CHANGED, "errorCode": "AccessDenied"}
    assert Asking({HOME: [page(failed), page(other)]}).written() is None


def test_a_document_that_can_not_be_read_is_none() -> None:
    odd = written("UpdateAssumeRolePolicy", "policyDocument", "{")
    assert Asking({HOME: [page(odd)]}).written() == TrustWritten(AT)


def test_what_can_not_be_looked_through_is_a_failure() -> None:
    endless = Asking({HOME: [page(token=f"t{n}") for n in range(100)]}).written()
    assert isinstance(endless, AwsFailure)
    assert isinstance(Asking({HOME: [refused("AccessDeniedException")]}).written(), AwsFailure)
