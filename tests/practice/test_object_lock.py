"""Versions, delete markers and Object Lock: what a test with a file leaves behind.

Sources: Amazon S3 User Guide, "Locking objects with Object Lock" and "Working with delete markers";
the sentence of a held version is AWS's (versitygw issue 1330, among others).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.guide import ROLE_NAME
from app.practice.server import PracticeAws
from tests.practice.clients import Person, allow, document, refusal_of
from tests.practice.conftest import Setup

BUCKET = "practice-kept-versions"
KEY = "imports/probe.txt"
HELD = "Access Denied because object protected by object lock."


@pytest.fixture
def connector(setup: Setup, admin: Person) -> Person:
    """Give a connector to a bucket that keeps each version for a day, and its whole policy."""
    place: Any = {"LocationConstraint": "ap-southeast-2"}
    admin.s3.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration=place, ObjectLockEnabledForBucket=True
    )
    rule: Any = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    admin.s3.put_object_lock_configuration(
        Bucket=BUCKET, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )
    setup.role()
    _grant(admin, "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    return setup.connector()


def _grant(admin: Person, *actions: str) -> None:
    bucket = f"arn:aws:s3:::{BUCKET}"
    text = document(allow("s3:ListBucket", on=bucket), allow(*actions, on=f"{bucket}/*"))
    admin.iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="own", PolicyDocument=text)


def test_deleting_a_file_leaves_its_version_and_a_marker(connector: Person, admin: Person) -> None:
    put = connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"probe")
    copy = connector.s3.copy_object(
        Bucket=BUCKET, Key="imports/archive/probe.txt", CopySource={"Bucket": BUCKET, "Key": KEY}
    )
    deleted = connector.s3.delete_object(Bucket=BUCKET, Key=KEY)
    assert deleted["DeleteMarker"]
    left = admin.s3.list_object_versions(Bucket=BUCKET)
    versions = {(version["Key"], version["VersionId"]) for version in left["Versions"]}
    assert versions == {
        (KEY, put["VersionId"]),
        ("imports/archive/probe.txt", copy["VersionId"]),
    }
    assert [marker["VersionId"] for marker in left["DeleteMarkers"]] == [deleted["VersionId"]]
    listed = connector.s3.list_objects_v2(Bucket=BUCKET, Prefix="imports/")
    assert [entry["Key"] for entry in listed["Contents"]] == ["imports/archive/probe.txt"]


def test_the_connector_may_not_delete_versions(connector: Person) -> None:
    put = connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"probe")
    which: Any = {"Bucket": BUCKET, "Key": KEY, "VersionId": put["VersionId"]}
    one = refusal_of(lambda: connector.s3.delete_object(**which))
    assert "s3:DeleteObjectVersion" in one.message
    objects: Any = [{"Key": KEY, "VersionId": put["VersionId"]}]
    many = connector.s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})
    assert "s3:DeleteObjectVersion" in many["Errors"][0]["Message"]


def test_a_held_version_stays_until_its_time(
    connector: Person, admin: Person, aws: PracticeAws
) -> None:
    _grant(admin, "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion")
    put = connector.s3.put_object(
        Bucket=BUCKET,
        Key=KEY,
        Body=b"probe",
        ObjectLockMode="COMPLIANCE",
        ObjectLockRetainUntilDate=datetime.now(UTC) + timedelta(minutes=5),
    )
    which: Any = {"Bucket": BUCKET, "Key": KEY, "VersionId": put["VersionId"]}
    refusal = refusal_of(lambda: connector.s3.delete_object(**which))
    assert (refusal.code, refusal.status, refusal.message) == ("AccessDenied", 403, HELD)
    objects: Any = [{"Key": KEY, "VersionId": put["VersionId"]}]
    many = connector.s3.delete_objects(Bucket=BUCKET, Delete={"Objects": objects})
    assert [error["Message"] for error in many["Errors"]] == [HELD]
    aws.faults.clock_ahead = timedelta(minutes=6)
    assert connector.s3.delete_object(**which)["VersionId"] == put["VersionId"]
    assert "Versions" not in admin.s3.list_object_versions(Bucket=BUCKET)


def test_governance_yields_to_who_may_pass_it_by_and_says_so(
    connector: Person, admin: Person
) -> None:
    _grant(admin, "s3:PutObject", "s3:DeleteObjectVersion")
    put = connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"probe")
    which: Any = {"Bucket": BUCKET, "Key": KEY, "VersionId": put["VersionId"]}
    no_right = refusal_of(
        lambda: connector.s3.delete_object(**which, BypassGovernanceRetention=True)
    )
    assert "s3:BypassGovernanceRetention" in no_right.message
    assert refusal_of(lambda: admin.s3.delete_object(**which)).message == HELD
    admin.s3.delete_object(**which, BypassGovernanceRetention=True)
    assert "Versions" not in admin.s3.list_object_versions(Bucket=BUCKET)


def test_a_delete_marker_is_no_object_and_is_free(connector: Person, admin: Person) -> None:
    connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"probe")
    marker = connector.s3.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    which: Any = {"Bucket": BUCKET, "Key": KEY, "VersionId": marker}
    refusal = refusal_of(lambda: admin.s3.get_object(**which))
    assert (refusal.code, refusal.status) == ("MethodNotAllowed", 405)
    assert admin.s3.delete_object(**which)["DeleteMarker"]
    assert connector.s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"probe"


@pytest.mark.usefixtures("connector")
def test_a_legal_hold_yields_to_nobody(admin: Person) -> None:
    put = admin.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", ObjectLockLegalHoldStatus="ON")
    which: Any = {"Bucket": BUCKET, "Key": KEY, "VersionId": put["VersionId"]}
    held = refusal_of(lambda: admin.s3.delete_object(**which, BypassGovernanceRetention=True))
    assert held.message == HELD


RANGES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "one byte": ("bytes=0-0", lambda got: got["ContentRange"] == "bytes 0-0/5"),
    "the end": ("bytes=3-", lambda got: got["Body"].read() == b"be"),
}


@pytest.mark.parametrize("name", RANGES)
def test_a_part_of_a_file_can_be_read(connector: Person, name: str) -> None:
    wanted, holds = RANGES[name]
    connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"probe")
    got = connector.s3.get_object(Bucket=BUCKET, Key=KEY, Range=wanted)
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert holds(got)


def test_no_part_of_an_empty_file_can_be_read(connector: Person) -> None:
    connector.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"")
    refusal = refusal_of(lambda: connector.s3.get_object(Bucket=BUCKET, Key=KEY, Range="bytes=0-0"))
    assert (refusal.code, refusal.status) == ("InvalidRange", 416)
