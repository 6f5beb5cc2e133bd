"""What a text or a file is that somebody sent, pasted or dropped: told by itself, not by its name.

Only recognised here: whether it is whole, and what is in it, its own reader tells. So a damaged
file is still told for what it was meant to be, and its reader says what is wrong with it.
"""

import re
from enum import StrEnum
from typing import Final

from app.core.formats import draft_json, receipt_json, snapshot_json
from app.core.formats.sent_receipt import RECEIPT_LINE
from app.core.formats.snapshot_block import holds_block
from app.core.pasted.credentials import holds_secret
from app.core.pasted.decoding import decoded


class Kind(StrEnum):
    """What can be handed over to this program."""

    DRAFT = "draft"
    SNAPSHOT = "snapshot"
    BLOCK = "block"
    """A snapshot as it is copied out of AWS CloudShell."""
    RECEIPT = "receipt"
    """What a run came to: as JSON, or as the text that people keep."""
    OTHER_OF_OURS = "other"
    """A file of this program that nothing can be begun with: a report, a journal, a session."""
    BUNDLE = "bundle"
    """A support bundle: a zip. Told by its bytes."""
    POLICIES = "policies"
    """Policy documents, as AWS shows them."""
    ARN = "arn"
    """The name or the console's address of a role, or of what was taken for one."""
    CREDENTIALS = "credentials"
    """Keys of AWS, which belong to the sign-in and nowhere else."""
    UNKNOWN = "unknown"


_FORMAT: Final = re.compile(r'"format"\s*:\s*"(ubiquity-s3-setup/[a-z-]+)"')
_KINDS: Final = {
    draft_json.FORMAT: Kind.DRAFT,
    snapshot_json.FORMAT: Kind.SNAPSHOT,
    receipt_json.FORMAT: Kind.RECEIPT,
}
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins, and one without a file in it (APPNOTE.TXT, 4.3.7 and 4.3.16)."""

_POLICY: Final = re.compile(r"""["'“”‘’]Statement["'“”‘’]\s*:""")
_ARN: Final = re.compile(
    r"arn:aws[a-z-]*:(?:iam|sts):|console\.(?:aws\.amazon|amazonaws-us-gov|amazonaws)\.[a-z]+\S*/iam"
)


def what_is(text: str) -> Kind:
    """Return what ``text`` is, or what was meant to be handed over with it."""
    if holds_block(text):
        return Kind.BLOCK
    written = _FORMAT.search(text)
    if written is not None:
        return _KINDS.get(written[1], Kind.OTHER_OF_OURS)
    if RECEIPT_LINE.search(text.replace("\r\n", "\n")):
        return Kind.RECEIPT
    if _POLICY.search(text):
        return Kind.POLICIES
    if holds_secret(text):
        return Kind.CREDENTIALS
    if _is_shown_by_aws(text):
        return Kind.POLICIES
    return Kind.ARN if _ARN.search(text) else Kind.UNKNOWN


def _is_shown_by_aws(text: str) -> bool:
    """Tell whether AWS shows it of a set-up, or what was meant for that: not the role's ARN alone.

    Answers of the AWS CLI name no policy in plain words, and YAML or Terraform may be pasted.
    """
    # Late: most of what is handed over is told by less.
    from app.core.pasted_documents.documents_in import documents_in
    from app.core.pasted_documents.pasted import Trouble

    found = documents_in(text)
    meant = {Trouble.YAML, Trouble.TERRAFORM, Trouble.TEMPLATE, Trouble.STATEMENT_ALONE}
    if any(trouble.trouble in meant for trouble in found.troubles):
        return True
    pieces = [document.piece for document in found.documents]
    return any(piece.is_of_an_answer and not piece.is_none for piece in pieces)


def what_file_is(content: bytes) -> Kind:
    """Return what a file that holds ``content`` is; unknown where that is no text."""
    if content.startswith(_ZIP):
        return Kind.BUNDLE
    text = decoded(content)
    return what_is(text) if isinstance(text, str) else Kind.UNKNOWN
