"""What the connector does in AWS, and what a sign-in needs to set it up, action by action.

A refusal of anything else stops neither of them. The sign-in's list is what this program calls
(``tests/core/explain`` holds it to ``needs.reads`` and the kinds of change).
"""

from collections.abc import Mapping
from typing import Final

CONNECTOR: Final = frozenset(
    {
        "sts:assumerole",
        "s3:listbucket",
        "s3:getobject",
        "s3:putobject",
        "s3:deleteobject",
        "s3:getobjecttagging",
        "s3:putobjecttagging",
        "kms:decrypt",
        "kms:describekey",
        "kms:generatedatakey",
        "kms:generatedatakeywithoutplaintext",
        "kms:encrypt",
    }
)
"""The guide's Step 3 and "Encrypted buckets"; tags and new data keys are needed where a file is
moved (Amazon S3 API Reference, CopyObject)."""

_IAM: Final = (
    "AttachRolePolicy CreatePolicy CreatePolicyVersion CreateRole DeletePolicy "
    "DeletePolicyVersion DeleteRole DetachRolePolicy GetPolicy GetPolicyVersion GetRole "
    "GetRolePolicy ListAttachedRolePolicies ListEntitiesForPolicy ListInstanceProfilesForRole "
    "ListPolicies ListPolicyVersions ListRolePolicies ListRoles PutRolePermissionsBoundary "
    "PutRolePolicy DeleteRolePolicy SetDefaultPolicyVersion SimulatePrincipalPolicy TagPolicy "
    "TagRole UpdateAssumeRolePolicy DeleteRolePermissionsBoundary UntagRole"
)
_KMS: Final = "GetKeyPolicy ListGrants PutKeyPolicy RevokeGrant"
_S3: Final = (
    "DeleteBucketPolicy GetBucketOwnershipControls GetBucketPolicy GetEncryptionConfiguration "
    "PutBucketPolicy"
)

_PORTAL: Final = "GetRoleCredentials ListAccountRoles ListAccounts"

SIGN_IN: Final = CONNECTOR | {
    f"{service}:{name}".lower()
    for service, names in (
        ("cloudtrail", "LookupEvents"),
        ("iam", _IAM),
        ("kms", _KMS),
        ("s3", _S3),
        ("sso", _PORTAL),
        ("signin", "CreateOAuth2Token"),
    )
    for name in names.split()
}
"""What this program calls with the customer's sign-in; and what the connector does, since people
try that out with a sign-in of their own."""

_ACTION_BY_CALL: Final[Mapping[str, str]] = {
    "s3:headbucket": "s3:ListBucket",
    "s3:listobjects": "s3:ListBucket",
    "s3:listobjectsv2": "s3:ListBucket",
    "s3:headobject": "s3:GetObject",
    "s3:copyobject": "s3:PutObject",
    "s3:uploadpart": "s3:PutObject",
    "s3:uploadpartcopy": "s3:PutObject",
    "s3:createmultipartupload": "s3:PutObject",
    "s3:completemultipartupload": "s3:PutObject",
    "s3:deleteobjects": "s3:DeleteObject",
    "s3:listbuckets": "s3:ListAllMyBuckets",
    "s3:getbucketencryption": "s3:GetEncryptionConfiguration",
}
"""The permission of a call that has another name. Source: Amazon S3 User Guide, "Required
permissions for Amazon S3 API operations"."""


def permission_for(call: str) -> str:
    """Return the permission that ``call`` (``s3:HeadObject``) takes."""
    return _ACTION_BY_CALL.get(call.lower(), call)
