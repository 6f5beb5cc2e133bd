"""Policies of roles as they are found in the wild, with where AWS documents them."""

from typing import Final

from tests.core.diagnosis.broken_permissions import guarded, listing, objects, policy
from tests.core.diagnosis.broken_trust import bounded, external_id, trust
from tests.core.diagnosis.wild_ways import BOTH, GOOD, Found, forget, ubiquity
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DATABASE_ID,
    GET,
    UBIQUITY_ROOT,
    allow,
    asks_for,
    deny,
    together,
    trusting,
)

TRUST: Final = (
    Found(
        "IAM: third parties, External ID (aws:PrincipalAccount instead of the principal)",
        trust(
            trusting(
                "*",
                {
                    "StringEquals": {
                        "sts:ExternalId": DATABASE_ID,
                        "aws:PrincipalAccount": "049579744830",
                    }
                },
            )
        ),
    ),
    Found(
        "IAM: global keys, aws:PrincipalArn (never the root of an account that calls)",
        ubiquity({"ArnLike": {"aws:PrincipalArn": UBIQUITY_ROOT}}),
        "dd aaaa aaa",
        "trust.condition-blocks",
    ),
    Found(
        "IAM: global keys, aws:PrincipalArn (any of the account)",
        ubiquity({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::049579744830:*"}}),
    ),
    Found(
        "IAM: global keys, aws:SourceAccount (only services that act for an account have it)",
        ubiquity({"StringLike": {"aws:SourceAccount": "049579744830"}}),
        "dd aaaa aaa",
        "trust.condition-blocks",
    ),
    Found(
        "IAM: MFA-protected API access (aws:MultiFactorAuthAge is absent without MFA)",
        ubiquity({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
        "dd aaaa aaa",
        "trust.condition-blocks",
    ),
    Found(
        "IAM: condition operators, a date to come",
        ubiquity({"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}),
    ),
    Found(
        "IAM: Condition, key names are not case-sensitive",
        trust(trusting({"AWS": UBIQUITY_ROOT}, {"StringEquals": {"STS:EXTERNALID": DATABASE_ID}})),
    ),
    Found(
        "IAM: condition operators, IfExists lets in who sends nothing",
        external_id(DATABASE_ID, "StringEqualsIfExists"),
        "aa aaaa aaa",
        "trust.external-id-not-required",
    ),
    Found(
        "IAM: multivalued keys, ForAllValues is true of nothing",
        external_id([DATABASE_ID], "ForAllValues:StringEquals"),
        "aa aaaa aaa",
        "trust.external-id-not-required",
    ),
    Found(
        "IAM: Principal, a service and another account",
        trust(
            trusting({"Service": "ec2.amazonaws.com", "AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID))
        ),
    ),
)

ROLE: Final = (
    Found(
        "IAM: revoking sessions (AWSRevokeOlderSessions), from before",
        guarded(deny(Condition={"DateLessThan": {"aws:TokenIssueTime": "2026-11-01T00:00:00Z"}})),
    ),
    Found(
        "IAM: MFA, BoolIfExists catches whoever has none",
        guarded(deny(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})),
        "ad dddd ddd",
        "policy.explicit-deny",
    ),
    Found(
        "IAM: deny by source address, but for services that call on",
        guarded(
            deny(
                Condition={
                    "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                    "Bool": {"aws:ViaAWSService": "false"},
                }
            )
        ),
        "ad uuuu aua",
        "policy.deny-may-apply",
    ),
    Found(
        "IAM: deny by region, with services left out",
        guarded(
            {
                "Effect": "Deny",
                "NotAction": ["iam:*", "sts:*", "s3:*", "kms:*"],
                "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}},
            }
        ),
    ),
    Found(
        "IAM: NotResource with Deny",
        guarded({"Effect": "Deny", "Action": "s3:*", "NotResource": BOTH}),
    ),
    Found(
        "IAM: NotAction with Deny",
        guarded({"Effect": "Deny", "NotAction": ["s3:Get*", "s3:List*", "kms:*"], "Resource": "*"}),
        "ad aadd aaa",
        "policy.explicit-deny",
    ),
    Found(
        "IAM: variables, one that has no value matches nothing",
        objects(Resource=f"{BUCKET_ARN}/${{aws:username}}/*"),
        "ad addd aaa",
        "policy.prefix-mismatch",
    ),
    Found(
        "IAM: variables, tags that were not read",
        together(objects(Resource=f"{BUCKET_ARN}/${{aws:PrincipalTag/team}}/*"), forget("tags")),
        "ad auuu aaa",
        "policy.condition-blocks",
    ),
    Found(
        "S3: condition keys, s3:delimiter is not sent",
        listing(Condition={"StringEquals": {"s3:prefix": "imports/", "s3:delimiter": "/"}}),
        "ad daaa aaa",
        "policy.condition-blocks",
    ),
    Found(
        "S3: condition keys, s3:max-keys of a page",
        listing(Condition={"NumericLessThanEquals": {"s3:max-keys": "1000"}}),
    ),
    Found(
        "S3: actions, there is none for ListObjectsV2",
        listing(Action=["s3:ListObjects", "s3:ListObjectsV2"]),
        "ad daaa aaa",
        "policy.action-missing",
    ),
    Found(
        "S3: resources, a bucket's ARN has neither region nor account",
        objects(Resource=f"arn:aws:s3:ap-southeast-2:{ACCOUNT}:acme-imports/*"),
        "ad addd aaa",
        "policy.action-missing",
    ),
    Found(
        "IAM: boundaries, a Deny in one counts like any",
        bounded(allow(), deny("s3:DeleteObject")),
        "ad aaad aaa",
        "role.boundary",
    ),
    Found(
        "IAM: boundaries, a key policy's grant to the role is capped",
        bounded(allow("s3:*")),
        "ad aaaa ddd",
        "role.boundary",
    ),
    Found(
        "IAM: evaluation logic, two conditions that leave nothing out",
        guarded(
            deny(GET, Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}),
            deny(GET, Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
        ),
        "ad adaa aaa",
        "policy.explicit-deny policy.explicit-deny",
    ),
    Found(
        "IAM: AWS managed policy AmazonS3ReadOnlyAccess",
        policy(allow(["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*"])),
        "ad aadd aaa",
        "policy.action-missing policy.too-broad",
    ),
    Found(
        "IAM: AWS managed policy AdministratorAccess",
        policy(allow()),
        GOOD,
        "policy.too-broad",
    ),
)
