"""Decisions of which everything is known, rule by rule; each table names its AWS document."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from app.core.iam.decision import (
    Decision,
    Reason,
    decide_cross_account,
    decide_key,
    decide_same_account,
    decide_trust,
)
from app.core.iam.policies import parse_policy
from app.core.iam.principals import Requester
from tests.core.iam.papers import (
    ACCOUNT,
    BUCKET,
    KEY,
    OBJECTS,
    ROLE,
    ROLE_ID,
    ROOT,
    SESSION,
    STRANGER,
    UBIQUITY,
    USER,
    Json,
    allow,
    decide,
    deny,
    document,
    known_request,
    policy,
    trust_statement,
)

YES, NO, UNSURE = Decision.ALLOWED, Decision.DENIED, Decision.UNKNOWN
OTHER_USER = f"arn:aws:iam::{ACCOUNT}:user/someone-else"
JO = Requester.user(USER)
JOB = Requester.role_session(ROLE, ROLE_ID, "job")


def bucket_statement(principal: object, effect: str = "Allow", **more: object) -> Json:
    """Return a statement of a bucket policy on all objects and the bucket."""
    make = allow if effect == "Allow" else deny
    return make("s3:*", [BUCKET, OBJECTS], Principal=principal, **more)


# AWS "IAM JSON policy elements: Action", "… NotAction": without case, with wildcards
ACTIONS = [
    ("s3:GetObject", "s3:GetObject", YES),
    ("S3:getobject", "s3:GetObject", YES),
    ("s3:Get*", "s3:GetObject", YES),
    ("s3:*", "s3:GetObject", YES),
    ("*", "s3:GetObject", YES),
    ("s3:?etObject", "s3:GetObject", YES),
    ("s3:GetObject?", "s3:GetObject", NO),
    ("s3:GetObjec", "s3:GetObject", NO),
    (["s3:ListBucket", "s3:Put*"], "s3:PutObject", YES),
    ("kms:*", "s3:GetObject", NO),
    ("s3:GetObject ", "s3:GetObject", NO),
]


@pytest.mark.parametrize(("granted", "asked", "decision"), ACTIONS)
def test_actions(granted: object, asked: str, decision: Decision) -> None:
    assert decide(known_request(asked), allow(granted)).decision is decision
    opposite = {YES: NO, NO: YES}[decision]
    named = {"Effect": "Allow", "NotAction": granted, "Resource": "*"}
    assert decide(known_request(asked), named).decision is opposite


# AWS "IAM JSON policy elements: Resource", "… NotResource": with case
RESOURCES = [
    ("*", f"{BUCKET}/a", YES),
    (OBJECTS, f"{BUCKET}/a/b.csv", YES),
    (BUCKET, BUCKET, YES),
    (BUCKET, f"{BUCKET}/a", NO),
    (OBJECTS, BUCKET, NO),
    (f"{BUCKET}*", f"{BUCKET}-2/a", YES),
    ("arn:aws:s3:::Customer-data-imports/*", f"{BUCKET}/a", NO),
    (f"{BUCKET}/a?.csv", f"{BUCKET}/a1.csv", YES),
    ("arn:aws:s3:::*/a", f"{BUCKET}/a", YES),
    ("arn:*:s3:*:*:*", f"{BUCKET}/a", YES),
    # "If the * wildcard is the last character of a resource ARN segment, it can expand to match
    # beyond the colon boundaries."
    ("arn:aws:s3:*", f"{BUCKET}/a", YES),
    ("arn:aws:s3*", f"{BUCKET}/a", YES),
    ("arn:aws:kms:*", f"{BUCKET}/a", NO),
    ([BUCKET, f"{BUCKET}/b*"], f"{BUCKET}/bc", YES),
]


@pytest.mark.parametrize(("granted", "asked", "decision"), RESOURCES)
def test_resources(granted: object, asked: str, decision: Decision) -> None:
    request = known_request(resource=asked)
    assert decide(request, allow("s3:*", granted)).decision is decision
    opposite = {YES: NO, NO: YES}[decision]
    named = {"Effect": "Allow", "Action": "s3:*", "NotResource": granted}
    assert decide(request, named).decision is opposite


# AWS "IAM policy elements: Variables and tags"
CONTEXT = {"aws:username": "jo", "aws:PrincipalTag/team": "red", "aws:PrincipalAccount": ACCOUNT}
FILLED_IN = [
    (f"{BUCKET}/${{aws:username}}/*", f"{BUCKET}/jo/a", YES),
    (f"{BUCKET}/${{aws:username}}/*", f"{BUCKET}/bo/a", NO),
    (
        f"{BUCKET}/${{aws:PrincipalTag/team}}-${{aws:PrincipalAccount}}",
        f"{BUCKET}/red-{ACCOUNT}",
        YES,
    ),
    (f"{BUCKET}/${{aws:PrincipalTag/none, 'all'}}", f"{BUCKET}/all", YES),
    (f"{BUCKET}/${{*}}", f"{BUCKET}/*", YES),
    (f"{BUCKET}/${{*}}", f"{BUCKET}/a", NO),
    (f"{BUCKET}/${{?}}${{$}}", f"{BUCKET}/?$", YES),
    # No value: the resource "will not match any resource".
    (f"{BUCKET}/${{aws:PrincipalTag/none}}*", f"{BUCKET}/a", NO),
    # "You can't use a variable to replace parts of the ARN before the fifth colon."
    ("arn:aws:s3:${aws:PrincipalAccount}::*", f"{BUCKET}/a", NO),
]


@pytest.mark.parametrize(("granted", "asked", "decision"), FILLED_IN)
def test_variables(granted: str, asked: str, decision: Decision) -> None:
    request = known_request(resource=asked, context=CONTEXT)
    assert decide(request, allow("s3:*", granted)).decision is decision


def test_a_resource_without_value_excludes_nothing() -> None:
    named = {"Effect": "Deny", "Action": "*", "NotResource": f"{BUCKET}/${{aws:none}}/*"}
    assert decide(known_request(), allow(), named).decision is NO


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_old_versions_have_no_variables(version: str | None) -> None:
    """AWS "IAM JSON policy elements: Version": the default is 2008-10-17."""
    statement = allow("s3:*", f"{BUCKET}/${{aws:username}}")
    for key, decision in [("${aws:username}", YES), ("jo", NO)]:
        request = known_request(resource=f"{BUCKET}/{key}", context=CONTEXT)
        outcome = decide_same_account(
            request, identity=[policy(statement, version=version)], resource=None, boundary=None
        )
        assert outcome.decision is decision


@dataclass(frozen=True, slots=True)
class Setup:
    """What is granted and denied, by whom, and what comes of it."""

    decision: Decision
    identity: Sequence[Json] = ()
    bucket: Sequence[Json] = ()
    boundary: Sequence[Json] | None = None
    caller: Requester = JOB
    reason: Reason | None = None


ALLOW_ALL = allow()
ELSEWHERE = (allow("ec2:*"),)

# AWS "Policy evaluation logic", within one account; "Permissions boundaries for IAM entities"
SAME_ACCOUNT = {
    "nothing grants": Setup(NO, reason=Reason.NO_GRANT),
    "identity": Setup(YES, [ALLOW_ALL], reason=Reason.GRANTED),
    "role in the bucket policy": Setup(YES, bucket=[bucket_statement({"AWS": ROLE})]),
    "session in the bucket policy": Setup(YES, bucket=[bucket_statement({"AWS": SESSION})]),
    "everybody": Setup(YES, bucket=[bucket_statement("*")]),
    "everybody, as AWS": Setup(YES, bucket=[bucket_statement({"AWS": "*"})]),
    "account grants nothing": Setup(NO, bucket=[bucket_statement({"AWS": ACCOUNT})]),
    "root grants nothing": Setup(NO, bucket=[bucket_statement({"AWS": ROOT})]),
    "somebody else": Setup(NO, bucket=[bucket_statement({"AWS": OTHER_USER})]),
    "user in the bucket policy": Setup(YES, bucket=[bucket_statement({"AWS": USER})], caller=JO),
    "deny in identity": Setup(NO, [ALLOW_ALL, deny()], reason=Reason.EXPLICIT_DENY),
    "deny of the role": Setup(NO, [ALLOW_ALL], [bucket_statement({"AWS": ROLE}, "Deny")]),
    "deny of the session": Setup(NO, [ALLOW_ALL], [bucket_statement({"AWS": SESSION}, "Deny")]),
    "deny of the account": Setup(NO, [ALLOW_ALL], [bucket_statement({"AWS": ACCOUNT}, "Deny")]),
    "deny of the root": Setup(NO, [ALLOW_ALL], [bucket_statement({"AWS": ROOT}, "Deny")]),
    "deny of everybody": Setup(NO, [ALLOW_ALL], [bucket_statement("*", "Deny")]),
    "deny of another": Setup(YES, [ALLOW_ALL], [bucket_statement({"AWS": OTHER_USER}, "Deny")]),
    "deny of a service": Setup(
        YES, [ALLOW_ALL], [bucket_statement({"Service": "s3.amazonaws.com"}, "Deny")]
    ),
    "deny beats the same statement's allow": Setup(
        NO, bucket=[bucket_statement("*"), bucket_statement("*", "Deny")]
    ),
    # The boundary
    "boundary allows too": Setup(YES, [ALLOW_ALL], boundary=[ALLOW_ALL]),
    "boundary alone grants nothing": Setup(NO, boundary=[ALLOW_ALL], reason=Reason.NO_GRANT),
    "boundary leaves out": Setup(NO, [ALLOW_ALL], boundary=ELSEWHERE, reason=Reason.BOUNDARY),
    "boundary denies": Setup(
        NO, [ALLOW_ALL], boundary=[ALLOW_ALL, deny()], reason=Reason.EXPLICIT_DENY
    ),
    "boundary caps the role": Setup(
        NO, bucket=[bucket_statement({"AWS": ROLE})], boundary=ELSEWHERE, reason=Reason.BOUNDARY
    ),
    "boundary doesn't cap the session": Setup(
        YES, bucket=[bucket_statement({"AWS": SESSION})], boundary=ELSEWHERE
    ),
    "boundary doesn't cap everybody": Setup(
        YES, bucket=[bucket_statement("*")], boundary=ELSEWHERE
    ),
    "boundary doesn't cap the user": Setup(
        YES, bucket=[bucket_statement({"AWS": USER})], boundary=ELSEWHERE, caller=JO
    ),
    "boundary's deny reaches the session": Setup(
        NO, bucket=[bucket_statement({"AWS": SESSION})], boundary=[deny()]
    ),
    "empty boundary": Setup(NO, [ALLOW_ALL], boundary=[], reason=Reason.BOUNDARY),
    # The root user
    "root user": Setup(YES, caller=Requester.root(ACCOUNT)),
    "root user denied": Setup(
        NO, bucket=[bucket_statement("*", "Deny")], caller=Requester.root(ACCOUNT)
    ),
}


@pytest.mark.parametrize("setup", SAME_ACCOUNT.values(), ids=SAME_ACCOUNT.keys())
def test_within_one_account(setup: Setup) -> None:
    outcome = decide_same_account(
        known_request(caller=setup.caller),
        identity=[policy(*setup.identity)],
        resource=policy(*setup.bucket, kind="resource") if setup.bucket else None,
        boundary=None if setup.boundary is None else policy(*setup.boundary, kind="boundary"),
    )
    assert outcome.decision is setup.decision
    if setup.reason is not None:
        assert outcome.because.reason is setup.reason


def but(principal: object, effect: str = "Deny") -> Json:
    """Return a statement for everyone but ``principal``."""
    return {"Effect": effect, "NotPrincipal": principal, "Action": "s3:*", "Resource": OBJECTS}


def all_but(*names: str, caller: Requester = JOB, decision: Decision = UNSURE) -> Setup:
    """Return a bucket whose policy denies everybody but ``names``."""
    return Setup(decision, [ALLOW_ALL], [but({"AWS": list(names)})], caller=caller)


# AWS "AWS JSON policy elements: NotPrincipal"
NOT_PRINCIPAL = {
    # "Otherwise, the policy might deny access to the entire account containing the principal …
    # AWS might validate the account first, then the role, and then the assumed-role user."
    "the role alone": all_but(ROLE),
    "the account alone": all_but(ROOT),
    "the account by its number alone": all_but(ACCOUNT),
    "the session alone": all_but(SESSION),
    "role and account": all_but(ROLE, ROOT),
    "session and account": all_but(SESSION, ROOT),
    "role and session": all_but(ROLE, SESSION),
    "role, account and another session": all_but(ROLE, ROOT, f"{SESSION}-2"),
    "another role and the account": all_but(f"{ROLE}-2", ROOT),
    "role by its id, account and session": all_but(SESSION, ROLE_ID, ROOT, decision=YES),
    "session, role and account": all_but(SESSION, ROLE, ROOT, decision=YES),
    "session, role and account's number": all_but(SESSION, ROLE, ACCOUNT, decision=YES),
    "everybody": all_but("*", decision=YES),
    "a user alone": all_but(USER, caller=JO),
    "a user's account alone": all_but(ROOT, caller=JO),
    "a user and the account": all_but(USER, ROOT, caller=JO, decision=YES),
    "the root user's account": all_but(ROOT, caller=Requester.root(ACCOUNT), decision=YES),
    "another is": all_but(OTHER_USER, decision=NO),
    "another's role and account": all_but(
        ROLE.replace(ACCOUNT, STRANGER), ROOT.replace(ACCOUNT, STRANGER), decision=NO
    ),
    "a deleted role": all_but("AROAEXAMPLEDELETED001", decision=NO),
    "a service is": Setup(NO, [ALLOW_ALL], [but({"Service": "s3.amazonaws.com"})]),
    # "… will always deny any IAM principal that has a permissions boundary policy attached,
    # regardless of the values specified in the NotPrincipal element."
    "boundary": Setup(NO, [ALLOW_ALL], [but({"AWS": [SESSION, ROLE, ROOT]})], [ALLOW_ALL]),
    # "Doing so allows all principals except the one named."
    "allowing all but another": Setup(YES, bucket=[but({"AWS": OTHER_USER}, "Allow")]),
    "allowing all but this": Setup(NO, bucket=[but({"AWS": ROLE}, "Allow")]),
    "allowing all but its account": Setup(NO, bucket=[but({"AWS": ROOT}, "Allow")]),
    "a boundary adds no grant": Setup(NO, [], [but({"AWS": ROLE}, "Allow")], [ALLOW_ALL]),
}


@pytest.mark.parametrize("setup", NOT_PRINCIPAL.values(), ids=NOT_PRINCIPAL.keys())
def test_everyone_but(setup: Setup) -> None:
    test_within_one_account(setup)


# AWS "Cross-account policy evaluation logic": both accounts must allow
ACROSS = {
    "neither": Setup(NO),
    "identity alone": Setup(NO, [ALLOW_ALL]),
    "bucket alone": Setup(NO, bucket=[bucket_statement({"AWS": ROLE})]),
    "both, role": Setup(YES, [ALLOW_ALL], [bucket_statement({"AWS": ROLE})]),
    "both, account": Setup(YES, [ALLOW_ALL], [bucket_statement({"AWS": ACCOUNT})]),
    "both, session": Setup(YES, [ALLOW_ALL], [bucket_statement({"AWS": SESSION})]),
    "both, everybody": Setup(YES, [ALLOW_ALL], [bucket_statement("*")]),
    "boundary caps even the session": Setup(
        NO, [ALLOW_ALL], [bucket_statement({"AWS": SESSION})], ELSEWHERE, reason=Reason.BOUNDARY
    ),
    "denied there": Setup(
        NO, [ALLOW_ALL], [bucket_statement("*"), bucket_statement({"AWS": ACCOUNT}, "Deny")]
    ),
    "denied here": Setup(NO, [ALLOW_ALL, deny()], [bucket_statement("*")]),
    "their own account": Setup(NO, [ALLOW_ALL], [bucket_statement({"AWS": STRANGER})]),
}


@pytest.mark.parametrize("setup", ACROSS.values(), ids=ACROSS.keys())
def test_across_accounts(setup: Setup) -> None:
    outcome = decide_cross_account(
        known_request(caller=setup.caller),
        identity=[policy(*setup.identity)],
        resource=policy(*setup.bucket, kind="resource") if setup.bucket else None,
        boundary=None if setup.boundary is None else policy(*setup.boundary, kind="boundary"),
    )
    assert outcome.decision is setup.decision
    if setup.reason is not None:
        assert outcome.because.reason is setup.reason


def key_statement(principal: object, effect: str = "Allow", **more: object) -> Json:
    """Return a statement of a key policy."""
    make = allow if effect == "Allow" else deny
    return make("kms:*", "*", Principal=principal, **more)


# AWS KMS Developer Guide "Key policies in AWS KMS", "Default key policy", "Using IAM policies"
KEYS = {
    "identity alone": Setup(NO, [ALLOW_ALL], [key_statement({"AWS": OTHER_USER})]),
    "role": Setup(YES, bucket=[key_statement({"AWS": ROLE})]),
    "role, capped": Setup(NO, [], [key_statement({"AWS": ROLE})], ELSEWHERE),
    "session, not capped": Setup(YES, [], [key_statement({"AWS": SESSION})], ELSEWHERE),
    "everybody, not capped": Setup(YES, [], [key_statement("*")], ELSEWHERE),
    "root hands on": Setup(YES, [ALLOW_ALL], [key_statement({"AWS": ROOT})]),
    "root hands on, nothing granted": Setup(NO, [], [key_statement({"AWS": ROOT})]),
    "root hands on, capped": Setup(
        NO, [ALLOW_ALL], [key_statement({"AWS": ROOT})], ELSEWHERE, reason=Reason.BOUNDARY
    ),
    "account id hands on": Setup(YES, [ALLOW_ALL], [key_statement({"AWS": ACCOUNT})]),
    "root hands on under a condition": Setup(
        NO, [ALLOW_ALL], [key_statement({"AWS": ROOT}, Condition={"Null": {"aws:x": "false"}})]
    ),
    "deny": Setup(NO, [ALLOW_ALL], [key_statement("*"), key_statement({"AWS": ROLE}, "Deny")]),
    "deny in identity": Setup(NO, [deny()], [key_statement({"AWS": ROLE})]),
    "root user": Setup(YES, [], [key_statement({"AWS": ROOT})], caller=Requester.root(ACCOUNT)),
    "root user, not named": Setup(
        NO, [], [key_statement({"AWS": ROLE})], caller=Requester.root(ACCOUNT)
    ),
}


@pytest.mark.parametrize("setup", KEYS.values(), ids=KEYS.keys())
def test_keys(setup: Setup) -> None:
    outcome = decide_key(
        known_request("kms:Decrypt", KEY, setup.caller),
        identity=[policy(*setup.identity)],
        key=policy(*setup.bucket, kind="resource"),
        boundary=None if setup.boundary is None else policy(*setup.boundary, kind="boundary"),
        same_account=True,
    )
    assert outcome.decision is setup.decision
    if setup.reason is not None:
        assert outcome.because.reason is setup.reason


@pytest.mark.parametrize(
    ("identity", "principal", "decision"),
    [
        ([ALLOW_ALL], {"AWS": ROLE}, YES),
        ([ALLOW_ALL], {"AWS": ACCOUNT}, YES),
        ([], {"AWS": ROLE}, NO),
        ([ALLOW_ALL], {"AWS": STRANGER}, NO),
    ],
)
def test_keys_of_another_account(
    identity: Sequence[Json], principal: object, decision: Decision
) -> None:
    """AWS KMS Developer Guide "Allowing users in other accounts to use a KMS key"."""
    outcome = decide_key(
        known_request("kms:Decrypt", KEY.replace(ACCOUNT, STRANGER)),
        identity=[policy(*identity)],
        key=policy(key_statement(principal), kind="resource"),
        boundary=None,
        same_account=False,
    )
    assert outcome.decision is decision


SIGNED_IN = Requester.user(f"arn:aws:iam::{UBIQUITY}:user/connectors")

# AWS "AWS STS AssumeRole", "How to use an external ID", "Cross-account policy evaluation logic"
TRUSTS = [
    ("*", SIGNED_IN, None, YES),
    ({"AWS": UBIQUITY}, SIGNED_IN, None, YES),
    ({"AWS": f"arn:aws:iam::{UBIQUITY}:root"}, SIGNED_IN, None, YES),
    ({"AWS": f"arn:aws:iam::{UBIQUITY}:user/connectors"}, SIGNED_IN, None, YES),
    ({"AWS": f"arn:aws:iam::{UBIQUITY}:user/other"}, SIGNED_IN, None, NO),
    ({"AWS": ACCOUNT}, SIGNED_IN, None, NO),
    ({"Service": "ec2.amazonaws.com"}, SIGNED_IN, None, NO),
    ({"AWS": UBIQUITY}, SIGNED_IN, [allow("sts:*")], YES),
    ({"AWS": UBIQUITY}, SIGNED_IN, [], NO),
    # In the role's own account, being named is enough; the account hands on.
    ({"AWS": USER}, JO, [], YES),
    ({"AWS": ROOT}, JO, [], NO),
    ({"AWS": ROOT}, JO, [allow("sts:AssumeRole", ROLE)], YES),
    ({"AWS": OTHER_USER}, JO, [ALLOW_ALL], NO),
    # "You cannot use AWS account root user credentials to call AssumeRole."
    ({"AWS": ROOT}, Requester.root(ACCOUNT), [], NO),
]


@pytest.mark.parametrize(("principal", "caller", "identity", "decision"), TRUSTS)
def test_trust(
    principal: object, caller: Requester, identity: Sequence[Json] | None, decision: Decision
) -> None:
    outcome = decide_trust(
        known_request("sts:AssumeRole", ROLE, caller),
        policy(trust_statement(principal), kind="trust"),
        identity=None if identity is None else [policy(*identity)],
    )
    assert outcome.decision is decision


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a snapshot's ``organization_denies``."""

    action: str
    resource: str
    by: str = "service control policy"


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        (Row("s3:ListBucket", BUCKET), NO),
        (Row("S3:listbucket", BUCKET), NO),
        (Row("s3:*", "*"), NO),
        (Row("s3:ListBucket", f"{BUCKET}/*"), YES),
        (Row("s3:GetObject", BUCKET), YES),
    ],
)
def test_what_the_organisation_denies(row: Row, decision: Decision) -> None:
    """AWS "Service control policies": they cap every principal of the account."""
    outcome = decide_same_account(
        known_request("s3:ListBucket", BUCKET),
        identity=[policy(ALLOW_ALL)],
        resource=None,
        boundary=None,
        organization_denies=[row],
    )
    assert outcome.decision is decision
    if decision is NO:
        assert outcome.because.reason is Reason.ORGANIZATION
        assert outcome.because.organization == (row,)


def test_a_denial_names_its_statement_and_what_decides() -> None:
    secure = {"Bool": {"aws:SecureTransport": "false"}}
    outside = {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    request = known_request(context={"aws:SecureTransport": "true", "aws:SourceIp": "192.0.2.1"})
    outcome = decide_same_account(
        request,
        identity=[policy(ALLOW_ALL)],
        resource=parse_policy(
            document(
                bucket_statement("*", "Deny", Condition=secure),
                bucket_statement("*", "Deny", Condition=outside, Sid="OfficeOnly"),
            ),
            "bucket",
            "resource",
        ),
        boundary=None,
    )
    assert outcome.because.reason is Reason.EXPLICIT_DENY
    [reading] = outcome.because.statements
    assert (reading.source, reading.statement.index, reading.statement.sid) == (
        "bucket",
        1,
        "OfficeOnly",
    )
    assert reading.statement.raw == bucket_statement(
        "*", "Deny", Condition=outside, Sid="OfficeOnly"
    )
    assert reading.deciding is not None
    assert reading.deciding.condition.operator_name == "NotIpAddress"
    assert reading.deciding.condition.key == "aws:SourceIp"


def test_a_grant_names_its_statement() -> None:
    outcome = decide(known_request(), allow("ec2:*"), allow("s3:Get*", Sid="Read"))
    assert [reading.statement.sid for reading in outcome.because.statements] == ["Read"]
    assert len(outcome.readings) == 2
