"""Denials, bare refusals and the headings of the guide, with the codes they lead to.

The texts are those of botocore's exceptions and of the services' error lists, with accounts,
names and request ids of our own.
"""

from typing import Final

SESSION: Final = (
    "arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/ubiquity-17"
)
USER: Final = "arn:aws:iam::123456789012:user/jo"
ROLE: Final = "arn:aws:iam::123456789012:role/ubiquity-connectors-s3-access-role"
UBIQUITY: Final = "arn:aws:sts::049579744830:assumed-role/connectors/worker-4"
BUCKET: Final = "customer-data-imports"
KEY: Final = "arn:aws:kms:ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def refused(action: str, tail: str = "", principal: str = SESSION, resource: str = "") -> str:
    """Return AWS's sentence for a denial."""
    on = f" on resource: {resource}" if resource else ""
    return f"User: {principal} is not authorized to perform: {action}{on} {tail}".strip()


def implicit(kind: str, action: str) -> str:
    """Return the end of a denial for want of an Allow."""
    return f"because no {kind} policy allows the {action} action"


def explicit(kind: str) -> str:
    """Return the end of a denial by a Deny."""
    return f"with an explicit deny in {'an' if kind[0] == 'i' else 'a'} {kind}"


ASSUME: Final = (
    "trust.external-id-mismatch",
    "role.missing",
    "role.misnamed",
    "trust.principal-wrong",
)
OPERATIONS: Final = ("policy.not-attached", "bucket.explicit-deny", "kms.decrypt-denied")
LIST_NOT_GRANTED: Final = (
    "policy.action-missing",
    "policy.not-attached",
    "policy.missing",
    "policy.wrong-bucket",
    "policy.prefix-mismatch",
    "policy.bucket-not-covered",
)
FILES_NOT_GRANTED: Final = (
    "policy.action-missing",
    "policy.not-attached",
    "policy.missing",
    "policy.wrong-bucket",
    "policy.objects-not-covered",
)
_BUCKET_ARN: Final = f'"arn:aws:s3:::{BUCKET}"'
_FILE_ARN: Final = f'"arn:aws:s3:::{BUCKET}/imports/a.csv"'

GUIDE: Final[dict[str, tuple[str, ...]]] = {
    "Access denied": (*ASSUME, *OPERATIONS),
    "Not authorised to perform sts:AssumeRole": ASSUME,
    "“Access denied” or “Not authorised to perform sts:AssumeRole”": ASSUME,
    "Role assumption succeeds but S3 operations fail": OPERATIONS,
    "Bucket does not exist in region": (
        "bucket.missing",
        "bucket.region-mismatch",
        "bucket.other-account",
    ),
    "Invalid External ID": ("trust.external-id-mismatch", "trust.external-id-placeholder"),
    "External ID mismatch": ("trust.external-id-mismatch", "trust.external-id-placeholder"),
}

DENIALS: Final[dict[str, tuple[str, ...]]] = {
    refused("sts:AssumeRole", principal=UBIQUITY, resource=ROLE): ASSUME,
    refused("sts:AssumeRole", implicit("role trust", "sts:AssumeRole"), USER): (
        "trust.principal-wrong",
        "trust.external-id-mismatch",
        "trust.condition-blocks",
        "trust.action-wrong",
    ),
    refused("sts:AssumeRole", "with an explicit deny in the role trust policy", USER): (
        "trust.explicit-deny",
    ),
    refused("sts:AssumeRole", implicit("identity-based", "sts:AssumeRole"), UBIQUITY): (
        "role.misnamed",
        "role.path",
    ),
    refused("sts:TagSession", principal=UBIQUITY, resource=ROLE): ("trust.action-wrong",),
    refused(
        "s3:ListBucket", implicit("identity-based", "s3:ListBucket"), resource=_BUCKET_ARN
    ): LIST_NOT_GRANTED,
    refused(
        "s3:GetObject", implicit("identity-based", "s3:GetObject"), resource=_FILE_ARN
    ): FILES_NOT_GRANTED,
    refused("s3:GetObject", implicit("resource-based", "s3:GetObject"), resource=_FILE_ARN): (
        "bucket.other-account",
    ),
    refused("s3:GetObject", explicit("resource-based policy"), resource=_FILE_ARN): (
        "bucket.explicit-deny",
    ),
    refused("s3:*", explicit("resource-based policy"), resource=_FILE_ARN): (
        "bucket.explicit-deny",
    ),
    refused("s3:PutObject", explicit("identity-based policy"), resource=_FILE_ARN): (
        "policy.explicit-deny",
    ),
    refused("s3:PutObject", explicit("service control policy"), resource=_FILE_ARN): (
        "organization.denies",
    ),
    refused("s3:PutObject", explicit("resource control policy"), resource=_FILE_ARN): (
        "organization.denies",
    ),
    refused("s3:PutObject", explicit("permissions boundary"), resource=_FILE_ARN): (
        "role.boundary",
    ),
    refused("s3:PutObject", "because no permissions boundary allows the s3:PutObject action"): (
        "role.boundary",
    ),
    refused("s3:PutObjectTagging", implicit("identity-based", "s3:PutObjectTagging")): (
        "files.tagged",
    ),
    refused("s3:PutObject", implicit("session", "s3:PutObject")): (),
    refused("s3:PutObject", implicit("session", "s3:PutObject"), USER): ("signin.not-allowed",),
    refused(
        "kms:Decrypt",
        f"on the resource associated with this ciphertext "
        f"{implicit('identity-based', 'kms:Decrypt')}",
    ): ("kms.decrypt-denied",),
    refused(
        "kms:GenerateDataKey",
        "on this resource because the resource does not exist in this Region, no resource-based "
        "policies allow access, or a resource-based policy explicitly denies access",
    ): ("kms.write-denied", "kms.explicit-deny"),
    refused("kms:DescribeKey", implicit("resource-based", "kms:DescribeKey"), resource=KEY): (
        "kms.describe-denied",
    ),
    refused("kms:Decrypt", explicit("resource-based policy"), resource=KEY): ("kms.explicit-deny",),
    refused("kms:GetKeyPolicy", principal=USER, resource=KEY): ("signin.not-allowed",),
    refused("iam:CreateRole", implicit("identity-based", "iam:CreateRole"), USER): (
        "signin.not-allowed",
    ),
    refused("s3:ListBucket", implicit("identity-based", "s3:ListBucket"), USER, _BUCKET_ARN): (
        "signin.not-allowed",
    ),
    refused("s3:ListBucket", explicit("resource-based policy"), USER, _BUCKET_ARN): (
        "bucket.explicit-deny",
        "signin.not-allowed",
    ),
    refused("s3:ListBucket", implicit("permissions boundary", "s3:ListBucket"), USER): (
        "signin.not-allowed",
    ),
    refused("iam:PassRole", implicit("identity-based", "iam:PassRole"), USER): (),
    refused("s3:PutBucketAcl", explicit("resource-based policy"), USER, _BUCKET_ARN): (),
    refused("s3:PutBucketAcl", explicit("resource-based policy"), resource=_BUCKET_ARN): (
        "bucket.explicit-deny",
    ),
    refused("sts:AssumeRoleWithSAML", explicit("resource-based policy")): (),
    refused("codedeploy:ListDeployments", implicit("identity-based", "x:y"), USER): (),
    refused(
        "sns:Publish",
        f"{explicit('VPC endpoint policy')} transitively through a service control policy",
    ): (),
    refused(
        "s3:GetObject",
        f"{explicit('VPC endpoint policy')} transitively through a service control policy",
    ): ("organization.denies",),
    "because no role trust policy allows the sts:AssumeRole action": (
        "trust.principal-wrong",
        "trust.external-id-mismatch",
        "trust.condition-blocks",
        "trust.action-wrong",
    ),
    "with an explicit deny in the role trust policy": ("trust.explicit-deny",),
    "with an explicit deny in a resource-based policy": ("bucket.explicit-deny",),
    "with an explicit deny in an identity-based policy": ("policy.explicit-deny",),
    "with an explicit deny in a service control policy": ("organization.denies",),
}


def called(operation: str, code: str = "AccessDenied", message: str = "Access Denied") -> str:
    """Return what the AWS CLI prints for an answer."""
    return f"An error occurred ({code}) when calling the {operation} operation: {message}"


BARE: Final[dict[str, tuple[str, ...]]] = {
    called("AssumeRole"): ASSUME,
    called("ListObjectsV2"): (
        "policy.not-attached",
        "policy.action-missing",
        "policy.prefix-mismatch",
        "bucket.explicit-deny",
        "bucket.other-account",
    ),
    called("GetObject"): (
        "policy.not-attached",
        "policy.action-missing",
        "bucket.explicit-deny",
        "kms.decrypt-denied",
    ),
    called("PutObject"): (
        "policy.not-attached",
        "policy.action-missing",
        "bucket.explicit-deny",
        "kms.write-denied",
    ),
    called("DeleteObject"): (
        "policy.not-attached",
        "policy.action-missing",
        "bucket.explicit-deny",
    ),
    called("Decrypt", "AccessDeniedException", ""): ("kms.decrypt-denied", "kms.explicit-deny"),
    called("GetBucketPolicy"): ("signin.not-allowed",),
    called("CreateRole"): ("signin.not-allowed",),
    called("Frobnicate"): (),
    called("HeadBucket", "403", "Forbidden"): (
        "policy.not-attached",
        "policy.action-missing",
        "policy.prefix-mismatch",
        "bucket.explicit-deny",
        "bucket.other-account",
    ),
    called("HeadBucket", "404", "Not Found"): ("bucket.missing",),
    called("HeadObject", "404", "Not Found"): (),
    called("HeadBucket", "301", "Moved Permanently"): ("bucket.region-mismatch",),
    called("HeadBucket", "400", "Bad Request"): ("bucket.region-mismatch", "signin.expired"),
    called("HeadObject", "400", "Bad Request"): (
        "bucket.region-mismatch",
        "files.sse-c",
        "signin.expired",
    ),
    called("GetObject", "503", "Service Unavailable"): ("env.aws-fault",),
    called("GetRoleCredentials", "ForbiddenException", "No access"): ("signin.not-allowed",),
    "Forbidden": OPERATIONS,
}

UNKNOWN: Final = (
    "",
    " \n\t",
    "hello",
    "Connection successful. Found 12 files in bucket.",
    "The specified key does not exist.",
    "500 files were read, 403 of them new",
    "NoSuchBucketPolicy",
    "AuthorizationPendingException",
    "{}",
    "[[[[",
    '{"eventName": "AssumeRole", "responseElements": {"credentials": "hidden"}}',
    called("GetObject", "NoSuchKey", "The specified key does not exist."),
    called(
        "AssumeRole",
        "ValidationError",
        "1 validation error detected: Value 'x y' at 'roleSessionName' failed to satisfy "
        "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ),
)
