"""Policies of buckets and keys as they are found in the wild, with where AWS documents them."""

from typing import Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_keys import grant, key_also, key_policy
from tests.core.diagnosis.broken_permissions import guarded
from tests.core.diagnosis.broken_trust import bounded
from tests.core.diagnosis.wild_ways import (
    ALL_BUT_THE_ROLE,
    GOOD,
    ONLY_ORG,
    SHUT,
    Found,
    everyone,
    forget,
    only_ids,
    organization,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    GET,
    KEY,
    OBJECTS,
    PUT,
    ROLE_ARN,
    ROOT,
    UBIQUITY_ROOT,
    World,
    allow,
    deny,
    inline,
    together,
)

SOME_SESSION: Final = f"{ROLE_ARN.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/x"

CONTEXT: Final = "kms:EncryptionContext:aws:s3:arn"
SSE_C: Final = "s3:x-amz-server-side-encryption-customer-algorithm"


def dsse(world: World) -> None:
    """Encrypt twice; the flag of the bucket key stays as it is."""
    world.bucket["encryption"]["algorithm"] = "aws:kms:dsse"


BUCKETS: Final = (
    Found(
        "S3: bucket policies for VPC endpoints",
        everyone(SHUT, Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "IAM: data perimeters, another organisation unknown",
        everyone(SHUT, **ONLY_ORG),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "IAM: data perimeters, the own organisation",
        together(everyone(SHUT, **ONLY_ORG), organization("o-a1b2c3d4e5")),
    ),
    Found(
        "IAM: data perimeters, not the own organisation",
        together(everyone(SHUT, **ONLY_ORG), organization("o-zzzzzzzzzz")),
        "ad dddd aaa",
        "bucket.explicit-deny",
    ),
    Found(
        "Security Blog: restrict a bucket to a role by aws:userId",
        everyone(
            SHUT, Condition={"StringNotLike": {"aws:userId": ["AROAEXAMPLEROLEID0001:*", ACCOUNT]}}
        ),
    ),
    Found(
        "Security Blog: restrict a bucket to another role by aws:userId",
        everyone(SHUT, Condition=only_ids("AROAEXAMPLEANOTHER001:*")),
        "ad dddd aaa",
        "bucket.explicit-deny",
    ),
    Found(
        "Security Blog: the same, and the role's id was not read",
        together(
            everyone(
                SHUT, Condition={"StringNotLike": {"aws:userId": ["AROAEXAMPLEANOTHER0001:*"]}}
            ),
            forget("id"),
        ),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "S3: root of the account in a Deny means everybody of it",
        bucket_policy({**SHUT, "Principal": {"AWS": ROOT}}),
        "ad dddd aaa",
        "bucket.explicit-deny",
    ),
    Found(
        "S3: UbiQuity's account is not who asks S3",
        bucket_policy({**SHUT, "Principal": {"AWS": UBIQUITY_ROOT}}),
    ),
    Found(
        "S3: require encryption headers on uploads",
        everyone(
            deny(PUT, OBJECTS),
            Condition={"StringNotEqualsIfExists": {"s3:x-amz-server-side-encryption": "aws:kms"}},
        ),
        "ad aaua aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "Security Blog: block SSE-C, as AWS recommends to everybody",
        everyone(deny(PUT, OBJECTS), Condition={"Null": {SSE_C: "false"}}),
    ),
    Found(
        "data perimeters: block SSE-C by what is not AES256 or is there",
        everyone(deny(PUT, OBJECTS), Condition={"StringEquals": {SSE_C: "AES256"}}),
    ),
    Found(
        "S3: require SSE-C, which the connector does not send",
        everyone(deny(PUT, OBJECTS), Condition={"Null": {SSE_C: "true"}}),
        "ad aada aaa",
        "bucket.explicit-deny",
    ),
    Found(
        "S3: require bucket-owner-full-control",
        everyone(
            deny(PUT, OBJECTS),
            Condition={"StringNotEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
        ),
        "ad aaua aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "S3: objects with certain tags",
        everyone(
            deny(GET, OBJECTS), Condition={"StringEquals": {"s3:ExistingObjectTag/pii": "yes"}}
        ),
        "ad auaa aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "S3: the archive folder is read-only",
        everyone(deny(PUT, f"{BUCKET_ARN}/imports/archive/*")),
        GOOD,
        "bucket.deny-may-apply",
    ),
    Found(
        "S3: TLS 1.2",
        everyone(SHUT, Condition={"NumericLessThan": {"s3:TlsVersion": 1.2}}),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "S3: TLS at all",
        everyone(SHUT, Condition={"Bool": {"aws:SecureTransport": False}}),
    ),
    Found(
        "IAM: NotPrincipal with the role alone 'might' deny",
        bucket_policy({**ALL_BUT_THE_ROLE, "NotPrincipal": {"AWS": ROLE_ARN}}),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "IAM: NotPrincipal, with the role and its account listed, and no session",
        bucket_policy(ALL_BUT_THE_ROLE),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "IAM: NotPrincipal, with a session that nobody here knows",
        bucket_policy(
            {**ALL_BUT_THE_ROLE, "NotPrincipal": {"AWS": [SOME_SESSION, ROLE_ARN, ROOT]}}
        ),
        "ad uuuu aaa",
        "bucket.deny-may-apply",
    ),
    Found(
        "IAM: NotPrincipal with another role",
        bucket_policy({**ALL_BUT_THE_ROLE, "NotPrincipal": {"AWS": f"{ROLE_ARN}-2"}}),
        "ad dddd aaa",
        "bucket.explicit-deny",
    ),
    Found(
        "IAM: NotPrincipal catches every role with a boundary",
        together(bucket_policy(ALL_BUT_THE_ROLE), bounded(allow())),
        "ad dddd aaa",
        "bucket.explicit-deny",
    ),
)

KEYS: Final = (
    Found(
        "KMS: default key policy hands on to identity policies",
        together(
            key_policy(allow("kms:*", Principal={"AWS": ROOT})),
            lambda w: w.role["inline_policies"].append(inline("key", allow("kms:Decrypt", KEY))),
        ),
        "ad aaaa add",
        "kms.describe-denied kms.write-denied",
    ),
    Found(
        "KMS: kms:ViaService and kms:CallerAccount, as AWS's own key for S3 has them",
        key_policy(
            allow(
                [
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:ReEncrypt*",
                    "kms:GenerateDataKey*",
                    "kms:DescribeKey",
                ],
                Principal={"AWS": "*"},
                Condition={
                    "StringEquals": {
                        "kms:CallerAccount": ACCOUNT,
                        "kms:ViaService": "s3.ap-southeast-2.amazonaws.com",
                    }
                },
            )
        ),
    ),
    Found(
        "KMS: kms:ViaService of another region",
        grant(Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}),
        "ad aaaa ddd",
        "kms.decrypt-denied",
    ),
    Found(
        "S3: bucket keys, the encryption context is the bucket's ARN; describing has none",
        grant(Condition={"StringLike": {"kms:EncryptionContext:aws:s3:arn": [BUCKET_ARN]}}),
        "ad aaaa ada",
        "kms.describe-denied",
    ),
    Found(
        "S3: bucket keys, a context of objects is never sent",
        grant(Condition={"StringLike": {"kms:EncryptionContext:aws:s3:arn": [OBJECTS]}}),
        "ad aaaa ddd",
        "kms.decrypt-denied",
    ),
    Found(
        "S3: with DSSE the context is the object's, whatever the flag of the bucket key says",
        together(dsse, grant(Condition={"StringLike": {CONTEXT: [OBJECTS]}})),
        "ad aaaa ada",
        "kms.describe-denied",
    ),
    Found(
        "S3: with DSSE, a context of the bucket is never sent",
        together(dsse, grant(Condition={"StringEquals": {CONTEXT: BUCKET_ARN}})),
        "ad aaaa ddd",
        "kms.decrypt-denied",
    ),
    Found(
        "IAM: S3 calls KMS for the role in a forward access session; describing is a direct call",
        grant(Condition={"Bool": {"aws:ViaAWSService": "true"}}),
        "ad aaaa ada",
        "kms.describe-denied",
    ),
    Found(
        "IAM: a grant of direct calls alone",
        grant(Condition={"Bool": {"aws:ViaAWSService": "false"}}),
        "ad aaaa dad",
        "kms.decrypt-denied",
    ),
    Found(
        "IAM: a key that nobody may use directly",
        key_also(deny("kms:*", Principal="*", Condition={"Bool": {"aws:ViaAWSService": "false"}})),
        "ad aaaa ada",
        "kms.describe-denied",
    ),
    Found(
        "IAM: whether S3 is in aws:CalledVia, its two pages disagree",
        grant(Condition={"ForAnyValue:StringEquals": {"aws:CalledVia": "s3.amazonaws.com"}}),
        "ad aaaa udu",
        "kms.describe-denied",
    ),
    Found(
        "IAM: it is S3, and no other service, that calls KMS",
        grant(Condition={"ForAnyValue:StringEquals": {"aws:CalledVia": "athena.amazonaws.com"}}),
        "ad aaaa ddd",
        "kms.decrypt-denied",
    ),
    Found(
        "IAM: the endpoint of the first request is not passed on to KMS",
        grant(Condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}),
        "ad aaaa dud",
        "kms.decrypt-denied",
    ),
    Found(
        "IAM: its public address is",
        grant(Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
        "ad aaaa uuu",
    ),
    Found(
        "KMS: the resource in a key policy is that key",
        grant(Resource=KEY.replace("1234abcd", "dcba4321")),
        "ad aaaa ddd",
        "kms.decrypt-denied",
    ),
    Found(
        "KMS: a role's grant under a condition",
        together(
            key_policy(allow("kms:*", Principal={"AWS": ROOT})),
            guarded(allow("kms:*", KEY, Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}})),
        ),
        "ad aaaa uuu",
        "policy.condition-blocks",
    ),
)
