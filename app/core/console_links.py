"""Links into the AWS console, for the pages that the guide's steps are done on.

The links to a role, a policy and a key are in wide public use. The link that fills in the
"Create role" page is not documented by AWS: the steps beside it must not rest on it.
"""

from urllib.parse import quote

from app.core.draft import Draft
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT

_IAM = "https://console.aws.amazon.com/iam/home#"


def create_role_link(draft: Draft) -> str:
    """Return the link to IAM's "Create role" page, with UbiQuity and the External ID filled in."""
    external_id = quote(draft.database_id, safe="")
    return (
        f"{_IAM}/roles/create?step=type&trustedEntityType=AWS_ACCOUNT"
        f"&awsAccount={UBIQUITY_ACCOUNT}&isThirdParty=true&externalId={external_id}"
    )


def role_trust_link() -> str:
    """Return the link to the role's tab "Trust relationships"."""
    return f"{_IAM}/roles/details/{ROLE_NAME}?section=trust_relationships"


def role_permissions_link() -> str:
    """Return the link to the role's tab "Permissions"."""
    return f"{_IAM}/roles/details/{ROLE_NAME}?section=permissions"


def create_policy_link() -> str:
    """Return the link to IAM's "Create policy" page; its JSON can't be filled in by a link."""
    return f"{_IAM}/policies/create"


def kms_key_link(key_arn: str) -> str:
    """Return the link to a KMS key's page; its first tab is the key policy."""
    region, key_id = key_arn.split(":")[3], key_arn.rpartition("/")[2]
    host = f"https://{region}.console.aws.amazon.com"
    return f"{host}/kms/home?region={region}#/kms/keys/{quote(key_id, safe='')}"
