"""The KMS key behind an encrypted bucket: who may read and write through it.

Sources: the guide, "Encrypted buckets"; AWS KMS Developer Guide, "Key policies" and "Default key
policy"; Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)".
"""

import json
from collections.abc import Mapping, Sequence

import pytest

from app.core.documents.policies import kms_statement
from app.core.guide import ROLE_NAME
from app.practice.account import ACCOUNT_ID
from tests.practice.clients import (
    ENCRYPTED,
    IMPORTS,
    ROLE_ARN,
    SESSION_ARN,
    Person,
    allow,
    deny,
    document,
    refusal_of,
)
from tests.practice.conftest import Setup

FILE = "imports/members-2026-07.csv"
OUT_OF_REACH = (
    "because the resource does not exist in this Region, no resource-based policies allow access, "
    "or a resource-based policy explicitly denies access"
)


@pytest.fixture
def key(admin: Person) -> str:
    return next(str(b.kms_key_arn) for b in admin.aws.buckets if b.name == ENCRYPTED)


def read(who: Person) -> bytes:
    return who.s3.get_object(Bucket=ENCRYPTED, Key=FILE)["Body"].read()


def write(who: Person) -> object:
    return who.s3.put_object(Bucket=ENCRYPTED, Key="imports/new.csv", Body=b"new")


def move(who: Person) -> object:
    source = {"Bucket": ENCRYPTED, "Key": FILE}
    return who.s3.copy_object(
        Bucket=ENCRYPTED,
        Key="imports/archive/x.csv",
        CopySource=source,  # type: ignore[arg-type]
    )


def put_key_policy(admin: Person, key: str, *statements: Mapping[str, object]) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    admin.kms.put_key_policy(KeyId=key, PolicyName="default", Policy=text)


def root(*actions: str) -> dict[str, object]:
    principal = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}
    return allow(*(actions or ("kms:*",))) | {"Principal": principal}


def administrators() -> dict[str, object]:
    """Return a statement that leaves the key to its administrator, and hands on nothing."""
    return allow("kms:*") | {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"}}


def denial(action: str, where: str, why: str) -> str:
    return f"User: {SESSION_ARN} is not authorized to perform: {action} {where} {why}"


def test_listing_needs_no_key(setup: Setup) -> None:
    listed = setup.encrypted().s3.list_objects_v2(Bucket=ENCRYPTED, Prefix="imports/")
    assert listed["KeyCount"] == 3
    assert setup.connector().s3.head_object(Bucket=ENCRYPTED, Key=FILE)


def test_the_default_key_policy_hands_on_to_the_roles_own_policies(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    reading = refusal_of(lambda: read(session))
    assert (reading.code, reading.status) == ("AccessDenied", 403)
    assert reading.message == denial(
        "kms:Decrypt",
        "on the resource associated with this ciphertext",
        "because no identity-based policy allows the kms:Decrypt action",
    )
    writing = refusal_of(lambda: write(session))
    assert writing.message == denial(
        "kms:GenerateDataKey",
        f"on resource: {key}",
        "because no identity-based policy allows the kms:GenerateDataKey action",
    )
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME,
        PolicyName="key",
        PolicyDocument=document(allow("kms:Decrypt", "kms:GenerateDataKey", on=key)),
    )
    assert read(session)
    assert write(session)


def test_the_guides_statement_lets_the_connector_read_and_not_write(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    put_key_policy(setup.admin, key, root(), kms_statement(ACCOUNT_ID))
    assert read(session)
    assert session.kms.describe_key(KeyId=key)["KeyMetadata"]["Enabled"]
    assert refusal_of(lambda: write(session)).message.startswith(
        f"User: {SESSION_ARN} is not authorized to perform: kms:GenerateDataKey"
    )
    assert "kms:GenerateDataKey" in refusal_of(lambda: move(session)).message


def test_with_the_addition_processed_files_can_be_moved(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    statement = kms_statement(ACCOUNT_ID)
    actions = [*_texts(statement["Action"]), "kms:GenerateDataKey"]
    put_key_policy(setup.admin, key, root(), statement | {"Action": actions})
    assert move(session)
    moved = session.s3.head_object(Bucket=ENCRYPTED, Key="imports/archive/x.csv")
    assert (moved["ServerSideEncryption"], moved["SSEKMSKeyId"]) == ("aws:kms", key)


def _texts(value: object) -> Sequence[str]:
    assert isinstance(value, list)
    return value


def test_a_key_policy_that_hands_on_nothing(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    put_key_policy(setup.admin, key, administrators())
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName="key", PolicyDocument=document(allow("kms:*"))
    )
    where = "on the resource associated with this ciphertext"
    reading = refusal_of(lambda: read(session))
    assert reading.message == denial("kms:Decrypt", where, OUT_OF_REACH)
    writing = refusal_of(lambda: write(session))
    assert writing.message == denial("kms:GenerateDataKey", "on this resource", OUT_OF_REACH)
    asking = refusal_of(lambda: session.kms.describe_key(KeyId=key))
    assert (asking.code, asking.status) == ("AccessDeniedException", 400)
    assert asking.message == denial(
        "kms:DescribeKey",
        f"on resource: {key}",
        "because no resource-based policy allows the kms:DescribeKey action",
    )


def test_a_deny_in_the_key_policy_wins_and_catches_nobody_else(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    no = deny("kms:Decrypt", "kms:DescribeKey") | {"Principal": {"AWS": ROLE_ARN}}
    put_key_policy(setup.admin, key, root(), kms_statement(ACCOUNT_ID), no)
    assert OUT_OF_REACH in refusal_of(lambda: read(session)).message
    asking = refusal_of(lambda: session.kms.describe_key(KeyId=key))
    assert asking.message.endswith("with an explicit deny in a resource-based policy")
    assert read(setup.admin)
    assert setup.admin.kms.describe_key(KeyId=key)


def test_a_deny_of_the_role_wins_over_the_key_policy(setup: Setup, key: str) -> None:
    session = setup.encrypted()
    put_key_policy(setup.admin, key, root(), kms_statement(ACCOUNT_ID))
    setup.admin.iam.put_role_policy(
        RoleName=ROLE_NAME, PolicyName="no", PolicyDocument=document(deny("kms:Decrypt"))
    )
    message = refusal_of(lambda: read(session)).message
    assert message.endswith("with an explicit deny in an identity-based policy")


@pytest.mark.parametrize(
    ("condition", "enough"),
    [
        ({"StringEquals": {"kms:ViaService": "s3.ap-southeast-2.amazonaws.com"}}, True),
        ({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}, False),
        ({"Bool": {"aws:ViaAWSService": "true"}}, True),
        ({"Bool": {"aws:ViaAWSService": "false"}}, False),
        ({"StringEquals": {"kms:CallerAccount": ACCOUNT_ID}}, True),
        ({"StringLike": {"kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{ENCRYPTED}/*"}}, True),
        ({"StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other/*"}}, False),
    ],
)
def test_conditions_on_the_way_through_s3(
    setup: Setup, key: str, condition: Mapping[str, object], enough: bool
) -> None:
    session = setup.encrypted()
    grant = kms_statement(ACCOUNT_ID) | {"Condition": condition}
    put_key_policy(setup.admin, key, root(), grant)
    if enough:
        assert read(session)
    else:
        assert refusal_of(lambda: read(session)).code == "AccessDenied"


@pytest.mark.parametrize("state", ["disabled", "pending deletion"])
def test_a_key_that_is_out_of_use(setup: Setup, key: str, state: str) -> None:
    session = setup.encrypted()
    put_key_policy(setup.admin, key, root(), kms_statement(ACCOUNT_ID))
    if state == "disabled":
        setup.admin.kms.disable_key(KeyId=key)
        expected = ("KMS.DisabledException", 400, f"{key} is disabled.")
    else:
        setup.admin.kms.schedule_key_deletion(KeyId=key)
        expected = ("KMS.KMSInvalidStateException", 400, f"{key} is pending deletion.")
    for refusal in (refusal_of(lambda: read(session)), refusal_of(lambda: write(setup.admin))):
        assert (refusal.code, refusal.status, refusal.message) == expected


def test_an_object_may_be_written_under_another_encryption(setup: Setup) -> None:
    session = setup.encrypted()
    session.s3.put_object(
        Bucket=ENCRYPTED, Key="plain.txt", Body=b"plain", ServerSideEncryption="AES256"
    )
    assert session.s3.get_object(Bucket=ENCRYPTED, Key="plain.txt")["Body"].read() == b"plain"


def test_awss_own_key_is_open_to_the_account(setup: Setup) -> None:
    session = setup.whole()
    stored = {"Bucket": IMPORTS, "Key": "imports/own.csv"}
    session.s3.put_object(**stored, Body=b"x", ServerSideEncryption="aws:kms")  # type: ignore[arg-type]
    assert session.s3.get_object(**stored)["Body"].read() == b"x"  # type: ignore[arg-type]


def test_keys_are_named_by_id_arn_and_alias(admin: Person, key: str) -> None:
    admin.kms.create_alias(AliasName="alias/practice", TargetKeyId=key)
    for name in (key, key.rpartition("/")[2], "alias/practice"):
        assert admin.kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == key
    policy = admin.kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    assert json.loads(policy)["Statement"][0]["Principal"] == {
        "AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"
    }


@pytest.mark.parametrize(
    ("named", "region", "said"),
    [
        ("1234abcd-12ab-34cd-56ef-1234567890ab", "ap-southeast-2", "does not exist"),
        ("alias/none", "ap-southeast-2", "Alias arn:aws:kms:ap-southeast-2:111122223333:alias"),
        ("", "us-east-1", "Invalid arn ap-southeast-2"),
    ],
)
def test_a_key_that_is_not_there(
    admin: Person, key: str, named: str, region: str, said: str
) -> None:
    refusal = refusal_of(lambda: admin.at(region).kms.describe_key(KeyId=named or key))
    assert (refusal.code, refusal.status) == ("NotFoundException", 400)
    assert said in refusal.message


def test_a_key_made_with_a_policy_keeps_it(admin: Person) -> None:
    policy = json.dumps({"Version": "2012-10-17", "Statement": [root(), kms_statement(ACCOUNT_ID)]})
    admin.iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}],
            }
        ),
    )
    made = admin.kms.create_key(Policy=policy)["KeyMetadata"]["Arn"]
    assert admin.kms.get_key_policy(KeyId=made)["Policy"] == policy


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ("nonsense", "Policy contains invalid JSON."),
        ([kms_statement(ACCOUNT_ID)], "Policy contains a statement with one or more invalid"),
        (
            [root() | {"Principal": {"AWS": "AROAJQABLZS4A3QDU576Q"}}],
            "Policy contains a statement with one or more invalid principals.",
        ),
        ([{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}], "Syntax errors in policy."),
        (
            [root("kms:Decrypt")],
            "The new key policy will not allow you to update the key policy in the future.",
        ),
    ],
)
def test_a_key_policy_that_kms_would_not_take(
    admin: Person, key: str, statements: object, said: str
) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    text = statements if isinstance(statements, str) else text
    refusal = refusal_of(
        lambda: admin.kms.put_key_policy(KeyId=key, PolicyName="default", Policy=text)
    )
    assert (refusal.code, refusal.status) == ("MalformedPolicyDocumentException", 400)
    assert refusal.message.startswith(said)
    assert len(json.loads(admin.kms.get_key_policy(KeyId=key)["Policy"])["Statement"]) == 1
