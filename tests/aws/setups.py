"""A whole setup in moto, with one of everything that a snapshot holds."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, document, draft

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ServerSideEncryptionByDefaultTypeDef

ENTRY = BucketEntry(BUCKET, REGION, "in/")
DRAFT: Draft = draft(ENTRY)
TRUST = trust_policy(DRAFT.database_id)
PERMISSIONS = permissions_policy([ENTRY])
EXTRA = json.loads(document())
BUCKET_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Whole:
    """The ARNs of a whole setup."""

    policy: str
    extra: str
    boundary: str
    key: str


def whole_role(iam: "IAMClient") -> tuple[str, str, str]:
    """Make the role with all kinds of policies; returns the ARNs of the three managed ones."""
    policy, extra, boundary = (
        iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(body))["Policy"]["Arn"]
        for name, body in ((POLICY_NAME, PERMISSIONS), ("extra", EXTRA), ("boundary", EXTRA))
    )
    iam.tag_policy(PolicyArn=policy, Tags=[{"Key": "team", "Value": "data"}])
    iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=json.dumps(TRUST),
        PermissionsBoundary=boundary,
        MaxSessionDuration=7200,
        Tags=[{"Key": "team", "Value": "data"}],
    )
    for arn in (policy, extra):
        iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=arn)
    iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="inline", PolicyDocument=document())
    iam.create_instance_profile(InstanceProfileName="machines")
    iam.add_role_to_instance_profile(InstanceProfileName="machines", RoleName=ROLE_NAME)
    return policy, extra, boundary


def plain_bucket(s3: "S3Client", name: str = BUCKET, region: str = REGION) -> None:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]


def encrypt(s3: "S3Client", key_id: str | None, bucket: str = BUCKET) -> None:
    """Let new files of ``bucket`` be encrypted with ``key_id``, or AWS's own key for S3."""
    rule: ServerSideEncryptionByDefaultTypeDef = {"SSEAlgorithm": "aws:kms"}
    if key_id:
        rule["KMSMasterKeyID"] = key_id
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": True}]
        },
    )


def whole_bucket(s3: "S3Client", kms: "KMSClient") -> str:
    """Make the bucket with all its settings and three files; returns its key's ARN."""
    key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    plain_bucket(s3)
    encrypt(s3, key)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(BUCKET_POLICY))
    s3.put_bucket_ownership_controls(
        Bucket=BUCKET,
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
    )
    s3.put_object(Bucket=BUCKET, Key="in/a.csv", Body=b"a", Tagging="kind=daily")
    s3.put_object(Bucket=BUCKET, Key="in/b.csv", Body=b"b", StorageClass="GLACIER")
    s3.put_object(Bucket=BUCKET, Key="in/c.csv", Body=b"c")
    s3.put_object(Bucket=BUCKET, Key="elsewhere.csv", Body=b"d")
    return key


def whole_setup(iam: "IAMClient", s3: "S3Client", kms: "KMSClient") -> Whole:
    return Whole(*whole_role(iam), whole_bucket(s3, kms))
