"""What the connector may do in a bucket, and what S3 says when it may not.

Sources: the guide, Step 3, "Restricting access to a specific folder" and "Troubleshooting";
Amazon S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors".
"""

import functools
import json
from collections.abc import Callable, Mapping

import pytest

from app.core.documents.policies import permissions_policy
from app.core.draft import BucketEntry
from app.core.guide import ROLE_NAME
from app.practice.account import ACCOUNT_ID
from app.practice.needs import CUSTOMER_ADDRESS, UBIQUITY_ADDRESS
from tests.practice.clients import (
    EMPTY,
    IMPORTS,
    POLICY_ARN,
    ROLE_ARN,
    SESSION_ARN,
    Person,
    allow,
    deny,
    document,
    refusal_of,
)
from tests.practice.conftest import Setup

BUCKET = f"arn:aws:s3:::{IMPORTS}"
FILE = "imports/customers-2026-07.csv"
REGION = "ap-southeast-2"

Call = Callable[[Person], object]
CALLS: dict[str, Call] = {
    "s3:ListBucket": lambda who: who.s3.list_objects_v2(Bucket=IMPORTS, Prefix="imports/"),
    "s3:GetObject": lambda who: who.s3.get_object(Bucket=IMPORTS, Key=FILE),
    "s3:PutObject": lambda who: who.s3.put_object(Bucket=IMPORTS, Key=FILE, Body=b"new"),
    "s3:DeleteObject": lambda who: who.s3.delete_object(Bucket=IMPORTS, Key=FILE),
}


def sentence(action: str, why: str) -> str:
    where = BUCKET if action == "s3:ListBucket" else f"{BUCKET}/{FILE}"
    return (
        f'User: {SESSION_ARN} is not authorized to perform: {action} on resource: "{where}" {why}'
    )


def no_grant(action: str) -> str:
    return sentence(action, f"because no identity-based policy allows the {action} action")


@pytest.mark.parametrize("action", CALLS)
def test_the_guides_policy_allows_the_four_actions(setup: Setup, action: str) -> None:
    assert CALLS[action](setup.whole())


@pytest.mark.parametrize("action", CALLS)
def test_each_missing_action_is_refused_in_s3s_words(setup: Setup, action: str) -> None:
    setup.role()
    others = [name for name in CALLS if name != action]
    setup.policy(document(allow(*others)))
    session = setup.connector()
    for name, call in CALLS.items():
        if name != action:
            assert call(session)
    refusal = refusal_of(lambda: CALLS[action](session))
    assert (refusal.code, refusal.status) == ("AccessDenied", 403)
    assert refusal.message == no_grant(action)


@pytest.mark.parametrize("action", CALLS)
def test_a_policy_that_is_not_attached_grants_nothing(setup: Setup, action: str) -> None:
    session = setup.whole()
    setup.admin.iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    assert refusal_of(lambda: CALLS[action](session)).message == no_grant(action)


@pytest.mark.parametrize("action", CALLS)
def test_an_explicit_deny_of_the_role_wins(setup: Setup, action: str) -> None:
    session = setup.whole()
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName="no", PolicyDocument=document(deny(action))
    )
    refusal = refusal_of(lambda: CALLS[action](session))
    assert refusal.message == sentence(action, "with an explicit deny in an identity-based policy")


@pytest.mark.parametrize("action", CALLS)
def test_a_boundary_caps_the_role(setup: Setup, action: str) -> None:
    session = setup.whole()
    others = [name for name in CALLS if name != action]
    arn = setup.admin.iam.create_policy(
        PolicyName="boundary", PolicyDocument=document(allow(*others))
    )["Policy"]["Arn"]
    setup.admin.iam.put_role_permissions_boundary(RoleName=ROLE_NAME, PermissionsBoundary=arn)
    refusal = refusal_of(lambda: CALLS[action](session))
    assert refusal.message == sentence(
        action, f"because no permissions boundary allows the {action} action"
    )


def bucket_policy(
    setup: Setup, effect: str, principal: object, *actions: str, **elements: object
) -> None:
    statement = {
        "Effect": effect,
        "Principal": principal,
        "Action": list(actions),
        "Resource": [BUCKET, f"{BUCKET}/*"],
        **elements,
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    setup.admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=text)


@pytest.mark.parametrize("action", CALLS)
def test_a_bucket_policy_can_deny(setup: Setup, action: str) -> None:
    session = setup.whole()
    bucket_policy(setup, "Deny", {"AWS": ROLE_ARN}, action)
    refusal = refusal_of(lambda: CALLS[action](session))
    assert refusal.message == sentence(action, "with an explicit deny in a resource-based policy")
    assert CALLS[action](setup.admin), "a Deny for the role must not catch anybody else"


ROLE_OR_SESSION = {
    "the role": ({"AWS": ROLE_ARN}, True),
    "its session": ({"AWS": SESSION_ARN}, True),
    "everyone": ("*", True),
    "the account": ({"AWS": ACCOUNT_ID}, False),
    "its root": ({"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}, False),
    "another user": ({"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"}, False),
}


@pytest.mark.parametrize("name", ROLE_OR_SESSION)
def test_a_bucket_policy_can_grant_alone(setup: Setup, name: str) -> None:
    principal, enough = ROLE_OR_SESSION[name]
    setup.role()
    bucket_policy(setup, "Allow", principal, "s3:ListBucket")
    session = setup.connector()
    if enough:
        assert CALLS["s3:ListBucket"](session)
    else:
        refusal = refusal_of(lambda: CALLS["s3:ListBucket"](session))
        assert refusal.message == no_grant("s3:ListBucket")


@pytest.mark.parametrize(
    ("condition", "denied"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, False),
        ({"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT_ID}}, False),
        ({"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}, True),
        ({"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}, True),
        ({"NotIpAddress": {"aws:SourceIp": f"{CUSTOMER_ADDRESS}/32"}}, True),
        ({"NotIpAddress": {"aws:SourceIp": f"{UBIQUITY_ADDRESS}/32"}}, False),
        ({"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT_ID}:user/*"}}, True),
        ({"ArnNotLike": {"aws:PrincipalArn": ROLE_ARN}}, False),
        ({"Null": {"aws:MultiFactorAuthPresent": "true"}}, False),
        ({"StringLike": {"s3:prefix": "imports/*"}}, True),
        ({"StringLike": {"s3:prefix": "exports/*"}}, False),
    ],
)
def test_a_deny_with_a_condition(
    setup: Setup, condition: Mapping[str, object], denied: bool
) -> None:
    session = setup.whole()
    bucket_policy(setup, "Deny", "*", "s3:ListBucket", Condition=condition)
    if denied:
        message = refusal_of(lambda: CALLS["s3:ListBucket"](session)).message
        assert message.endswith("with an explicit deny in a resource-based policy")
    else:
        assert CALLS["s3:ListBucket"](session)


@pytest.fixture
def limited(setup: Setup) -> Person:
    entry = BucketEntry(IMPORTS, REGION, prefix="imports/", restrict_to_prefix=True)
    setup.role()
    setup.policy(permissions_policy([entry]))
    return setup.connector()


@pytest.mark.parametrize("prefix", ["imports/", "imports/archive/", "imports/cust"])
def test_a_folder_may_be_listed(limited: Person, prefix: str) -> None:
    assert limited.s3.list_objects_v2(Bucket=IMPORTS, Prefix=prefix)["KeyCount"] > 0


@pytest.mark.parametrize("prefix", [None, "", "imports", "exports/", "Imports/", "/imports/"])
def test_nothing_beside_the_folder_may_be_listed(limited: Person, prefix: str | None) -> None:
    extra = {} if prefix is None else {"Prefix": prefix}
    refusal = refusal_of(
        lambda: limited.s3.list_objects_v2(Bucket=IMPORTS, **extra)  # type: ignore[arg-type]
    )
    assert (refusal.code, refusal.message) == ("AccessDenied", no_grant("s3:ListBucket"))


def test_head_bucket_never_carries_a_prefix(limited: Person) -> None:
    refusal = refusal_of(lambda: limited.s3.head_bucket(Bucket=IMPORTS))
    assert (refusal.code, refusal.status, refusal.message) == ("403", 403, "Forbidden")
    assert refusal.headers["x-amz-bucket-region"] == REGION


@pytest.mark.parametrize(
    ("key", "status"),
    [(FILE, 200), ("imports/archive/customers-2026-05.csv", 200), ("readme.txt", 403)],
)
def test_files_of_the_folder_alone(limited: Person, key: str, status: int) -> None:
    if status == 200:
        assert limited.s3.get_object(Bucket=IMPORTS, Key=key)["Body"].read()
    else:
        assert refusal_of(lambda: limited.s3.get_object(Bucket=IMPORTS, Key=key)).status == status


def test_a_missing_file_is_hidden_from_who_may_not_list(setup: Setup, limited: Person) -> None:
    missing = "imports/nothing.csv"
    seen = refusal_of(lambda: setup.admin.s3.get_object(Bucket=IMPORTS, Key=missing))
    assert (seen.code, seen.status) == ("NoSuchKey", 404)
    assert seen.message == "The specified key does not exist."
    hidden = refusal_of(lambda: limited.s3.get_object(Bucket=IMPORTS, Key=missing))
    assert (hidden.code, hidden.message) == ("AccessDenied", no_grant("s3:ListBucket"))


def test_the_first_level_grants_nothing_on_objects(setup: Setup) -> None:
    setup.role()
    setup.policy(document(allow(*CALLS, on=BUCKET)))
    session = setup.connector()
    assert CALLS["s3:ListBucket"](session)
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        call = functools.partial(CALLS[action], session)
        assert refusal_of(call).message == no_grant(action)


def test_many_objects_are_deleted_each_by_its_own_right(limited: Person, admin: Person) -> None:
    names = [FILE, "readme.txt", "imports/archive/customers-2026-05.csv"]
    answer = limited.s3.delete_objects(
        Bucket=IMPORTS, Delete={"Objects": [{"Key": name} for name in names]}
    )
    assert {entry["Key"] for entry in answer["Deleted"]} == {names[0], names[2]}
    (error,) = answer["Errors"]
    assert (error["Key"], error["Code"]) == ("readme.txt", "AccessDenied")
    assert "is not authorized to perform: s3:DeleteObject" in error["Message"]
    left = {entry["Key"] for entry in admin.s3.list_objects_v2(Bucket=IMPORTS)["Contents"]}
    assert left.isdisjoint({names[0], names[2]})
    assert "readme.txt" in left


def test_where_all_are_refused_nothing_is_deleted(limited: Person, admin: Person) -> None:
    answer = limited.s3.delete_objects(Bucket=IMPORTS, Delete={"Objects": [{"Key": "readme.txt"}]})
    assert "Deleted" not in list(answer)
    assert answer["Errors"][0]["Key"] == "readme.txt"
    assert admin.s3.head_object(Bucket=IMPORTS, Key="readme.txt")


def move(session: Person, key: str, target: str) -> None:
    session.s3.copy_object(Bucket=IMPORTS, Key=target, CopySource={"Bucket": IMPORTS, "Key": key})
    session.s3.delete_object(Bucket=IMPORTS, Key=key)


def test_a_processed_file_moves_to_the_archive(limited: Person) -> None:
    move(limited, FILE, "imports/archive/customers-2026-07.csv")
    listed = limited.s3.list_objects_v2(Bucket=IMPORTS, Prefix="imports/archive/")
    assert len(listed["Contents"]) == 3


@pytest.mark.parametrize(("key", "target"), [("readme.txt", "imports/a"), (FILE, "exports/a")])
def test_a_copy_needs_both_ends(limited: Person, key: str, target: str) -> None:
    assert refusal_of(lambda: move(limited, key, target)).code == "AccessDenied"


def test_a_tagged_file_needs_tagging_rights_to_move(setup: Setup) -> None:
    session = setup.whole()
    setup.admin.s3.put_object_tagging(
        Bucket=IMPORTS, Key=FILE, Tagging={"TagSet": [{"Key": "team", "Value": "data"}]}
    )
    refusal = refusal_of(lambda: move(session, FILE, "imports/archive/x.csv"))
    assert "s3:GetObjectTagging" in refusal.message
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME,
        PolicyName="tags",
        PolicyDocument=document(allow("s3:GetObjectTagging", "s3:PutObjectTagging")),
    )
    move(session, FILE, "imports/archive/x.csv")
    moved = setup.admin.s3.get_object_tagging(Bucket=IMPORTS, Key="imports/archive/x.csv")
    assert moved["TagSet"] == [{"Key": "team", "Value": "data"}]


def test_another_bucket_is_not_covered(setup: Setup) -> None:
    session = setup.whole().at("us-east-1")
    refusal = refusal_of(lambda: session.s3.list_objects_v2(Bucket=EMPTY))
    assert refusal.message == no_grant("s3:ListBucket").replace(IMPORTS, EMPTY)


def test_a_role_may_not_look_at_the_setup(setup: Setup) -> None:
    session = setup.whole()
    listing = refusal_of(session.s3.list_buckets)
    assert listing.message == (
        f"User: {SESSION_ARN} is not authorized to perform: s3:ListAllMyBuckets because no "
        "identity-based policy allows the s3:ListAllMyBuckets action"
    )
    reading = refusal_of(lambda: session.s3.get_bucket_policy(Bucket=IMPORTS))
    assert "s3:GetBucketPolicy" in reading.message


def test_another_accounts_sign_in_gets_no_reason(setup: Setup) -> None:
    refusal = refusal_of(lambda: setup.ubiquity.s3.list_objects_v2(Bucket=IMPORTS))
    assert (refusal.code, refusal.status, refusal.message) == ("AccessDenied", 403, "Access Denied")
    root = {"AWS": "arn:aws:iam::049579744830:root"}
    bucket_policy(setup, "Allow", root, "s3:ListBucket")
    assert refusal_of(lambda: setup.ubiquity.s3.list_objects_v2(Bucket=IMPORTS)).status == 403
