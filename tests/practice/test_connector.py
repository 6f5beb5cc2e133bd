"""UbiQuity's own "Test Connection", pressed on the practice AWS: what it does, what it answers."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.told.answer import ToldAnswer
from app.flow.ports.accounts import PressedTest
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.connector import press_test_connection
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, Person, deny
from tests.practice.conftest import Setup
from tests.practice.test_cloudtrail import events, named, record

FILES = BucketEntry(IMPORTS, "ap-southeast-2", "imports/")
OTHERS = BucketEntry(EMPTY, "us-east-1", "")
DRAFT = Draft(ACCOUNT_ID, DATABASE_ID, (FILES, OTHERS))


def press(aws: PracticeAws, draft: Draft = DRAFT) -> tuple[PressedTest, ...]:
    return press_test_connection(aws.endpoint_url, aws.ubiquity, draft)


def test_each_connector_finds_its_files(setup: Setup, aws: PracticeAws, admin: Person) -> None:
    setup.role()
    setup.policy(permissions_policy(DRAFT.buckets))
    admin.s3.put_object(Bucket=IMPORTS, Key="imports/new/", Body=b"")
    assert press(aws) == (
        PressedTest(FILES, ToldAnswer.SUCCESS, files=6, markers=1),
        PressedTest(OTHERS, ToldAnswer.SUCCESS),
    )


def test_what_it_did_is_in_the_history_of_the_buckets_region(
    setup: Setup, aws: PracticeAws, admin: Person
) -> None:
    setup.role()
    setup.policy(permissions_policy(DRAFT.buckets))
    press(aws)
    for entry in DRAFT.buckets:
        (event,) = events(admin, entry.region, **named("AssumeRole"))
        whole = record(event)
        assert whole["userIdentity"]["accountId"] == UBIQUITY_ACCOUNT
        assert whole["requestParameters"]["externalId"] == DATABASE_ID


def _wrong_id(setup: Setup) -> None:
    setup.role(trust_policy("somebody-elses"))


def _no_policy(setup: Setup) -> None:
    setup.role()


def _denying_bucket(setup: Setup) -> None:
    setup.role()
    setup.policy()
    statement = deny("s3:ListBucket", on=f"arn:aws:s3:::{IMPORTS}", Principal="*")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    setup.admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=policy)


def _sound(setup: Setup) -> None:
    setup.role()
    setup.policy()


@pytest.mark.parametrize(
    ("arrange", "draft", "told"),
    [
        (lambda _setup: None, DRAFT, ToldAnswer.ASSUME),
        (_wrong_id, DRAFT, ToldAnswer.ASSUME),
        (_sound, replace(DRAFT, database_id="not a database id"), ToldAnswer.EXTERNAL_ID),
        (_no_policy, DRAFT, ToldAnswer.OPERATIONS),
        (_denying_bucket, DRAFT, ToldAnswer.OPERATIONS),
        (_sound, replace(DRAFT, buckets=(replace(FILES, region="eu-west-1"),)), ToldAnswer.REGION),
        (_sound, replace(DRAFT, buckets=(replace(FILES, region="us-east-1"),)), ToldAnswer.REGION),
        (_sound, replace(DRAFT, buckets=(replace(FILES, name="no-such"),)), ToldAnswer.REGION),
    ],
    ids=["no role", "other id", "unusable id", "no policy", "deny", "region", "us-east-1", "name"],
)
def test_a_refusal_stands_under_its_heading_of_the_guide(
    setup: Setup,
    aws: PracticeAws,
    arrange: Callable[[Setup], None],
    draft: Draft,
    told: ToldAnswer,
) -> None:
    arrange(setup)
    answer = press(aws, draft)[0]
    assert (answer.told, answer.files) == (told, 0)
    assert answer.message
