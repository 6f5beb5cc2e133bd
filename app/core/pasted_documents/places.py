"""Where each pasted document belongs: to the role, or to a bucket or a key of the draft.

Nothing is guessed: where the document and the draft do not tell, or tell of several, there is no
place until the person chooses one. What was chosen is known by the document's own contents.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.guide import (
    PLACEHOLDER_ACCOUNT_ID,
    PLACEHOLDER_BUCKETS,
    PLACEHOLDER_DATABASE_ID,
    ROLE_NAME,
)
from app.core.likeness import differ_by_at_most, letters
from app.core.pasted_documents.kinds import POLICIES, DocumentKind, buckets_in
from app.core.pasted_documents.pasted import PastedDocument, PastedDocuments


@frozen
class DocumentPlace:
    """What a document is taken for; ``bucket`` names whose policy or key it is, "" for the role."""

    kind: DocumentKind
    bucket: str = ""


NOWHERE: Final = DocumentPlace(DocumentKind.OTHER)
"""The place of what is not used, because the person says so."""


class Hint(StrEnum):
    """What is to be said of a document beside what it is."""

    MISNAMED = "misnamed"
    """The words before it call it something else: it was pasted in another one's place."""
    OTHER_ACCOUNT = "other-account"
    """A role of another account than the draft's; not used."""
    OTHER_ROLE = "other-role"
    """Another role than the one that is looked at, or a policy that this one has not; not used."""
    OTHER_BUCKET = "other-bucket"
    """The policy of a bucket that the draft has not."""
    OLD_VERSION = "old-version"
    REPLACED = "replaced"
    """A later one is for the same place; not used."""
    UNCLEAR = "unclear"
    """It is not known whose it is, or what: the person has to choose."""
    OTHER_SERVICE = "other-service"
    PLACES = "places"
    """It has places (``${var.id}``, ``<ACCOUNT_ID>``) that something else would have filled in."""
    PLACEHOLDER = "placeholder"
    """A word of the guide's is left in it, where a value of the person's has to stand."""


_PLACEHOLDERS: Final = (PLACEHOLDER_DATABASE_ID, PLACEHOLDER_ACCOUNT_ID, PLACEHOLDER_BUCKETS[0])
"""Those of the guide's that are no names that a bucket can have."""


@frozen
class PlacedDocument:
    """A document with its place; None where it has none. Hints say why, and what is odd."""

    document: PastedDocument
    place: DocumentPlace | None
    hints: tuple[Hint, ...] = ()

    @property
    def is_aside(self) -> bool:
        """Whether it only came along in an answer about other roles, and need not be shown."""
        piece = self.document.piece
        came_along = piece.of_role is not None or piece.arn is not None
        return Hint.OTHER_ROLE in self.hints and came_along and piece.is_of_an_answer

    @property
    def is_used(self) -> bool:
        """Whether something follows from it."""
        return self.place not in (None, NOWHERE) and not _UNUSED.intersection(self.hints)


_UNUSED: Final = frozenset((Hint.REPLACED, Hint.OTHER_ACCOUNT, Hint.OTHER_ROLE, Hint.OLD_VERSION))
_OF_BUCKETS: Final = (
    DocumentKind.BUCKET,
    DocumentKind.KEY,
    DocumentKind.ENCRYPTION,
    DocumentKind.KEY_FACTS,
)
_SEVERAL: Final = (DocumentKind.PERMISSIONS,)
"""Of these a role may have more than one."""


_PLACE: Final = re.compile(r"\$\{(?![*?$]\})[^:}\s]+\}|<[A-Za-z][\w -]*>")
"""AWS's own variables have a colon, or are one of three signs (IAM User Guide, "Variables")."""


def places(draft: Draft, document: PastedDocument) -> tuple[DocumentPlace, ...]:
    """Return what a person may take ``document`` for, the likeliest kind first."""
    if document.piece.policy is None:
        kinds: tuple[DocumentKind, ...] = (document.kind,)
    else:
        kinds = tuple(dict.fromkeys((document.kind, *POLICIES)))
    return (*(p for kind in kinds for p in _places_of_kind(draft, kind)), NOWHERE)


def _places_of_kind(draft: Draft, kind: DocumentKind) -> Iterator[DocumentPlace]:
    if kind in _OF_BUCKETS:
        yield from (DocumentPlace(kind, name) for name in draft.bucket_names)
    elif kind not in {DocumentKind.UNCLEAR, DocumentKind.OTHER}:
        yield DocumentPlace(kind)


def placed(
    draft: Draft, pasted: PastedDocuments, chosen: Mapping[str, DocumentPlace]
) -> tuple[PlacedDocument, ...]:
    """Return each document of ``pasted`` once, with its place for ``draft``.

    ``chosen`` are the places that the person chose, by the documents' marks.
    """
    unique = list({document.mark: document for document in pasted.documents}.values())
    role = _the_role(draft, unique, chosen)
    attached = _attached(unique, role)
    found = [
        _place(draft, document, role, chosen.get(document.mark))
        if chosen.get(document.mark) or _may_be_of(document, attached)
        else PlacedDocument(document, DocumentPlace(document.kind), (Hint.OTHER_ROLE,))
        for document in unique
    ]
    return tuple(_each_place_once(found))


def _the_role(
    draft: Draft, documents: Sequence[PastedDocument], chosen: Mapping[str, DocumentPlace]
) -> str | None:
    """Return the ARN of the role that is looked at; None where none was pasted, or several were."""
    arns = {d.mark: d.piece.role.arn for d in documents if d.piece.role is not None}
    told = {d.piece.arn for d in documents if d.piece.role and d.piece.role.is_of_an_answer}
    meant = [
        arn for mark, arn in arns.items() if chosen.get(mark) == DocumentPlace(DocumentKind.ROLE)
    ]
    here = [arn for arn in dict.fromkeys(arns.values()) if _account(arn) == draft.account_id]
    named = [arn for arn in here if _name(arn) == ROLE_NAME]
    alike = [arn for arn in here if _is_like(_name(arn))]
    answers = [arn for arn in here if arn in told]
    for candidates in (meant, named, alike, answers):
        if candidates:
            return candidates[-1] if candidates is meant or len(candidates) == 1 else None
    return None


def _attached(documents: Sequence[PastedDocument], role: str | None) -> frozenset[str] | None:
    """Return the ARNs of the policies attached to the role; None where no list is there."""
    pieces = [d.piece for d in documents if d.kind is DocumentKind.POLICY_LIST]
    lists = [piece for piece in pieces if piece.of_role in (None, role)]
    listed = (policy.arn for piece in lists for policy in piece.listed if policy.arn)
    return frozenset(listed) if lists else None


def _may_be_of(document: PastedDocument, attached: frozenset[str] | None) -> bool:
    """Tell whether a policy can be the role's: the details of an account have all policies."""
    arn = document.piece.arn
    is_managed = document.kind is DocumentKind.PERMISSIONS and arn is not None
    return not is_managed or attached is None or arn in attached


def _account(arn: str) -> str:
    return [*arn.split(":"), "", "", "", ""][4]


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _is_like(name: str) -> bool:
    return differ_by_at_most(3, letters(name), letters(ROLE_NAME))


def _place(
    draft: Draft, document: PastedDocument, role: str | None, chosen: DocumentPlace | None
) -> PlacedDocument:
    piece = document.piece
    hints = [Hint.MISNAMED] if document.is_misnamed else []
    policy = "" if piece.policy is None else json.dumps(piece.policy, ensure_ascii=False)
    if _PLACE.search(policy):
        hints.append(Hint.PLACES)
    if any(word in policy for word in _PLACEHOLDERS):
        hints.append(Hint.PLACEHOLDER)
    if not piece.is_current:
        hints.append(Hint.OLD_VERSION)
    if chosen is not None:
        return PlacedDocument(
            document, chosen, tuple(h for h in hints if h is not Hint.OLD_VERSION)
        )
    if piece.is_none and piece.kind is DocumentKind.ROLE and piece.name != ROLE_NAME:
        return PlacedDocument(document, DocumentPlace(DocumentKind.ROLE), (Hint.OTHER_ROLE,))
    if piece.role is not None:
        return _placed_role(draft, document, role)
    if piece.of_role is not None and piece.of_role != role:
        return PlacedDocument(document, DocumentPlace(document.kind), (*hints, Hint.OTHER_ROLE))
    place = _own_place(draft, document)
    if place is None:
        hints.append(_why_nowhere(document))
    return PlacedDocument(document, place, tuple(hints))


def _placed_role(draft: Draft, document: PastedDocument, role: str | None) -> PlacedDocument:
    arn = document.piece.arn or ""
    if _account(arn) != draft.account_id:
        return PlacedDocument(document, DocumentPlace(DocumentKind.ROLE), (Hint.OTHER_ACCOUNT,))
    if arn == role:
        return PlacedDocument(document, DocumentPlace(DocumentKind.ROLE))
    if role is not None:
        return PlacedDocument(document, DocumentPlace(DocumentKind.ROLE), (Hint.OTHER_ROLE,))
    return PlacedDocument(document, None, (Hint.UNCLEAR,))


def _why_nowhere(document: PastedDocument) -> Hint:
    if document.kind is DocumentKind.OTHER:
        return Hint.OTHER_SERVICE
    if document.kind is DocumentKind.BUCKET and buckets_in(document.piece.policy):
        return Hint.OTHER_BUCKET
    return Hint.UNCLEAR


def _own_place(draft: Draft, document: PastedDocument) -> DocumentPlace | None:
    """Return where a document belongs by itself and the draft; None where that is not clear."""
    kind = document.kind
    if kind in {DocumentKind.UNCLEAR, DocumentKind.OTHER}:
        return None
    if kind not in _OF_BUCKETS:
        return DocumentPlace(kind)
    named = _buckets_of(draft, document)
    return DocumentPlace(kind, named[0]) if len(named) == 1 else None


def _buckets_of(draft: Draft, document: PastedDocument) -> tuple[str, ...]:
    """Return the buckets of the draft that the document may be about."""
    if document.kind is DocumentKind.BUCKET:
        named = buckets_in(document.piece.policy)
        return tuple(name for name in draft.bucket_names if name in named or not named)
    keys = {entry.name: entry.kms_key_arn for entry in draft.buckets}
    if document.kind is DocumentKind.KEY:
        return _first_of_each_key(keys) or draft.bucket_names
    key = document.piece.arn
    by_key = [name for name, arn in keys.items() if arn and key and arn.endswith(_key_id(key))]
    return tuple(by_key[:1]) or draft.bucket_names


def _key_id(arn: str) -> str:
    return arn.rpartition("/")[2]


def _first_of_each_key(keys: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return one bucket for each key: its policy is that of all buckets that it encrypts."""
    first: dict[str, str] = {}
    for name, arn in keys.items():
        if arn:
            first.setdefault(arn, name)
    return tuple(first.values())


def _each_place_once(found: Iterable[PlacedDocument]) -> Iterator[PlacedDocument]:
    """Yield all in their order; of several for one place the last counts."""
    listed = list(found)
    last = {p.place: index for index, p in enumerate(listed) if p.is_used}
    for index, one in enumerate(listed):
        is_one_of_many = one.place is not None and one.place.kind in _SEVERAL
        if one.is_used and not is_one_of_many and last[one.place] != index:
            yield replace(one, hints=(*one.hints, Hint.REPLACED))
        else:
            yield one
