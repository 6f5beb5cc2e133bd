"""``policies --json``, to the letter of its format."""

import json

from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.formats.policies_json import policies_to_json
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN


def test_the_format() -> None:
    document = policies_to_json(ENCRYPTED)
    assert document == {
        "format": "ubiquity-s3-setup/policies",
        "version": 1,
        "role_name": "ubiquity-connectors-s3-access-role",
        "policy_name": "ubiquity-s3-access-policy",
        "trust_policy": trust_policy(DATABASE_ID),
        "permissions_policy": permissions_policy(ENCRYPTED.buckets),
        "kms_statements": [
            {"key_arn": KEY_ARN, "bucket": BUCKET, "statement": kms_statement(ACCOUNT)}
        ],
    }
    assert list(document)[:2] == ["format", "version"]
    assert json.loads(json.dumps(document)) == document


def test_no_key_no_statement() -> None:
    assert policies_to_json(PLAIN)["kms_statements"] == []
