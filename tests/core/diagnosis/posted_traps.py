"""Posted policies that say another thing than they seem to: set operators, variables, regions.

IAM User Guide, "Set operators for multivalued context keys", "Variables and tags", "Condition
operators" and "AWS global condition context keys" (aws:RequestedRegion).
"""

from typing import Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_permissions import guarded
from tests.core.diagnosis.broken_trust import trust
from tests.core.diagnosis.posted import (
    Posted,
    bucket,
    key,
    key_if,
    role,
    role_if,
    tagged,
    trusted_if,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DATABASE_ID,
    GET,
    LIST,
    OBJECTS,
    PUT,
    ROLE_ARN,
    UBIQUITY_ROOT,
    World,
    asks_for,
    deny,
    document,
    together,
    trusting,
)

ROLE: Final = {"aws:PrincipalArn": [ROLE_ARN]}
TAG: Final = "aws:PrincipalTag/env"

SETS: Final = (
    Posted(
        "all of none are not it",
        bucket({"ForAllValues:StringNotEquals": {TAG: "prod"}}),
        "ad dddd aaa",
    ),
    Posted(
        "all of none are it", bucket({"ForAllValues:StringEquals": {TAG: "prod"}}), "ad dddd aaa"
    ),
    Posted("any of none is not it", bucket({"ForAnyValue:StringNotEquals": {TAG: "prod"}})),
    Posted("all of one are the role", bucket({"ForAllValues:ArnLike": ROLE}), "ad dddd aaa"),
    Posted("all of one are not the role", bucket({"ForAllValues:ArnNotLike": ROLE})),
    Posted("any of one is not the role", bucket({"ForAnyValue:ArnNotEquals": ROLE})),
    Posted(
        "all services but some, of which none calls",
        role(
            {
                "ForAllValues:StringNotEquals": {
                    "aws:CalledVia": ["cloudformation.amazonaws.com", "config.amazonaws.com"]
                }
            }
        ),
        "ad dddd ddd",
    ),
    Posted(
        "any service but some",
        role({"ForAnyValue:StringNotEquals": {"aws:CalledVia": ["config.amazonaws.com"]}}),
        "ad aaaa uau",
    ),
    Posted(
        "all tags of a request that has none",
        role({"ForAllValues:StringLike": {"aws:TagKeys": "dp:*"}}),
        "ad dddd ddd",
    ),
    Posted(
        "some tag of a request that has none",
        role({"ForAnyValue:StringLike": {"aws:TagKeys": "dp:*"}}),
    ),
    Posted(
        "a CDK's key for uploads",
        bucket(
            {
                "ForAllValues:StringNotLikeIfExists": {
                    "s3:x-amz-server-side-encryption-aws-kms-key-id": ["arn:aws:kms:*"]
                }
            },
            PUT,
        ),
        "ad aaua aaa",
    ),
    Posted(
        "an External ID as a set",
        trust(
            trusting({"AWS": UBIQUITY_ROOT}, asks_for([DATABASE_ID], "ForAnyValue:StringEquals"))
        ),
    ),
    Posted(
        "an External ID as a set that may be empty",
        trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID, "ForAllValues:StringEquals"))),
        "aa aaaa aaa",
    ),
    Posted(
        "an External ID as a set that may not",
        trust(
            trusting(
                {"AWS": UBIQUITY_ROOT},
                {
                    **asks_for(DATABASE_ID, "ForAllValues:StringEquals"),
                    "Null": {"sts:ExternalId": "false"},
                },
            )
        ),
    ),
    Posted(
        "no value at all", bucket({"StringNotEquals": {"aws:PrincipalAccount": []}}), "ad dddd aaa"
    ),
)


def _old(world: World) -> None:
    """Deny by variables in a policy of the language's older version, where they are plain text."""
    statement = deny(
        "s3:*",
        OBJECTS,
        Principal="*",
        Condition={"StringNotEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
    )
    world.bucket["policy"] = document(statement, version="2008-10-17")


VARIABLES: Final = (
    Posted(
        "the account's own",
        bucket({"StringNotEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}),
    ),
    Posted("the account's own, in the older language", _old, "ad addd aaa"),
    Posted(
        "a role of the resource's account",
        bucket(
            {
                "ArnNotLike": {
                    "aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/ubiquity-*"
                }
            }
        ),
    ),
    Posted(
        "a role of it under a path",
        bucket(
            {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:ResourceAccount}:role/apps/*"}}
        ),
        "ad dddd aaa",
    ),
    Posted(
        "a user's home, and a role is no user",
        role_if({"StringLike": {"s3:prefix": "home/${aws:username}/*"}}, LIST),
        "ad dddd aaa",
    ),
    Posted(
        "whoever is not the user",
        bucket({"StringNotLike": {"aws:userid": "${aws:username}"}}),
        "ad dddd aaa",
    ),
    Posted(
        "a folder by a tag that it has not, with one instead",
        bucket_policy(
            deny("s3:*", f"{BUCKET_ARN}/${{aws:PrincipalTag/a, 'imports'}}/*", Principal="*")
        ),
        "ad addd aaa",
    ),
    Posted(
        "a folder by the role's tag",
        together(
            bucket_policy(
                deny("s3:*", f"{BUCKET_ARN}/${{aws:PrincipalTag/folder}}/*", Principal="*")
            ),
            tagged(folder="imports"),
        ),
        "ad addd aaa",
    ),
    Posted(
        "a folder by a tag that it has not",
        bucket_policy(deny("s3:*", f"{BUCKET_ARN}/${{aws:PrincipalTag/folder}}/*", Principal="*")),
    ),
    Posted("a star that is one", bucket_policy(deny(GET, f"{BUCKET_ARN}/${{*}}", Principal="*"))),
    Posted(
        "S3 of the region that is asked",
        key_if({"StringEquals": {"kms:ViaService": "s3.${aws:RequestedRegion}.amazonaws.com"}}),
    ),
    Posted(
        "another account of the same id",
        role({"StringNotEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}),
    ),
    Posted(
        "a session's name",
        trusted_if({"StringLike": {"sts:RoleSessionName": "${aws:username}"}}),
        "ud aaaa aaa",
    ),
)

REGION: Final = "aws:RequestedRegion"
GLOBAL_SERVICES: Final = ["iam:*", "sts:*", "organizations:*", "route53:*", "support:*"]

REGIONS: Final = (
    Posted(
        "IAM: outside of a region",
        role({"StringNotEquals": {REGION: ["us-east-1", "ap-southeast-2"]}}),
    ),
    Posted(
        "IAM: outside of other regions",
        role({"StringNotEquals": {REGION: ["us-east-1", "eu-west-1"]}}),
        "ad dddd ddd",
    ),
    Posted("outside of a continent", role({"StringNotLike": {REGION: "eu-*"}}), "ad dddd ddd"),
    Posted(
        "Control Tower: by region, but for global services",
        guarded(
            {
                "Effect": "Deny",
                "NotAction": GLOBAL_SERVICES,
                "Resource": "*",
                "Condition": {
                    "StringNotEquals": {REGION: ["eu-central-1"]},
                    "ArnNotLike": {
                        "aws:PrincipalArn": ["arn:aws:iam::*:role/AWSControlTowerExecution"]
                    },
                },
            }
        ),
        "ad dddd ddd",
    ),
    Posted(
        "Control Tower: by region, and this role is left out",
        guarded(
            {
                "Effect": "Deny",
                "NotAction": GLOBAL_SERVICES,
                "Resource": "*",
                "Condition": {
                    "StringNotEquals": {REGION: ["eu-central-1"]},
                    "ArnNotLike": {"aws:PrincipalArn": [ROLE_ARN]},
                },
            }
        ),
    ),
    Posted(
        "S3: a region for new buckets",
        role({"StringNotEquals": {"s3:LocationConstraint": "eu-west-1"}}, "s3:CreateBucket"),
    ),
    Posted(
        "a region for new buckets, of every request",
        role({"StringNotEquals": {"s3:LocationConstraint": "eu-west-1"}}, "s3:*"),
        "ad dddd aaa",
    ),
    Posted(
        "a region for new buckets, like those",
        role({"StringLike": {"s3:LocationConstraint": "us-*"}}, "s3:*"),
    ),
    Posted(
        "trust by region", trusted_if({"StringEquals": {REGION: "ap-southeast-2"}}), "ud aaaa aaa"
    ),
    Posted("a key by region", key({"StringNotEquals": {REGION: "ap-southeast-2"}})),
    Posted(
        "a date that has come",
        role({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}),
        "ad dddd ddd",
    ),
    Posted(
        "IAM: sessions from before",
        role({"DateLessThan": {"aws:TokenIssueTime": "2026-11-22T00:00:00Z"}}),
    ),
    Posted(
        "an account by its number as a number",
        bucket({"NumericNotEquals": {"aws:PrincipalAccount": ACCOUNT}}),
    ),
)
