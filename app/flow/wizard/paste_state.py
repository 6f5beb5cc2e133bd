"""What was pasted for a check without a sign-in, and what is known of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.frozen import field, frozen, replace
from app.core.pasted_documents.pasted import PastedDocuments, Told

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.pasted_documents.places import DocumentPlace, PlacedDocument
    from app.core.pasted_documents.wanted import Wanted


@frozen
class Pasted:
    """The text, and what follows from it for the details.

    ``is_open`` where the check goes by what was pasted. ``chosen`` are the places that the person
    chose, by the documents' marks, ``told`` what they say there is none of. ``found``, ``placed``
    and ``wanted`` are worked out beside the window; ``is_asked`` where a report is wanted too.
    ``followed`` is what they were worked out from.
    """

    is_open: bool = False
    text: str = ""
    chosen: Mapping[str, "DocumentPlace"] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    found: PastedDocuments = field(default_factory=PastedDocuments)
    placed: tuple["PlacedDocument", ...] = ()
    wanted: tuple["Wanted", ...] = ()
    is_asked: bool = False
    followed: object = None

    def is_followed(self, draft: "Draft | None") -> bool:
        """Tell whether all that follows from it for ``draft`` is worked out."""
        return self.followed == (*self.put_in, draft)

    def with_followed(self, draft: "Draft | None") -> "Pasted":
        """Return the same, noted as worked out for ``draft``."""
        return replace(self, followed=(*self.put_in, draft))

    @property
    def put_in(self) -> tuple[object, ...]:
        """What the person put in: all else follows from it."""
        return (self.text, self.chosen, self.told, self.is_asked)

    def with_text(self, text: str) -> "Pasted":
        """Return the same with another text; a document that stays keeps its place."""
        return replace(self, text=text)
