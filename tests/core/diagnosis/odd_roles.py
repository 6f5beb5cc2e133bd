"""Roles that nobody would make so, and that work all the same."""

from typing import Final

from tests.core.diagnosis.odd_ways import (
    BROAD,
    IMPORTS_ONLY,
    UBIQUITY,
    Odd,
    bare_strings,
    by_bucket_policy,
    by_role_and_bucket,
    inline_only,
    old_version,
    ours,
    past_the_boundary,
    policy,
    second_database,
    second_inline,
    single_statement,
    split,
    tight_boundary,
    trust,
    with_condition,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DATABASE_ID,
    DELETE,
    DELETED,
    FOUR,
    GET,
    LIST,
    OBJECTS,
    PUT,
    STRANGER,
    UBIQUITY_ROOT,
    allow,
    asks_for,
    deny,
    good_two,
    together,
    trusting,
)

TRUST: Final = (
    Odd("account id instead of the root ARN", trust(ours(Principal={"AWS": UBIQUITY}))),
    Odd("all of STS", trust(ours(Action="sts:*"))),
    Odd("every action", trust(ours(Action="*"))),
    Odd("a pattern, in another case", trust(ours(Action="STS:assume*"))),
    Odd("tagging as well", trust(ours(Action=["sts:AssumeRole", "sts:TagSession"]))),
    Odd("StringLike", trust(ours(Condition=asks_for(DATABASE_ID, "StringLike")))),
    Odd("a wildcard in it", trust(ours(Condition=asks_for(f"{DATABASE_ID[:-1]}?", "StringLike")))),
    Odd("any of", trust(ours(Condition=asks_for([DATABASE_ID], "ForAnyValue:StringEquals")))),
    Odd(
        "key in another case",
        trust(ours(Condition={"StringEquals": {"STS:externalid": DATABASE_ID}})),
    ),
    Odd(
        "case ignored",
        trust(ours(Condition=asks_for(DATABASE_ID.upper(), "StringEqualsIgnoreCase"))),
    ),
    Odd("a second database", second_database),
    Odd(
        "UbiQuity's account once more",
        with_condition(StringLike={"aws:PrincipalAccount": UBIQUITY}),
    ),
    Odd("TLS", with_condition(Bool={"aws:SecureTransport": "true"})),
    Odd("not by a service", with_condition(Bool={"aws:PrincipalIsAWSService": "false"})),
    Odd("until a day to come", with_condition(DateLessThan={"aws:CurrentTime": "2030-01-01"})),
    Odd("a service beside it", trust(trusting({"Service": "ec2.amazonaws.com"}), ours())),
    Odd(
        "another company beside it", trust(trusting({"AWS": STRANGER}, asks_for("theirs")), ours())
    ),
    Odd("a deleted role beside it", trust(ours(Principal={"AWS": [DELETED, UBIQUITY_ROOT]}))),
    Odd(
        "the External ID demanded by a Deny",
        trust(
            ours(),
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sts:AssumeRole",
                "Condition": {"StringNotEquals": {"sts:ExternalId": DATABASE_ID}},
            },
        ),
    ),
    Odd("one statement without a list", single_statement),
    Odd("strings and lists the other way", bare_strings),
    Odd("the language of 2008", old_version),
)

PERMISSIONS: Final = (
    Odd("inline, under another name", inline_only),
    Odd("one policy for each action", split),
    Odd("everything in one statement", policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS]))),
    Odd("a star that takes in both", policy(allow(list(FOUR), f"{BUCKET_ARN}*")), BROAD),
    Odd("actions in another case", policy(allow([a.upper() for a in FOUR], [BUCKET_ARN, OBJECTS]))),
    Odd("s3:Get*", policy(allow(["s3:Get*", LIST, PUT, DELETE], [BUCKET_ARN, OBJECTS])), BROAD),
    Odd("full access", policy(allow("s3:*")), BROAD),
    Odd("an administrator", policy(allow("*")), BROAD),
    Odd(
        "all actions but some",
        policy({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
        BROAD,
    ),
    Odd(
        "another bucket as well",
        lambda w: w.permissions.append(allow(GET, "arn:aws:s3:::logs/*")),
        BROAD,
    ),
    Odd("other services as well", lambda w: w.permissions.append(allow("logs:*"))),
    Odd("tags as well", lambda w: w.permissions.append(allow("s3:GetObjectTagging", OBJECTS))),
    Odd(
        "just the connector's folder",
        IMPORTS_ONLY,
    ),
    Odd(
        "a folder above it",
        together(IMPORTS_ONLY, lambda w: w.entry.update(prefix="imports/ubiquity/")),
    ),
    Odd(
        "the exact prefix",
        lambda w: w.permissions[0].update(
            Condition={"StringEquals": {"s3:prefix": ["", "imports/"]}}
        ),
    ),
    Odd(
        "objects of any bucket",
        lambda w: w.permissions[1].update(Resource="arn:aws:s3:::*/imports/*"),
        BROAD,
    ),
    Odd(
        "the bucket's account",
        lambda w: w.permissions[0].update(
            Condition={"StringEquals": {"s3:ResourceAccount": ACCOUNT}}
        ),
    ),
    Odd(
        "an unattached policy besides",
        lambda w: w.role["attached_policies"][0].update(
            name="ours", arn="arn:aws:iam::123456789012:policy/ours"
        ),
    ),
    Odd("a boundary of everything", lambda w: w.set_boundary(allow())),
    Odd("a boundary of just that", tight_boundary),
    Odd("a boundary that a bucket policy passes by", past_the_boundary),
    Odd("a bucket policy alone", by_bucket_policy),
    Odd("half role, half bucket", by_role_and_bucket),
    Odd(
        "a Deny of other buckets",
        lambda w: w.permissions.append(deny("s3:*", "arn:aws:s3:::secret*")),
    ),
    Odd(
        "a Deny without TLS",
        lambda w: w.permissions.append(deny(Condition={"Bool": {"aws:SecureTransport": "false"}})),
    ),
    Odd(
        "a Deny in other regions",
        lambda w: w.permissions.append(
            deny(
                Condition={
                    "StringNotEquals": {"aws:RequestedRegion": ["ap-southeast-2", "us-east-1"]}
                }
            )
        ),
    ),
    Odd(
        "a Deny of removing buckets",
        lambda w: w.permissions.append(deny(["s3:DeleteBucket", "s3:PutBucketPolicy"])),
    ),
    Odd("several buckets", together(), "", good_two),
    Odd(
        "several buckets, two policies",
        together(policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS])), second_inline),
        "",
        good_two,
    ),
)
