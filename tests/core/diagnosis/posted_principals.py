"""Posted policies about who asks: NotPrincipal, organisations, tags, MFA.

IAM User Guide, "AWS JSON policy elements: NotPrincipal", "AWS global condition context keys",
"Pass session tags in AWS STS", "Secure API access with MFA".
"""

from typing import Any, Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_keys import key_also, key_policy
from tests.core.diagnosis.broken_trust import also, bounded, trust
from tests.core.diagnosis.posted import (
    OTHER_ORG,
    OWN_ORG,
    Posted,
    bucket,
    bucket_if,
    in_org,
    key,
    key_if,
    role,
    role_if,
    tagged,
    tags_unread,
    trusted_if,
)
from tests.core.diagnosis.posted import trust as trust_deny
from tests.core.diagnosis.wild_ways import BOTH
from tests.helpers.snapshots import (
    ACCOUNT,
    DATABASE_ID,
    DELETE,
    GET,
    PUT,
    ROLE_ARN,
    ROLE_ID,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    asks_for,
    deny,
    together,
)

USER: Final = f"arn:aws:iam::{ACCOUNT}:user/david"
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"
SESSION: Final = ROLE_ARN.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
OAI: Final = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"


def all_but(*names: str) -> Break:
    """Deny to everybody but ``names`` by the bucket's policy."""
    return bucket_policy(deny("s3:*", BOTH, NotPrincipal={"AWS": list(names)}))


def key_all_but(*names: str) -> Break:
    return key_also(deny("kms:*", "*", NotPrincipal={"AWS": list(names)}))


def trust_all_but(*names: str) -> Break:
    return also(deny("sts:AssumeRole", None, NotPrincipal={"AWS": list(names)}))


def granted_to_all_but(*names: str) -> Break:
    """Grant to everybody but ``names`` by the bucket's policy, and nothing to the role itself."""

    def break_it(world: World) -> None:
        world.set_policy(allow("logs:*"))
        bucket_policy(allow("s3:*", BOTH, NotPrincipal={"AWS": list(names)}))(world)

    return break_it


NOT_PRINCIPALS: Final = (
    Posted("the role", all_but(ROLE_ARN), "ad uuuu aaa"),
    Posted("the role by its id", all_but(ROLE_ID), "ad uuuu aaa"),
    Posted("the account", all_but(ROOT), "ad uuuu aaa"),
    Posted("the account by its number", all_but(ACCOUNT), "ad uuuu aaa"),
    Posted("the role and the account", all_but(ROLE_ARN, ROOT), "ad uuuu aaa"),
    Posted(
        "a session, the role and the account",
        all_but(f"{SESSION}/x", ROLE_ARN, ROOT),
        "ad uuuu aaa",
    ),
    Posted("a user, as is posted most", all_but(USER), "ad dddd aaa"),
    Posted("administrators of the account", all_but(ADMIN, USER), "ad dddd aaa"),
    Posted("administrators and the account", all_but(ADMIN, ROOT), "ad uuuu aaa"),
    Posted("CloudFront", all_but(OAI), "ad dddd aaa"),
    Posted("UbiQuity's account, which is not who asks S3", all_but(UBIQUITY_ROOT), "ad dddd aaa"),
    Posted("another account", all_but(STRANGER), "ad dddd aaa"),
    Posted("everybody", all_but("*")),
    Posted(
        "with a boundary it catches whoever is named",
        together(all_but(ROLE_ARN, ROOT), bounded(allow())),
        "ad dddd aaa",
    ),
    Posted("a role that was deleted", all_but("AROAEXAMPLEDELETED001", ROOT), "ad uuuu aaa"),
    Posted("by a key, the role", key_all_but(ROLE_ARN), "ad aaaa uuu"),
    Posted("by a key, role and account", key_all_but(ROLE_ARN, ROOT), "ad aaaa uuu"),
    Posted("by a key, an administrator", key_all_but(ADMIN), "ad aaaa ddd"),
    Posted("by a trust policy, UbiQuity's account", trust_all_but(UBIQUITY_ROOT), "ud aaaa aaa"),
    Posted(
        "by a trust policy, a role of UbiQuity's",
        trust_all_but(UBIQUITY_ROOT.replace("root", "role/app"), UBIQUITY_ROOT),
        "ud aaaa aaa",
    ),
    Posted("by a trust policy, the own account", trust_all_but(ROOT), "dd aaaa aaa"),
    Posted("a grant to all but another account", granted_to_all_but(STRANGER)),
    Posted("a grant to all but the role", granted_to_all_but(ROLE_ARN), "ad dddd aaa"),
    Posted(
        "a grant of a key to all but an administrator",
        key_policy(allow("kms:*", NotPrincipal={"AWS": ADMIN})),
    ),
    Posted(
        "a grant of a key to all but the role",
        key_policy(allow("kms:*", NotPrincipal={"AWS": ROLE_ARN})),
        "ad aaaa ddd",
    ),
    Posted(
        "trust in all but another account",
        trust(
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "NotPrincipal": {"AWS": STRANGER},
                "Condition": asks_for(DATABASE_ID),
            }
        ),
    ),
    Posted("IAM's way instead", bucket({"ArnNotEquals": {"aws:PrincipalArn": ROLE_ARN}})),
    Posted(
        "IAM's way, for another role",
        bucket({"ArnNotEquals": {"aws:PrincipalArn": ADMIN}}),
        "ad dddd aaa",
    ),
    Posted(
        "IAM's way, with the session's ARN, which it never is",
        bucket({"ArnNotLike": {"aws:PrincipalArn": f"{SESSION}/*"}}),
        "ad dddd aaa",
    ),
    Posted(
        "IAM's way, for a service",
        bucket(
            {"StringNotEqualsIfExists": {"aws:PrincipalServiceName": "codebuild.amazonaws.com"}}
        ),
        "ad dddd aaa",
    ),
    Posted(
        "Security Blog: by unique ids",
        bucket(
            {"StringNotLike": {"aws:userId": [f"{ROLE_ID}:*", "AIDAEXAMPLEUSERID0001", ACCOUNT]}}
        ),
    ),
)

ORG: Final = "aws:PrincipalOrgID"
PATHS: Final = "aws:PrincipalOrgPaths"
ORGANIZATIONS: Final = (
    Posted(
        "a bucket for the organisation, which is not known",
        bucket({"StringNotEquals": {ORG: OWN_ORG}}),
        "ad uuuu aaa",
    ),
    Posted(
        "a bucket for the own organisation", in_org(bucket({"StringNotEquals": {ORG: [OWN_ORG]}}))
    ),
    Posted(
        "a bucket for another organisation",
        in_org(bucket({"StringNotEquals": {ORG: OWN_ORG}}), OTHER_ORG),
        "ad dddd aaa",
    ),
    Posted(
        "with services left out",
        in_org(
            bucket(
                {
                    "StringNotEquals": {ORG: OWN_ORG},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                }
            ),
            OTHER_ORG,
        ),
        "ad dddd aaa",
    ),
    Posted("any organisation", bucket({"Null": {ORG: "true"}}), "ad uuuu aaa"),
    Posted("any organisation, where there is one", in_org(bucket({"Null": {ORG: "true"}}))),
    Posted(
        "S3: granted to the organisation", in_org(bucket_if({"StringEquals": {ORG: OWN_ORG}}, "*"))
    ),
    Posted(
        "granted to the organisation, which is not known",
        bucket_if({"StringEquals": {ORG: OWN_ORG}}, "*"),
        "ad uuuu aaa",
    ),
    Posted(
        "granted to another organisation",
        in_org(bucket_if({"StringEquals": {ORG: OWN_ORG}}, "*"), OTHER_ORG),
        "ad dddd aaa",
    ),
    Posted("a key for the organisation", in_org(key_if({"StringEquals": {ORG: OWN_ORG}}, "*"))),
    Posted(
        "a unit below the organisation",
        in_org(bucket({"ForAnyValue:StringNotLike": {PATHS: f"{OWN_ORG}/*"}})),
    ),
    Posted(
        "a unit of another organisation",
        in_org(bucket({"ForAllValues:StringNotLike": {PATHS: f"{OTHER_ORG}/*"}})),
        "ad dddd aaa",
    ),
    Posted(
        "one unit of its own",
        in_org(bucket({"ForAllValues:StringNotLike": {PATHS: f"{OWN_ORG}/r-ab12/ou-ab12-1/*"}})),
        "ad uuuu aaa",
    ),
    Posted(
        "IAM: the resource's is the caller's",
        in_org(role({"StringNotEquals": {"aws:ResourceOrgID": f"${{{ORG}}}"}})),
    ),
    Posted(
        "the resource's is the caller's, neither known",
        role({"StringNotEquals": {"aws:ResourceOrgID": f"${{{ORG}}}"}}),
        "ad uuuu uuu",
    ),
    Posted(
        "trust in the organisation", trusted_if({"StringEquals": {ORG: OWN_ORG}}), "ud aaaa aaa"
    ),
    Posted(
        "trust but in the organisation",
        trust_deny({"StringNotEquals": {ORG: OWN_ORG}}),
        "ud aaaa aaa",
    ),
    Posted(
        "trust but in the organisation, or UbiQuity",
        trust_deny({"StringNotEquals": {ORG: OWN_ORG, "aws:PrincipalAccount": "049579744830"}}),
    ),
)


def _of(tag: str) -> str:
    return f"aws:PrincipalTag/{tag}"


_SAME_TEAM: Final = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
TAGS: Final = (
    Posted(
        "a role without the tag", bucket({"StringNotEquals": {_of("team"): "data"}}), "ad dddd aaa"
    ),
    Posted(
        "a role with the tag",
        together(bucket({"StringNotEquals": {_of("team"): "data"}}), tagged(team="data")),
    ),
    Posted(
        "with the tag in another case",
        together(bucket({"StringNotEquals": {_of("TEAM"): "data"}}), tagged(team="data")),
    ),
    Posted(
        "with its value in another case",
        together(bucket({"StringNotEquals": {_of("team"): "Data"}}), tagged(team="data")),
        "ad dddd aaa",
    ),
    Posted(
        "whose tags were not read",
        together(bucket({"StringNotEquals": {_of("team"): "data"}}), tags_unread),
        "ad uuuu aaa",
    ),
    Posted(
        "by project, but for services and break-glass",
        bucket(
            {
                "StringNotEquals": {_of("org:project"): "invoice"},
                "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                "ArnNotLike": {
                    "aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/*", ADMIN]
                },
            }
        ),
        "ad dddd aaa",
    ),
    Posted(
        "an exception by tag",
        together(
            bucket({"StringNotEqualsIfExists": {_of("exempt"): "true"}}), tagged(exempt="true")
        ),
    ),
    Posted("IAM tutorial: the tag of both, the role has none", role_if(_SAME_TEAM), "ad dddd aaa"),
    Posted(
        "IAM tutorial: the tag of both",
        together(role_if(_SAME_TEAM), tagged(team="data")),
        "ad uuuu aaa",
    ),
    Posted(
        "S3: an object's tag",
        bucket({"StringNotEquals": {"s3:ExistingObjectTag/class": "public"}}, GET),
        "ad auaa aaa",
    ),
    Posted(
        "an object's tag, asked of every request",
        bucket({"StringNotEquals": {"s3:ExistingObjectTag/class": "public"}}),
        "ad dudd aaa",
    ),
    Posted(
        "S3: a new object's tag",
        bucket({"Null": {"s3:RequestObjectTag/Project": "true"}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "S3: a new object's tags",
        bucket({"ForAllValues:StringNotEquals": {"s3:RequestObjectTagKeys": ["Owner"]}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "a bucket's tag", bucket({"StringEquals": {"s3:BucketTag/class": "secret"}}), "ad uuuu aaa"
    ),
    Posted(
        "a key's tag", key_if({"StringEquals": {"aws:ResourceTag/app": "imports"}}), "ad aaaa uuu"
    ),
    Posted(
        "UbiQuity's tags", trusted_if({"StringEquals": {_of("team"): "connectors"}}), "ud aaaa aaa"
    ),
    Posted(
        "a session's tags: the guide's trust policy lets none be passed",
        trusted_if({"StringLike": {"aws:RequestTag/team": "*"}}),
        "dd aaaa aaa",
    ),
    Posted(
        "some session tag is asked for",
        trusted_if({"Null": {"aws:TagKeys": "false"}}),
        "dd aaaa aaa",
    ),
    Posted(
        "no other session tag", trusted_if({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}})
    ),
    Posted("no session tag is passed on", trusted_if({"Null": {"sts:TransitiveTagKeys": "true"}})),
    Posted(
        "IAM: a source identity is asked for",
        trusted_if({"StringLike": {"sts:SourceIdentity": "*"}}),
        "dd aaaa aaa",
    ),
    Posted(
        "IAM: a source identity that stays",
        trusted_if({"StringLike": {"aws:SourceIdentity": ["Saanvi", "Diego"]}}),
        "dd aaaa aaa",
    ),
    Posted(
        "whoever has no source identity",
        role({"Null": {"aws:SourceIdentity": "true"}}),
        "ad dddd ddd",
    ),
    Posted(
        "the role's own tag",
        together(
            trust_deny({"StringNotEquals": {"aws:ResourceTag/owner": "data"}}), tagged(owner="data")
        ),
    ),
    Posted(
        "the role's own tag, for want of it",
        trusted_if({"StringEquals": {"iam:ResourceTag/owner": "data"}}),
        "dd aaaa aaa",
    ),
)

PRESENT: Final = "aws:MultiFactorAuthPresent"
AGE: Final = "aws:MultiFactorAuthAge"


def _mfa(operator: str, value: str) -> dict[str, Any]:
    return {operator: {PRESENT: value}}


MFA: Final = (
    Posted("S3: no age", bucket({"Null": {AGE: "true"}}), "ad dddd aaa"),
    Posted("S3: too old, which nothing is", bucket({"NumericGreaterThan": {AGE: 3600}})),
    Posted(
        "too old, or none", bucket({"NumericGreaterThanIfExists": {AGE: "3600"}}), "ad dddd aaa"
    ),
    Posted("none", bucket(_mfa("Bool", "false")), "ad dddd aaa"),
    Posted("none, or nobody knows", bucket(_mfa("BoolIfExists", "false"), DELETE), "ad aaad aaa"),
    Posted("with one", bucket(_mfa("Bool", "true"))),
    Posted("a key without", key(_mfa("Bool", "false")), "ad aaaa ddd"),
    Posted(
        "the role's grant with one, or where nobody knows",
        role_if(_mfa("BoolIfExists", "true")),
        "ad dddd aaa",
    ),
    Posted("the role's grant of temporary credentials", role_if({"Null": {PRESENT: "false"}})),
    Posted("trust with one", trusted_if(_mfa("Bool", "true")), "dd aaaa aaa"),
    Posted(
        "trust with one, or a plain access key",
        trusted_if(_mfa("BoolIfExists", "true")),
        "ud aaaa aaa",
    ),
    Posted("trust but without one", trust_deny(_mfa("BoolIfExists", "false")), "dd aaaa aaa"),
    Posted(
        "trust but without one, of whoever could have",
        trust_deny(_mfa("Bool", "false")),
        "ud aaaa aaa",
    ),
)
