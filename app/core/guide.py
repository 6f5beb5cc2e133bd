"""What the published guide fixes: names, UbiQuity's account and the guide's own examples.

Source of every value: the guide "S3 Connection", at the step named beside it.
"""

from typing import Final

ROLE_NAME: Final = "ubiquity-connectors-s3-access-role"
"""Step 1. The exact name; UbiQuity may assume no other."""

POLICY_NAME: Final = "ubiquity-s3-access-policy"
"""Step 3."""

UBIQUITY_ACCOUNT: Final = "049579744830"
"""Step 2: the account whose root is the principal of the trust policy."""

UBIQUITY_ROOT_ARN: Final = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:root"

KMS_STATEMENT_SID: Final = "AllowUbiQuityConnectorDecrypt"
"""Additional configuration, Encrypted buckets."""

OBJECT_ACTIONS: Final = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
ASSUME_ACTION: Final = "sts:AssumeRole"
LIST_ACTION: Final = "s3:ListBucket"
KMS_ACTIONS: Final = ("kms:Decrypt", "kms:DescribeKey")

SESSION_SECONDS: Final = 3600
"""How it works: credentials expire after one hour."""

SUPPORT_EMAIL: Final = "support@ubiquity.co.nz"

GUIDE_ADDRESS: Final = (
    "https://docs.ubiquity.co.nz/documentation/data-and-integrations/connectors"
    "/connection-setup/s3-connection"
)
"""Where the guide is published. Its headings have the anchors that reports name as ``doc``."""

DATABASE_ID_PLACE: Final = "API > API IDs > Database ID"
"""Where UbiQuity shows the Database ID. A path in UbiQuity's menus: not translated."""

EXAMPLE_ACCOUNT_ID: Final = "123456789012"
EXAMPLE_DATABASE_ID: Final = "xWqJBlwfjUOUcQjd5gt7vQ"
EXAMPLE_BUCKET: Final = "customer-data-imports"
PLACEHOLDER_DATABASE_ID: Final = "YOUR_UBIQUITY_ACCOUNT_ID"
PLACEHOLDER_ACCOUNT_ID: Final = "YOUR_AWS_ACCOUNT_ID"
PLACEHOLDER_BUCKETS: Final = ("YOUR_BUCKET_NAME", "bucket-one", "bucket-two")


def role_arn(account_id: str) -> str:
    """Return the only role ARN that UbiQuity may assume in ``account_id`` (Step 1)."""
    return f"arn:aws:iam::{account_id}:role/{ROLE_NAME}"


def policy_arn(account_id: str) -> str:
    """Return the ARN of the customer managed policy of Step 3 in ``account_id``."""
    return f"arn:aws:iam::{account_id}:policy/{POLICY_NAME}"
