"""Actions on S3 that the connector does not need, by which wide patterns are recognised.

Not all of them: enough that each pattern in use, such as ``s3:Get*``, matches one. Source:
Service Authorization Reference, "Actions defined by Amazon S3".
"""

from typing import Final

ABOUT_THE_ACCOUNT: Final = frozenset(
    {
        "s3:ListAllMyBuckets",
        "s3:GetAccountPublicAccessBlock",
        "s3:PutAccountPublicAccessBlock",
        "s3:ListAccessPoints",
        "s3:CreateJob",
        "s3:ListJobs",
    }
)
"""Those that name no bucket."""

OTHER_ACTIONS: Final = (
    "s3:AbortMultipartUpload",
    "s3:BypassGovernanceRetention",
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:DeleteObjectTagging",
    "s3:DeleteObjectVersion",
    "s3:GetBucketAcl",
    "s3:GetBucketLocation",
    "s3:GetBucketPolicy",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetObjectAcl",
    "s3:GetObjectAttributes",
    "s3:GetObjectVersion",
    "s3:GetReplicationConfiguration",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:ListMultipartUploadParts",
    "s3:ObjectOwnerOverrideToBucketOwner",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutObjectAcl",
    "s3:PutObjectRetention",
    "s3:PutReplicationConfiguration",
    "s3:ReplicateDelete",
    "s3:ReplicateObject",
    "s3:RestoreObject",
    *sorted(ABOUT_THE_ACCOUNT),
)
