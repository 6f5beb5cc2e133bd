"""The practice account: who can sign in, which buckets there are, and what lies in them.

Everything here is made up and named so that nobody takes it for real. The account number is one
that AWS uses in its own documentation; the Database ID has the right form and belongs to nobody.
"""

from dataclasses import dataclass
from typing import Final

from app.core import guide

ACCOUNT_ID: Final = "111122223333"
PARTNER_ACCOUNT_ID: Final = "444455556666"
DATABASE_ID: Final = "PracticeOnly4f7kQxT9vA"
KEY_REGION: Final = "ap-southeast-2"
KEY_DESCRIPTION: Final = "Practice key for the encrypted bucket"
KEY_ID: Final = "9b2f6c1e-4d7a-4c58-8a03-5e1f7d2b6a90"
"""The same at every start, so that details typed in an earlier practice still fit."""

KEY_ARN: Final = f"arn:aws:kms:{KEY_REGION}:{ACCOUNT_ID}:key/{KEY_ID}"

ADMIN_USER: Final = "practice-admin"
UBIQUITY_USER: Final = "ubiquity-connectors"
SUPPORT_USER: Final = "ubiquity-support"
PARTNER_USER: Final = "partner-admin"


@dataclass(frozen=True, slots=True)
class Keys:
    """The access keys of one sign-in to the practice AWS; ``session_token`` for sessions only."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    def __repr__(self) -> str:
        """Return the key's id alone: no secret belongs in a log or a traceback."""
        return f"Keys(access_key_id={self.access_key_id!r})"


@dataclass(frozen=True, slots=True)
class PracticeBucket:
    """A bucket of the practice account, with a sensible prefix for a connector ("" for none)."""

    name: str
    region: str
    prefix: str
    kms_key_arn: str | None = None


@dataclass(frozen=True, slots=True)
class SeededBucket:
    """A bucket as it is made: its name, region, files, and whether the practice key locks it."""

    name: str
    region: str
    prefix: str = ""
    files: tuple[str, ...] = ()
    encrypted: bool = False


SEEDED_BUCKETS: Final = (
    SeededBucket(
        "practice-data-imports",
        "ap-southeast-2",
        "imports/",
        (
            "imports/customers-2026-07.csv",
            "imports/customers-2026-08.csv",
            "imports/orders-2026-08.csv",
            "imports/archive/customers-2026-05.csv",
            "imports/archive/customers-2026-06.csv",
            "imports/error/orders-2026-06.csv",
            "exports/subscribers-2026-08.csv",
            "exports/unsubscribed-2026-08.csv",
            "readme.txt",
        ),
    ),
    SeededBucket("practice-empty", "us-east-1"),
    SeededBucket(
        "practice-encrypted",
        "ap-southeast-2",
        "imports/",
        (
            "imports/members-2026-07.csv",
            "imports/members-2026-08.csv",
            "imports/archive/members-2026-06.csv",
        ),
        encrypted=True,
    ),
)


MANY_FOLDERS: Final = SeededBucket("practice-many-folders", "eu-west-1")
"""A bucket with more folders than are listed at once (``app.practice.many_folders``)."""

PARTNER_BUCKET: Final = SeededBucket(
    "practice-partner-files", "ap-southeast-2", "shared/", ("shared/partners-2026-08.csv",)
)
"""A bucket of somebody else's account that lets the practice account in, for rehearsing that."""

PARTNER_BUCKET_POLICY: Final[dict[str, object]] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ShareWithPracticeAccount",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"},
            "Action": ["s3:ListBucket", "s3:GetObject"],
            "Resource": [
                f"arn:aws:s3:::{PARTNER_BUCKET.name}",
                f"arn:aws:s3:::{PARTNER_BUCKET.name}/*",
            ],
        }
    ],
}


def file_contents(name: str) -> bytes:
    """Return a few made-up lines for the practice file ``name``."""
    return f"email,first_name,source\nexample@example.com,Example,{name}\n".encode()


ADMINISTRATOR_DOCUMENT: Final[dict[str, object]] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}

CONNECTOR_DOCUMENT: Final[dict[str, object]] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "AssumeCustomerRoles",
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Resource": guide.role_arn("*"),
        }
    ],
}
"""What UbiQuity's own users may do: the guide, Step 1, says "a specific AssumeRole policy"."""


def aws_managed_policies() -> dict[str, dict[str, object]]:
    """Return the few policies of AWS's own that a customer's account may have attached.

    Source: the AWS Managed Policy Reference Guide, pages AdministratorAccess, AmazonS3FullAccess
    and AmazonS3ReadOnlyAccess.
    """
    return {
        "AdministratorAccess": ADMINISTRATOR_DOCUMENT,
        "AmazonS3FullAccess": _all_resources("s3:*", "s3-object-lambda:*"),
        "AmazonS3ReadOnlyAccess": _all_resources(
            "s3:Get*",
            "s3:List*",
            "s3:Describe*",
            "s3-object-lambda:Get*",
            "s3-object-lambda:List*",
        ),
    }


def _all_resources(*actions: str) -> dict[str, object]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}
