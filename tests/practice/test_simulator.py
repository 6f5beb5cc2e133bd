"""IAM's policy simulator, and a service control policy on the practice account.

Sources: IAM API Reference, "SimulatePrincipalPolicy" and "EvaluationResult"; IAM User Guide,
"IAM policy testing with the IAM policy simulator"; AWS Organizations User Guide, "SCP evaluation".
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from app.core.documents.policies import bucket_arn
from app.core.guide import ROLE_NAME, UBIQUITY_ROOT_ARN
from app.practice.account import ACCOUNT_ID, Keys
from app.practice.server import PracticeAws
from tests.practice.clients import (
    IMPORTS,
    ROLE_ARN,
    SESSION_ARN,
    Person,
    allow,
    deny,
    document,
    refusal_of,
)
from tests.practice.conftest import Setup

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import EvaluationResultTypeDef

FILE = f"{bucket_arn(IMPORTS)}/imports/a.csv"
PUT = ("s3:PutObject", FILE)
ADMIN_ARN = f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"


def simulate(
    person: Person,
    action: str,
    resource: str,
    context: Mapping[str, str] | None = None,
    source: str = ROLE_ARN,
) -> "EvaluationResultTypeDef":
    (result,) = person.iam.simulate_principal_policy(
        PolicySourceArn=source,
        ActionNames=[action],
        ResourceArns=[resource],
        ContextEntries=[
            {"ContextKeyName": name, "ContextKeyValues": [value], "ContextKeyType": "string"}
            for name, value in (context or {}).items()
        ],
    )["EvaluationResults"]
    return result


def forbid(aws: PracticeAws, *statements: Mapping[str, object]) -> None:
    aws.faults.organization_policy = document(allow("*"), *statements)


@pytest.mark.parametrize(
    ("action", "decision"),
    [
        ("s3:GetObject", "allowed"),
        ("s3:PutObjectTagging", "implicitDeny"),
        ("s3:DeleteObject", "explicitDeny"),
    ],
)
def test_the_roles_own_policies_decide(setup: Setup, action: str, decision: str) -> None:
    setup.whole()
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName="keep", PolicyDocument=document(deny("s3:DeleteObject"))
    )
    result = simulate(setup.admin, action, FILE)
    assert (result["EvalActionName"], result["EvalResourceName"]) == (action, FILE)
    assert result["EvalDecision"] == decision
    assert "OrganizationsDecisionDetail" not in result
    assert "PermissionsBoundaryDecisionDetail" not in result


@pytest.mark.parametrize(
    ("context", "decision"),
    [
        ({"s3:prefix": "in/"}, "allowed"),
        ({"s3:prefix": "out/"}, "implicitDeny"),
        ({}, "implicitDeny"),
    ],
)
def test_a_condition_key_has_the_value_that_is_given(
    setup: Setup, context: Mapping[str, str], decision: str
) -> None:
    setup.role()
    only = {"StringEquals": {"s3:prefix": "in/"}}
    setup.policy(document(allow("s3:ListBucket", Condition=only)))
    answer = simulate(setup.admin, "s3:ListBucket", bucket_arn(IMPORTS), context)
    assert answer["EvalDecision"] == decision


def test_a_boundary_is_told_apart(setup: Setup) -> None:
    setup.whole()
    arn = setup.admin.iam.create_policy(
        PolicyName="cap", PolicyDocument=document(allow("s3:Get*"))
    )["Policy"]["Arn"]
    setup.admin.iam.put_role_permissions_boundary(RoleName=ROLE_NAME, PermissionsBoundary=arn)
    capped, within = simulate(setup.admin, *PUT), simulate(setup.admin, "s3:GetObject", FILE)
    assert capped["EvalDecision"] == "implicitDeny"
    assert capped["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    assert within["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}


def test_a_user_can_be_simulated(admin: Person) -> None:
    assert simulate(admin, *PUT, source=ADMIN_ARN)["EvalDecision"] == "allowed"


def test_nobody_else_can(admin: Person, ubiquity: Person) -> None:
    missing = refusal_of(lambda: simulate(admin, *PUT))
    assert (missing.code, missing.status) == ("NoSuchEntity", 404)
    stranger = refusal_of(lambda: simulate(ubiquity, *PUT, source=ADMIN_ARN))
    assert "is not authorized to perform: iam:SimulatePrincipalPolicy" in stranger.message


def test_what_the_organisation_denies_is_told_apart(setup: Setup, aws: PracticeAws) -> None:
    setup.whole()
    forbid(aws, deny("s3:PutObject"))
    denied, allowed = simulate(setup.admin, *PUT), simulate(setup.admin, "s3:GetObject", FILE)
    assert denied["EvalDecision"] == "explicitDeny"
    assert denied["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}
    assert allowed["EvalDecision"] == "allowed"
    assert allowed["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": True}


def test_a_condition_of_the_organisation_is_passed_over(setup: Setup, aws: PracticeAws) -> None:
    setup.whole()
    abroad = {"StringEquals": {"aws:RequestedRegion": "ap-southeast-2"}}
    forbid(aws, deny("s3:PutObject", Condition=abroad))
    assert simulate(setup.admin, *PUT)["EvalDecision"] == "allowed"
    refusal = refusal_of(lambda: put(setup.connector()))
    assert refusal.message.endswith("with an explicit deny in a service control policy")


def put(person: Person) -> object:
    return person.s3.put_object(Bucket=IMPORTS, Key="imports/a.csv", Body=b"a")


def test_the_organisation_stops_the_connector_in_awss_words(setup: Setup, aws: PracticeAws) -> None:
    session = setup.whole()
    forbid(aws, deny("s3:PutObject"))
    refusal = refusal_of(lambda: put(session))
    assert (refusal.code, refusal.status) == ("AccessDenied", 403)
    assert refusal.message == (
        f"User: {SESSION_ARN} is not authorized to perform: s3:PutObject on resource: "
        f'"{FILE}" with an explicit deny in a service control policy'
    )
    assert session.s3.list_objects_v2(Bucket=IMPORTS)["KeyCount"]


def test_what_the_organisation_does_not_allow_is_refused_too(
    setup: Setup, aws: PracticeAws
) -> None:
    session = setup.whole()
    aws.faults.organization_policy = document(allow("sts:*", "s3:List*"))
    assert refusal_of(lambda: put(session)).message.endswith(
        "because no service control policy allows the s3:PutObject action"
    )


def test_the_organisation_has_no_say_in_other_accounts(aws: PracticeAws) -> None:
    aws.faults.organization_policy = document(deny("*"))
    partner, admin = Person(aws, aws.partner), Person(aws, aws.admin)
    assert partner.iam.list_users()["Users"]
    assert "service control" in refusal_of(admin.iam.list_users).message


def test_the_organisation_stops_changes_too(aws: PracticeAws, admin: Person) -> None:
    forbid(aws, deny("iam:CreateRole"))
    trust = {"Effect": "Allow", "Principal": {"AWS": UBIQUITY_ROOT_ARN}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": trust})
    refusal = refusal_of(
        lambda: admin.iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=policy)
    )
    assert refusal.message == (
        f"User: {ADMIN_ARN} is not authorized to perform: iam:CreateRole on resource: "
        f"{ROLE_ARN} with an explicit deny in a service control policy"
    )


def test_the_partner_is_not_the_administrator(aws: PracticeAws) -> None:
    assert isinstance(aws.partner, Keys)
    caller = Person(aws, aws.partner).sts.get_caller_identity()
    assert caller["Arn"] == "arn:aws:iam::444455556666:user/partner-admin"
