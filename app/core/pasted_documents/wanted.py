"""What a check without a sign-in wants: each thing to paste, or to say how it is."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.pasted import Told
from app.core.pasted_documents.places import PlacedDocument


class Want(StrEnum):
    """One thing that is wanted."""

    ROLE = "role"
    TRUST = "trust"
    PERMISSIONS = "permissions"
    OTHER_POLICIES = "other-policies"
    BOUNDARY = "boundary"
    BUCKET_POLICY = "bucket-policy"
    OWNER = "owner"
    ENCRYPTION = "encryption"
    KEY = "key"


@frozen
class Wanted:
    """A thing that is wanted, of the role or of ``bucket``.

    ``pasted`` where it is there, ``told`` where the person says how it is; None where that can't
    be said, and it has to be pasted.
    """

    want: Want
    bucket: str = ""
    pasted: bool = False
    told: bool | None = None

    @property
    def is_missing(self) -> bool:
        """Whether nothing is known of it yet."""
        return not self.pasted and not self.told


_KINDS: Final = {
    Want.ROLE: DocumentKind.ROLE,
    Want.TRUST: DocumentKind.TRUST,
    Want.PERMISSIONS: DocumentKind.PERMISSIONS,
    Want.BOUNDARY: DocumentKind.BOUNDARY,
    Want.BUCKET_POLICY: DocumentKind.BUCKET,
    Want.ENCRYPTION: DocumentKind.ENCRYPTION,
}


def wanted(draft: Draft, documents: Sequence[PlacedDocument], told: Told) -> tuple[Wanted, ...]:
    """Return all that a whole check needs, in the order of the chain."""
    used = [one for one in documents if one.is_used and one.place is not None]
    places = {(one.place.kind, one.place.bucket) for one in used if one.place is not None}
    roles = [one.document.piece.role for one in used if one.document.piece.role is not None]

    def thing(want: Want, bucket: str = "") -> Wanted:
        kind = _KINDS.get(want)
        return Wanted(want, bucket, (kind, bucket) in places, _is_told(told, want, bucket))

    boundary = thing(Want.BOUNDARY)
    if any(role.tells_boundary and role.boundary is None for role in roles):
        boundary = replace(boundary, pasted=True)
    lists = {DocumentKind.POLICY_LIST, DocumentKind.INLINE_LIST} <= {kind for kind, _ in places}
    keyed = {entry.name: entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn}
    with_key = {keyed.get(bucket) for kind, bucket in places if kind is DocumentKind.KEY}
    found = [
        thing(Want.ROLE),
        thing(Want.TRUST),
        thing(Want.PERMISSIONS),
        replace(thing(Want.OTHER_POLICIES), pasted=lists),
        boundary,
    ]
    for name in draft.bucket_names:
        found += [thing(want, name) for want in (Want.BUCKET_POLICY, Want.OWNER, Want.ENCRYPTION)]
        if name in keyed:
            found.append(Wanted(Want.KEY, name, keyed[name] in with_key))
    return tuple(found)


def _is_told(told: Told, want: Want, bucket: str) -> bool | None:
    match want:
        case Want.BOUNDARY:
            return told.no_boundary
        case Want.OTHER_POLICIES:
            return told.no_other_policies
        case Want.BUCKET_POLICY:
            return bucket in told.no_bucket_policy
        case Want.OWNER:
            return bucket in told.in_account
        case Want.ENCRYPTION:
            return bucket in told.as_detailed
        case _:
            return None


def telling(told: Told, want: Want, bucket: str, *, on: bool) -> Told:
    """Return ``told`` with what the person says of one thing, or takes back."""

    def names(before: frozenset[str]) -> frozenset[str]:
        return before | {bucket} if on else before - {bucket}

    match want:
        case Want.BOUNDARY:
            return replace(told, no_boundary=on)
        case Want.OTHER_POLICIES:
            return replace(told, no_other_policies=on)
        case Want.BUCKET_POLICY:
            return replace(told, no_bucket_policy=names(told.no_bucket_policy))
        case Want.OWNER:
            return replace(told, in_account=names(told.in_account))
        case Want.ENCRYPTION:
            return replace(told, as_detailed=names(told.as_detailed))
        case _:
            return told
