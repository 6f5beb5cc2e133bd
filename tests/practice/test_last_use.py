"""When a role was last used, as GetRole tells it (IAM API Reference, "RoleLastUsed")."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.guide import ROLE_NAME
from app.practice.pace import Pace
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, POLICY_ARN, Person, refusal_of
from tests.practice.conftest import Setup


def last_used(admin: Person) -> Any:  # noqa: ANN401 - as boto3 answers it
    return admin.iam.get_role(RoleName=ROLE_NAME)["Role"]["RoleLastUsed"]


def test_a_role_that_nobody_used_says_so_by_an_empty_element(setup: Setup, admin: Person) -> None:
    setup.role()
    assert last_used(admin) == {}
    # To assume it is no use of it: no request is made with it yet.
    setup.connector()
    assert last_used(admin) == {}


def test_any_request_of_the_role_counts_in_its_region(setup: Setup, admin: Person) -> None:
    connector, before = setup.whole(), datetime.now(UTC).replace(microsecond=0)
    connector.s3.list_objects_v2(Bucket=IMPORTS)
    used = last_used(admin)
    assert used["Region"] == "ap-southeast-2"
    assert before <= used["LastUsedDate"] <= datetime.now(UTC)
    refusal_of(lambda: connector.at("us-east-1").s3.list_objects_v2(Bucket=EMPTY))
    assert last_used(admin)["Region"] == "us-east-1"


def test_a_role_made_anew_was_never_used(setup: Setup, admin: Person) -> None:
    setup.role()
    setup.connector().sts.get_caller_identity()
    assert last_used(admin)
    admin.iam.delete_role(RoleName=ROLE_NAME)
    setup.role()
    assert last_used(admin) == {}


def test_a_use_shows_after_a_while(setup: Setup, aws: PracticeAws, admin: Person) -> None:
    aws._ledger.pace = Pace(last_use_after=timedelta(minutes=6))
    connector = setup.whole()
    connector.sts.get_caller_identity()
    aws.faults.clock_ahead = timedelta(minutes=4)
    connector.at("eu-west-1").sts.get_caller_identity()
    assert last_used(admin) == {}
    # The first use shows, though the role has been used again since.
    aws.faults.clock_ahead = timedelta(minutes=7)
    assert last_used(admin)["Region"] == "ap-southeast-2"
    aws.faults.clock_ahead = timedelta(minutes=11)
    assert last_used(admin)["Region"] == "eu-west-1"


def test_versions_of_a_policy_grow_older_too(setup: Setup, admin: Person) -> None:
    """What is refused long after the last change is not put down to AWS still spreading it."""
    setup.whole()
    admin.aws.let_pass(timedelta(days=30))
    versions = admin.iam.list_policy_versions(PolicyArn=POLICY_ARN)["Versions"]
    policy = admin.iam.get_policy(PolicyArn=POLICY_ARN)["Policy"]
    assert [version["CreateDate"] for version in versions] == [policy["CreateDate"]]
    assert datetime.now(UTC) - versions[0]["CreateDate"] > timedelta(days=29)
