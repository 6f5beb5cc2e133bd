"""Who may assume the role, and what AWS says to everybody else.

Sources: the guide, Step 2 and "Troubleshooting"; AWS STS API Reference, "AssumeRole"; IAM User
Guide, "How to use an external ID when granting access to your AWS resources to a third party".
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from app.core.documents.open_sessions import SESSIONS_POLICY, sessions_policy
from app.core.documents.policies import trust_policy
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from tests.practice.clients import ROLE_ARN, Person, document, refusal_of
from tests.practice.conftest import Setup

UBIQUITY_ARN = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:user/ubiquity-connectors"
DENIED = (
    f"User: {UBIQUITY_ARN} is not authorized to perform: sts:AssumeRole on resource: {ROLE_ARN}"
)


def trust(**elements: object) -> dict[str, object]:
    """Return a trust policy with the guide's one statement and other elements."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "sts:AssumeRole",
        **elements,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def asks_for(key: str, value: str, operator: str = "StringEquals") -> dict[str, object]:
    return trust(Condition={operator: {key: value}})


def test_without_the_role_the_answer_is_the_same_as_without_trust(setup: Setup) -> None:
    refusal = refusal_of(setup.connector)
    assert (refusal.code, refusal.status, refusal.message) == ("AccessDenied", 403, DENIED)


def test_the_guides_trust_policy_lets_ubiquity_in(setup: Setup) -> None:
    setup.role()
    session = setup.connector()
    caller = session.sts.get_caller_identity()
    assert caller["Arn"] == f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/{ROLE_NAME}/connector"
    role_id = setup.admin.iam.get_role(RoleName=ROLE_NAME)["Role"]["RoleId"]
    assert caller["UserId"] == f"{role_id}:connector"
    assert caller["Account"] == ACCOUNT_ID
    assert session.keys.session_token


@pytest.mark.parametrize(
    "external_id", [None, "wrong-one", DATABASE_ID.lower(), f"{DATABASE_ID}=="]
)
def test_another_external_id_or_none_is_refused(setup: Setup, external_id: str | None) -> None:
    setup.role()
    refusal = refusal_of(lambda: setup.session_of(setup.ubiquity, external_id))
    assert (refusal.code, refusal.status, refusal.message) == ("AccessDenied", 403, DENIED)


LETS_IN: dict[str, dict[str, object]] = {
    "the account's number": trust(Principal={"AWS": UBIQUITY_ACCOUNT}),
    "the user itself": trust(Principal={"AWS": UBIQUITY_ARN}),
    "one of several": trust(Principal={"AWS": [f"arn:aws:iam::{ACCOUNT_ID}:root", UBIQUITY_ARN]}),
    "everyone": trust(Principal="*"),
    "no condition": trust(),
    "like": asks_for("sts:ExternalId", f"{DATABASE_ID[:5]}*", "StringLike"),
    "one of several ids": trust(
        Condition={"StringEquals": {"sts:ExternalId": ["another", DATABASE_ID]}}
    ),
    "any action of sts": trust(Action=["sts:TagSession", "sts:assumerole"]),
    "no MFA wanted": asks_for("aws:MultiFactorAuthPresent", "true", "BoolIfExists"),
    "of 2008": {**trust_policy(DATABASE_ID), "Version": "2008-10-17"},
}

KEEPS_OUT: dict[str, dict[str, object]] = {
    "another account": trust(Principal={"AWS": "arn:aws:iam::999988887777:root"}),
    "the customer's own account": trust(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}),
    "a service": trust(Principal={"Service": "s3.amazonaws.com"}),
    "a placeholder": trust_policy("YOUR_UBIQUITY_ACCOUNT_ID"),
    "a space behind": trust_policy(f"{DATABASE_ID} "),
    "another action": trust(Action="sts:AssumeRoleWithSAML"),
    "MFA": asks_for("aws:MultiFactorAuthPresent", "true", "Bool"),
    "an address": asks_for("aws:SourceIp", "192.0.2.0/24", "IpAddress"),
    "an organisation": asks_for("aws:PrincipalOrgID", "o-abcdefghij"),
    "case of the value": asks_for("sts:ExternalId", DATABASE_ID.upper()),
    "an explicit deny": {
        "Version": "2012-10-17",
        "Statement": [
            *trust_policy(DATABASE_ID)["Statement"],  # type: ignore[misc]
            {
                "Effect": "Deny",
                "Principal": {"AWS": UBIQUITY_ROOT_ARN},
                "Action": "sts:AssumeRole",
            },
        ],
    },
}


@pytest.mark.parametrize("name", LETS_IN)
def test_trust_that_lets_ubiquity_in(setup: Setup, name: str) -> None:
    setup.role(LETS_IN[name])
    assert setup.connector().sts.get_caller_identity()["Account"] == ACCOUNT_ID


@pytest.mark.parametrize("name", KEEPS_OUT)
def test_trust_that_keeps_ubiquity_out(setup: Setup, name: str) -> None:
    setup.role(KEEPS_OUT[name])
    refusal = refusal_of(setup.connector)
    assert (refusal.code, refusal.status, refusal.message) == ("AccessDenied", 403, DENIED)


def test_updating_the_trust_policy_takes_effect(setup: Setup) -> None:
    setup.role(trust_policy("wrong-one"))
    assert refusal_of(setup.connector).code == "AccessDenied"
    setup.admin.iam.update_assume_role_policy(
        RoleName=ROLE_NAME, PolicyDocument=json.dumps(trust_policy(DATABASE_ID))
    )
    assert setup.connector().sts.get_caller_identity()["Account"] == ACCOUNT_ID


@pytest.mark.parametrize("path", ["/ubiquity/", "/service-role/x/"])
def test_a_role_under_a_path_has_another_arn(setup: Setup, path: str) -> None:
    setup.admin.iam.create_role(
        RoleName=ROLE_NAME,
        Path=path,
        AssumeRolePolicyDocument=json.dumps(trust_policy(DATABASE_ID)),
    )
    assert refusal_of(setup.connector).message == DENIED


def test_a_role_of_another_case_is_not_the_one(setup: Setup) -> None:
    setup.admin.iam.create_role(
        RoleName=ROLE_NAME.title(), AssumeRolePolicyDocument=json.dumps(trust_policy(DATABASE_ID))
    )
    assert refusal_of(setup.connector).message == DENIED


def test_ubiquity_may_assume_no_other_role(setup: Setup) -> None:
    setup.admin.iam.create_role(RoleName="other", AssumeRolePolicyDocument=json.dumps(trust()))
    other = f"arn:aws:iam::{ACCOUNT_ID}:role/other"
    refusal = refusal_of(
        lambda: setup.ubiquity.sts.assume_role(RoleArn=other, RoleSessionName="connector")
    )
    assert refusal.message == DENIED.replace(ROLE_ARN, other)


@pytest.mark.parametrize(
    ("principal", "reason"),
    [
        (UBIQUITY_ROOT_ARN, "because no role trust policy allows the sts:AssumeRole action"),
        (f"arn:aws:iam::{ACCOUNT_ID}:root", ""),
        (f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin", ""),
    ],
)
def test_in_the_same_account_the_reason_is_given(setup: Setup, principal: str, reason: str) -> None:
    setup.role(trust(Principal={"AWS": principal}))
    if not reason:
        assert setup.session_of(setup.admin).sts.get_caller_identity()["Account"] == ACCOUNT_ID
        return
    refusal = refusal_of(lambda: setup.session_of(setup.admin))
    who = f"User: arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"
    assert refusal.message == f"{who} is not authorized to perform: sts:AssumeRole {reason}"


def test_a_deny_in_the_same_account_names_the_trust_policy(setup: Setup) -> None:
    setup.role(trust(Principal="*", Effect="Deny"))
    refusal = refusal_of(lambda: setup.session_of(setup.admin))
    assert refusal.message.endswith("with an explicit deny in the role trust policy")


def test_the_account_hands_on_to_identity_policies(setup: Setup) -> None:
    setup.role(trust(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}))
    made = _user(setup.admin, "nobody")
    refusal = refusal_of(lambda: setup.session_of(made))
    assert refusal.message.endswith(
        "because no identity-based policy allows the sts:AssumeRole action"
    )


def test_a_user_named_in_the_trust_policy_needs_no_policy_of_its_own(setup: Setup) -> None:
    made = _user(setup.admin, "nobody")
    setup.role(trust(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/nobody"}))
    assert setup.session_of(made).sts.get_caller_identity()["Account"] == ACCOUNT_ID


def _user(admin: Person, name: str) -> Person:
    admin.iam.create_user(UserName=name)
    key = admin.iam.create_access_key(UserName=name)["AccessKey"]
    return Person(admin.aws, Keys(key["AccessKeyId"], key["SecretAccessKey"]))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ExternalId": "with a space"}, r"Member must satisfy regular expression pattern: [\w+="),
        ({"ExternalId": f"{DATABASE_ID}\n"}, "at 'externalId' failed to satisfy constraint"),
        ({"RoleSessionName": "not good"}, "at 'roleSessionName' failed to satisfy constraint"),
        ({"DurationSeconds": 43200}, "exceeds the MaxSessionDuration set for this role"),
    ],
)
def test_what_aws_would_not_take(setup: Setup, asked: Mapping[str, str], said: str) -> None:
    setup.role()
    given = {
        "RoleArn": ROLE_ARN,
        "RoleSessionName": "connector",
        "ExternalId": DATABASE_ID,
        **asked,
    }
    refusal = refusal_of(lambda: setup.ubiquity.sts.assume_role(**given))  # type: ignore[arg-type]
    assert (refusal.code, refusal.status) == ("ValidationError", 400)
    assert said in refusal.message


def test_a_session_ends_with_its_role_and_is_not_revived(setup: Setup) -> None:
    session = setup.whole()
    setup.admin.iam.detach_role_policy(
        RoleName=ROLE_NAME, PolicyArn=f"arn:aws:iam::{ACCOUNT_ID}:policy/ubiquity-s3-access-policy"
    )
    setup.admin.iam.delete_role(RoleName=ROLE_NAME)
    setup.role()
    assert refusal_of(session.sts.get_caller_identity).code == "InvalidClientTokenId"
    assert refusal_of(session.s3.list_buckets).code == "InvalidAccessKeyId"
    assert setup.connector().sts.get_caller_identity()["Account"] == ACCOUNT_ID


@pytest.mark.parametrize(("minutes", "refused"), [(2, True), (-2, False)])
def test_a_deny_on_older_tokens_ends_those_that_began_before(
    setup: Setup, minutes: int, refused: bool
) -> None:
    session = setup.whole()
    before = datetime.now(UTC) + timedelta(minutes=minutes)
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME,
        PolicyName=SESSIONS_POLICY,
        PolicyDocument=json.dumps(sessions_policy(before)),
    )

    def list_files() -> object:
        return session.s3.list_objects_v2(Bucket="practice-data-imports")

    if refused:
        assert "explicit deny" in refusal_of(list_files).message
    else:
        assert list_files()


def test_a_session_policy_narrows_the_session(setup: Setup) -> None:
    setup.whole()
    only = document({"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"})
    made = setup.ubiquity.sts.assume_role(
        RoleArn=ROLE_ARN, RoleSessionName="connector", ExternalId=DATABASE_ID, Policy=only
    )["Credentials"]
    keys = Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    session = Person(setup.ubiquity.aws, keys)
    assert session.s3.list_objects_v2(Bucket="practice-data-imports")["KeyCount"] == 9
    refusal = refusal_of(
        lambda: session.s3.get_object(Bucket="practice-data-imports", Key="readme.txt")
    )
    assert refusal.message.endswith("because no session policy allows the s3:GetObject action")


@pytest.mark.parametrize("call", ["get_session_token", "get_access_key_info"])
def test_other_calls_of_sts_are_not_offered(admin: Person, call: str) -> None:
    extra = {"AccessKeyId": admin.keys.access_key_id} if "info" in call else {}
    assert refusal_of(lambda: getattr(admin.sts, call)(**extra)).code == "AccessDenied"
