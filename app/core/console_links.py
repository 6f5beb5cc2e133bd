"""Links into the AWS console, for the pages that the guide's steps are done on.

All are in wide public use. None fills a page in: no link is known that opens the "Create role" page
on its custom trust policy, and one that opens it on another kind of trust would lead away from it.
"""

from urllib.parse import quote

from app.core.guide import ROLE_NAME

_IAM = "https://console.aws.amazon.com/iam/home#"


def create_role_link() -> str:
    """Return the link to IAM's "Create role" page."""
    return f"{_IAM}/roles/create"


def role_trust_link() -> str:
    """Return the link to the role's tab "Trust relationships"."""
    return f"{_IAM}/roles/details/{ROLE_NAME}?section=trust_relationships"


def role_permissions_link() -> str:
    """Return the link to the role's tab "Permissions"."""
    return f"{_IAM}/roles/details/{ROLE_NAME}?section=permissions"


def create_policy_link() -> str:
    """Return the link to IAM's "Create policy" page; its JSON can't be filled in by a link."""
    return f"{_IAM}/policies/create"


def bucket_link(bucket: str, region: str, tab: str) -> str:
    """Return the link to a tab of a bucket's page: ``permissions`` or ``properties``."""
    host = f"https://{region}.console.aws.amazon.com"
    return f"{host}/s3/buckets/{quote(bucket, safe='')}?region={region}&tab={tab}"


def buckets_link(region: str) -> str:
    """Return the link to the list of the account's buckets."""
    return f"https://{region}.console.aws.amazon.com/s3/buckets?region={region}"


def kms_key_link(key_arn: str) -> str:
    """Return the link to a KMS key's page; its first tab is the key policy."""
    region, key_id = key_arn.split(":")[3], key_arn.rpartition("/")[2]
    host = f"https://{region}.console.aws.amazon.com"
    return f"{host}/kms/home?region={region}#/kms/keys/{quote(key_id, safe='')}"


def cloudformation_link(region: str) -> str:
    """Return the link to CloudFormation in ``region``, up to its page."""
    host = f"https://{region}.console.aws.amazon.com"
    return f"{host}/cloudformation/home?region={region}#"


def cloudshell_link(region: str) -> str:
    """Return the link that opens AWS CloudShell in ``region`` (its user guide)."""
    return f"https://{region}.console.aws.amazon.com/cloudshell/home?region={region}"
