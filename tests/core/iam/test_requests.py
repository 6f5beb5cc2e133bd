"""The connector's three requests: what their contexts hold, and what they leave open.

The guide "S3 Connection", AWS "AWS global condition context keys" and the Service Authorization
Reference (condition keys of each action).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core.iam.context import ABSENT, Anything, KeyValue, PartText
from app.core.iam.decision import (
    Decision,
    Reason,
    decide_key,
    decide_same_account,
    decide_trust,
)
from app.core.iam.requests import (
    ConnectorPlace,
    Request,
    RoleSession,
    assume_role_request,
    kms_request,
    s3_request,
)
from app.core.iam.truth import Truth
from tests.core.iam.papers import (
    ACCOUNT,
    AT,
    BUCKET,
    KEY,
    OBJECTS,
    PLACE,
    ROLE,
    ROLE_ID,
    ROOT,
    SESSION,
    SESSION_OF_ROLE,
    STRANGER,
    UBIQUITY,
    Json,
    allow,
    deny,
    policy,
    trust_statement,
)

YES, NO, UNSURE = Decision.ALLOWED, Decision.DENIED, Decision.UNKNOWN
ID = "xWqJBlwfjUOUcQjd5gt7vQ"
RIGHT = {"StringEquals": {"sts:ExternalId": ID}}
UBIQUITY_ROOT = {"AWS": f"arn:aws:iam::{UBIQUITY}:root"}
LIST = s3_request("s3:ListBucket", SESSION_OF_ROLE, PLACE, AT)
GET = s3_request("s3:GetObject", SESSION_OF_ROLE, PLACE, AT)
PUT = s3_request("s3:PutObject", SESSION_OF_ROLE, PLACE, AT)
DELETE = s3_request("s3:DeleteObject", SESSION_OF_ROLE, PLACE, AT)
DECRYPT = kms_request("kms:Decrypt", SESSION_OF_ROLE, KEY, PLACE, AT)
DESCRIBE = kms_request("kms:DescribeKey", SESSION_OF_ROLE, KEY, PLACE, AT)
ASSUME = assume_role_request(ROLE, ID, AT)


def of(value: KeyValue) -> str:
    """Return ``value`` in one word: its text, ``absent``, ``there`` or ``?``."""
    cases = ["absent" if case is None else ",".join(map(str, case)) for case in value.cases]
    words = {"absent|*": "?", "*": "there"}
    return words.get("|".join(cases), "|".join(cases))


# issue 3, "Three requests, three contexts"
KNOWN = [
    (ASSUME, "aws:PrincipalAccount", UBIQUITY),
    (ASSUME, "sts:ExternalId", ID),
    (ASSUME, "aws:MultiFactorAuthPresent", "absent|false"),
    (ASSUME, "aws:MultiFactorAuthAge", "absent"),
    (ASSUME, "aws:SecureTransport", "true"),
    (ASSUME, "aws:PrincipalArn", f"arn:aws:iam::{UBIQUITY}:role/*|arn:aws:iam::{UBIQUITY}:user/*"),
    (ASSUME, "aws:PrincipalType", "AssumedRole|User"),
    (ASSUME, "aws:PrincipalTag/team", "?"),
    (ASSUME, "aws:PrincipalOrgID", "?"),
    (ASSUME, "aws:userid", "there"),
    (ASSUME, "aws:SourceIp", "?"),
    (ASSUME, "sts:RoleSessionName", "there"),
    (ASSUME, "aws:CurrentTime", "2026-11-23T01:02:03Z"),
    (ASSUME, "aws:EpochTime", "1795395723"),
    (ASSUME, "aws:PrincipalIsAWSService", "false"),
    (ASSUME, "aws:ResourceAccount", ACCOUNT),
    (ASSUME, "aws:SourceAccount", "absent"),
    (ASSUME, "s3:prefix", "absent"),
    (ASSUME, "token.actions.githubusercontent.com:sub", "absent"),
    (LIST, "aws:PrincipalArn", ROLE),
    (LIST, "aws:PrincipalAccount", ACCOUNT),
    (LIST, "aws:PrincipalType", "AssumedRole"),
    (LIST, "aws:userid", f"{ROLE_ID}:*"),
    (LIST, "aws:username", "absent"),
    (LIST, "aws:MultiFactorAuthPresent", "false"),
    (LIST, "aws:PrincipalIsAWSService", "false"),
    (LIST, "aws:ViaAWSService", "false"),
    (LIST, "aws:CalledVia", "absent"),
    (LIST, "aws:SecureTransport", "true"),
    (LIST, "aws:RequestedRegion", "ap-southeast-2"),
    (LIST, "aws:TokenIssueTime", "2026-11-23T01:02:03Z"),
    (LIST, "aws:SourceVpce", "?"),
    (LIST, "aws:PrincipalTag/team", "?"),
    (LIST, "aws:ResourceAccount", ACCOUNT),
    (LIST, "s3:ResourceAccount", ACCOUNT),
    (LIST, "s3:prefix", "imports/"),
    (LIST, "s3:max-keys", "1000"),
    (LIST, "s3:delimiter", "absent"),
    (LIST, "s3:TlsVersion", "there"),
    (LIST, "s3:x-amz-acl", "absent"),
    (LIST, "s3:DataAccessPointAccount", "absent"),
    (LIST, "sts:ExternalId", "absent"),
    (LIST, "aws:ExternalId", "absent"),
    (GET, "s3:prefix", "absent"),
    (GET, "s3:max-keys", "absent"),
    (GET, "s3:ExistingObjectTag/team", "?"),
    (GET, "s3:x-amz-server-side-encryption", "absent"),
    (PUT, "s3:x-amz-server-side-encryption", "?"),
    (PUT, "s3:RequestObjectTag/team", "?"),
    (PUT, "s3:ExistingObjectTag/team", "absent"),
    (DELETE, "s3:ExistingObjectTag/team", "absent"),
    (DECRYPT, "kms:ViaService", "s3.ap-southeast-2.amazonaws.com"),
    (DECRYPT, "kms:CallerAccount", ACCOUNT),
    (DECRYPT, "aws:PrincipalArn", ROLE),
    (DECRYPT, "aws:SourceIp", "?"),
    (DECRYPT, "kms:EncryptionContext:aws:s3:arn", f"{BUCKET}|{BUCKET}/imports/*"),
    (DECRYPT, "kms:EncryptionContext:team", "?"),
    (DECRYPT, "kms:KeySpec", "SYMMETRIC_DEFAULT"),
    (DECRYPT, "kms:GrantIsForAWSResource", "absent"),
    (DESCRIBE, "kms:EncryptionContext:aws:s3:arn", "absent"),
    (DESCRIBE, "kms:ViaService", "s3.ap-southeast-2.amazonaws.com"),
]


@pytest.mark.parametrize(("request_", "key", "expected"), KNOWN)
def test_what_is_known(request_: Request, key: str, expected: str) -> None:
    assert of(request_.context.value(key)) == expected
    assert of(request_.context.value(key.upper())) == expected


def test_facts_fill_in_what_is_unknown() -> None:
    role = RoleSession(ROLE, ROLE_ID, {"Team": "red"}, "o-abc")
    context = s3_request("s3:ListBucket", role, PLACE, AT).context
    assert of(context.value("aws:PrincipalTag/team")) == "red"
    assert context.value("aws:PrincipalTag/other") == ABSENT
    assert of(context.value("aws:PrincipalOrgID")) == "o-abc"
    assert of(context.value("aws:PrincipalOrgPaths")) == "o-abc/*"
    assert of(context.value("aws:ResourceOrgID")) == "o-abc"
    assume = assume_role_request(ROLE, None, AT, role_tags={"Team": "red"}, organization_id="o-abc")
    assert of(assume.context.value("iam:ResourceTag/Team")) == "red"
    assert assume.context.value("aws:ResourceTag/other") == ABSENT
    assert of(assume.context.value("aws:ResourceOrgID")) == "o-abc"
    assert of(assume.context.value("aws:PrincipalOrgID")) == "?"


def test_facts_that_were_not_read() -> None:
    bare = s3_request("s3:ListBucket", RoleSession(ROLE), ConnectorPlace("b"), AT)
    assert of(bare.context.value("aws:userid")) == "AROA*:*"
    assert of(bare.context.value("aws:RequestedRegion")) == "there"
    assert of(bare.context.value("s3:ResourceAccount")) == "there"
    assert bare.context.value("s3:prefix") == ABSENT
    key = kms_request("kms:Decrypt", RoleSession(ROLE), KEY, ConnectorPlace("b"), AT)
    assert of(key.context.value("kms:ViaService")) == "s3.*.amazonaws.com"


@pytest.mark.parametrize(
    ("bucket_key", "expected"), [(True, BUCKET), (False, f"{BUCKET}/imports/*")]
)
def test_encryption_context(bucket_key: bool, expected: str) -> None:
    """S3 User Guide "Using server-side encryption with AWS KMS keys", Encryption context."""
    asked = kms_request("kms:Decrypt", SESSION_OF_ROLE, KEY, PLACE, AT, bucket_key=bucket_key)
    assert of(asked.context.value("kms:EncryptionContext:aws:s3:arn")) == expected


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:ListBucket", BUCKET),
        ("s3:GetBucketLocation", BUCKET),
        ("s3:GetBucketObjectLockConfiguration", BUCKET),
        ("s3:GetObject", f"{BUCKET}/imports/*"),
        ("s3:PutObjectTagging", f"{BUCKET}/imports/*"),
        ("s3:AbortMultipartUpload", f"{BUCKET}/imports/*"),
    ],
)
def test_resources(action: str, resource: str) -> None:
    assert str(s3_request(action, SESSION_OF_ROLE, PLACE, AT).resource) == resource


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 23, 1, 2, 3),  # noqa: DTZ001 - a naive time is UTC
        datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC),
        datetime(2026, 11, 23, 14, 2, 3, tzinfo=timezone(timedelta(hours=13))),
    ],
)
def test_times_are_utc(at: datetime) -> None:
    context = assume_role_request(ROLE, ID, at).context
    assert of(context.value("aws:CurrentTime")) == "2026-11-23T01:02:03Z"
    assert of(context.value("aws:EpochTime")) == "1795395723"


def mfa(wanted: str, operator: str = "Bool") -> dict[str, object]:
    """Return a condition on MFA beside the External ID."""
    return {**RIGHT, operator: {"aws:MultiFactorAuthPresent": wanted}}


def also(operator: str, key: str, value: object) -> dict[str, object]:
    """Return a condition beside the External ID."""
    beside = RIGHT["StringEquals"] if operator == "StringEquals" else {}
    return {**RIGHT, operator: {**beside, key: value}}


# The guide, Step 2 and Troubleshooting; AWS "How to use an external ID"
ASSUMING: list[tuple[list[Json], Decision, Decision]] = [
    ([trust_statement(UBIQUITY_ROOT, RIGHT)], YES, NO),
    ([trust_statement({"AWS": UBIQUITY}, RIGHT)], YES, NO),
    ([trust_statement(UBIQUITY_ROOT)], YES, YES),
    ([trust_statement("*", RIGHT)], YES, NO),
    ([trust_statement({"AWS": STRANGER}, RIGHT)], NO, NO),
    ([trust_statement({"AWS": ROOT}, RIGHT)], NO, NO),
    ([trust_statement({"AWS": "AROAEXAMPLEDELETED001"}, RIGHT)], NO, NO),
    ([trust_statement({"Service": "ec2.amazonaws.com"}, RIGHT)], NO, NO),
    ([trust_statement({"AWS": f"arn:aws:iam::{UBIQUITY}:role/app"}, RIGHT)], UNSURE, NO),
    ([trust_statement(UBIQUITY_ROOT, {"StringEquals": {"sts:ExternalId": f"{ID} "}})], NO, NO),
    ([trust_statement(UBIQUITY_ROOT, {"StringEquals": {"sts:ExternalId": ["x", ID]}})], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, {"StringLike": {"sts:externalid": f"{ID[:5]}*"}})], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, {"StringEqualsIfExists": {"sts:ExternalId": ID}})], YES, YES),
    (
        [trust_statement(UBIQUITY_ROOT, {"ForAllValues:StringEquals": {"sts:ExternalId": ID}})],
        YES,
        YES,
    ),
    ([trust_statement(UBIQUITY_ROOT, {"StringNotEquals": {"sts:ExternalId": ID}})], NO, YES),
    ([trust_statement(UBIQUITY_ROOT, {"StringEquals": {"aws:ExternalId": ID}})], NO, NO),
    ([trust_statement(UBIQUITY_ROOT, {"ArnEquals": {"sts:ExternalId": "arn:aws:a:::b"}})], NO, NO),
    ([trust_statement(UBIQUITY_ROOT, {"Null": {"sts:ExternalId": "false"}})], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, RIGHT), trust_statement("*", effect="Deny")], NO, NO),
    # A condition that the connector doesn't meet, or may not meet
    ([trust_statement(UBIQUITY_ROOT, mfa("true"))], NO, NO),
    ([trust_statement(UBIQUITY_ROOT, mfa("true", "BoolIfExists"))], UNSURE, NO),
    ([trust_statement(UBIQUITY_ROOT, mfa("false", "BoolIfExists"))], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, also("Bool", "aws:SecureTransport", "true"))], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, also("IpAddress", "aws:SourceIp", "10.0.0.0/8"))], UNSURE, NO),
    (
        [trust_statement(UBIQUITY_ROOT, also("StringEquals", "aws:PrincipalOrgID", "o-a"))],
        UNSURE,
        NO,
    ),
    (
        [trust_statement(UBIQUITY_ROOT, also("StringEquals", "aws:PrincipalAccount", UBIQUITY))],
        YES,
        NO,
    ),
    (
        [trust_statement(UBIQUITY_ROOT, also("StringEquals", "aws:PrincipalAccount", ACCOUNT))],
        NO,
        NO,
    ),
    (
        [
            trust_statement(
                UBIQUITY_ROOT, also("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{UBIQUITY}:*")
            )
        ],
        YES,
        NO,
    ),
    (
        [
            trust_statement(
                "*", also("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{UBIQUITY}:role/*")
            )
        ],
        UNSURE,
        NO,
    ),
    (
        [trust_statement("*", also("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{STRANGER}:*"))],
        NO,
        NO,
    ),
    ([trust_statement(UBIQUITY_ROOT, also("StringLike", "sts:RoleSessionName", "*"))], YES, NO),
    ([trust_statement(UBIQUITY_ROOT, also("StringEquals", "aws:SourceAccount", UBIQUITY))], NO, NO),
    (
        [
            trust_statement(
                UBIQUITY_ROOT, also("DateLessThan", "aws:CurrentTime", "2027-01-01T00:00:00Z")
            )
        ],
        YES,
        NO,
    ),
    (
        [
            trust_statement(
                UBIQUITY_ROOT, also("DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z")
            )
        ],
        NO,
        NO,
    ),
    # A Deny that only UbiQuity could decide hides no certain answer
    (
        [
            trust_statement(UBIQUITY_ROOT, RIGHT),
            trust_statement("*", {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "Deny"),
        ],
        UNSURE,
        NO,
    ),
    (
        [
            trust_statement(UBIQUITY_ROOT, RIGHT),
            trust_statement("*", {"StringNotEquals": {"sts:ExternalId": ID}}, "Deny"),
        ],
        YES,
        NO,
    ),
    (
        [
            trust_statement(UBIQUITY_ROOT, RIGHT),
            trust_statement({"AWS": f"arn:aws:iam::{UBIQUITY}:role/old"}, effect="Deny"),
        ],
        UNSURE,
        NO,
    ),
    # Two grants, one of them certain
    (
        [
            trust_statement(UBIQUITY_ROOT, also("IpAddress", "aws:SourceIp", "10.0.0.0/8")),
            trust_statement(UBIQUITY_ROOT, RIGHT),
        ],
        YES,
        NO,
    ),
]


@pytest.mark.parametrize(("statements", "with_id", "without"), ASSUMING)
def test_assume_role(statements: Sequence[Json], with_id: Decision, without: Decision) -> None:
    trust = policy(*statements, kind="trust")
    assert decide_trust(ASSUME, trust).decision is with_id
    assert decide_trust(assume_role_request(ROLE, None, AT), trust).decision is without


def s3(action: str, identity: Sequence[Json], bucket: Sequence[Json], prefix: str) -> Decision:
    """Decide on ``action`` for a connector on ``prefix``."""
    place = ConnectorPlace("customer-data-imports", prefix, "ap-southeast-2", ACCOUNT)
    outcome = decide_same_account(
        s3_request(action, SESSION_OF_ROLE, place, AT),
        identity=[policy(*identity)],
        resource=policy(*bucket, kind="resource") if bucket else None,
        boundary=None,
    )
    return outcome.decision


GUIDE = [
    allow(["s3:ListBucket"], BUCKET, Sid="ListBucket"),
    allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], OBJECTS, Sid="ObjectOperations"),
]
FOLDER = [
    allow(
        ["s3:ListBucket"], BUCKET, Condition={"StringLike": {"s3:prefix": ["imports/ubiquity/*"]}}
    ),
    allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], f"{BUCKET}/imports/ubiquity/*"),
]


def listing(operator: str, value: object) -> list[Json]:
    """Return a grant of the listing under a condition on the prefix."""
    return [allow("s3:ListBucket", BUCKET, Condition={operator: {"s3:prefix": value}})]


# The guide, Step 3 and "Restricting access to a specific folder"; S3 User Guide "Bucket policy
# examples using condition keys"
GRANTS = [
    ("s3:ListBucket", GUIDE, "", YES),
    ("s3:ListBucket", GUIDE, "imports/", YES),
    ("s3:PutObject", GUIDE, "", YES),
    ("s3:PutObjectAcl", GUIDE, "", NO),
    ("s3:ListBucket", FOLDER, "imports/ubiquity/", YES),
    ("s3:ListBucket", FOLDER, "imports/ubiquity/x/", YES),
    ("s3:ListBucket", FOLDER, "imports/ubiquity", NO),
    ("s3:ListBucket", FOLDER, "imports/", NO),
    ("s3:ListBucket", FOLDER, "", NO),
    ("s3:GetObject", FOLDER, "imports/ubiquity/", YES),
    ("s3:GetObject", FOLDER, "imports/ubiquity", NO),
    ("s3:GetObject", FOLDER, "imports/", NO),
    ("s3:GetObject", FOLDER, "", NO),
    ("s3:ListBucket", listing("StringEquals", "imports/"), "imports/", YES),
    ("s3:ListBucket", listing("StringEquals", ["", "imports/"]), "", NO),
    ("s3:ListBucket", listing("StringLikeIfExists", "imports/*"), "", YES),
    ("s3:ListBucket", listing("StringNotLike", "secret/*"), "", YES),
    ("s3:ListBucket", [allow("s3:ListBucket", OBJECTS)], "", NO),
    ("s3:GetObject", [allow("s3:GetObject", BUCKET)], "", NO),
    # A condition on the prefix is no use on objects, where there is none.
    (
        "s3:GetObject",
        [allow("s3:*", Condition={"StringLike": {"s3:prefix": "imports/*"}})],
        "imports/",
        NO,
    ),
    ("s3:ListBucket", [allow(Condition={"NumericLessThanEquals": {"s3:max-keys": "100"}})], "", NO),
    (
        "s3:ListBucket",
        [allow(Condition={"NumericLessThanEquals": {"s3:max-keys": "1000"}})],
        "",
        YES,
    ),
    ("s3:ListBucket", [allow(Condition={"StringEquals": {"s3:delimiter": "/"}})], "", NO),
    # A name that no policy mentions
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/imports/*.csv")], "imports/", NO),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/imports/*")], "imports/", YES),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/*/*")], "imports/", YES),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/*/*")], "", NO),
    ("s3:GetObject", [*GUIDE, deny("s3:*", f"{BUCKET}/imports/private/*")], "imports/", YES),
    ("s3:GetObject", [*GUIDE, deny("s3:*", f"{BUCKET}/imp*")], "imports/", NO),
    # Who the session is
    ("s3:GetObject", [allow(Condition={"StringLike": {"aws:userid": f"{ROLE_ID}:*"}})], "", YES),
    (
        "s3:GetObject",
        [allow(Condition={"StringEquals": {"aws:userid": f"{ROLE_ID}:job"}})],
        "",
        UNSURE,
    ),
    ("s3:GetObject", [allow(Condition={"StringLike": {"aws:userid": "AIDA*"}})], "", NO),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/${{aws:userid}}/*")], "imports/", NO),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/${{aws:userid}}/*")], f"{ROLE_ID}:job/", UNSURE),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/${{aws:PrincipalTag/a}}/*")], "imports/", UNSURE),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/${{aws:PrincipalTag/a}}/*")], "", NO),
    ("s3:GetObject", [allow("s3:*", f"{BUCKET}/${{aws:username}}/*")], "", NO),
    ("s3:GetObject", [allow(Condition={"StringEquals": {"aws:PrincipalTag/a": "b"}})], "", UNSURE),
    ("s3:GetObject", [allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})], "", NO),
    ("s3:GetObject", [allow(Condition={"StringEquals": {"sts:ExternalId": ID}})], "", NO),
    (
        "s3:GetObject",
        [allow(Condition={"StringEquals": {"aws:RequestedRegion": "us-east-1"}})],
        "",
        NO,
    ),
]


@pytest.mark.parametrize(("action", "identity", "prefix", "decision"), GRANTS)
def test_s3_grants(action: str, identity: Sequence[Json], prefix: str, decision: Decision) -> None:
    assert s3(action, identity, [], prefix) is decision


def refuse(condition: object, principal: object = "*", action: object = "s3:*") -> Json:
    """Return a Deny of a bucket policy."""
    return deny(action, [BUCKET, OBJECTS], Principal=principal, Condition=condition)


SSE = "s3:x-amz-server-side-encryption"

# S3 User Guide "Examples of Amazon S3 bucket policies", "Controlling access from VPC endpoints"
BUCKET_DENIES = [
    ({"Bool": {"aws:SecureTransport": "false"}}, YES, YES),
    ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, UNSURE, UNSURE),
    ({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, UNSURE, UNSURE),
    ({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}, UNSURE, UNSURE),
    (
        {
            "StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"},
            "BoolIfExists": {"aws:ViaAWSService": "false"},
        },
        UNSURE,
        UNSURE,
    ),
    (
        {
            "StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"},
            "Bool": {"aws:ViaAWSService": "true"},
        },
        YES,
        YES,
    ),
    ({"StringNotLike": {"aws:userId": [f"{ROLE_ID}:*", ACCOUNT]}}, YES, YES),
    ({"StringNotLike": {"aws:userId": ["AROAEXAMPLEOTHER00001:*", ACCOUNT]}}, NO, NO),
    ({"ArnNotEquals": {"aws:PrincipalArn": ROLE}}, YES, YES),
    ({"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/admin*"}}, NO, NO),
    ({"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}, YES, YES),
    ({"StringNotEquals": {"aws:PrincipalOrgID": "o-abc"}}, UNSURE, UNSURE),
    ({"StringNotEquals": {"s3:DataAccessPointAccount": ACCOUNT}}, NO, NO),
    ({"StringNotEquals": {"s3:ResourceAccount": ACCOUNT}}, YES, YES),
    ({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, NO, NO),
    ({"Null": {"aws:MultiFactorAuthAge": "true"}}, NO, NO),
    ({"DateLessThan": {"aws:TokenIssueTime": "2026-11-22T00:00:00Z"}}, YES, YES),
    ({"DateLessThan": {"aws:TokenIssueTime": "2026-11-24T00:00:00Z"}}, NO, NO),
    # A request header is in PutObject alone; a negated operator holds where there is none.
    ({"StringNotEquals": {SSE: "aws:kms"}}, NO, UNSURE),
    ({"Null": {SSE: "true"}}, NO, UNSURE),
    ({"StringEquals": {"s3:x-amz-acl": "public-read"}}, YES, UNSURE),
    ({"StringEquals": {"s3:ExistingObjectTag/secret": "yes"}}, UNSURE, YES),
    ({"StringEquals": {"s3:RequestObjectTag/secret": "yes"}}, YES, UNSURE),
]


@pytest.mark.parametrize(("condition", "get", "put"), BUCKET_DENIES)
def test_bucket_denies(condition: object, get: Decision, put: Decision) -> None:
    assert s3("s3:GetObject", GUIDE, [refuse(condition)], "imports/") is get
    assert s3("s3:PutObject", GUIDE, [refuse(condition)], "imports/") is put


@pytest.mark.parametrize(
    ("resource", "covered"),
    [
        (OBJECTS, Truth.TRUE),
        (f"{BUCKET}/imports/*", Truth.TRUE),
        (f"{BUCKET}/imports/private/*", Truth.UNKNOWN),
        (f"{BUCKET}/*.csv", Truth.UNKNOWN),
        (f"{BUCKET}/imports/a.csv", Truth.UNKNOWN),
        (f"{BUCKET}/exports/*", Truth.FALSE),
        (BUCKET, Truth.FALSE),
    ],
)
def test_what_covers_a_part_of_the_prefix(resource: str, covered: Truth) -> None:
    """findings.md, ``bucket.deny-may-apply``: a Deny that covers a part of the prefix."""
    some = replace(GET, resource=PartText((f"{PLACE.bucket_arn}/{PLACE.prefix}", Anything())))
    outcome = decide_same_account(
        some, identity=[policy(deny("s3:*", resource))], resource=None, boundary=None
    )
    assert [reading.resource for reading in outcome.readings] == [covered]


@pytest.mark.parametrize(
    ("principal", "decision"),
    [
        ({"AWS": ROLE}, NO),
        ({"AWS": ACCOUNT}, NO),
        ({"AWS": SESSION}, UNSURE),
        ({"AWS": "AROAEXAMPLEDELETED001"}, YES),
        ({"AWS": ROLE_ID}, NO),
    ],
)
def test_whom_a_deny_catches(principal: object, decision: Decision) -> None:
    statement = deny("s3:*", [BUCKET, OBJECTS], Principal=principal)
    assert s3("s3:GetObject", GUIDE, [statement], "") is decision


# KMS Developer Guide "AWS KMS condition keys", "Example KMS key policy statements"
KEY_GRANTS = [
    ({}, YES),
    ({"StringEquals": {"kms:ViaService": "s3.ap-southeast-2.amazonaws.com"}}, YES),
    ({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}, NO),
    ({"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}, YES),
    ({"StringEquals": {"kms:CallerAccount": ACCOUNT}}, YES),
    ({"StringEquals": {"kms:CallerAccount": STRANGER}}, NO),
    ({"StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{BUCKET}*"}}, YES),
    ({"StringEquals": {"kms:EncryptionContext:aws:s3:arn": BUCKET}}, UNSURE),
    ({"StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other*"}}, NO),
    ({"StringEquals": {"kms:EncryptionContext:team": "x"}}, UNSURE),
    ({"Bool": {"kms:GrantIsForAWSResource": "true"}}, NO),
    ({"StringEquals": {"aws:ResourceTag/team": "x"}}, UNSURE),
]


@pytest.mark.parametrize(("condition", "decision"), KEY_GRANTS)
def test_key_grants(condition: object, decision: Decision) -> None:
    statement = allow(["kms:Decrypt"], Principal={"AWS": ROLE}, Condition=condition)
    outcome = decide_key(
        DECRYPT,
        identity=[],
        key=policy(statement, kind="resource"),
        boundary=None,
        same_account=True,
    )
    assert outcome.decision is decision


def test_unknown_names_what_is_missing_and_where() -> None:
    outcome = decide_same_account(
        GET,
        identity=[policy(*GUIDE)],
        resource=policy(
            refuse({"Bool": {"aws:SecureTransport": "false"}}),
            refuse(
                {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "Null": {"AWS:sourceVpce": "true"}}
            ),
            refuse({"StringNotEquals": {"aws:sourceip": "10.0.0.1"}}),
            kind="resource",
        ),
        boundary=None,
    )
    assert outcome.because.reason is Reason.UNDECIDED
    assert outcome.because.missing == ("aws:SourceIp", "AWS:sourceVpce")
    assert [r.statement.index for r in outcome.because.statements] == [1, 2]
    deciding = outcome.because.statements[0].deciding
    assert deciding is not None
    assert deciding.condition.operator_name == "NotIpAddress"


def test_unknown_names_the_caller_where_it_hangs_on_who_asks() -> None:
    trust = policy(
        trust_statement({"AWS": f"arn:aws:iam::{UBIQUITY}:role/app"}, RIGHT), kind="trust"
    )
    assert decide_trust(ASSUME, trust).because.missing == ("aws:PrincipalArn",)
