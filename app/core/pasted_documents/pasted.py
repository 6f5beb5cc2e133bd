"""What the state keeps of pasted documents: values, without the rules that read them.

They stand by themselves since the window's state has them from the first moment on, and what reads
documents is loaded when the first is pasted.
"""

from typing import TYPE_CHECKING

from app.core.frozen import frozen

if TYPE_CHECKING:
    from app.core.pasted_documents.documents_in import PastedDocument, PastedTrouble


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


@frozen
class PastedDocuments:
    """What is in a text."""

    documents: "tuple[PastedDocument, ...]" = ()
    troubles: "tuple[PastedTrouble, ...]" = ()

    def __bool__(self) -> bool:
        """Tell whether anything was found that can be used."""
        return bool(self.documents)
