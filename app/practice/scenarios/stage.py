"""The practice AWS while a rehearsal is set up: its people, and the guide's steps as real calls."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from app.core.documents.policies import (
    Document,
    kms_entries,
    kms_statement,
    permissions_policy,
    trust_policy,
)
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, SEEDED_BUCKETS, Keys
from app.practice.people import Person
from app.practice.scenarios.sign_ins import TraineeSignIn, WithKeys

if TYPE_CHECKING:
    from app.core.change import Change
    from app.practice.server import PracticeAws

FILES, EMPTY, ENCRYPTED = SEEDED_BUCKETS
"""The practice account's buckets."""

IMPORTS: Final = BucketEntry(FILES.name, FILES.region, FILES.prefix)
LOCKED: Final = BucketEntry(ENCRYPTED.name, ENCRYPTED.region, ENCRYPTED.prefix, kms_key_arn=KEY_ARN)


def draft_of(*entries: BucketEntry) -> Draft:
    """Return a draft of the practice account for ``entries``."""
    return Draft(ACCOUNT_ID, DATABASE_ID, entries)


class RehearsalStage:
    """Where a rehearsal is set up. ``draft`` and ``sign_in`` are what the trainee will use.

    Unless a scenario says otherwise: the bucket with files, and the account's administrator.
    """

    def __init__(self, aws: "PracticeAws") -> None:
        self.aws = aws
        self.admin = Person(aws.endpoint_url, aws.admin)
        self.partner = Person(aws.endpoint_url, aws.partner)
        self.draft = draft_of(IMPORTS)
        self.sign_in: TraineeSignIn = WithKeys(aws.endpoint_url, aws.admin)
        self.change: Change | None = None
        self.props = ExitStack()

    def use(self, *entries: BucketEntry) -> None:
        """Let the draft be for ``entries``."""
        self.draft = draft_of(*entries)

    def sign_in_with(self, keys: Keys) -> None:
        """Let the trainee sign in with ``keys``."""
        self.sign_in = WithKeys(self.aws.endpoint_url, keys)

    def everything(self) -> None:
        """Make the whole set-up of the draft as it should be."""
        self.role()
        self.policy()
        self.attach()
        for entry in kms_entries(self.draft):
            self.open_key(entry.kms_key_arn or "")

    def role(
        self,
        trust: Mapping[str, object] | None = None,
        *,
        name: str = ROLE_NAME,
        path: str = "/",
    ) -> None:
        """Make the role (the guide, Steps 1 and 2), with the right trust policy unless given."""
        self.admin.iam.create_role(
            RoleName=name,
            Path=path,
            AssumeRolePolicyDocument=json.dumps(trust or trust_policy(self.draft.database_id)),
        )

    def policy(self, document: Mapping[str, object] | None = None, name: str = POLICY_NAME) -> str:
        """Make the permissions policy (Step 3), the draft's unless given; return its ARN."""
        answer = self.admin.iam.create_policy(
            PolicyName=name,
            PolicyDocument=json.dumps(document or permissions_policy(self.draft.buckets)),
        )
        return answer["Policy"]["Arn"]

    def attach(self, arn: str = policy_arn(ACCOUNT_ID), role: str = ROLE_NAME) -> None:
        """Attach a managed policy to the role (Step 3), the guide's unless given."""
        self.admin.iam.attach_role_policy(RoleName=role, PolicyArn=arn)

    def inline(self, name: str, document: Mapping[str, object]) -> None:
        """Write a policy into the role itself."""
        self.admin.iam.put_role_policy(
            RoleName=ROLE_NAME, PolicyName=name, PolicyDocument=json.dumps(document)
        )

    def open_key(self, key_arn: str, statement: Mapping[str, object] | None = None) -> None:
        """Add a statement to a key's policy; unless given, one that is enough to read and write.

        That is the guide's ("Encrypted buckets") with ``kms:GenerateDataKey`` added.
        """
        policy = json.loads(self.admin.kms.get_key_policy(KeyId=key_arn)["Policy"])
        policy["Statement"].append(statement or key_statement())
        self.admin.kms.put_key_policy(KeyId=key_arn, Policy=json.dumps(policy))

    def bucket_policy(self, bucket: str, *statements: Mapping[str, object]) -> None:
        """Put a bucket policy."""
        self.admin.s3().put_bucket_policy(Bucket=bucket, Policy=json.dumps(document(*statements)))

    def colleague(self, name: str, *statements: Mapping[str, object]) -> Keys:
        """Make a user with these permissions, and return the user's access key."""
        iam = self.admin.iam
        iam.create_user(UserName=name)
        iam.put_user_policy(
            UserName=name, PolicyName="own", PolicyDocument=json.dumps(document(*statements))
        )
        keys = iam.create_access_key(UserName=name)["AccessKey"]
        return Keys(keys["AccessKeyId"], keys["SecretAccessKey"])


def key_statement(*actions: str) -> Document:
    """Return the guide's statement for the key policy, for ``actions`` where they are given."""
    allowed = actions or ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")
    return {**kms_statement(ACCOUNT_ID), "Action": list(allowed)}


def document(*statements: Mapping[str, object]) -> Document:
    """Return a policy document with ``statements``."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(*actions: str, on: str | list[str] = "*", **more: object) -> Document:
    """Return a statement that allows ``actions``, with ``more`` elements."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": on, **more}


def deny(*actions: str, on: str | list[str] = "*", **more: object) -> Document:
    """Return a statement that denies ``actions``, with ``more`` elements."""
    return {"Effect": "Deny", "Action": list(actions), "Resource": on, **more}
