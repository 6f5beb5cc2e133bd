"""Each kind of change, made in moto, and what AWS may say against it."""

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

from app import __version__
from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import MADE_BY_TAG
from app.core.changes.expectation import is_half_way
from app.core.changes.kinds import KINDS, rules_of
from app.core.changes.undo import inverse
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.core.journal import Step
from app.core.planning.plan import plan
from app.flow.ports.aws import Made, Present
from tests.aws.doubles import ACCOUNT, REGION, Front, body_of, document, raises, refusal
from tests.aws.setups import DRAFT, EXTRA, PERMISSIONS, TRUST, plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client

ROLE, POLICY = role_arn(ACCOUNT), policy_arn(ACCOUNT)
OTHER_TRUST: object = trust_policy("another")
KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def _change(kind: ChangeKind, target: str, before: object, after: object) -> Change:
    return Change(kind, target, before, after, reversible=True)


CREATE_ROLE = _change(ChangeKind.CREATE_ROLE, ROLE, None, TRUST)
CREATE_POLICY = _change(ChangeKind.CREATE_POLICY, POLICY, None, PERMISSIONS)
ATTACH = _change(ChangeKind.ATTACH_POLICY, ROLE, None, {"policy_arn": POLICY})
NEW_VERSION = _change(ChangeKind.CREATE_POLICY_VERSION, POLICY, PERMISSIONS, EXTRA)


def _apply(account: CustomerAccount, *changes: Change) -> Made | AwsFailure:
    """Apply ``changes``; the last one's outcome is returned, all before it must succeed."""

    async def one_by_one() -> Made | AwsFailure:
        *first, last = changes
        for change in first:
            assert isinstance(await account.apply(change), Made)
        return await account.apply(last)

    return asyncio.run(one_by_one())


def test_a_role_is_created_with_tag_and_description(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    assert isinstance(_apply(account, CREATE_ROLE), Made)
    role = iam.get_role(RoleName=ROLE_NAME)["Role"]
    assert (role["Arn"], role["Path"]) == (ROLE, "/")
    assert role["AssumeRolePolicyDocument"] == TRUST
    assert role["Description"].startswith("Created by ubiquity-s3-setup")
    assert role["Tags"] == [{"Key": MADE_BY_TAG, "Value": __version__}]


def test_a_policy_is_created_with_tag_and_description(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    assert isinstance(_apply(account, CREATE_POLICY), Made)
    policy = iam.get_policy(PolicyArn=POLICY)["Policy"]
    assert (policy["Path"], policy["DefaultVersionId"]) == ("/", "v1")
    assert policy["Description"].startswith("Created by ubiquity-s3-setup")
    assert policy["Tags"] == [{"Key": MADE_BY_TAG, "Value": __version__}]
    version = iam.get_policy_version(PolicyArn=POLICY, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == PERMISSIONS


def test_a_path_is_kept(account: CustomerAccount, iam: "IAMClient") -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/team/data/{ROLE_NAME}"
    assert isinstance(_apply(account, _change(ChangeKind.CREATE_ROLE, arn, None, TRUST)), Made)
    assert iam.get_role(RoleName=ROLE_NAME)["Role"]["Arn"] == arn


TAGGING: tuple[tuple[Change, str, str], ...] = (
    (CREATE_ROLE, "iam.CreateRole", "iam:TagRole"),
    (CREATE_POLICY, "iam.CreatePolicy", "iam:TagPolicy"),
)


@pytest.mark.parametrize(("change", "operation", "action"), TAGGING)
def test_a_sign_in_that_may_not_tag_creates_without(
    account: CustomerAccount, front: Front, change: Change, operation: str, action: str
) -> None:
    text = f"User: jo is not authorized to perform: {action} on resource: x"
    denied = refusal("iam", "AccessDenied", message=text)
    front.only(operation, lambda sent: "Tags.member.1" in sent, denied)
    assert isinstance(_apply(account, change), Made)
    assert ["Tags" in body_of(request) for request in front.sent(operation)] == [True, False]


@pytest.mark.parametrize(("change", "operation", "_action"), TAGGING)
def test_a_sign_in_that_may_not_create_is_told_so(
    account: CustomerAccount, front: Front, change: Change, operation: str, _action: str
) -> None:
    front.refuse(operation)
    failure = _apply(account, change)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("AccessDenied", None)
    assert failure.action == rules_of(change).action
    assert len(front.sent(operation)) == 1


def test_the_guides_setup_is_made_by_its_plan(
    account: CustomerAccount, iam: "IAMClient", s3: "S3Client"
) -> None:
    plain_bucket(s3)
    before = asyncio.run(account.read_snapshot(DRAFT))
    changes = plan(DRAFT, before).changes
    assert [change.kind for change in changes] == [
        ChangeKind.CREATE_POLICY,
        ChangeKind.CREATE_ROLE,
        ChangeKind.ATTACH_POLICY,
    ]
    assert isinstance(_apply(account, *changes), Made)
    attached = iam.list_attached_role_policies(RoleName=ROLE_NAME)["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [POLICY]
    after = asyncio.run(account.read_snapshot(DRAFT))
    assert plan(DRAFT, after).changes == ()


def test_the_trust_policy_is_replaced(account: CustomerAccount, iam: "IAMClient") -> None:
    update = _change(ChangeKind.UPDATE_TRUST_POLICY, ROLE, TRUST, OTHER_TRUST)
    assert isinstance(_apply(account, CREATE_ROLE, update), Made)
    assert iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"] == OTHER_TRUST


def test_a_new_version_becomes_the_default(account: CustomerAccount, iam: "IAMClient") -> None:
    assert isinstance(_apply(account, CREATE_POLICY, NEW_VERSION), Made)
    assert iam.get_policy(PolicyArn=POLICY)["Policy"]["DefaultVersionId"] == "v2"
    version = iam.get_policy_version(PolicyArn=POLICY, VersionId="v2")["PolicyVersion"]
    assert version["Document"] == EXTRA


def test_an_older_version_becomes_the_default_again(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    newer = {"version": "v2", "document": EXTRA}
    older = {"version": "v1", "document": PERMISSIONS}
    back = _change(ChangeKind.SET_DEFAULT_POLICY_VERSION, POLICY, newer, older)
    assert isinstance(_apply(account, CREATE_POLICY, NEW_VERSION, back), Made)
    assert iam.get_policy(PolicyArn=POLICY)["Policy"]["DefaultVersionId"] == "v1"


def test_what_aws_made_is_told(account: CustomerAccount) -> None:
    assert _apply(account, CREATE_POLICY) == Made("v1", tagged=True)
    assert _apply(account, CREATE_ROLE) == Made(None, tagged=True)
    assert _apply(account, NEW_VERSION) == Made("v2")
    assert _apply(account, ATTACH) == Made()


def test_a_role_is_made_as_an_organisation_requires(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    settings = {
        "description": "for UbiQuity",
        "tags": {"team": "data"},
        "permissions_boundary": POLICY,
        "max_session_duration": 7200,
    }
    made = replace(CREATE_ROLE, settings=settings)
    assert isinstance(_apply(account, CREATE_POLICY, made), Made)
    role = iam.get_role(RoleName=ROLE_NAME)["Role"]
    assert (role["Description"], role["MaxSessionDuration"]) == ("for UbiQuity", 7200)
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == POLICY
    tags = {tag["Key"]: tag["Value"] for tag in role["Tags"]}
    assert tags == {"team": "data", MADE_BY_TAG: __version__}


def test_what_is_restored_gets_its_own_tags_and_no_other(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    gone = _change(ChangeKind.DELETE_ROLE, ROLE, TRUST, None)
    (back,) = inverse(Step(replace(gone, settings={"tags": {"team": "data"}})))
    assert _apply(account, back) == Made()
    role = iam.get_role(RoleName=ROLE_NAME)["Role"]
    assert role["Tags"] == [{"Key": "team", "Value": "data"}]
    assert "Description" not in role


@pytest.mark.parametrize("code", ["AccessDenied", "Throttling"])
def test_the_second_of_two_requests_fails(
    account: CustomerAccount, front: Front, code: str
) -> None:
    swap = _change(ChangeKind.TAG_ROLE, ROLE, {"team": "data"}, {"cost": "1"})
    front.refuse("iam.UntagRole", code=code)
    failure = _apply(account, CREATE_ROLE, swap)
    assert isinstance(failure, AwsFailure)
    assert (failure.action, failure.code) == ("iam:UntagRole", code)
    assert failure.took_effect_unknown
    present = asyncio.run(account.present(swap))
    assert isinstance(present, Present)
    assert is_half_way(replace(swap, before=None), present.value)


def test_a_version_is_deleted(account: CustomerAccount, iam: "IAMClient") -> None:
    old = {"version": "v1", "document": PERMISSIONS}
    delete = _change(ChangeKind.DELETE_POLICY_VERSION, POLICY, old, None)
    assert isinstance(_apply(account, CREATE_POLICY, NEW_VERSION, delete), Made)
    versions = iam.list_policy_versions(PolicyArn=POLICY)["Versions"]
    assert [version["VersionId"] for version in versions] == ["v2"]


def test_a_setup_is_taken_apart(account: CustomerAccount, iam: "IAMClient") -> None:
    detach = _change(ChangeKind.DETACH_POLICY, ROLE, {"policy_arn": POLICY}, None)
    delete_policy = _change(ChangeKind.DELETE_POLICY, POLICY, PERMISSIONS, None)
    delete_role = _change(ChangeKind.DELETE_ROLE, ROLE, TRUST, None)
    setup = (CREATE_POLICY, CREATE_ROLE, ATTACH)
    assert isinstance(_apply(account, *setup, detach, delete_policy, delete_role), Made)
    assert iam.list_roles()["Roles"] == []
    assert iam.list_policies(Scope="Local")["Policies"] == []


def test_a_role_that_still_has_policies_is_not_deleted(account: CustomerAccount) -> None:
    delete = _change(ChangeKind.DELETE_ROLE, ROLE, TRUST, None)
    failure = _apply(account, CREATE_POLICY, CREATE_ROLE, ATTACH, delete)
    assert isinstance(failure, AwsFailure)
    assert failure.code == "DeleteConflict"


def test_a_boundary_is_set_and_taken_away(account: CustomerAccount, iam: "IAMClient") -> None:
    boundary = {"policy_arn": POLICY}
    put = _change(ChangeKind.SET_PERMISSIONS_BOUNDARY, ROLE, None, boundary)
    assert isinstance(_apply(account, CREATE_POLICY, CREATE_ROLE, put), Made)
    found = iam.get_role(RoleName=ROLE_NAME)["Role"]["PermissionsBoundary"]
    assert found["PermissionsBoundaryArn"] == POLICY
    take = _change(ChangeKind.SET_PERMISSIONS_BOUNDARY, ROLE, boundary, None)
    assert isinstance(_apply(account, take), Made)
    assert "PermissionsBoundary" not in iam.get_role(RoleName=ROLE_NAME)["Role"]


def test_tags_are_put_and_taken(account: CustomerAccount, iam: "IAMClient") -> None:
    tags = {"team": "data", "cost": "1"}
    put = _change(ChangeKind.TAG_ROLE, ROLE, None, tags)
    replace = _change(ChangeKind.TAG_ROLE, ROLE, tags, {"team": "imports"})
    assert isinstance(_apply(account, CREATE_ROLE, put, replace), Made)
    found = {tag["Key"]: tag["Value"] for tag in iam.get_role(RoleName=ROLE_NAME)["Role"]["Tags"]}
    assert found == {MADE_BY_TAG: __version__, "team": "imports"}


def test_an_inline_policy_is_put_and_deleted(account: CustomerAccount, iam: "IAMClient") -> None:
    inline = {"name": "end-sessions", "document": EXTRA}
    put = _change(ChangeKind.PUT_ROLE_POLICY, ROLE, None, inline)
    assert isinstance(_apply(account, CREATE_ROLE, put), Made)
    found = iam.get_role_policy(RoleName=ROLE_NAME, PolicyName="end-sessions")
    assert found["PolicyDocument"] == EXTRA
    assert isinstance(
        _apply(account, _change(ChangeKind.PUT_ROLE_POLICY, ROLE, inline, None)), Made
    )
    assert iam.list_role_policies(RoleName=ROLE_NAME)["PolicyNames"] == []


def test_a_key_policy_is_replaced_in_the_keys_region(
    account: CustomerAccount, kms: "KMSClient", front: Front
) -> None:
    key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    put = _change(ChangeKind.PUT_KEY_POLICY, key, EXTRA, OTHER_TRUST)
    assert isinstance(_apply(account, put), Made)
    stored = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    assert json.loads(stored) == OTHER_TRUST
    (request,) = front.sent("kms.PutKeyPolicy")
    assert f"/{REGION}/kms/".encode() in request.headers["Authorization"]
    # AWS refuses a policy that would lock everyone out; that check stays on.
    assert "Bypass" not in body_of(request)


def test_documents_are_sent_without_white_space_or_escapes(
    account: CustomerAccount, front: Front
) -> None:
    named = {"Version": "2012-10-17", "Statement": [{"Sid": "Übergabe"}]}
    put = _change(ChangeKind.PUT_KEY_POLICY, KEY_ARN, EXTRA, named)
    _apply(account, put)
    (request,) = front.sent("kms.PutKeyPolicy")
    text = '{"Version":"2012-10-17","Statement":[{"Sid":"Übergabe"}]}'
    assert json.loads(body_of(request))["Policy"] == text


def test_what_exists_is_left_as_it_is(account: CustomerAccount, iam: "IAMClient") -> None:
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(OTHER_TRUST))
    failure = _apply(account, CREATE_ROLE)
    assert isinstance(failure, AwsFailure)
    assert (failure.action, failure.code) == ("iam:CreateRole", "EntityAlreadyExists")
    assert failure.http_status == 409
    assert iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"] == OTHER_TRUST


def test_a_sixth_version_is_refused(account: CustomerAccount) -> None:
    failure = _apply(account, CREATE_POLICY, *[NEW_VERSION] * 5)
    assert isinstance(failure, AwsFailure)
    assert failure.code == "LimitExceeded"


REFUSALS = (
    ("iam.AttachRolePolicy", ATTACH, "NoSuchEntity", 404),
    ("iam.CreateRole", CREATE_ROLE, "MalformedPolicyDocument", 400),
    ("iam.CreatePolicy", CREATE_POLICY, "LimitExceeded", 409),
    ("iam.CreatePolicyVersion", NEW_VERSION, "ConcurrentModification", 409),
    (
        "kms.PutKeyPolicy",
        _change(ChangeKind.PUT_KEY_POLICY, KEY_ARN, EXTRA, EXTRA),
        "MalformedPolicyDocumentException",
        400,
    ),
)


@pytest.mark.parametrize(("operation", "change", "code", "status"), REFUSALS)
def test_a_refused_change_says_why_in_awss_words(
    account: CustomerAccount, front: Front, operation: str, change: Change, code: str, status: int
) -> None:
    front.answers[operation] = refusal(operation[:3], code, status, message="AWS says why")
    failure = _apply(account, change)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.message, failure.finding) == (code, "AWS says why", None)
    assert failure.action == rules_of(change).action
    assert not failure.took_effect_unknown


@pytest.mark.parametrize(
    ("error", "unknown"),
    [
        (ReadTimeoutError(endpoint_url="https://iam"), True),
        (ConnectTimeoutError(endpoint_url="https://iam"), False),
    ],
)
def test_a_change_is_sent_once(
    account: CustomerAccount, front: Front, error: Exception, unknown: bool
) -> None:
    front.answers["iam.CreateRole"] = raises(error)
    failure = _apply(account, CREATE_ROLE)
    assert isinstance(failure, AwsFailure)
    assert (failure.finding, failure.took_effect_unknown) == ("env.timeout", unknown)
    assert len(front.sent("iam.CreateRole")) == 1


def test_nothing_is_changed_in_another_account(account: CustomerAccount, front: Front) -> None:
    stranger = role_arn("999999999999")
    failure = _apply(account, _change(ChangeKind.CREATE_ROLE, stranger, None, TRUST))
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("WrongAccount", "signin.wrong-account")
    assert failure.params == {"expected": "999999999999", "found": ACCOUNT}
    assert front.operations == ["sts.GetCallerIdentity"]


def test_nothing_is_changed_by_nobody(account: CustomerAccount, front: Front) -> None:
    front.answers["sts.GetCallerIdentity"] = refusal("sts", "ExpiredToken")
    failure = _apply(account, CREATE_ROLE)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"
    assert front.operations == ["sts.GetCallerIdentity"]


def test_each_kind_has_its_permission() -> None:
    assert {KINDS[kind].action.partition(":")[0] for kind in ChangeKind} == {"iam", "kms", "s3"}
    assert len({KINDS[kind].action for kind in ChangeKind}) == len(ChangeKind)


def test_names_are_taken_from_arns(account: CustomerAccount, iam: "IAMClient") -> None:
    assert isinstance(_apply(account, CREATE_POLICY, CREATE_ROLE, ATTACH), Made)
    assert iam.get_policy(PolicyArn=POLICY)["Policy"]["PolicyName"] == POLICY_NAME
