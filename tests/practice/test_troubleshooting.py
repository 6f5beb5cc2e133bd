"""The guide's Troubleshooting, walked through: each cause gives its symptom, its cure ends it."""

import json

import pytest

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry
from app.core.guide import ROLE_NAME
from app.practice.account import ACCOUNT_ID, DATABASE_ID, PARTNER_BUCKET
from tests.practice.clients import (
    ENCRYPTED,
    IMPORTS,
    POLICY_ARN,
    ROLE_ARN,
    allow,
    deny,
    document,
    refusal_of,
)
from tests.practice.conftest import Setup

NOT_AUTHORISED = "is not authorized to perform: sts:AssumeRole"


def found(setup: Setup, bucket: str = IMPORTS, prefix: str = "imports/") -> int:
    """Return how many files the connector finds, page by page."""
    pages = setup.connector().s3.get_paginator("list_objects_v2")
    return sum(
        page["KeyCount"]
        for page in pages.paginate(Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": 2})
    )


def test_a_finished_setup(setup: Setup) -> None:
    setup.whole()
    assert found(setup) == 6


@pytest.mark.parametrize(
    "name", [ROLE_NAME.upper(), "ubiquity_connectors_s3_access_role", ROLE_NAME[:-1]]
)
def test_access_denied_the_role_name(setup: Setup, name: str) -> None:
    trust = json.dumps(trust_policy(DATABASE_ID))
    setup.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    assert NOT_AUTHORISED in refusal_of(setup.connector).message
    setup.admin.iam.delete_role(RoleName=name)
    setup.whole()
    assert found(setup) == 6


@pytest.mark.parametrize(
    "external_id", [f"{DATABASE_ID} ", f" {DATABASE_ID}", f"{DATABASE_ID}\n", DATABASE_ID[::-1]]
)
def test_invalid_external_id(setup: Setup, external_id: str) -> None:
    setup.role(trust_policy(external_id))
    setup.policy()
    assert NOT_AUTHORISED in refusal_of(setup.connector).message
    setup.admin.iam.update_assume_role_policy(
        RoleName=ROLE_NAME, PolicyDocument=json.dumps(trust_policy(DATABASE_ID))
    )
    assert found(setup) == 6


def test_s3_fails_the_policy_is_not_attached(setup: Setup) -> None:
    setup.whole()
    setup.admin.iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    assert "s3:ListBucket" in refusal_of(lambda: found(setup)).message
    setup.admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    assert found(setup) == 6


def test_s3_fails_the_bucket_policy_denies(setup: Setup) -> None:
    setup.whole()
    arn = f"arn:aws:s3:::{IMPORTS}"
    no = deny("s3:*", on=[arn, f"{arn}/*"]) | {"Principal": "*"}
    no["Condition"] = {"ArnEquals": {"aws:PrincipalArn": ROLE_ARN}}
    setup.admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=document(no))
    message = refusal_of(lambda: found(setup)).message
    assert message.endswith("with an explicit deny in a resource-based policy")
    setup.admin.s3.delete_bucket_policy(Bucket=IMPORTS)
    assert found(setup) == 6


def test_s3_fails_the_key_policy_grants_nothing(setup: Setup) -> None:
    session = setup.encrypted()
    assert found(setup, ENCRYPTED) == 3
    stored = {"Bucket": ENCRYPTED, "Key": "imports/members-2026-07.csv"}
    refusal = refusal_of(lambda: session.s3.get_object(**stored))  # type: ignore[arg-type]
    assert "kms:Decrypt" in refusal.message
    key = next(str(b.kms_key_arn) for b in session.aws.buckets if b.kms_key_arn)
    policy = json.loads(setup.admin.kms.get_key_policy(KeyId=key)["Policy"])
    policy["Statement"].append(kms_statement(ACCOUNT_ID))
    setup.admin.kms.put_key_policy(KeyId=key, Policy=json.dumps(policy))
    assert session.s3.get_object(**stored)["Body"].read()  # type: ignore[arg-type]


def test_the_bucket_does_not_exist(setup: Setup) -> None:
    setup.role()
    entries = [BucketEntry(name, "ap-southeast-2") for name in (IMPORTS, "practice-data-import")]
    setup.policy(permissions_policy(entries))
    missing = refusal_of(lambda: found(setup, "practice-data-import"))
    assert missing.code == "NoSuchBucket"
    assert found(setup) == 6


def test_the_bucket_is_in_another_region(setup: Setup) -> None:
    setup.whole()
    answer = setup.connector("eu-west-1").s3.head_bucket(Bucket=IMPORTS)
    assert answer["BucketRegion"] == "ap-southeast-2"
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1


def test_the_bucket_is_in_another_account(setup: Setup) -> None:
    setup.role()
    setup.policy(document(allow("s3:*")))
    session = setup.connector()
    name = PARTNER_BUCKET.name
    assert session.s3.head_bucket(Bucket=name)
    own = refusal_of(lambda: session.s3.head_bucket(Bucket=name, ExpectedBucketOwner=ACCOUNT_ID))
    assert own.status == 403


def test_revoking_by_deleting_the_role(setup: Setup) -> None:
    session = setup.whole()
    setup.admin.iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    setup.admin.iam.delete_role(RoleName=ROLE_NAME)
    assert refusal_of(lambda: session.s3.list_objects_v2(Bucket=IMPORTS)).status == 403
    assert NOT_AUTHORISED in refusal_of(setup.connector).message


def test_revoking_by_changing_the_trust_policy_leaves_open_sessions(setup: Setup) -> None:
    session = setup.whole()
    setup.admin.iam.update_assume_role_policy(
        RoleName=ROLE_NAME, PolicyDocument=json.dumps(trust_policy("revoked"))
    )
    assert session.s3.list_objects_v2(Bucket=IMPORTS)["KeyCount"] == 9
    assert NOT_AUTHORISED in refusal_of(setup.connector).message
