"""What the state keeps of pasted documents: values, without the rules that read them.

They stand by themselves since the window's state has them from the first moment on, and what reads
documents is loaded when the first is pasted.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from app.core.frozen import frozen

if TYPE_CHECKING:
    from app.core.pasted_documents.copied_ways import CopiedWay
    from app.core.pasted_documents.kinds import DocumentKind
    from app.core.pasted_documents.loose_json import Forgiven
    from app.core.pasted_documents.outputs import Piece


@frozen
class Told:
    """What the person says there is none of, or how it is: facts that no document shows.

    The sets hold names of buckets. ``as_detailed`` are those whose default encryption is as the
    draft has it.
    """

    no_boundary: bool = False
    no_other_policies: bool = False
    no_bucket_policy: frozenset[str] = frozenset()
    in_account: frozenset[str] = frozenset()
    as_detailed: frozenset[str] = frozenset()


class Trouble(StrEnum):
    """Why something in a text can't be used."""

    CUT_SHORT = "cut-short"
    LEFT_OUT = "left-out"
    QUOTE = "quote"
    UNEXPECTED = "unexpected"
    TOO_DEEP = "too-deep"
    STATEMENT_ALONE = "statement-alone"
    TEMPLATE = "template"
    """JSON of CloudFormation, in which functions stand for values."""
    OTHER_JSON = "other-json"
    YAML = "yaml"
    TERRAFORM = "terraform"
    TABLE = "table"
    TEXT = "text"
    CREDENTIALS = "credentials"
    TOO_LONG = "too-long"


@frozen
class PastedDocument:
    """One thing that was found.

    ``piece`` is what it tells, ``line`` where it begins. ``announced`` is the kind that the words
    before it name. ``forgiven`` and ``ways`` are what was passed over.
    """

    piece: "Piece"
    line: int
    announced: "DocumentKind | None" = None
    forgiven: "tuple[Forgiven, ...]" = ()
    ways: "tuple[CopiedWay, ...]" = ()

    @property
    def kind(self) -> "DocumentKind":
        """What it is; a boundary is one where the words before it say so."""
        from app.core.pasted_documents.kinds import DocumentKind

        told, announced = self.piece.kind, self.announced
        if told is DocumentKind.PERMISSIONS and announced is DocumentKind.BOUNDARY:
            return DocumentKind.BOUNDARY
        if told is DocumentKind.UNCLEAR and announced in {
            DocumentKind.TRUST,
            DocumentKind.BUCKET,
            DocumentKind.KEY,
        }:
            return announced or told
        return told

    @property
    def mark(self) -> str:
        """What tells it from every other: the same for the same contents."""
        import json

        piece = self.piece
        values = [piece.kind, piece.policy, piece.name, piece.arn, piece.of_role]
        listed = [[policy.name, policy.arn] for policy in piece.listed]
        return json.dumps([*values, listed, str(piece.encryption), str(piece.key)], sort_keys=True)

    @property
    def is_misnamed(self) -> bool:
        """Whether the words before it call it something that it is not: pasted in a wrong place."""
        from app.core.pasted_documents.kinds import DocumentKind

        if self.announced is None or self.piece.kind in {DocumentKind.UNCLEAR, DocumentKind.OTHER}:
            return False
        return self.piece.policy is not None and self.announced is not self.kind


@frozen
class PastedTrouble:
    """A thing that can't be used: why, in which line, and after which name or value."""

    trouble: Trouble
    line: int = 1
    near: str = ""


@frozen
class PastedDocuments:
    """What is in a text."""

    documents: tuple[PastedDocument, ...] = ()
    troubles: tuple[PastedTrouble, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was found that can be used."""
        return bool(self.documents)
