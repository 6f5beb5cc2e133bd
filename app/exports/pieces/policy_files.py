"""The policy documents of a draft as files, just as AWS takes them."""

from app.core.documents.file_names import KMS_FILE, PERMISSIONS_FILE, TRUST_FILE
from app.core.documents.policies import kms_entries, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.formats.writing import file_text
from app.exports.pieces.exported_file import ExportedFile


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
