"""What AWS has where a change acts, read from moto before and after the change."""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from app import __version__
from app.aws.account import CustomerAccount
from app.aws.caller import ASK_CALLER
from app.aws.calls import Calls
from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.expectation import is_after, is_before
from app.core.changes.kinds import KINDS
from app.core.changes.undo import inverse
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.core.journal import Step
from app.flow.ports.aws import Made, Present
from tests.aws.doubles import ACCOUNT, REGION, Front, document
from tests.aws.setups import EXTRA, PERMISSIONS, TRUST

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client

ROLE, POLICY = role_arn(ACCOUNT), policy_arn(ACCOUNT)
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/developers"
OTHER_TRUST: object = trust_policy("another")


def _change(kind: ChangeKind, target: str, before: object, after: object) -> Change:
    return Change(kind, target, before, after, reversible=True)


def _present(account: CustomerAccount, change: Change) -> Present:
    found = asyncio.run(account.present(change))
    assert isinstance(found, Present), found
    return found


V1: object = {"version": "v1", "document": PERMISSIONS}
V2: object = {"version": "v2", "document": EXTRA}
INLINE: object = {"name": "extra", "document": EXTRA}

ONE_AFTER_THE_OTHER = (
    _change(ChangeKind.CREATE_POLICY, POLICY, None, PERMISSIONS),
    _change(ChangeKind.CREATE_ROLE, ROLE, None, TRUST),
    _change(ChangeKind.ATTACH_POLICY, ROLE, None, {"policy_arn": POLICY}),
    _change(ChangeKind.UPDATE_TRUST_POLICY, ROLE, TRUST, OTHER_TRUST),
    _change(ChangeKind.CREATE_POLICY_VERSION, POLICY, PERMISSIONS, EXTRA),
    _change(ChangeKind.SET_DEFAULT_POLICY_VERSION, POLICY, V2, V1),
    _change(ChangeKind.DELETE_POLICY_VERSION, POLICY, V2, None),
    _change(ChangeKind.SET_PERMISSIONS_BOUNDARY, ROLE, None, {"policy_arn": BOUNDARY}),
    _change(ChangeKind.SET_PERMISSIONS_BOUNDARY, ROLE, {"policy_arn": BOUNDARY}, None),
    _change(ChangeKind.TAG_ROLE, ROLE, None, {"team": "data", "cost": "1"}),
    _change(ChangeKind.TAG_ROLE, ROLE, {"team": "data", "cost": "1"}, {"team": "ours"}),
    _change(ChangeKind.PUT_ROLE_POLICY, ROLE, None, INLINE),
    _change(ChangeKind.PUT_ROLE_POLICY, ROLE, INLINE, None),
    _change(ChangeKind.DETACH_POLICY, ROLE, {"policy_arn": POLICY}, None),
    _change(ChangeKind.DELETE_ROLE, ROLE, OTHER_TRUST, None),
    _change(ChangeKind.DELETE_POLICY, POLICY, PERMISSIONS, None),
)


def test_before_and_after_each_change(account: CustomerAccount, iam: "IAMClient") -> None:
    iam.create_policy(PolicyName="developers", PolicyDocument=document())
    for change in ONE_AFTER_THE_OTHER:
        assert is_before(change, _present(account, change).value), change.kind
        assert isinstance(asyncio.run(account.apply(change)), Made), change.kind
        assert is_after(change, _present(account, change).value), change.kind
        assert not is_before(change, _present(account, change).value), change.kind


def test_what_each_kind_is_seen_by(
    account: CustomerAccount,
    iam: "IAMClient",
    kms: "KMSClient",
    s3: "S3Client",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: set[str] = set()
    run = Calls.run

    async def noting(calls: Calls, action: str, work: Callable[[], object]) -> object:
        asked.add(action)
        return await run(calls, action, work)

    monkeypatch.setattr(Calls, "run", noting)
    iam.create_policy(PolicyName="developers", PolicyDocument=document())
    key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    of_key = _change(ChangeKind.PUT_KEY_POLICY, key, json.loads(document()), TRUST)
    seen_by: dict[ChangeKind, set[str]] = {kind: set() for kind in ChangeKind}
    granted = {"grantee": "arn:aws:iam::049579744830:root", "operations": ["Decrypt"]}
    made = kms.create_grant(
        KeyId=key, GranteePrincipal="arn:aws:iam::049579744830:root", Operations=["Decrypt"]
    )
    of_grant = _change(ChangeKind.REVOKE_GRANT, key, {"id": made["GrantId"], **granted}, None)
    bucket = _bucket_with(s3, json.loads(document()))
    of_bucket = replace(
        _change(ChangeKind.PUT_BUCKET_POLICY, f"arn:aws:s3:::{bucket}", EXTRA, None),
        settings={"region": REGION, "owner": ACCOUNT},
    )
    for change in (*ONE_AFTER_THE_OTHER, of_key, of_grant, of_bucket):
        for _ in ("before", "after"):
            asked.clear()
            _present(account, change)
            seen_by[change.kind] |= asked - {ASK_CALLER}
            asyncio.run(account.apply(change))
    assert seen_by == {kind: set(rules.seen_by) for kind, rules in KINDS.items()}


def _bucket_with(s3: "S3Client", policy: object) -> str:
    name = "acme-imports-of-present"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})  # type: ignore[typeddict-item]
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    return name


def test_a_bucket_policy_is_taken_away_and_put_back(
    account: CustomerAccount, s3: "S3Client"
) -> None:
    before = json.loads(document())
    name = _bucket_with(s3, before)
    change = replace(
        _change(ChangeKind.PUT_BUCKET_POLICY, f"arn:aws:s3:::{name}", before, None),
        settings={"region": REGION, "owner": ACCOUNT},
    )
    assert _present(account, change) == Present(before)
    assert isinstance(asyncio.run(account.apply(change)), Made)
    assert _present(account, change) == Present(None)
    (back,) = inverse(Step(change))
    assert isinstance(asyncio.run(account.apply(back)), Made)
    assert json.loads(s3.get_bucket_policy(Bucket=name)["Policy"]) == before
    elsewhere = replace(change, target="arn:aws:s3:::acme-not-there")
    assert _present(account, elsewhere) == Present(None)


def test_a_grant_is_revoked(account: CustomerAccount, kms: "KMSClient") -> None:
    key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    granted = {"grantee": "arn:aws:iam::049579744830:root", "operations": ["Decrypt"]}
    grant = kms.create_grant(
        KeyId=key, GranteePrincipal="arn:aws:iam::049579744830:root", Operations=["Decrypt"]
    )["GrantId"]
    change = _change(ChangeKind.REVOKE_GRANT, key, {"id": grant, **granted}, None)
    assert is_before(change, _present(account, change).value)
    assert isinstance(asyncio.run(account.apply(change)), Made)
    assert _present(account, change) == Present(None)
    assert kms.list_grants(KeyId=key)["Grants"] == []


def test_a_key_policy(account: CustomerAccount, kms: "KMSClient") -> None:
    key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    before = json.loads(document())
    change = _change(ChangeKind.PUT_KEY_POLICY, key, before, TRUST)
    assert _present(account, change) == Present(before)
    assert isinstance(asyncio.run(account.apply(change)), Made)
    assert _present(account, change) == Present(TRUST)
    gone = _change(ChangeKind.PUT_KEY_POLICY, key[:-4] + "0000", before, TRUST)
    assert _present(account, gone) == Present(None)


@pytest.mark.parametrize("change", ONE_AFTER_THE_OTHER, ids=lambda change: change.kind)
def test_nothing_is_there(account: CustomerAccount, change: Change) -> None:
    assert _present(account, change) == Present(None)


def test_version_and_tag_are_told(account: CustomerAccount, iam: "IAMClient") -> None:
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(PERMISSIONS))
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(TRUST))
    policy, role = ONE_AFTER_THE_OTHER[:2]
    assert _present(account, policy) == Present(PERMISSIONS, "v1")
    assert _present(account, role) == Present(TRUST)
    iam.tag_policy(PolicyArn=POLICY, Tags=[{"Key": MADE_BY_TAG, "Value": __version__}])
    iam.tag_role(RoleName=ROLE_NAME, Tags=[{"Key": MADE_BY_TAG, "Value": __version__}])
    assert _present(account, policy).tagged
    assert _present(account, role).tagged


ON_ROLES = [change for change in ONE_AFTER_THE_OTHER if change.target == ROLE]


@pytest.mark.parametrize("change", ON_ROLES, ids=lambda change: change.kind)
def test_another_role_of_the_name_is_neither_before_nor_after(
    account: CustomerAccount, iam: "IAMClient", change: Change
) -> None:
    trust = change.after if change.kind is ChangeKind.CREATE_ROLE else OTHER_TRUST
    iam.create_role(RoleName=ROLE_NAME, Path="/team/", AssumeRolePolicyDocument=json.dumps(trust))
    value = _present(account, change).value
    gone = change.kind in (ChangeKind.DELETE_ROLE, ChangeKind.DETACH_POLICY)
    assert is_after(change, value) is gone
    assert not is_before(change, value)


UNREADABLE: tuple[tuple[str, str, Callable[[], Change]], ...] = (
    ("iam.GetRole", "iam:GetRole", lambda: ONE_AFTER_THE_OTHER[1]),
    ("iam.GetPolicy", "iam:GetPolicy", lambda: ONE_AFTER_THE_OTHER[0]),
    ("iam.GetPolicyVersion", "iam:GetPolicyVersion", lambda: ONE_AFTER_THE_OTHER[0]),
    (
        "iam.ListAttachedRolePolicies",
        "iam:ListAttachedRolePolicies",
        lambda: ONE_AFTER_THE_OTHER[2],
    ),
    ("iam.GetRolePolicy", "iam:GetRolePolicy", lambda: ONE_AFTER_THE_OTHER[11]),
)


@pytest.mark.parametrize(("operation", "action", "change"), UNREADABLE)
def test_what_may_not_be_read_is_not_taken_for_missing(
    account: CustomerAccount,
    iam: "IAMClient",
    front: Front,
    operation: str,
    action: str,
    change: Callable[[], Change],
) -> None:
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(PERMISSIONS))
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(TRUST))
    front.refuse(operation)
    failure = asyncio.run(account.present(change()))
    assert isinstance(failure, AwsFailure)
    assert (failure.action, failure.code) == (action, "AccessDenied")
    del front.answers[operation]
    assert isinstance(asyncio.run(account.present(change())), Present)


def test_nothing_is_read_in_another_account(account: CustomerAccount, front: Front) -> None:
    stranger = role_arn("999999999999")
    failure = asyncio.run(account.present(_change(ChangeKind.CREATE_ROLE, stranger, None, TRUST)))
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.wrong-account"
    assert front.operations == ["sts.GetCallerIdentity"]


def test_what_is_to_be_deleted_is_told_with_what_it_is_made_with(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    tags: list[Any] = [{"Key": "team", "Value": "data"}]
    iam.create_policy(
        PolicyName=POLICY_NAME,
        PolicyDocument=json.dumps(PERMISSIONS),
        Description="of the data team",
        Tags=tags,
    )
    iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=json.dumps(TRUST),
        Description="for UbiQuity",
        PermissionsBoundary=POLICY,
        MaxSessionDuration=7200,
        Tags=tags,
    )
    role = _present(account, _change(ChangeKind.DELETE_ROLE, ROLE, TRUST, None))
    policy = _present(account, _change(ChangeKind.DELETE_POLICY, POLICY, PERMISSIONS, None))
    assert role.settings == {
        "description": "for UbiQuity",
        "tags": {"team": "data"},
        "permissions_boundary": POLICY,
        "max_session_duration": 7200,
    }
    assert policy.settings == {"description": "of the data team", "tags": {"team": "data"}}
