"""The policy documents of a draft as files, just as AWS takes them."""

from app.core.documents.policies import kms_entries, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.formats.writing import file_text
from app.exports.exported_file import ExportedFile

TRUST_FILE = "trust-policy.json"
PERMISSIONS_FILE = "permissions-policy.json"
KMS_FILE = "kms-key-statement.json"


def policy_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the draft's policy documents, each exactly as AWS takes it.

    The key statement is the same for every key of the account, so it is one file.
    """
    files = [
        ExportedFile(TRUST_FILE, file_text(trust_policy(draft.database_id))),
        ExportedFile(PERMISSIONS_FILE, file_text(permissions_policy(draft.buckets))),
    ]
    if kms_entries(draft):
        files.append(ExportedFile(KMS_FILE, file_text(kms_statement(draft.account_id))))
    return tuple(files)
