"""How the practice account may be when a run begins: made by real calls of its administrator."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN, policy_arn, role_arn
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, SEEDED_BUCKETS
from app.practice.people import Person
from tests.helpers.runs import granted

Json = dict[str, Any]

BUCKET: Final = SEEDED_BUCKETS[2].name
DRAFT: Final = Draft(
    ACCOUNT_ID, DATABASE_ID, (BucketEntry(BUCKET, "ap-southeast-2", kms_key_arn=KEY_ARN),)
)
ROLE_ARN: Final = role_arn(ACCOUNT_ID)
POLICY_ARN: Final = policy_arn(ACCOUNT_ID)

_OLDER: Final = json.dumps(permissions_policy([BucketEntry("practice-empty", "us-east-1")]))
_SERVICE: Final[Json] = {
    "Sid": "Theirs",
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
_UBIQUITY: Final[Json] = {
    "Sid": "Ubiquity",
    "Effect": "Allow",
    "Principal": {"AWS": UBIQUITY_ROOT_ARN},
    "Resource": "*",
}


def nothing(_admin: Person) -> None:
    """Leave the account as it is, with nothing of the guide's setup."""


def shared(admin: Person) -> None:
    """Make a role that others use, with tags, whose policy has five versions."""
    iam = admin.iam
    iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=_document(_SERVICE),
        Tags=[{"Key": "team", "Value": "data"}],
    )
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=_OLDER)
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    _more_versions(admin, 4)


def whole(admin: Person) -> None:
    """Make the guide's setup; its policy has two versions."""
    set_up(admin)
    _more_versions(admin, 1)


def set_up(admin: Person, path: str = "/") -> None:
    """Make the guide's setup, the role under ``path``."""
    iam, role = admin.iam, ROLE_ARN.replace(":role/", f":role{path}")
    trust, document = trust_policy(DATABASE_ID), permissions_policy(DRAFT.buckets)
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(document))
    iam.create_role(RoleName=ROLE_NAME, Path=path, AssumeRolePolicyDocument=json.dumps(trust))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    policy = json.dumps(granted(KEY_ARN, ACCOUNT_ID, _key_policy(admin)).after)
    _put_key_policy(admin, policy.replace(ROLE_ARN, role))


def with_others(admin: Person) -> None:
    """Make the guide's setup on a role that others use too, by a policy in which others stand."""
    iam = admin.iam
    theirs = {"Sid": "NightlyReports", "Effect": "Allow", "Action": "s3:GetObject"}
    ours: Any = permissions_policy(DRAFT.buckets)["Statement"]
    reports = {**theirs, "Resource": "arn:aws:s3:::finance-reports/*"}
    trust: Any = trust_policy(DATABASE_ID)["Statement"]
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=_document(*ours, reports))
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=_document(_SERVICE, *trust))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    policy = json.dumps(granted(KEY_ARN, ACCOUNT_ID, _key_policy(admin)).after)
    _put_key_policy(admin, policy)


def elsewhere(admin: Person) -> None:
    """Make the guide's setup with the role under a path, which the key's policy names."""
    set_up(admin, "/team/")


def past_the_role(admin: Person) -> None:
    """Make the guide's setup, and let UbiQuity's account in past it: a bucket, its key, a grant.

    Beside each stands something of others'.
    """
    set_up(admin)
    theirs = {
        "Sid": "Theirs",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"},
    }
    objects = f"arn:aws:s3:::{BUCKET}/*"
    policy = _document(
        {**theirs, "Action": "s3:GetObject", "Resource": objects},
        {**_UBIQUITY, "Action": "s3:*", "Resource": [objects, objects.removesuffix("/*")]},
    )
    admin.s3().put_bucket_policy(Bucket=BUCKET, Policy=policy)
    before = _key_policy(admin)
    statements = [*before["Statement"], {**_UBIQUITY, "Action": "kms:*"}]
    _put_key_policy(admin, json.dumps({**before, "Statement": statements}))
    for grantee in (UBIQUITY_ROOT_ARN, f"arn:aws:iam::{ACCOUNT_ID}:root"):
        admin.kms.create_grant(KeyId=KEY_ARN, GranteePrincipal=grantee, Operations=["Decrypt"])


STARTS: Final[Mapping[str, Callable[[Person], None]]] = {
    "nothing": nothing,
    "shared": shared,
    "whole": whole,
    "closed": set_up,
    "past the role": past_the_role,
    "with others": with_others,
    "elsewhere": elsewhere,
}
"""The starts by their names."""


def _more_versions(admin: Person, number: int) -> None:
    for _ in range(number):
        admin.iam.create_policy_version(
            PolicyArn=POLICY_ARN, PolicyDocument=_OLDER, SetAsDefault=True
        )


def _document(*statements: Json) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _key_policy(admin: Person) -> Json:
    policy: Json = json.loads(
        admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"]
    )
    return policy


def _put_key_policy(admin: Person, policy: str) -> None:
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=policy)
