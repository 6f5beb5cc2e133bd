"""The operations of AWS that the program calls: of others its clients know nothing.

A client has a method, its description and the shapes of its values for each operation that
botocore's data tells of. IAM has 180 of them and S3 116, and every client is made anew: that cost
a tenth of the program's memory. A call that is not in here fails with AttributeError.
"""

from collections.abc import Mapping
from typing import Final

OPERATIONS: Final[Mapping[str, frozenset[str]]] = {
    "cloudtrail": frozenset({"LookupEvents"}),
    "iam": frozenset(
        {
            "AttachRolePolicy",
            "CreatePolicy",
            "CreatePolicyVersion",
            "CreateRole",
            "DeletePolicy",
            "DeletePolicyVersion",
            "DeleteRole",
            "DeleteRolePermissionsBoundary",
            "DeleteRolePolicy",
            "DetachRolePolicy",
            "GetPolicy",
            "GetPolicyVersion",
            "GetRole",
            "GetRolePolicy",
            "ListAttachedRolePolicies",
            "ListEntitiesForPolicy",
            "ListInstanceProfilesForRole",
            "ListPolicies",
            "ListPolicyVersions",
            "ListRolePolicies",
            "ListRoles",
            "PutRolePermissionsBoundary",
            "PutRolePolicy",
            "SetDefaultPolicyVersion",
            "SimulatePrincipalPolicy",
            "TagRole",
            "UntagRole",
            "UpdateAssumeRolePolicy",
        }
    ),
    "kms": frozenset({"DescribeKey", "GetKeyPolicy", "ListGrants", "PutKeyPolicy", "RevokeGrant"}),
    "s3": frozenset(
        {
            "CopyObject",
            "CreateSession",  # botocore itself, for a directory bucket
            "DeleteBucketPolicy",
            "DeleteObject",
            "GetBucketEncryption",
            "GetBucketLocation",
            "GetBucketOwnershipControls",
            "GetBucketPolicy",
            "GetObject",
            "GetObjectTagging",
            "HeadBucket",  # botocore too, where a bucket is in another region
            "HeadObject",
            "ListBuckets",
            "ListObjectsV2",
            "PutBucketPolicy",
            "PutObject",
        }
    ),
    "sts": frozenset(
        {
            "AssumeRole",  # botocore too, for a profile's role
            "AssumeRoleWithWebIdentity",  # botocore itself, for a profile or a container
            "GetCallerIdentity",
        }
    ),
}
"""What is called, by botocore's name of the service; of a service that is not here, everything."""

ENDPOINTS: Final = frozenset({*OPERATIONS, "oidc", "portal.sso", "signin"})
"""The services whose addresses are asked for, by the name that their addresses begin with."""
