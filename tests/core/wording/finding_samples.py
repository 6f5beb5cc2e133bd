"""One full sample of each finding, as the diagnosis fills it."""

from typing import Final

from app.core.documents.policies import kms_statement
from app.core.report import Evidence, Finding

ACCOUNT: Final = "123456789012"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/ubiquity-connectors-s3-access-role"
KEY: Final = f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
BUCKET: Final = "customer-data-imports"
ID: Final = "xWqJBlwfjUOUcQjd5gt7vQ"
CONDITION: Final = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
STATEMENT: Final = {
    "Sid": "OfficeOnly",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": f"arn:aws:s3:::{BUCKET}/*",
    "Condition": CONDITION,
}
DENY: Final[dict[str, object]] = {
    "actions": ["s3:GetObject", "s3:PutObject"],
    "statement": STATEMENT,
    "sid": "OfficeOnly",
    "condition": CONDITION,
}
DIRECT: Final[dict[str, object]] = {
    **DENY,
    "who": ["arn:aws:iam::049579744830:root"],
    "others": ["arn:aws:iam::210987654321:root"],
    "anybody": False,
    "certain": False,
    "statement": {**STATEMENT, "Effect": "Allow"},
}
TRUST_DENY: Final = {key: value for key, value in DENY.items() if key != "actions"}
OBJECTS: Final = f"arn:aws:s3:::{BUCKET}/*"
ITSELF: Final = f"arn:aws:s3:::{BUCKET}"
POLICY: Final = "ubiquity-s3-access-policy"
POLICY_ARN: Final = f"arn:aws:iam::{ACCOUNT}:policy/{POLICY}"
KMS: Final[dict[str, object]] = {"key": KEY, "role": ROLE}

_PARAMS: Final[dict[str, dict[str, object]]] = {
    "env.offline": {"endpoint": "https://sts.ap-southeast-2.amazonaws.com"},
    "env.proxy": {"proxy": "proxy.example.com:3128"},
    "env.tls-intercepted": {"endpoint": "https://sts.ap-southeast-2.amazonaws.com"},
    "env.clock-skew": {"seconds": 1980},
    "env.timeout": {"endpoint": "https://s3.ap-southeast-2.amazonaws.com"},
    "env.throttled": {"action": "iam:GetRole"},
    "env.aws-fault": {"action": "iam:GetRole"},
    "signin.none": {"profile": "acme"},
    "signin.profile-missing": {"profile": "acme", "like": "Acme"},
    "signin.expired": {
        "profile": "acme",
        "mfa_device": f"arn:aws:iam::{ACCOUNT}:mfa/jo",
        "answer": "the code was wrong",
        "file": "/home/jo/.aws/config",
        "line": 12,
    },
    "signin.invalid": {
        "profile": "acme",
        "answer": "no such user",
        "file": "/home/jo/.aws/config",
        "line": 12,
    },
    "signin.config-broken": {
        "file": "/home/jo/.aws/config",
        "line": 12,
        "mistake": "inline-comment",
        "name": "region",
        "instead": "region = us-east-1",
        "said": "Provided region_name does not match a supported format.",
        "address": "http://aws.internal:4566",
        "setting": "role_arn",
    },
    "signin.region-disabled": {"region": "ap-southeast-6"},
    "signin.wrong-account": {"expected": ACCOUNT, "found": "210987654321"},
    "signin.wrong-partition": {"partition": "aws-us-gov"},
    "signin.other-endpoint": {"endpoint": "http://localhost:4566"},
    "signin.not-allowed": {"actions": ["iam:GetRole", "s3:GetBucketPolicy"]},
    "role.missing": {"account": ACCOUNT},
    "role.misnamed": {
        "found": "ubiquity_connectors_s3_access_role",
        "others": ["ubiquity-connector-s3-access-role"],
    },
    "role.path": {"found": ROLE.replace("role/", "role/service/"), "path": "/service/"},
    "role.boundary": {
        "boundary": f"arn:aws:iam::{ACCOUNT}:policy/developers",
        "actions": ["s3:DeleteObject"],
        "statement": STATEMENT,
        "sid": "OfficeOnly",
    },
    "trust.principal-wrong": {"found": ["arn:aws:iam::999999999999:root", "AIDAEXAMPLE"]},
    "trust.principal-orphaned": {"found": "AROAEXAMPLEID1234567X"},
    "trust.external-id-mismatch": {"expected": ID, "found": f"{ID} ", "others": ["another-one"]},
    "trust.external-id-placeholder": {"expected": ID, "found": "YOUR_UBIQUITY_ACCOUNT_ID"},
    "trust.external-id-not-required": {"expected": ID, "any": True, "certain": True},
    "trust.action-wrong": {"found": ["sts:TagSession"], "statement": STATEMENT},
    "trust.condition-blocks": {**TRUST_DENY, "certain": True},
    "trust.deny-may-apply": TRUST_DENY,
    "trust.explicit-deny": TRUST_DENY,
    "trust.too-open": {"external_id_required": True, "statement": STATEMENT, "sid": "OfficeOnly"},
    "policy.missing": {"account": ACCOUNT},
    "policy.not-attached": {"policy": POLICY_ARN},
    "policy.placeholder": {"policy": POLICY, "found": "YOUR_BUCKET_NAME"},
    "policy.wrong-bucket": {"policy": POLICY, "found": ["customer-data-import", "old-bucket"]},
    "policy.objects-not-covered": {
        "policy": POLICY,
        "actions": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        "expected": OBJECTS,
        "found": ITSELF,
    },
    "policy.bucket-not-covered": {"policy": POLICY, "expected": ITSELF, "found": OBJECTS},
    "policy.prefix-mismatch": {
        "policy": POLICY,
        "actions": ["s3:ListBucket"],
        "expected": "imports/",
        "found": ["imports/ubiquity/*"],
    },
    "policy.action-missing": {"policy": POLICY, "actions": ["s3:PutObject", "s3:DeleteObject"]},
    "policy.explicit-deny": {"policy": "guardrail", **DENY},
    "policy.deny-may-apply": {"policy": "guardrail", **DENY},
    "policy.condition-blocks": {"policy": POLICY, **DENY, "certain": False},
    "policy.too-broad": {
        "policies": ["AmazonS3FullAccess"],
        "buckets": ["*"],
        "actions": ["s3:*"],
        "whole": [BUCKET],
    },
    "bucket.missing": {},
    "bucket.other-account": {"account": ACCOUNT},
    "bucket.region-mismatch": {
        "expected": "ap-southeast-2",
        "found": "us-east-1",
        "named": "us-east-1a",
    },
    "bucket.explicit-deny": DENY,
    "bucket.deny-may-apply": {**DENY, "part": "imports/secret/*"},
    "bucket.direct-grant": DIRECT,
    "bucket.object-ownership": {"found": "BucketOwnerPreferred"},
    "kms.decrypt-denied": KMS,
    "kms.describe-denied": KMS,
    "kms.write-denied": KMS,
    "kms.explicit-deny": {"key": KEY, **DENY, "actions": ["kms:Decrypt"]},
    "kms.deny-may-apply": {"key": KEY, **DENY, "actions": ["kms:Decrypt"]},
    "kms.principal-orphaned": {**KMS, "found": "AROAEXAMPLEID1234567X"},
    "kms.key-differs": {"expected": KEY.replace("1234abcd", "dcba4321"), "found": KEY},
    "kms.key-disabled": {"key": KEY, "state": "PendingDeletion"},
    "kms.direct-grant": {"key": KEY, **DIRECT, "actions": ["kms:Decrypt"], "grant": "0c237476b39f"},
    "kms.other-account": {"key": KEY.replace(ACCOUNT, "210987654321"), "account": "210987654321"},
    "files.none": {"prefix": "imports/", "markers": 2},
    "files.archived": {"count": 2, "classes": {"GLACIER": 1, "DEEP_ARCHIVE": 1}},
    "files.tagged": {"count": 1, "actions": ["s3:GetObjectTagging", "s3:PutObjectTagging"]},
    "files.other-key": {
        "key": KEY,
        "default": KEY.replace("1234abcd", "dcba4321"),
        "decision": "unknown",
        "paste": dict(kms_statement(ACCOUNT)),
    },
    "files.sse-c": {"count": 3},
    "organization.denies": {
        "actions": ["s3:ListBucket"],
        "by": "service control policy",
        "policy": "arn:aws:organizations::1:policy/o-1/service_control_policy/p-1",
    },
    "check.unreadable": {
        "what": "buckets[0].policy",
        "permission": "s3:GetBucketPolicy",
        "uncertain": ["s3:ListBucket", "s3:GetObject"],
        "limit": 20480,
        "too_much": True,
        "no_policy": True,
    },
    "connect.propagating": {"seconds": 12},
    "change.conflict": {"target": POLICY_ARN},
    "change.limit": {"limit": "policy-versions", "figure": 5, "target": POLICY_ARN},
    "change.refused": {"message": "This policy contains invalid Json", "target": POLICY_ARN},
}

_ABOUT_A_BUCKET: Final = ("policy.", "bucket.", "kms.", "files.")

SAMPLES: Final = tuple(
    Finding(
        code,
        Evidence.PREDICTED,
        bucket=BUCKET if code.startswith(_ABOUT_A_BUCKET) else None,
        params=params,
    )
    for code, params in _PARAMS.items()
)
