"""The practice AWS's simulator, asked about whoever is signed in to it."""

import asyncio
import json
from typing import TYPE_CHECKING

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.failure import AwsFailure
from app.practice.account import ACCOUNT_ID, Keys
from app.practice.server import PracticeAws
from tests.practice.clients import POLICY_ARN, ROLE_ARN, Person

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

CREATE = NeededAction("iam:CreateRole", ROLE_ARN)
POLICY = NeededAction("iam:CreatePolicy", POLICY_ARN)


def _ask(aws: PracticeAws, keys: Keys) -> OwnPermissions | AwsFailure:
    access = GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )
    return asyncio.run(CustomerAccount(access).own_permissions((CREATE, POLICY)))


def _policy(*actions: str) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_the_administrator_lacks_nothing(aws: PracticeAws) -> None:
    assert _ask(aws, aws.admin) == OwnPermissions()


def test_a_user_who_may_ask_and_little_else(aws: PracticeAws, admin: Person) -> None:
    iam: IAMClient = admin.iam
    iam.create_user(UserName="little")
    made = iam.create_access_key(UserName="little")["AccessKey"]
    keys = Keys(made["AccessKeyId"], made["SecretAccessKey"])
    assert _ask(aws, keys) == OwnPermissions(unknown=(CREATE, POLICY), reason="refused")
    document = _policy("iam:SimulatePrincipalPolicy", "iam:CreatePolicy")
    iam.put_user_policy(UserName="little", PolicyName="p", PolicyDocument=document)
    assert _ask(aws, keys) == OwnPermissions(missing=(CREATE,))
    document = _policy("iam:*")
    iam.put_user_policy(UserName="little", PolicyName="p", PolicyDocument=document)
    assert _ask(aws, keys) == OwnPermissions()


def test_a_session_of_a_role(aws: PracticeAws, admin: Person) -> None:
    trust = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": ACCOUNT_ID},
            "Action": "sts:AssumeRole",
        },
    }
    iam: IAMClient = admin.iam
    role = iam.create_role(
        Path="/staff/", RoleName="helpers", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]
    document = _policy("iam:SimulatePrincipalPolicy", "iam:GetRole", "iam:CreateRole")
    iam.put_role_policy(RoleName="helpers", PolicyName="p", PolicyDocument=document)
    made = admin.sts.assume_role(RoleArn=role["Arn"], RoleSessionName="jo")["Credentials"]
    keys = Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    assert _ask(aws, keys) == OwnPermissions(missing=(POLICY,))
