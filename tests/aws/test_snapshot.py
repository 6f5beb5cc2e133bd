"""The snapshot of a whole setup: all of it read, and each permission missing in turn."""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from botocore.awsrequest import AWSPreparedRequest

from app.aws.account import CustomerAccount
from app.core.diagnosis.chain import CHAIN
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry, Draft
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.snapshot import (
    BucketFacts,
    Caller,
    CustomerPolicy,
    Encryption,
    KmsKey,
    PolicyDocument,
    PolicyVersion,
    Sample,
    Snapshot,
    State,
    Unreadable,
)
from app.flow.ports.aws import CallTime
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, SAYS, Answer, Front, answer, draft, keys
from tests.aws.setups import BUCKET_POLICY, DRAFT, EXTRA, PERMISSIONS, TRUST, Whole

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOTO = Caller(f"arn:aws:sts::{ACCOUNT}:user/moto", ACCOUNT)


@pytest.fixture
def account(server: str, whole: Whole, front: Front) -> CustomerAccount:  # noqa: ARG001
    return CustomerAccount(keys(server), clock=lambda: NOON)


def _read(account: CustomerAccount, wanted: Draft = DRAFT) -> Snapshot:
    return asyncio.run(account.read_snapshot(wanted))


def test_a_whole_setup_is_read(account: CustomerAccount, whole: Whole) -> None:
    snapshot = _read(account)
    assert (snapshot.captured_at, snapshot.caller) == (NOON, MOTO)
    assert snapshot.unreadable == ()
    assert snapshot.observations == ()
    assert snapshot.similar_roles == ()
    role = snapshot.role
    assert (role.state, role.arn, role.name, role.path) == (
        State.FOUND,
        role_arn(ACCOUNT),
        ROLE_NAME,
        "/",
    )
    assert role.trust_policy == TRUST
    assert role.permissions_boundary == PolicyDocument("boundary", EXTRA, whole.boundary, "v1")
    assert {p.name for p in role.attached_policies} == {POLICY_NAME, "extra"}
    assert PolicyDocument(POLICY_NAME, PERMISSIONS, whole.policy, "v1") in role.attached_policies
    assert role.inline_policies == (PolicyDocument("inline", EXTRA),)
    assert role.id is not None
    assert role.id.startswith("AROA")
    assert role.tags == {"team": "data"}
    assert role.max_session_duration == 7200
    assert role.instance_profiles == ("machines",)


def test_the_customer_policy_is_read(account: CustomerAccount, whole: Whole) -> None:
    policy = _read(account).customer_policy
    assert policy == CustomerPolicy(
        State.FOUND,
        whole.policy,
        "v1",
        PERMISSIONS,
        policy.versions,
        (ROLE_NAME,),
        {"team": "data"},
    )
    (version,) = policy.versions or ()
    assert version == PolicyVersion("v1", version.created_at, default=True)
    assert version.created_at is not None


def test_the_bucket_and_its_key_are_read(account: CustomerAccount, whole: Whole) -> None:
    (bucket,) = _read(account).buckets
    assert bucket == BucketFacts(
        name=BUCKET,
        state=State.FOUND,
        region=REGION,
        owner_account=ACCOUNT,
        policy=BUCKET_POLICY,
        encryption=Encryption("aws:kms", whole.key, bucket_key=True),
        object_ownership="BucketOwnerEnforced",
        kms_key=KmsKey(whole.key, ACCOUNT, "CUSTOMER", "Enabled", EXTRA, ()),
        sample=Sample(
            listed=3,
            keys=("in/a.csv", "in/b.csv", "in/c.csv"),
            storage_classes={"STANDARD": 2, "GLACIER": 1},
            tagged=1,
            kms_keys=(whole.key,),
            markers=0,
        ),
    )


def test_each_call_tells_how_long_it_took_and_which_links_it_is_about(
    account: CustomerAccount,
) -> None:
    calls: list[CallTime] = []
    asyncio.run(account.read_snapshot(DRAFT, on_call=calls.append))
    assert all(0 < call.ended - call.begun < 60 for call in calls)
    about = {call.links for call in calls}
    # GetRole tells of the role and whom it trusts; HeadBucket and a listing, which need the same
    # permission, tell of the bucket and of the files.
    assert about - {frozenset((link,)) for link in ChainLink} == {
        frozenset((ChainLink.ROLE, ChainLink.TRUST))
    }
    assert frozenset[ChainLink]().union(*about) == {*CHAIN, ChainLink.CALLER} - {ChainLink.UBIQUITY}


def test_a_snapshot_survives_its_file(account: CustomerAccount) -> None:
    snapshot = _read(account)
    assert dump_snapshot(snapshot) == dump_snapshot(_again(snapshot))
    assert _again(snapshot).unreadable == snapshot.unreadable


def _again(snapshot: Snapshot) -> Snapshot:
    again = read_snapshot(dump_snapshot(snapshot), "snapshot.json")
    assert isinstance(again, Snapshot)
    return again


def test_reading_changes_nothing(account: CustomerAccount, front: Front) -> None:
    _read(account)
    verbs = {operation.partition(".")[2] for operation in front.operations}
    reading = ("Get", "List", "Head", "Describe", "Simulate")
    assert {verb for verb in verbs if not verb.startswith(reading)} == set()
    assert "ListBuckets" not in verbs


# Each permission refused by itself, and the paths of what can't be read without it.
REFUSED: tuple[tuple[tuple[str, ...], list[str]], ...] = (
    (("iam.GetRole",), ["role"]),
    (("iam.ListAttachedRolePolicies",), ["role.attached_policies"]),
    (("iam.ListRolePolicies",), ["role.inline_policies"]),
    (("iam.GetRolePolicy",), ["role.inline_policies[0].document"]),
    (
        ("iam.GetPolicy",),
        [
            "role.attached_policies[0].document",
            "role.attached_policies[1].document",
            "role.permissions_boundary.document",
            "customer_policy",
        ],
    ),
    (
        ("iam.GetPolicyVersion",),
        [
            "role.attached_policies[0].document",
            "role.attached_policies[1].document",
            "role.permissions_boundary.document",
            "customer_policy.document",
        ],
    ),
    (("iam.ListPolicyVersions",), ["customer_policy.versions"]),
    (("iam.ListEntitiesForPolicy",), ["customer_policy.attached_to"]),
    (("iam.ListInstanceProfilesForRole",), ["role.instance_profiles"]),
    (("iam.ListPolicies",), []),
    (("iam.ListRoles",), []),
    (("iam.SimulatePrincipalPolicy",), []),
    (("s3.HeadBucket",), ["buckets[0].state"]),
    (("s3.GetBucketPolicy",), ["buckets[0].policy"]),
    (("s3.GetBucketEncryption",), ["buckets[0].encryption", "buckets[0].kms_key"]),
    (("s3.GetBucketOwnershipControls",), ["buckets[0].object_ownership"]),
    (("s3.ListObjectsV2",), ["buckets[0].sample"]),
    (("s3.GetObjectTagging",), ["buckets[0].sample.tagged"]),
    (("s3.HeadObject",), ["buckets[0].sample.sse_c"]),
    (("kms.DescribeKey",), ["buckets[0].kms_key.manager", "buckets[0].kms_key.state"]),
    (("kms.GetKeyPolicy",), ["buckets[0].kms_key.policy"]),
    (("kms.ListGrants",), []),
    (("sts.GetCallerIdentity",), ["caller"]),
    (
        (
            "s3.HeadBucket",
            "s3.GetBucketPolicy",
            "s3.GetBucketEncryption",
            "s3.GetBucketOwnershipControls",
            "s3.ListObjectsV2",
        ),
        ["buckets[0]"],
    ),
)


@pytest.mark.parametrize(("operations", "unread"), REFUSED)
def test_each_missing_permission_is_named_by_its_path(
    account: CustomerAccount, front: Front, operations: tuple[str, ...], unread: list[str]
) -> None:
    front.refuse(*operations)
    snapshot = _read(account)
    assert [entry.what for entry in snapshot.unreadable] == unread
    texts = {(entry.code, entry.message) for entry in snapshot.unreadable}
    assert texts <= {("AccessDenied", SAYS), ("403", "")}
    assert snapshot.observations == ()
    assert _again(snapshot).unreadable == snapshot.unreadable


def test_optional_facts_are_none_where_not_read(account: CustomerAccount, front: Front) -> None:
    front.refuse(
        "iam.ListPolicyVersions", "iam.ListEntitiesForPolicy", "iam.ListInstanceProfilesForRole"
    )
    snapshot = _read(account)
    assert snapshot.customer_policy.versions is None
    assert snapshot.customer_policy.attached_to is None
    assert snapshot.role.instance_profiles is None


def test_what_is_not_read_is_null(account: CustomerAccount, front: Front) -> None:
    front.refuse("s3.GetBucketPolicy", "s3.GetBucketEncryption", "s3.ListObjectsV2")
    front.refuse("iam.GetPolicyVersion", "iam.ListRolePolicies")
    snapshot = _read(account)
    (bucket,) = snapshot.buckets
    assert (bucket.policy, bucket.encryption, bucket.kms_key, bucket.sample) == (None,) * 4
    assert snapshot.role.inline_policies == ()
    assert {policy.document for policy in snapshot.role.attached_policies} == {None}
    assert {policy.version for policy in snapshot.role.attached_policies} == {"v1"}


def test_the_right_to_see_the_role_is_enough(account: CustomerAccount, front: Front) -> None:
    everything = {operation for operation, _ in _asked(account, front)}
    front.refuse(*(everything - {"iam.GetRole", "sts.GetCallerIdentity"}))
    snapshot = _read(account)
    assert snapshot.role.trust_policy == TRUST
    assert [entry.what for entry in snapshot.unreadable] == [
        "role.attached_policies",
        "role.inline_policies",
        "role.instance_profiles",
        "role.permissions_boundary.document",
        "customer_policy",
        "buckets[0]",
    ]


def _asked(account: CustomerAccount, front: Front) -> list[tuple[str, object]]:
    _read(account)
    return [*front.requests]


def test_another_account_is_not_taken_for_the_drafts(
    account: CustomerAccount, front: Front
) -> None:
    snapshot = _read(account, draft(account="999999999999"))
    assert snapshot.caller == MOTO
    assert snapshot.role.state is State.UNREADABLE
    assert snapshot.customer_policy.state is State.UNREADABLE
    text = f"The sign-in belongs to account {ACCOUNT}, not to 999999999999."
    assert snapshot.unreadable[:2] == (
        Unreadable("role", "WrongAccount", text),
        Unreadable("customer_policy", "WrongAccount", text),
    )
    assert not [name for name in front.operations if name.startswith("iam.")]


def test_a_service_that_fails_half_way_is_observed_once(
    account: CustomerAccount, front: Front
) -> None:
    front.refuse("kms.DescribeKey", "kms.GetKeyPolicy", code="ThrottlingException", status=400)
    snapshot = _read(account)
    assert [(seen.action, seen.code) for seen in snapshot.observations] in (
        [("kms:DescribeKey", "ThrottlingException")],
        [("kms:GetKeyPolicy", "ThrottlingException")],
    )
    assert [entry.what for entry in snapshot.unreadable] == [
        "buckets[0].kms_key.manager",
        "buckets[0].kms_key.policy",
        "buckets[0].kms_key.state",
    ]
    assert snapshot.role.state is State.FOUND


def test_eight_calls_run_side_by_side(account: CustomerAccount, front: Front) -> None:
    lock, eight = threading.Lock(), threading.Event()
    running = most = 0

    def hold(_request: AWSPreparedRequest) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == 8:
                eight.set()
        assert eight.wait(30)
        with lock:
            running -= 1

    front.answers["s3.HeadBucket"] = hold
    _read(account, draft(*(BucketEntry(f"bucket-{n}", REGION) for n in range(20))))
    assert most == 8


def test_one_account_is_read_again_in_another_loop(account: CustomerAccount) -> None:
    assert _read(account) == _read(account)


# What AWS gives for a policy and is none

_ROLE = f"""<Path>/</Path><RoleName>{ROLE_NAME}</RoleName><RoleId>AROA</RoleId>
<Arn>{role_arn(ACCOUNT)}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>"""
_VERSION = "<VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion>"


def _iam(operation: str, result: str) -> Answer:
    inner = f"<{operation}Result>{result}</{operation}Result>"
    return answer(200, f"<{operation}Response>{inner}</{operation}Response>")


def _as_inline(text: str) -> Answer:
    named = f"<RoleName>{ROLE_NAME}</RoleName><PolicyName>inline</PolicyName>"
    return _iam("GetRolePolicy", f"{named}<PolicyDocument>{quote(text)}</PolicyDocument>")


def _as_version(text: str) -> Answer:
    version = f"{_VERSION}<Document>{quote(text)}</Document>"
    return _iam("GetPolicyVersion", f"<PolicyVersion>{version}</PolicyVersion>")


def _as_trust(text: str) -> Answer:
    document = f"<AssumeRolePolicyDocument>{quote(text)}</AssumeRolePolicyDocument>"
    return _iam("GetRole", f"<Role>{_ROLE}{document}</Role>")


_DEEP = '{"a":' * 200 + "1" + "}" * 200
_GIVEN: dict[str, tuple[str, Callable[[str], Answer]]] = {
    "role.trust_policy": ("iam.GetRole", _as_trust),
    "role.inline_policies[0].document": ("iam.GetRolePolicy", _as_inline),
    "customer_policy.document": ("iam.GetPolicyVersion", _as_version),
    "buckets[0].policy": ("s3.GetBucketPolicy", lambda text: answer(200, text)),
    "buckets[0].kms_key.policy": (
        "kms.GetKeyPolicy",
        lambda text: answer(200, json.dumps({"Policy": text})),
    ),
}


@pytest.mark.parametrize("text", ["no JSON", "[{}]", '{"a": NaN}', _DEEP])
def test_what_is_no_policy_was_not_read(account: CustomerAccount, front: Front, text: str) -> None:
    """It could stand in no file, and "nothing" would say that AWS has none there."""
    for operation, given in _GIVEN.values():
        front.answers[operation] = given(text)
    snapshot = _read(account)
    assert [path for path in _GIVEN if snapshot.was_read(path)] == []
    again = read_snapshot(dump_snapshot(snapshot), "snapshot.json")
    assert isinstance(again, Snapshot)
    assert dump_snapshot(again) == dump_snapshot(snapshot)
    report = diagnose(DRAFT, snapshot)
    assert diagnose(DRAFT, again) == report
    unread = [f.params for f in report.findings if f.code == "check.unreadable"]
    assert {params["what"] for params in unread if params["no_policy"]} >= set(_GIVEN)
    front.answers.clear()
    assert _read(account).unreadable == ()
