"""What goes beyond the published guide: separate statements, off unless somebody chooses them.

Sources: S3 User Guide, "Using SSE-KMS" (a copy is written with ``kms:GenerateDataKey``); S3 API
Reference, CopyObject (an object's tags are copied with it).
"""

from typing import Final

from app.core.documents.policies import Document, key_statement
from app.core.guide import KMS_STATEMENT_SID

WRITE_SID: Final = "AllowUbiQuityConnectorWrite"
KEY_SIDS: Final = (KMS_STATEMENT_SID, WRITE_SID)
"""The Sids of our statements in a key policy: the guide's, and the addition's."""

WRITE_ACTIONS: Final = ("kms:GenerateDataKey",)

TAGGING_SID: Final = "ObjectTagging"
TAGGING_ACTIONS: Final = ("s3:GetObjectTagging", "s3:PutObjectTagging")


def write_statement(account_id: str) -> Document:
    """Return the statement of a key policy that lets the role write encrypted files."""
    return key_statement(WRITE_SID, account_id, WRITE_ACTIONS)
