"""Setups that nobody would make so, and that work all the same."""

from dataclasses import dataclass
from typing import Any, Final

from app.core.policies import kms_statement
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    BUCKET_ARN,
    DATABASE_ID,
    DELETED,
    FOUR,
    KEY,
    OBJECTS,
    ROLE_ARN,
    ROLE_ID,
    ROOT,
    SECOND,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    asks_for,
    deny,
    document,
    good,
    good_encrypted,
    good_two,
    inline,
    together,
    trusting,
)

LIST, GET, PUT, DELETE = FOUR
UBIQUITY: Final = "049579744830"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role/import"
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"


@dataclass(frozen=True, slots=True)
class Odd:
    """``codes`` are the warnings and notes that are due; ``world`` starts from a good setup."""

    name: str
    how: Break
    codes: str = ""
    base: Any = good

    def __str__(self) -> str:
        return self.name


def trust(*statements: dict[str, Any]) -> Break:
    return lambda world: world.set_trust(*statements)


def ours(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the guide's trust statement with other elements."""
    return trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID)) | changed


def with_condition(**tests: dict[str, object]) -> Break:
    return trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID) | tests))


def policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.set_policy(*statements)


def bucket_policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.bucket.update(policy=document(*statements))


def key_policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.bucket["kms_key"].update(policy=document(*statements))


def inline_only(world: World) -> None:
    """Write the same policy into the role, under another name."""
    contents = world.role["attached_policies"][0]["document"]
    world.detach(delete=True)
    world.role["inline_policies"] = [{"name": "s3-for-ubiquity", "document": contents}]


def split(world: World) -> None:
    """Give each action a policy of its own."""
    world.detach(delete=True)
    actions = [allow(LIST, BUCKET_ARN), *(allow(action, OBJECTS) for action in FOUR[1:])]
    world.role["inline_policies"] = [inline(f"p{i}", s) for i, s in enumerate(actions)]


def single_statement(world: World) -> None:
    """Leave out the list around the only statement."""
    world.role["trust_policy"]["Statement"] = world.trust


def bare_strings(world: World) -> None:
    """Put strings where the guide has lists, and lists where it has strings."""
    world.permissions[0].update(Action=LIST, Resource=[BUCKET_ARN])
    world.trust.update(Action=["sts:AssumeRole"], Principal={"AWS": [UBIQUITY_ROOT]})


def old_version(world: World) -> None:
    """Use the language of 2008, which lacks variables only."""
    world.role["trust_policy"].pop("Version")
    world.role["attached_policies"][0]["document"]["Version"] = "2008-10-17"


def by_bucket_policy(world: World) -> None:
    """Grant nothing in the role, all in the bucket."""
    world.detach(delete=True)
    bucket_policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS], Principal={"AWS": ROLE_ARN}))(world)


def by_role_and_bucket(world: World) -> None:
    """Grant half here, half there."""
    policy(allow(LIST, BUCKET_ARN))(world)
    bucket_policy(allow(FOUR[1:], OBJECTS, Principal={"AWS": ROLE_ARN}))(world)


def past_the_boundary(world: World) -> None:
    """Grant to everyone in the account by bucket policy, which no boundary caps."""
    world.set_boundary(allow("ec2:*"))
    within = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
    bucket_policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS], Principal="*", Condition=within))(world)


def tight_boundary(world: World) -> None:
    """Set a boundary of just what is needed."""
    world.set_boundary(*world.permissions)


def by_identity(world: World) -> None:
    """Leave the key policy at its default, and grant in the role."""
    key_policy(allow("kms:*", Principal={"AWS": ROOT}))(world)
    actions = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    world.role["inline_policies"] = [inline("key", allow(actions, KEY))]


def aws_managed(world: World) -> None:
    """Use SSE-KMS with AWS's own key."""
    world.bucket["encryption"] = {"algorithm": "aws:kms", "kms_key_id": None, "bucket_key": True}
    arn = KEY.replace("1234abcd", "99999999")
    world.bucket["kms_key"] = {"arn": arn, "account": ACCOUNT, "manager": "AWS", "state": "Enabled"}


def pasted(world: World) -> None:
    """Take documents that somebody sent: nobody was signed in."""
    world.snapshot["caller"] = None


def support(world: World) -> None:
    """Ask as UbiQuity's own support."""
    arn = f"arn:aws:sts::{UBIQUITY}:assumed-role/Support/jo"
    world.snapshot["caller"] = {"arn": arn, "account": UBIQUITY}


def second_database(world: World) -> None:
    """Share the role with another database of the same customer."""
    world.trust["Condition"] = asks_for(["AAAAAAAAAAAAAAAAAAAAAA", DATABASE_ID])


def recovered(world: World) -> None:
    """Let the network fail at first."""
    world.observe("customer", "sts:GetCallerIdentity", "failed", code="EndpointConnectionError")
    world.observe("customer", "sts:GetCallerIdentity", "allowed")


def connected(world: World) -> None:
    """Let all that UbiQuity tries go as it should."""
    world.observe("ubiquity", "sts:AssumeRole", "allowed", external_id="right")
    world.observe("ubiquity", "sts:AssumeRole", "denied", external_id="none", code="AccessDenied")
    world.observe("ubiquity", "sts:AssumeRole", "denied", external_id="wrong", code="AccessDenied")
    world.observe("ubiquity", "s3:ListBucket", "allowed", bucket=BUCKET)


def second_inline(world: World) -> None:
    """Grant the second bucket in a policy of its own."""
    arn = f"arn:aws:s3:::{SECOND}"
    world.role["inline_policies"] = [inline("second", allow(list(FOUR), [arn, f"{arn}/*"]))]


IMPORTS_ONLY: Final = policy(
    allow(LIST, BUCKET_ARN, Condition={"StringLike": {"s3:prefix": ["imports/*"]}}),
    allow(list(FOUR[1:]), f"{BUCKET_ARN}/imports/*"),
)
BROAD: Final = "policy.too-broad"

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

BUCKETS: Final = (
    Odd(
        "TLS demanded",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"Bool": {"aws:SecureTransport": "false"}},
            )
        ),
    ),
    Odd(
        "all but two roles",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"ArnNotEquals": {"aws:PrincipalArn": [ADMIN, ROLE_ARN]}},
            )
        ),
    ),
    Odd(
        "all but some ids",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"StringNotLike": {"aws:userid": [f"{ROLE_ID}:*", ACCOUNT]}},
            )
        ),
    ),
    Odd(
        "all but the account",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
            )
        ),
    ),
    Odd(
        "another folder closed",
        bucket_policy(deny("s3:*", f"{BUCKET_ARN}/private/*", Principal="*")),
    ),
    Odd(
        "a user shut out",
        bucket_policy(
            deny("s3:*", OBJECTS, Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/intern"})
        ),
    ),
    Odd("the public may read", bucket_policy(allow(GET, OBJECTS, Principal="*"))),
    Odd(
        "logs of a load balancer",
        bucket_policy(
            allow(PUT, f"{BUCKET_ARN}/logs/*", Principal={"Service": "delivery.logs.amazonaws.com"})
        ),
    ),
    Odd(
        "removing the bucket forbidden",
        bucket_policy(deny("s3:DeleteBucket", BUCKET_ARN, Principal="*")),
    ),
    Odd("AWS's own key", aws_managed),
    Odd("no default encryption", lambda w: w.bucket.update(encryption={"algorithm": None})),
    Odd(
        "the published statement",
        lambda w: w.bucket["kms_key"].update(policy=document(dict(kms_statement(ACCOUNT)))),
        "kms.write-denied",
        good_encrypted,
    ),
    Odd("the key granted by the role", by_identity, "", good_encrypted),
    Odd(
        "the key through S3 only",
        lambda w: w.key_statements[1].update(
            Condition={
                "StringEquals": {
                    "kms:ViaService": "s3.ap-southeast-2.amazonaws.com",
                    "kms:CallerAccount": ACCOUNT,
                }
            }
        ),
        "",
        good_encrypted,
    ),
    Odd(
        "every action on the key",
        lambda w: w.key_statements[1].update(Action="kms:*"),
        "",
        good_encrypted,
    ),
    Odd(
        "the key for the account's sessions",
        lambda w: w.key_statements[1].update(
            Principal="*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}}
        ),
        "",
        good_encrypted,
    ),
    Odd(
        "a deleted role in the key policy as well",
        lambda w: w.key_statements[1].update(Principal={"AWS": [DELETED, ROLE_ARN]}),
        "",
        good_encrypted,
    ),
    Odd("no files yet", lambda w: w.bucket["sample"].update(listed=0), "files.none"),
    Odd("instant archive", lambda w: w.bucket["sample"].update(storage_classes={"GLACIER_IR": 3})),
    Odd(
        "a bucket that nobody asks for",
        lambda w: w.snapshot["buckets"].append({"name": "other", "state": "unreadable"}),
    ),
)

ASKING: Final = (
    Odd("documents that were pasted", pasted),
    Odd("UbiQuity's support", support),
    Odd("the network came back", recovered),
    Odd("a connection that was seen to work", connected),
    Odd(
        "an organisation's rule about something else",
        lambda w: w.snapshot.update(
            organization_denies=[
                {"action": "s3:DeleteBucket", "resource": "*", "by": "service control policy"}
            ]
        ),
    ),
)

ODD: Final = (*TRUST, *PERMISSIONS, *BUCKETS, *ASKING)
