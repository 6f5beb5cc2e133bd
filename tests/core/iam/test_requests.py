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
UBIQUITY_ROLES = f"arn:aws:iam::{UBIQUITY}:role/*"
UBIQUITY_USERS = f"arn:aws:iam::{UBIQUITY}:user/*"


def of(value: KeyValue) -> str:
    """Return ``value`` in one word: its text, ``absent``, ``there`` or ``?``."""
    cases = ["absent" if case is None else ",".join(map(str, case)) for case in value.cases]
    words = {"absent|*": "?", "*": "there"}
    return words.get("|".join(cases), "|".join(cases))


GENERATE = kms_request("kms:GenerateDataKey", SESSION_OF_ROLE, KEY, PLACE, AT)
REQUESTS = {
    "assume": ASSUME,
    "list": LIST,
    "get": GET,
    "put": PUT,
    "delete": DELETE,
    "decrypt": DECRYPT,
    "generate": GENERATE,
    "describe": DESCRIBE,
}
S3 = "list get put delete"
FAS = "decrypt generate"
"""What S3 asks of KMS for the role: IAM User Guide, "Forward access sessions"."""
KMS = f"{FAS} describe"
ROLES = f"{S3} {KMS}"
ALL = f"assume {ROLES}"
BY_S3 = "absent|s3.amazonaws.com"

# Each row: the requests, the key, what is known of it. A request that no row of a key names
# lacks the key. Issue 3, "Three requests, three contexts"; issue 10, "Deciding and diagnosing";
# AWS "AWS global condition context keys", with each key's Availability; Service Authorization
# Reference, the keys of sts:AssumeRole, of the four actions of S3, and of the three of KMS.
TABLE = [
    # Properties of the principal
    ("assume", "aws:PrincipalArn", f"{UBIQUITY_ROLES}|{UBIQUITY_USERS}"),
    (ROLES, "aws:PrincipalArn", ROLE),
    ("assume", "aws:PrincipalAccount", UBIQUITY),
    (ROLES, "aws:PrincipalAccount", ACCOUNT),
    (ALL, "aws:PrincipalOrgPaths", "?"),
    (ALL, "aws:PrincipalOrgID", "?"),
    (ALL, "aws:PrincipalTag/team", "?"),
    (ALL, "aws:PrincipalIsAWSService", "false"),
    ("", "aws:PrincipalServiceName", ""),
    ("", "aws:PrincipalServiceNamesList", ""),
    ("assume", "aws:PrincipalType", "AssumedRole|User"),
    (ROLES, "aws:PrincipalType", "AssumedRole"),
    ("assume", "aws:userid", "there"),
    (ROLES, "aws:userid", f"{ROLE_ID}:*"),
    ("assume", "aws:username", "?"),
    # Properties of a role session
    ("", "aws:AssumedRoot", ""),
    ("assume", "aws:FederatedProvider", "?"),
    ("assume", "aws:TokenIssueTime", "?"),
    (ROLES, "aws:TokenIssueTime", "2026-11-23T01:02:03Z"),
    ("", "aws:SignInSessionArn", ""),
    ("", "aws:MultiFactorAuthAge", ""),
    ("assume", "aws:MultiFactorAuthPresent", "absent|false"),
    (ROLES, "aws:MultiFactorAuthPresent", "false"),
    ("assume", "aws:ChatbotSourceArn", "?"),
    ("assume", "aws:Ec2InstanceSourceVpc", "?"),
    ("assume", "aws:Ec2InstanceSourcePrivateIPv4", "?"),
    ("", "aws:SourceIdentity", ""),
    ("assume", "ec2:RoleDelivery", "?"),
    ("assume", "ec2:SourceInstanceArn", "?"),
    ("assume", "glue:RoleAssumedBy", "?"),
    ("assume", "glue:CredentialIssuingService", "?"),
    ("assume", "codebuild:BuildArn", "?"),
    ("assume", "codebuild:ProjectArn", "?"),
    ("assume", "lambda:SourceFunctionArn", "?"),
    ("assume", "ssm:SourceInstanceArn", "?"),
    ("assume", "identitystore:UserId", "?"),
    # Properties of the network
    (ALL, "aws:SourceIp", "?"),
    (f"assume {S3} describe", "aws:SourceVpc", "?"),
    (f"assume {S3} describe", "aws:SourceVpcArn", "?"),
    (f"assume {S3} describe", "aws:SourceVpce", "?"),
    (f"assume {S3} describe", "aws:VpceAccount", "?"),
    (f"assume {S3} describe", "aws:VpceOrgID", "?"),
    (f"assume {S3} describe", "aws:VpceOrgPaths", "?"),
    (f"assume {S3} describe", "aws:VpcSourceIp", "?"),
    # Properties of the resource
    (ALL, "aws:ResourceAccount", ACCOUNT),
    (ALL, "aws:ResourceOrgPaths", "?"),
    (ALL, "aws:ResourceOrgID", "?"),
    (ALL, "aws:ResourceTag/team", "?"),
    # Properties of the request
    (FAS, "aws:CalledVia", BY_S3),
    (FAS, "aws:CalledViaFirst", BY_S3),
    (FAS, "aws:CalledViaLast", BY_S3),
    (f"assume {S3} describe", "aws:ViaAWSService", "false"),
    (FAS, "aws:ViaAWSService", "true"),
    ("", "aws:CalledViaAWSMCP", ""),
    ("", "aws:ViaAWSMCPService", ""),
    (ALL, "aws:CurrentTime", "2026-11-23T01:02:03Z"),
    (ALL, "aws:EpochTime", "1795395723"),
    ("", "aws:referer", ""),
    ("assume", "aws:RequestedRegion", "there"),
    (ROLES, "aws:RequestedRegion", "ap-southeast-2"),
    ("", "aws:RequestTag/team", ""),
    ("", "aws:TagKeys", ""),
    (ALL, "aws:SecureTransport", "true"),
    ("", "aws:SourceAccount", ""),
    ("", "aws:SourceArn", ""),
    ("", "aws:SourceOrgID", ""),
    ("", "aws:SourceOrgPaths", ""),
    (ALL, "aws:UserAgent", "there"),
    ("", "aws:IsMcpServiceAction", ""),
    # STS
    ("assume", "sts:ExternalId", ID),
    ("assume", "sts:RoleSessionName", "there"),
    ("", "sts:SourceIdentity", ""),
    ("", "sts:TransitiveTagKeys", ""),
    ("assume", "iam:ResourceTag/team", "?"),
    ("assume", "accounts.google.com:aud", "?"),
    ("assume", "cognito-identity.amazonaws.com:aud", "?"),
    ("assume", "graph.facebook.com:id", "?"),
    ("assume", "www.amazon.com:user_id", "?"),
    ("assume", "saml:sub", "?"),
    # Not AssumeRole's
    ("", "sts:AWSServiceName", ""),
    ("", "sts:DurationSeconds", ""),
    ("", "sts:RequestContextProviders", ""),
    ("", "sts:TaskPolicyArn", ""),
    ("", "token.actions.githubusercontent.com:sub", ""),
    # S3
    ("list get delete", "s3:authType", "REST-HEADER|REST-QUERY-STRING"),
    ("put", "s3:authType", "REST-HEADER|REST-QUERY-STRING|POST"),
    (S3, "s3:ResourceAccount", ACCOUNT),
    (S3, "s3:signatureAge", "?"),
    (S3, "s3:signatureversion", "AWS|AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256"),
    (S3, "s3:TlsVersion", "there"),
    (S3, "s3:x-amz-content-sha256", "?"),
    (S3, "s3:BucketTag/team", "?"),
    ("list", "s3:prefix", "imports/"),
    ("list", "s3:max-keys", "1000"),
    ("", "s3:delimiter", ""),
    ("get", "s3:ExistingObjectTag/team", "?"),
    ("put", "s3:RequestObjectTag/team", "?"),
    ("put", "s3:RequestObjectTagKeys", "?"),
    ("put", "s3:x-amz-acl", "?"),
    ("put", "s3:x-amz-copy-source", "?"),
    ("put", "s3:x-amz-grant-full-control", "?"),
    ("put", "s3:x-amz-grant-read", "?"),
    ("put", "s3:x-amz-grant-read-acp", "?"),
    ("put", "s3:x-amz-grant-write", "?"),
    ("put", "s3:x-amz-grant-write-acp", "?"),
    ("put", "s3:x-amz-metadata-directive", "?"),
    ("put", "s3:x-amz-server-side-encryption", "absent|AES256|aws:kms|aws:kms:dsse"),
    ("put", "s3:x-amz-server-side-encryption-aws-kms-key-id", "?"),
    # The guide: "SSE-C — not supported"
    ("", "s3:x-amz-server-side-encryption-customer-algorithm", ""),
    ("put", "s3:x-amz-storage-class", "?"),
    ("put", "s3:x-amz-website-redirect-location", "?"),
    ("put", "s3:object-lock-mode", "?"),
    ("put", "s3:object-lock-retain-until-date", "?"),
    ("put", "s3:object-lock-remaining-retention-days", "?"),
    ("put", "s3:object-lock-legal-hold", "?"),
    ("put delete", "s3:if-match", "?"),
    ("put", "s3:if-none-match", "?"),
    ("put", "s3:ObjectCreationOperation", "?"),
    # Of access points, grants, and other actions
    ("", "s3:AccessGrantsInstanceArn", ""),
    ("", "s3:AccessPointNetworkOrigin", ""),
    ("", "s3:DataAccessPointAccount", ""),
    ("", "s3:DataAccessPointArn", ""),
    ("", "s3:locationconstraint", ""),
    ("", "s3:versionid", ""),
    # KMS
    (KMS, "kms:CallerAccount", ACCOUNT),
    (KMS, "kms:ViaService", "s3.ap-southeast-2.amazonaws.com"),
    (KMS, "kms:KeySpec", "SYMMETRIC_DEFAULT"),
    (KMS, "kms:KeyUsage", "ENCRYPT_DECRYPT"),
    (KMS, "kms:CustomerMasterKeySpec", "SYMMETRIC_DEFAULT"),
    (KMS, "kms:CustomerMasterKeyUsage", "ENCRYPT_DECRYPT"),
    (KMS, "kms:KeyOrigin", "there"),
    (KMS, "kms:MultiRegion", "false"),
    ("", "kms:MultiRegionKeyType", ""),
    (KMS, "kms:ResourceAliases", "?"),
    (KMS, "kms:RequestAlias", "?"),
    (FAS, "kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT"),
    (FAS, "kms:EncryptionContext:aws:s3:arn", f"{BUCKET}|{BUCKET}/imports/*"),
    (FAS, "kms:EncryptionContext:team", "?"),
    (FAS, "kms:EncryptionContextKeys", "aws:s3:arn|aws:s3:arn,*"),
    # Of Nitro enclaves, of grants, and of other actions
    ("", "kms:RecipientAttestation:PCR0", ""),
    ("", "kms:GrantIsForAWSResource", ""),
    ("", "kms:BypassPolicyLockoutSafetyCheck", ""),
    # No key of AWS's
    ("", "aws:ExternalId", ""),
]


@pytest.mark.parametrize("key", dict.fromkeys(key for _, key, _ in TABLE))
def test_what_is_known_of_each_key(key: str) -> None:
    expected = dict.fromkeys(REQUESTS, "absent")
    for names, of_key, words in TABLE:
        if of_key == key:
            expected |= dict.fromkeys(names.split(), words)
    for spelling in (key, key.upper()):
        known = {name: of(asked.context.value(spelling)) for name, asked in REQUESTS.items()}
        assert known == expected


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


def test_of_a_multi_region_key() -> None:
    """KMS Developer Guide "AWS KMS condition keys": kms:MultiRegion, kms:MultiRegionKeyType."""
    arn = f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
    context = kms_request("kms:Decrypt", SESSION_OF_ROLE, arn, PLACE, AT).context
    assert of(context.value("kms:MultiRegion")) == "true"
    assert of(context.value("kms:MultiRegionKeyType")) == "PRIMARY|REPLICA"


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
