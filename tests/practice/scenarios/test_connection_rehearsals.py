"""The rehearsals about the connection itself: what the account has, and what its history tells."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from app.core.diagnosis.diagnose import diagnose
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.report import Verdict
from app.flow.ports.aws import RoleUse
from app.flow.since_setup import SetUp, counts
from app.practice.account import DATABASE_ID, Keys
from app.practice.scenarios import connection
from app.practice.scenarios.scenario import Rehearsal, set_up
from app.practice.scenarios.scenario_list import scenario_codes, scenario_of, scenarios
from app.practice.scenarios.sign_ins import WithKeys
from app.practice.server import PracticeAws
from tests.practice.clients import ROLE_ARN, Person, refusal_of
from tests.practice.scenarios.trainee import Trainee
from tests.practice.test_cloudtrail import events, named, record

NAMES = [scenario.code for scenario in connection.SCENARIOS]
SEEN = ["visit.seen", "visit.busy", "visit.before-change"]
UNSEEN = ["visit.organization", "visit.not-allowed"]


@pytest.fixture
def rehearsal(aws: PracticeAws, name: str) -> Iterator[Rehearsal]:
    found = scenario_of(name)
    assert found is not None
    with set_up(found, aws) as rehearsal:
        yield rehearsal


def _person(aws: PracticeAws, rehearsal: Rehearsal) -> Person:
    way = rehearsal.sign_in
    assert isinstance(way, WithKeys)
    return Person(aws, Keys(way.keys.access_key_id, way.keys.secret_access_key))


def _of_ubiquity(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    records = map(record, history)
    return [one for one in records if one["userIdentity"].get("accountId") == UBIQUITY_ACCOUNT]


def test_they_are_offered_besides_those_of_the_findings() -> None:
    assert not set(NAMES) & set(scenario_codes())
    assert [scenario.code for scenario in scenarios()] == [*scenario_codes(), *NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_each_set_up_is_what_it_says(trainee: Trainee, rehearsal: Rehearsal, name: str) -> None:
    report = diagnose(rehearsal.draft, trainee.read(rehearsal))
    codes = [finding.code for finding in report.findings]
    wrong = name == "visit.before-change"
    assert codes == (["trust.external-id-mismatch"] if wrong else [])
    assert report.verdict is (Verdict.BLOCKED if wrong else Verdict.READY)


@pytest.mark.parametrize("name", SEEN)
def test_the_history_tells_of_ubiquitys_visit(aws: PracticeAws, rehearsal: Rehearsal) -> None:
    admin = _person(aws, rehearsal)
    (visit,) = _of_ubiquity(events(admin, **named("AssumeRole")))
    assert visit["userIdentity"]["type"] == "AWSAccount"
    assert visit["requestParameters"]["roleArn"] == ROLE_ARN
    assert visit["requestParameters"]["externalId"] == DATABASE_ID
    at = datetime.fromisoformat(visit["eventTime"])
    assert timedelta(minutes=59) < datetime.now(UTC) - at < timedelta(minutes=62)
    role = admin.iam.get_role(RoleName=ROLE_ARN.rpartition("/")[2])["Role"]
    assert role["RoleLastUsed"]["LastUsedDate"] == at
    assert role["CreateDate"] < at


@pytest.mark.parametrize("name", ["visit.busy"])
def test_in_a_busy_account_it_is_some_pages_back(aws: PracticeAws, rehearsal: Rehearsal) -> None:
    client = _person(aws, rehearsal).client("cloudtrail")
    page = client.lookup_events(**named("AssumeRole"))
    assert _of_ubiquity(page["Events"]) == []
    page = client.lookup_events(NextToken=page["NextToken"], **named("AssumeRole"))
    assert _of_ubiquity(page["Events"]) == []
    page = client.lookup_events(NextToken=page["NextToken"], **named("AssumeRole"))
    assert len(_of_ubiquity(page["Events"])) == 1


@pytest.mark.parametrize("name", ["visit.before-change"])
def test_the_change_after_the_visit_is_told_too(aws: PracticeAws, rehearsal: Rehearsal) -> None:
    admin = _person(aws, rehearsal)
    (change,) = events(admin, "us-east-1", **named("UpdateAssumeRolePolicy"))
    (visit,) = events(admin, **named("AssumeRole"))
    assert change["EventTime"] > visit["EventTime"]


@pytest.mark.parametrize("name", ["visit.other-database"])
def test_another_databases_visit_carries_its_id(aws: PracticeAws, rehearsal: Rehearsal) -> None:
    (visit,) = _of_ubiquity(events(_person(aws, rehearsal), **named("AssumeRole")))
    assert visit["requestParameters"]["externalId"] == connection.OTHER_DATABASE


@pytest.mark.parametrize("name", UNSEEN)
def test_a_history_that_may_not_be_seen(aws: PracticeAws, rehearsal: Rehearsal) -> None:
    client = _person(aws, rehearsal).client("cloudtrail")
    refusal = refusal_of(client.lookup_events)
    assert refusal.code == "AccessDeniedException"
    assert "cloudtrail:LookupEvents" in refusal.message


@pytest.mark.parametrize("name", ["test.keeps-versions"])
def test_a_file_stays_in_the_bucket_that_keeps_versions(
    aws: PracticeAws, rehearsal: Rehearsal
) -> None:
    admin, bucket = _person(aws, rehearsal), connection.KEPT.name
    put = admin.s3.put_object(Bucket=bucket, Key="imports/probe", Body=b"x")
    admin.s3.delete_object(Bucket=bucket, Key="imports/probe")
    with pytest.raises(ClientError, match="object protected by object lock"):
        admin.s3.delete_object(Bucket=bucket, Key="imports/probe", VersionId=put["VersionId"])


COUNTED = {
    "visit.seen": [("right", True)],
    "visit.busy": [("right", True)],
    "visit.other-database": [("wrong", True)],
    "visit.before-change": [("right", False)],
    "visit.organization": [],
    "visit.not-allowed": [],
}
"""What the program itself sees: each visit's External ID, and whether it met today's set-up."""


@pytest.mark.parametrize("name", COUNTED)
def test_the_program_sees_what_is_rehearsed(
    trainee: Trainee, rehearsal: Rehearsal, name: str
) -> None:
    account, draft = trainee.account(rehearsal.sign_in), rehearsal.draft

    async def look() -> list[tuple[str, bool]]:
        role = await account.last_use()
        assert isinstance(role, RoleUse)
        seen = await account.visits(draft, role.created_at)
        written = await account.trust_written(draft, role.created_at)
        set_up = SetUp(role, written=written)
        assert bool(seen.failures) == (name in UNSEEN)
        return [(visit.external_id, counts(visit.at, set_up)) for visit in seen.visits]

    assert asyncio.run(look()) == COUNTED[name]
