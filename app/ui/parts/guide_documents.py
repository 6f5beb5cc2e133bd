"""What the guide's Steps 1 to 3 make: names to copy, and the documents to look at or to paste."""

from PySide6.QtWidgets import QWidget

from app.core.documents.document_text import document_text
from app.core.documents.file_names import KMS_FILE, PERMISSIONS_FILE, TRUST_FILE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import tr
from app.core.wording.console_labels import POLICY_NAME_FIELD, ROLE_NAME_FIELD
from app.core.wording.console_steps import files_are_kept, permission_reasons
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.masking import Masking


def copy_row(label: str, value: str, name: str, masking: Masking) -> CopyRow:
    """Return a value to carry over, under its label."""
    row = CopyRow(label, masking, name)
    row.show_value(value)
    return row


def role_name_row(masking: Masking) -> CopyRow:
    """Return the role's one exact name."""
    return copy_row(ROLE_NAME_FIELD, ROLE_NAME, "copy-roleName", masking)


def policy_name_row(masking: Masking) -> CopyRow:
    """Return the name of the permissions policy."""
    return copy_row(POLICY_NAME_FIELD, POLICY_NAME, "copy-policyName", masking)


def trust_document(draft: Draft, masking: Masking, name: str = "trustPolicy") -> DocumentView:
    """Return the trust policy (the guide, Step 2), as a widget of that ``name``."""
    view = DocumentView(masking, name)
    text = document_text(trust_policy(draft.database_id))
    view.show_document(text, [draft.database_id], tr("Trust policy"), TRUST_FILE)
    return view


def permissions_document(draft: Draft, masking: Masking) -> DocumentView:
    """Return the permissions policy (the guide, Step 3)."""
    values = [value for entry in draft.buckets for value in (entry.name, entry.prefix) if value]
    view = DocumentView(masking, "permissionsPolicy")
    view.show_document(
        document_text(permissions_policy(draft.buckets)),
        list(dict.fromkeys(values)),
        tr("Permissions policy"),
        PERMISSIONS_FILE,
    )
    return view


def key_statement(draft: Draft, masking: Masking) -> DocumentView:
    """Return the statement for a key's policy (the guide, "If your bucket uses SSE-KMS")."""
    view = DocumentView(masking, "kmsStatement")
    view.show_document(
        document_text(kms_statement(draft.account_id)),
        [draft.account_id],
        tr("Statement for the key policy"),
        KMS_FILE,
    )
    return view


def permission_reasons_card() -> QWidget:
    """Return the guide's four reasons and its note."""
    bullets = Bullets("permission-reasons")
    for reason in permission_reasons():
        bullets.add(reason)
    return card(group_title(tr("What each permission is for")), bullets, muted(files_are_kept()))
