"""What a deleted role or user leaves behind in other policies.

Source: IAM User Guide, "AWS JSON policy elements: Principal", IAM role principals.
"""

import json

import pytest

from app.core.documents.policies import kms_statement, trust_policy
from app.core.guide import ROLE_NAME
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from tests.practice.clients import ENCRYPTED, IMPORTS, POLICY_ARN, ROLE_ARN, allow, refusal_of
from tests.practice.conftest import Setup


def delete_role(setup: Setup) -> str:
    """Delete the role of the guide, and return its unique id."""
    iam = setup.admin.iam
    unique_id = iam.get_role(RoleName=ROLE_NAME)["Role"]["RoleId"]
    iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    iam.delete_role(RoleName=ROLE_NAME)
    iam.delete_policy(PolicyArn=POLICY_ARN)
    return unique_id


def test_a_key_policy_keeps_the_id_and_a_new_role_does_not_mend_it(setup: Setup) -> None:
    session = setup.encrypted()
    key = next(str(b.kms_key_arn) for b in session.aws.buckets if b.kms_key_arn)
    policy = json.loads(setup.admin.kms.get_key_policy(KeyId=key)["Policy"])
    policy["Statement"].append(kms_statement(ACCOUNT_ID))
    setup.admin.kms.put_key_policy(KeyId=key, Policy=json.dumps(policy))
    stored = {"Bucket": ENCRYPTED, "Key": "imports/members-2026-07.csv"}
    assert session.s3.get_object(**stored)["Body"].read()  # type: ignore[arg-type]

    unique_id = delete_role(setup)
    left = json.loads(setup.admin.kms.get_key_policy(KeyId=key)["Policy"])
    assert left["Statement"][1]["Principal"] == {"AWS": unique_id}
    assert left["Statement"][0] == policy["Statement"][0]

    session = setup.encrypted()
    refusal = refusal_of(lambda: session.s3.get_object(**stored))  # type: ignore[arg-type]
    assert "kms:Decrypt" in refusal.message
    again = refusal_of(lambda: setup.admin.kms.put_key_policy(KeyId=key, Policy=json.dumps(left)))
    assert again.code == "MalformedPolicyDocumentException"


def test_a_bucket_policy_keeps_the_id(setup: Setup) -> None:
    setup.whole()
    principals = [ROLE_ARN, f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"]
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            **allow("s3:ListBucket", on=f"arn:aws:s3:::{IMPORTS}"),
            "Principal": {"AWS": principals},
        },
    }
    setup.admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=json.dumps(policy))
    unique_id = delete_role(setup)
    left = json.loads(setup.admin.s3.get_bucket_policy(Bucket=IMPORTS)["Policy"])
    assert left["Statement"]["Principal"] == {"AWS": [unique_id, principals[1]]}


@pytest.mark.parametrize("kind", ["role", "user"])
def test_a_trust_policy_keeps_the_id(setup: Setup, kind: str) -> None:
    iam = setup.admin.iam
    if kind == "role":
        named = iam.create_role(
            RoleName="other", AssumeRolePolicyDocument=json.dumps(trust_policy("x" * 5))
        )["Role"]
        arn, unique_id = named["Arn"], named["RoleId"]
    else:
        user = iam.create_user(UserName="other")["User"]
        arn, unique_id = user["Arn"], user["UserId"]
        assert unique_id.startswith("AIDA")
        assert iam.get_user(UserName="other")["User"]["UserId"] == unique_id
    trust = trust_policy(DATABASE_ID)
    trust["Statement"] = [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "sts:AssumeRole"}
    ]
    setup.role(trust)
    if kind == "role":
        iam.delete_role(RoleName="other")
    else:
        iam.delete_user(UserName="other")
    left = iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"]
    trust["Statement"] = [
        {"Effect": "Allow", "Principal": {"AWS": unique_id}, "Action": "sts:AssumeRole"}
    ]
    assert left == trust
