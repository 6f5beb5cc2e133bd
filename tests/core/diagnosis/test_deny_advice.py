"""What is advised of a Deny that catches the connector: it works, and says why theirs does not.

The rows of ``FAILED`` come from public reports (their sources beside them), personal details
replaced: people wanted to leave a role out, and did not.
"""

from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.report import Finding
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    OBJECTS,
    ROLE_ARN,
    ROLE_ID,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    World,
    codes_of,
    deny,
    document,
    good,
    good_encrypted,
    inline,
)

Json = dict[str, Any]
ROLE_NAME: Final = ROLE_ARN.rpartition("/")[2]
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/{ROLE_NAME}"
SSO: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSReservedSSO_Power_e336dee556ef96ac"
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"
ARN: Final = "aws:PrincipalArn"
BOTH: Final = [BUCKET_ARN, OBJECTS]


class Failed(NamedTuple):
    """A statement that was to leave somebody out, and what is wrong with it."""

    source: str
    elements: Json
    mistakes: list[str]


def _unless(operator: str, key: str, values: object) -> Json:
    return {"Principal": "*", "Condition": {operator: {key: values}}}


def _not(*names: str) -> Json:
    return {"NotPrincipal": {"AWS": list(names)}}


FAILED: Final = (
    Failed(
        "issue 10, denydelete-principalarn-sts",
        _unless("ArnNotLike", ARN, f"{SSO}/*"),
        ["session-arn"],
    ),
    Failed(
        "repost.aws, aws:PrincipalArn with assumed-role",
        _unless("StringNotLike", ARN, f"{SESSION}/*"),
        ["session-arn"],
    ),
    Failed(
        "awsdocs/iam-user-guide#179, string operators with a pattern",
        _unless("StringNotEquals", ARN, f"arn:aws:iam::{ACCOUNT}:role/ubiquity-*"),
        ["wildcard"],
    ),
    Failed(
        "grunt-aws-s3#116, first try",
        _not(f"arn:aws:iam::{ACCOUNT}:role/my-role"),
        ["not-principal"],
    ),
    Failed(
        "grunt-aws-s3#116, second try",
        _unless("StringNotLike", "aws:userId", [f"{ROLE_ID}:", ACCOUNT]),
        ["user-id", "account-root"],
    ),
    Failed(
        "aws knowledge centre, the example's id left in",
        _unless("StringNotLike", "aws:userid", ["AROAID2GEXAMPLEROLEID:*", ACCOUNT]),
        ["other-id", "account-root"],
    ),
    Failed(
        "stackoverflow, the id alone",
        _unless("StringNotEquals", "aws:userid", ROLE_ID),
        ["user-id"],
    ),
    Failed(
        "stackoverflow, a pattern under StringNotEquals",
        _unless("StringNotEquals", "aws:userid", f"{ROLE_ID}:*"),
        ["wildcard"],
    ),
    Failed(
        "wekeepcoding 11770517, a user's name",
        _unless("StringNotEquals", "aws:username", "ubiquity"),
        ["user-name"],
    ),
    Failed("neverendingqs, the role alone", _not(ROLE_ARN, ROOT), ["not-principal"]),
    Failed(
        "aws-cli#1333, a session whose name nobody knows",
        _not(f"{SESSION}/AWS-CLI-session-1431630707", ROLE_ARN),
        ["not-principal"],
    ),
    Failed("japan-d2#34, the administrators' role", _not(ADMIN), ["not-principal"]),
    Failed(
        "NotPrincipal with UbiQuity", _not(UBIQUITY_ROOT), ["not-principal", "ubiquitys-account"]
    ),
    Failed(
        "whoever comes is thought to be UbiQuity's account",
        _unless("StringNotEquals", "aws:PrincipalAccount", "049579744830"),
        ["ubiquitys-account"],
    ),
    Failed(
        "the same by its ARN", _unless("ArnNotEquals", ARN, UBIQUITY_ROOT), ["ubiquitys-account"]
    ),
    Failed("the account's root", _unless("StringNotEquals", ARN, ROOT), ["account-root"]),
    Failed(
        "upper case",
        _unless("ArnNotEquals", ARN, ROLE_ARN.upper().replace("ARN:AWS:IAM", "arn:aws:iam")),
        ["letter-case"],
    ),
    Failed(
        "the role of the test account",
        _unless("ArnNotEquals", ARN, ROLE_ARN.replace(ACCOUNT, STRANGER)),
        ["other-account"],
    ),
    Failed(
        "with a path",
        _unless("ArnNotEquals", ARN, ROLE_ARN.replace("role/", "role/service/")),
        ["path"],
    ),
    Failed(
        "the External ID, which S3 is never sent",
        _unless("StringNotEquals", "sts:ExternalId", "xWqJBlwfjUOUcQjd5gt7vQ"),
        ["external-id"],
    ),
    Failed("the wrong way round", _unless("ArnEquals", ARN, ROLE_ARN), ["positive"]),
    Failed(
        "two others already",
        _unless("ArnNotLike", ARN, [ADMIN, f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/*"]),
        [],
    ),
    Failed("nobody left out", {"Principal": "*"}, []),
)


def _bucket_policy(statement: Json) -> World:
    world = good()
    world.bucket["policy"] = document(statement)
    return world


def _key_policy(statement: Json) -> World:
    world = good_encrypted()
    world.key_statements.append(statement)
    return world


def _denials(world: World) -> list[Finding]:
    wanted = ("explicit-deny", "deny-may-apply")
    return [f for f in world.report().findings if f.code.partition(".")[2] in wanted]


def _pasted(statement: Json, finding: Finding) -> Json:
    """Do as the finding advises."""
    paste = finding.params["paste"]
    assert isinstance(paste, dict)
    gone = {"NotPrincipal"} if "Principal" in paste else set()
    return {k: v for k, v in statement.items() if k not in gone} | paste


@pytest.mark.parametrize("row", FAILED, ids=lambda row: row.source)
def test_what_is_to_be_pasted_leaves_the_role_out(row: Failed) -> None:
    statement = deny("s3:*", BOTH, **row.elements)
    (finding,) = _denials(_bucket_policy(statement))
    assert finding.params.get("mistakes", []) == row.mistakes
    mended = _bucket_policy(_pasted(statement, finding)).report()
    assert (codes_of(mended), mended.verdict) == ([], "ready")


@pytest.mark.parametrize("row", FAILED, ids=lambda row: row.source)
def test_so_it_is_in_a_key_policy(row: Failed) -> None:
    statement = deny("kms:*", "*", **row.elements)
    findings = _denials(_key_policy(statement))
    assert {str(f.params.get("mistakes", [])) for f in findings} == {str(row.mistakes)}
    mended = _key_policy(_pasted(statement, findings[0])).report()
    assert (codes_of(mended), mended.verdict) == ([], "ready")


@pytest.mark.parametrize(
    "condition", [None, {"StringNotEquals": {"aws:PrincipalTag/team": "data"}}], ids=str
)
def test_so_it_is_in_a_policy_of_the_role(condition: Json | None) -> None:
    more = {} if condition is None else {"Condition": condition}
    statement = deny("s3:DeleteObject", "*", **more)
    world = good()
    world.role["inline_policies"] = [inline("guard", statement)]
    (finding,) = _denials(world)
    world.role["inline_policies"] = [inline("guard", _pasted(statement, finding))]
    assert world.report().verdict == "ready"


@pytest.mark.parametrize(
    "elements",
    [
        {"Principal": "*"},
        {"Principal": {"AWS": "*"}, "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Principal": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}},
        {"Principal": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}},
    ],
    ids=str,
)
def test_so_it_is_in_the_trust_policy_with_ubiquitys_account(elements: Json) -> None:
    world = good()
    statement = {"Effect": "Deny", "Action": "sts:AssumeRole", **elements}
    world.role["trust_policy"]["Statement"].append(statement)
    (finding,) = _denials(world)
    world.role["trust_policy"]["Statement"][-1] = _pasted(statement, finding)
    assert world.report().verdict == "ready"


def test_a_deny_that_names_the_role_loses_it_from_its_principal() -> None:
    statement = deny("s3:*", BOTH, Principal={"AWS": [ADMIN, ROLE_ARN]})
    (finding,) = _denials(_bucket_policy(statement))
    assert finding.params["paste"] == {"Principal": {"AWS": ADMIN}}


def test_theirs_stay_beside_the_role() -> None:
    statement = deny("s3:*", BOTH, **_unless("ArnNotLike", "aws:principalARN", f"{SSO}/*"))
    (finding,) = _denials(_bucket_policy(statement))
    condition = {"ArnNotLike": {"aws:principalARN": [f"{SSO}/*", ROLE_ARN]}}
    assert finding.params["paste"] == {"Condition": condition}


def test_the_others_of_not_principal_are_named_as_aws_names_them() -> None:
    statement = deny("s3:*", BOTH, **_not(f"{SSO}/jo", ADMIN, ROOT, f"{SESSION}/x"))
    (finding,) = _denials(_bucket_policy(statement))
    sso = f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com*/"
    named = [sso + SSO.rpartition("/")[2], ADMIN, ROOT, ROLE_ARN]
    assert finding.params["paste"] == {
        "Principal": "*",
        "Condition": {"ArnNotEquals": {ARN: named}},
    }


@pytest.mark.parametrize(
    "elements",
    [
        _unless("ArnNotEquals", ARN, ROLE_ARN),
        _unless("StringNotLike", ARN, f"arn:aws:iam::{ACCOUNT}:role/ubiquity-*"),
        _unless("StringNotLike", "aws:userid", f"{ROLE_ID}:*"),
        _unless("ArnLike", ARN, f"{SSO}/*"),
        _unless("StringNotEquals", "aws:PrincipalAccount", ACCOUNT),
    ],
    ids=str,
)
def test_nothing_is_advised_where_the_role_is_left_out(elements: Json) -> None:
    assert _denials(_bucket_policy(deny("s3:*", BOTH, **elements))) == []


_VALUES: Final = st.sampled_from([ROLE_ARN, ADMIN, f"{SSO}/*", ROOT, "arn:aws:iam::*:role/*"])
_OPERATORS: Final = st.sampled_from(
    ["ArnNotEquals", "StringNotLike", "ArnNotLikeIfExists", "ForAnyValue:ArnNotLike", "ArnLike"]
)
_TESTS: Final = st.dictionaries(st.sampled_from([ARN, "aws:principalarn"]), _VALUES, min_size=1)
_CONDITIONS: Final = st.dictionaries(_OPERATORS, _TESTS, max_size=3)


@given(_CONDITIONS, st.sampled_from(["Principal", "NotPrincipal"]))
@settings(max_examples=40, deadline=None)
def test_whatever_is_advised_works(condition: Json, element: str) -> None:
    who: Json = {"Principal": "*"} if element == "Principal" else _not(ADMIN)
    statement = deny("s3:*", BOTH, **who, **({"Condition": condition} if condition else {}))
    for finding in _denials(_bucket_policy(statement)):
        mended = _bucket_policy(_pasted(statement, finding))
        assert _denials(mended) == []


def test_so_it_is_in_a_permissions_boundary() -> None:
    statement = deny("s3:DeleteObject", "*")
    world = good()
    world.set_boundary({"Effect": "Allow", "Action": "*", "Resource": "*"}, statement)
    (finding,) = world.report().findings
    assert finding.code == "role.boundary"
    pasted = _pasted(statement, finding)
    world.set_boundary({"Effect": "Allow", "Action": "*", "Resource": "*"}, pasted)
    assert world.report().verdict == "ready"
