"""What AWS's services answer, each with the codes that it leads to, best first.

The texts are those of the services' error lists, with accounts and names of our own.
"""

from typing import Final

KEY: Final = "arn:aws:kms:ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

ANSWERS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        ("signin.invalid", "signin.region-disabled"),
    ),
    (
        "ExpiredToken",
        "The security token included in the request is expired",
        ("signin.expired",),
    ),
    ("ExpiredToken", "The provided token has expired.", ("signin.expired",)),
    (
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        ("signin.invalid",),
    ),
    (
        "InvalidToken",
        "The provided token is malformed or otherwise invalid.",
        ("signin.invalid", "signin.region-disabled"),
    ),
    (
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        ("signin.invalid", "signin.region-disabled"),
    ),
    (
        "SignatureDoesNotMatch",
        (
            "The request signature we calculated does not match the signature you provided. Check "
            "your AWS Secret Access Key and signing method."
        ),
        ("signin.invalid",),
    ),
    (
        "SignatureDoesNotMatch",
        (
            "Signature expired: 20261123T010203Z is now earlier than 20261123T020203Z "
            "(20261123T021703Z - 15 min.)"
        ),
        ("env.clock-skew",),
    ),
    (
        "InvalidSignatureException",
        "Signature not yet current: 20261123T030203Z is still later than 20261123T021703Z",
        ("env.clock-skew",),
    ),
    (
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        ("env.clock-skew",),
    ),
    (
        "RegionDisabledException",
        "STS is not activated in the requested region ap-southeast-6 for account 123456789012.",
        ("signin.region-disabled",),
    ),
    ("Throttling", "Rate exceeded", ("env.throttled",)),
    ("SlowDown", "Please reduce your request rate.", ("env.throttled",)),
    ("InternalError", "We encountered an internal error. Please try again.", ("env.aws-fault",)),
    (
        "EntityAlreadyExists",
        "Role with name ubiquity-connectors-s3-access-role already exists.",
        ("change.conflict",),
    ),
    (
        "EntityAlreadyExists",
        (
            "A policy called ubiquity-s3-access-policy already exists. Duplicate names are not "
            "allowed."
        ),
        ("change.conflict",),
    ),
    (
        "NoSuchEntity",
        "The role with name ubiquity-connectors-s3-access-role cannot be found.",
        ("role.missing", "role.misnamed"),
    ),
    (
        "NoSuchEntity",
        "Policy arn:aws:iam::123456789012:policy/ubiquity-s3-access-policy was not found.",
        ("policy.missing",),
    ),
    (
        "NoSuchEntity",
        (
            "Policy arn:aws:iam::123456789012:policy/ubiquity-s3-access-policy does not exist or "
            "is "
            "not attachable."
        ),
        ("policy.missing",),
    ),
    (
        "LimitExceeded",
        (
            "A managed policy can have up to 5 versions. Before you create a new version, you must "
            "delete an existing version."
        ),
        ("change.limit",),
    ),
    ("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", ("change.limit",)),
    ("MalformedPolicyDocument", "This policy contains invalid Json", ("change.refused",)),
    (
        "MalformedPolicyDocument",
        'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/x"',
        ("change.refused", "connect.propagating"),
    ),
    (
        "MalformedPolicyDocumentException",
        "Policy contains a statement with one or more invalid principals.",
        ("change.refused", "connect.propagating", "kms.principal-orphaned"),
    ),
    (
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
        ("change.refused",),
    ),
    (
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.",
        ("change.refused",),
    ),
    (
        "DeleteConflict",
        "Cannot delete entity, must remove referenced objects first.",
        ("change.refused",),
    ),
    (
        "AccessDenied",
        (
            "The ciphertext refers to a customer master key that does not exist, does not exist in "
            "this region, or you are not allowed to access."
        ),
        ("kms.decrypt-denied", "kms.explicit-deny", "kms.key-disabled"),
    ),
    ("KMS.DisabledException", f"{KEY} is disabled.", ("kms.key-disabled",)),
    ("KMS.KMSInvalidStateException", f"{KEY} is pending deletion.", ("kms.key-disabled",)),
    (
        "KMS.NotFoundException",
        f"Key '{KEY}' does not exist",
        ("kms.key-differs", "kms.key-disabled"),
    ),
    (
        "NotFoundException",
        "Alias arn:aws:kms:ap-southeast-2:123456789012:alias/x is not found.",
        ("kms.key-differs", "kms.key-disabled"),
    ),
    ("NotFoundException", "Invalid keyId 'x'", ("kms.key-differs", "kms.key-disabled")),
    ("NoSuchBucket", "The specified bucket does not exist", ("bucket.missing",)),
    ("InvalidBucketName", "The specified bucket is not valid.", ("bucket.missing",)),
    (
        "PermanentRedirect",
        (
            "The bucket you are attempting to access must be addressed using the specified "
            "endpoint. "
            "Please send all future requests to this endpoint."
        ),
        ("bucket.region-mismatch",),
    ),
    (
        "AuthorizationHeaderMalformed",
        (
            "The authorization header is malformed; the region 'us-east-1' is wrong; expecting "
            "'ap-southeast-2'"
        ),
        ("bucket.region-mismatch",),
    ),
    (
        "IllegalLocationConstraintException",
        (
            "The ap-southeast-6 location constraint is incompatible for the region specific "
            "endpoint "
            "this request was sent to."
        ),
        ("bucket.region-mismatch",),
    ),
    (
        "InvalidObjectState",
        "The operation is not valid for the object's storage class",
        ("files.archived",),
    ),
    ("MalformedPolicy", "Invalid principal in policy", ("change.refused", "connect.propagating")),
)
"""Answers of a service: code, message, causes. Each part alone leads there too."""

CODES_ALONE: Final[dict[str, tuple[str, ...]]] = {
    "ConcurrentModification": ("change.conflict",),
    "UnmodifiableEntity": ("change.refused",),
    "PolicyNotAttachable": ("change.refused",),
    "InvalidInput": ("change.refused",),
    "ServiceFailure": ("env.aws-fault",),
    "PolicyEvaluation": ("env.aws-fault",),
    "TooManyRequestsException": ("env.throttled",),
    "RequestLimitExceeded": ("env.throttled",),
    "SlowDownException": ("env.throttled",),
    "InvalidGrantException": ("signin.expired",),
    "InvalidClientException": ("signin.expired",),
    "UnauthorizedException": ("signin.expired",),
    "ExpiredTokenException": ("signin.expired",),
    "ObjectNotInActiveTierError": ("files.archived",),
    "DisabledException": ("kms.key-disabled",),
    "KMSInvalidStateException": ("kms.key-disabled",),
}
