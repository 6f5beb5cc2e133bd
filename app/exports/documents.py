"""The documents of a draft as files: names and contents, ready to be saved or sent."""

from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_entries, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.frozen import frozen

TRUST_FILE = "trust-policy.json"
PERMISSIONS_FILE = "permissions-policy.json"
KMS_FILE = "kms-key-statement.json"


@frozen
class ExportedFile:
    """A file to be written: its name and its whole text."""

    name: str
    text: str


def policy_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the draft's policy documents, each exactly as AWS takes it.

    The key statement is the same for every key of the account, so it is one file.
    """
    files = [
        ExportedFile(TRUST_FILE, document_text(trust_policy(draft.database_id)) + "\n"),
        ExportedFile(PERMISSIONS_FILE, document_text(permissions_policy(draft.buckets)) + "\n"),
    ]
    if kms_entries(draft):
        statement = document_text(kms_statement(draft.account_id))
        files.append(ExportedFile(KMS_FILE, statement + "\n"))
    return tuple(files)
