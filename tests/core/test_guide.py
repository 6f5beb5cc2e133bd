"""The guide's constants are those of its own documents."""

import json

from app.core.guide import (
    EXAMPLE_ACCOUNT_ID,
    KMS_ACTIONS,
    KMS_STATEMENT_SID,
    LIST_ACTION,
    OBJECT_ACTIONS,
    PLACEHOLDER_ACCOUNT_ID,
    PLACEHOLDER_BUCKETS,
    PLACEHOLDER_DATABASE_ID,
    POLICY_NAME,
    ROLE_NAME,
    UBIQUITY_ACCOUNT,
    UBIQUITY_ROOT_ARN,
    policy_arn,
    role_arn,
)
from tests.helpers.golden import golden, golden_text


def test_the_names() -> None:
    assert ROLE_NAME == "ubiquity-connectors-s3-access-role"
    assert POLICY_NAME == "ubiquity-s3-access-policy"
    assert UBIQUITY_ACCOUNT == "049579744830"
    assert role_arn("123456789012") == f"arn:aws:iam::123456789012:role/{ROLE_NAME}"
    assert policy_arn("123456789012") == f"arn:aws:iam::123456789012:policy/{POLICY_NAME}"


def test_the_documents_use_them() -> None:
    trust = golden_text("guide-trust-policy.json")
    assert UBIQUITY_ROOT_ARN in trust
    assert PLACEHOLDER_DATABASE_ID in trust
    statement = golden("guide-key-statement.json")
    assert isinstance(statement, dict)
    assert statement["Sid"] == KMS_STATEMENT_SID
    assert tuple(statement["Action"]) == KMS_ACTIONS
    assert statement["Principal"] == {"AWS": role_arn(PLACEHOLDER_ACCOUNT_ID)}
    permissions = json.loads(golden_text("guide-permissions-plain.json"))["Statement"]
    assert permissions[0]["Action"] == [LIST_ACTION]
    assert tuple(permissions[1]["Action"]) == OBJECT_ACTIONS


def test_the_placeholders_are_those_of_the_documents() -> None:
    plain, several = (
        golden_text(f"guide-permissions-{n}.json") for n in ("plain", "several-buckets")
    )
    assert [name for name in PLACEHOLDER_BUCKETS if name in plain + several] == list(
        PLACEHOLDER_BUCKETS
    )
    assert EXAMPLE_ACCOUNT_ID in golden_text("formats-draft.json")
