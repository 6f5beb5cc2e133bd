"""The role and the customer policy where they are not as the guide has them."""

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from app.aws.account import CustomerAccount
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.snapshot import SimilarRole, Snapshot, State
from tests.aws.doubles import ACCOUNT, Front, answer, document, draft
from tests.aws.setups import EXTRA, TRUST

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

OTHER_CASE = ROLE_NAME.upper()


def _read(account: CustomerAccount) -> Snapshot:
    return asyncio.run(account.read_snapshot(draft()))


def _make_role(iam: "IAMClient", name: str = ROLE_NAME, path: str = "/") -> str:
    trust = json.dumps(TRUST)
    return iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=trust)["Role"]["Arn"]


def test_roles_of_similar_names_are_listed(account: CustomerAccount, iam: "IAMClient") -> None:
    alike = [
        _make_role(iam, "UbiQuity-Connectors-S3-Access-Role"),
        _make_role(iam, "ubiquity_connectors_s3_access_role"),
        _make_role(iam, "ubiquity-conectors-s3-access-role"),
    ]
    _make_role(iam, "Admin")
    snapshot = _read(account)
    assert snapshot.role.state is State.MISSING
    assert {role.arn for role in snapshot.similar_roles} == set(alike)


def test_similar_roles_are_found_among_many(account: CustomerAccount, iam: "IAMClient") -> None:
    for number in range(120):
        _make_role(iam, f"a-role-{number:03}")
    arn = _make_role(iam, "ubiquity-connectors-s3-access-rol")
    assert _read(account).similar_roles == (SimilarRole("ubiquity-connectors-s3-access-rol", arn),)


def test_similar_roles_that_may_not_be_listed_are_named(
    account: CustomerAccount, front: Front
) -> None:
    front.refuse("iam.ListRoles")
    snapshot = _read(account)
    assert [entry.what for entry in snapshot.unreadable] == ["similar_roles"]


def test_roles_are_not_listed_where_the_right_one_is_there(
    account: CustomerAccount, iam: "IAMClient", front: Front
) -> None:
    _make_role(iam)
    _read(account)
    assert front.sent("iam.ListRoles") == []


def test_a_role_under_a_path_is_found(account: CustomerAccount, iam: "IAMClient") -> None:
    arn = _make_role(iam, path="/service/team/")
    role = _read(account).role
    assert (role.state, role.arn, role.path) == (State.FOUND, arn, "/service/team/")
    assert role.permissions_boundary is None
    assert (role.attached_policies, role.inline_policies) == ((), ())


def test_a_role_of_another_case_keeps_its_own_name(
    account: CustomerAccount, iam: "IAMClient", front: Front
) -> None:
    arn = _make_role(iam, OTHER_CASE)
    # IAM's names are unique whatever their case, and so it may answer with the other one.
    fields = (
        f"<RoleName>{OTHER_CASE}</RoleName><Path>/</Path><Arn>{arn}</Arn><RoleId>AROA</RoleId>"
        "<CreateDate>2023-11-23T01:02:03Z</CreateDate>"
    )
    body = f"<R><GetRoleResult><Role>{fields}</Role></GetRoleResult></R>"
    front.answers["iam.GetRole"] = answer(200, body)
    snapshot = _read(account)
    assert (snapshot.role.state, snapshot.role.name) == (State.FOUND, OTHER_CASE)
    assert snapshot.similar_roles == (SimilarRole(OTHER_CASE, arn),)


def test_the_default_version_is_the_one_that_is_read(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    arn = iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=document())["Policy"]["Arn"]
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(deny), SetAsDefault=True)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document())
    policy = _read(account).customer_policy
    assert (policy.version, policy.document) == ("v2", json.loads(document(deny)))
    assert {(v.id, v.default) for v in policy.versions or ()} == {
        ("v1", False),
        ("v2", True),
        ("v3", False),
    }


def test_the_customer_policy_is_found_under_a_path(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    made = iam.create_policy(PolicyName=POLICY_NAME, Path="/team/", PolicyDocument=document())
    policy = _read(account).customer_policy
    assert (policy.state, policy.arn) == (State.FOUND, made["Policy"]["Arn"])
    assert policy.document == EXTRA


@pytest.mark.parametrize("operation", ["iam.GetPolicy", "iam.ListPolicies"])
def test_a_policy_that_is_not_found_by_its_name(
    account: CustomerAccount, iam: "IAMClient", front: Front, operation: str
) -> None:
    iam.create_policy(PolicyName=POLICY_NAME, Path="/team/", PolicyDocument=document())
    front.refuse(operation)
    expected = {"iam.GetPolicy": State.UNREADABLE, "iam.ListPolicies": State.MISSING}
    assert _read(account).customer_policy.state is expected[operation]


def test_all_that_carry_the_customer_policy_are_named(
    account: CustomerAccount, iam: "IAMClient"
) -> None:
    arn = iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=document())["Policy"]["Arn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:policy/{POLICY_NAME}"
    _make_role(iam, "some-role")
    iam.create_user(UserName="jo")
    iam.create_group(GroupName="staff")
    iam.attach_role_policy(RoleName="some-role", PolicyArn=arn)
    iam.attach_user_policy(UserName="jo", PolicyArn=arn)
    iam.attach_group_policy(GroupName="staff", PolicyArn=arn)
    assert _read(account).customer_policy.attached_to == ("some-role", "user/jo", "group/staff")
