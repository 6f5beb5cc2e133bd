"""The documents of a draft as one JSON object (formats.md, ``policies --json``)."""

from typing import Final

from app.core.documents.policies import kms_entries, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.formats.writing import Json
from app.core.guide import POLICY_NAME, ROLE_NAME

FORMAT: Final = "ubiquity-s3-setup/policies"
VERSION: Final = 1


def policies_to_json(draft: Draft) -> Json:
    """Return role name, policy name and all documents for ``draft``."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "role_name": ROLE_NAME,
        "policy_name": POLICY_NAME,
        "trust_policy": trust_policy(draft.database_id),
        "permissions_policy": permissions_policy(draft.buckets),
        "kms_statements": [
            {
                "key_arn": entry.kms_key_arn,
                "bucket": entry.name,
                "statement": kms_statement(draft.account_id),
            }
            for entry in kms_entries(draft)
        ],
    }
