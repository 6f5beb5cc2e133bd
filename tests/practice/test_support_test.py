"""UbiQuity's own connection test, whole, on the practice AWS: real calls, and real refusals."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from app.aws.access import GivenKeys
from app.aws.ubiquity import UbiquityAccount
from app.core.documents.policies import permissions_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.left_over import LeftKind
from app.core.observation import ObservedOutcome
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.ubiquity_test import ConnectionTest
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN
from app.practice.faults import RequestFault
from tests.practice.clients import (
    EMPTY,
    ENCRYPTED,
    IMPORTS,
    ROLE_ARN,
    allow,
    deny,
    document,
)
from tests.practice.conftest import Setup

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION: Final = "ap-southeast-2"
FILES: Final = BucketEntry(IMPORTS, REGION, "imports/")
LOCKED: Final = BucketEntry(ENCRYPTED, REGION)
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED
ALL: Final = tuple(f"s3:{verb}Object" for verb in ("Get", "Put", "Delete"))


class Outcome:
    """A test of ``entries`` with a file of its own, and what the bucket is like after it."""

    def __init__(self, setup: Setup, *entries: BucketEntry, with_file: bool = True) -> None:
        keys, aws = setup.ubiquity.keys, setup.ubiquity.aws
        access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
        draft = Draft(ACCOUNT_ID, DATABASE_ID, entries or (FILES,))
        before = _files(setup.admin.s3, draft)
        test = ConnectionTest(
            draft, UbiquityAccount(access), lambda _result: None, with_file=with_file
        )
        self.result: ConnectionResult = asyncio.run(test.run())
        self.added = _files(setup.admin.s3, draft) - before

    def check(self, kind: CheckKind) -> ConnectionCheck:
        return next(check for check in self.result.checks if check.kind is kind)

    @property
    def failed(self) -> dict[CheckKind, str | None]:
        """The checks that failed, with the finding that each leads to."""
        return {c.kind: c.code for c in self.result.checks if c.state is FAILED}


def _files(s3: "S3Client", draft: Draft) -> set[tuple[str, str]]:
    return {
        (name, entry["Key"])
        for name in draft.bucket_names
        for entry in s3.list_objects_v2(Bucket=name).get("Contents", ())
    }


def _use_key(setup: Setup, *actions: str) -> None:
    """Let the role use the practice key, by the key's policy."""
    kms = setup.admin.kms
    policy = json.loads(kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"])
    statement = {"Effect": "Allow", "Principal": {"AWS": ROLE_ARN}, "Action": list(actions)}
    policy["Statement"].append({**statement, "Resource": "*"})
    kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=json.dumps(policy))


def test_the_guides_setup_works_and_the_bucket_is_as_before(setup: Setup) -> None:
    setup.whole()
    tested = Outcome(setup)
    assert tested.result.worked
    assert {check.state for check in tested.result.checks} == {PASSED}
    assert (tested.added, tested.result.left) == (set(), ())
    assert tested.check(CheckKind.LIST).files == 6
    outcomes = [o.outcome for o in tested.result.observations]
    assert outcomes.count(ObservedOutcome.DENIED) == 2  # without the External ID, with a wrong one
    assert all(o.request_id for o in tested.result.observations if o.code)
    calls = [call.operation for call in tested.result.calls]
    assert calls.count("sts.AssumeRole") == 3
    assert calls.count("s3.DeleteObject") == 2


def test_an_empty_folder_works_too(setup: Setup) -> None:
    setup.role()
    entry = BucketEntry(EMPTY, "us-east-1")
    setup.policy(permissions_policy([entry]))
    tested = Outcome(setup, entry, with_file=False)
    assert tested.result.worked
    assert (tested.check(CheckKind.LIST).files, tested.check(CheckKind.READ).state) == (0, SKIPPED)


@pytest.mark.parametrize(
    ("actions", "failed", "works"),
    [
        (
            (),
            {
                CheckKind.READ: "kms.decrypt-denied",
                CheckKind.PROBE_WRITE: "kms.write-denied",
            },
            False,
        ),
        (
            ("kms:Decrypt", "kms:DescribeKey"),
            {CheckKind.PROBE_WRITE: "kms.write-denied"},
            True,
        ),
        (("kms:Decrypt", "kms:GenerateDataKey"), {}, True),
    ],
)
def test_an_encrypted_bucket(
    setup: Setup, actions: tuple[str, ...], failed: Mapping[CheckKind, str], works: bool
) -> None:
    setup.role()
    setup.policy(permissions_policy([LOCKED]))
    if actions:
        _use_key(setup, *actions)
    tested = Outcome(setup, LOCKED)
    assert (tested.failed, tested.result.worked) == (failed, works)
    assert tested.added == set()
    used = {o.action for o in tested.result.observations if o.resource == KEY_ARN}
    assert used == set(actions) - {"kms:DescribeKey"}  # which reading and writing don't need


@pytest.mark.parametrize("lock", [False, True])
def test_a_bucket_that_keeps_versions_has_them_named(setup: Setup, lock: bool) -> None:
    s3, entry = setup.admin.s3, BucketEntry("practice-versions", REGION, "in/")
    s3.create_bucket(
        Bucket=entry.name,
        CreateBucketConfiguration={"LocationConstraint": "ap-southeast-2"},
        ObjectLockEnabledForBucket=lock,
    )
    s3.put_bucket_versioning(Bucket=entry.name, VersioningConfiguration={"Status": "Enabled"})
    if lock:
        retention = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}
        s3.put_object_lock_configuration(
            Bucket=entry.name,
            ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": retention},  # type: ignore[typeddict-item]
        )
    setup.role()
    setup.policy(permissions_policy([entry]))
    tested = Outcome(setup, entry)
    assert tested.result.worked
    assert tested.added == set()
    there = s3.list_object_versions(Bucket=entry.name)
    kept = {
        (kind, each["Key"], each["VersionId"])
        for kind, each in (
            *((LeftKind.VERSION, version) for version in there["Versions"]),
            *((LeftKind.MARKER, marker) for marker in there["DeleteMarkers"]),
        )
    }
    assert {(left.kind, left.key, left.version) for left in tested.result.left} == kept
    assert len(kept) == 4


@pytest.mark.parametrize(
    ("missing", "failed", "is_left"),
    [
        ("s3:PutObject", CheckKind.PROBE_WRITE, False),
        ("s3:DeleteObject", CheckKind.PROBE_DELETE, True),
    ],
)
def test_an_action_is_missing(setup: Setup, missing: str, failed: CheckKind, is_left: bool) -> None:
    setup.role()
    others = [action for action in ALL if action != missing]
    on_files = allow(*others, on=f"arn:aws:s3:::{IMPORTS}/*")
    setup.policy(document(allow("s3:ListBucket", on=f"arn:aws:s3:::{IMPORTS}"), on_files))
    tested = Outcome(setup)
    assert tested.failed == {failed: "policy.action-missing"}
    assert not tested.result.worked
    left = {(each.bucket, each.key) for each in tested.result.left}
    assert tested.added == left
    assert {each.kind for each in tested.result.left} == ({LeftKind.OBJECT} if is_left else set())


def test_a_folder_that_is_limited(setup: Setup) -> None:
    folder = replace(FILES, restrict_to_prefix=True)
    setup.role()
    setup.policy(permissions_policy([folder]))
    tested = Outcome(setup, folder)
    assert {check.state for check in tested.result.checks} == {PASSED}
    assert CheckKind.OUTSIDE in {check.kind for check in tested.result.checks}


def test_a_folder_that_should_be_limited(setup: Setup) -> None:
    setup.whole()
    tested = Outcome(setup, replace(FILES, restrict_to_prefix=True))
    assert tested.failed == {CheckKind.OUTSIDE: "policy.too-broad"}
    assert tested.result.worked


@pytest.mark.parametrize(
    ("condition", "failed"),
    [
        ({}, (CheckKind.ASSUME_WITHOUT, CheckKind.ASSUME_WRONG)),
        ({"StringLike": {"sts:ExternalId": "*"}}, (CheckKind.ASSUME_WRONG,)),
    ],
)
def test_a_role_that_is_too_open(
    setup: Setup, condition: Mapping[str, object], failed: tuple[CheckKind, ...]
) -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": UBIQUITY_ROOT_ARN}}
    more: Mapping[str, object] = {"Action": "sts:AssumeRole"}
    more = {**more, "Condition": condition} if condition else more
    setup.role({"Version": "2012-10-17", "Statement": [{**statement, **more}]})
    setup.policy()
    tested = Outcome(setup, with_file=False)
    assert tested.failed == dict.fromkeys(failed, "trust.external-id-not-required")
    assert tested.result.worked


def test_only_archived_files(setup: Setup) -> None:
    entry = BucketEntry(EMPTY, "us-east-1")
    setup.admin.s3.put_object(Bucket=EMPTY, Key="cold.csv", Body=b"x", StorageClass="GLACIER")
    setup.role()
    setup.policy(permissions_policy([entry]))
    tested = Outcome(setup, entry, with_file=False)
    assert tested.failed == {CheckKind.READ: "files.archived"}
    assert tested.result.worked


def test_an_explicit_deny_leaves_nothing_behind(setup: Setup) -> None:
    setup.whole()
    policy = deny("s3:PutObject", on=f"arn:aws:s3:::{IMPORTS}/imports/archive/*", Principal="*")
    setup.admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=document(policy))
    tested = Outcome(setup)
    assert tested.failed == {CheckKind.PROBE_COPY: "bucket.explicit-deny"}
    assert (tested.added, tested.result.left) == (set(), ())
    setup.admin.s3.delete_bucket_policy(Bucket=IMPORTS)
    assert Outcome(setup).result.worked


def test_the_role_is_gone_and_comes_back(setup: Setup) -> None:
    tested = Outcome(setup)
    assert tested.check(CheckKind.ASSUME).state is FAILED
    assert {check.state for check in tested.result.checks[1:]} == {SKIPPED}
    setup.whole()
    assert Outcome(setup).result.worked


_TOKEN: Final = "0" * 32
_FIRST_WRITE: Final = f"s3:PUT /{IMPORTS}/imports/ubiquity-connection-test-{_TOKEN}.txt"


@pytest.mark.parametrize(
    ("fault", "code", "cleans"),
    [
        (RequestFault.LOST_BEFORE, "env.timeout", True),
        (RequestFault.LOST_AFTER, "env.timeout", True),
        (RequestFault.THROTTLED, "env.throttled", False),
    ],
)
def test_the_answer_to_a_write_is_lost(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, fault: RequestFault, code: str, cleans: bool
) -> None:
    monkeypatch.setattr("app.flow.connection.probe.secrets.token_hex", lambda _bytes: _TOKEN)
    setup.whole()
    setup.ubiquity.aws.faults.troubles[_FIRST_WRITE, 1] = fault
    tested = Outcome(setup)
    assert tested.failed == {CheckKind.PROBE_WRITE: code}
    assert tested.check(CheckKind.PROBE_DELETE).state is (PASSED if cleans else SKIPPED)
    assert (tested.added, tested.result.left) == (set(), ())
    assert Outcome(setup).result.worked


def test_stopped_in_the_middle_the_bucket_is_as_before(setup: Setup) -> None:
    setup.whole()
    keys, aws = setup.ubiquity.keys, setup.ubiquity.aws
    access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
    draft = Draft(ACCOUNT_ID, DATABASE_ID, (FILES,))
    before, told = _files(setup.admin.s3, draft), list[ConnectionResult]()

    async def main() -> None:
        def stop_at_the_copy(result: ConnectionResult) -> None:
            told.append(result)
            copying = (CheckKind.PROBE_COPY, CheckState.RUNNING)
            if copying in ((check.kind, check.state) for check in result.checks):
                task.cancel()

        test = ConnectionTest(draft, UbiquityAccount(access), stop_at_the_copy, with_file=True)
        task = asyncio.ensure_future(test.run())
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert _files(setup.admin.s3, draft) == before
    assert told[-1].left == ()
