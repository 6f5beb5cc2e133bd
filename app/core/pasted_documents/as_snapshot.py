"""The snapshot of what was pasted: what is not in it is not known, and named so.

Nobody is signed in, so ``caller`` is None, as formats.md has it for documents that somebody pasted.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.outputs import NamedPolicy, Piece, RoleDetails
from app.core.pasted_documents.pasted import Told
from app.core.pasted_documents.places import PlacedDocument
from app.core.snapshot import (
    NOT_PASTED,
    BucketFacts,
    CustomerPolicy,
    Encryption,
    KmsKey,
    PolicyDocument,
    RoleFacts,
    Snapshot,
    State,
    Unreadable,
)

BOUNDARY_NAME: Final = "pasted-permissions-boundary"
"""The name of a boundary whose own name is not told with it."""

POLICY_NAMES: Final = "pasted-policy-{number}"
"""The name of a permissions policy that AWS's console showed without one."""

_OF_THE_ROLE: Final = frozenset(
    (
        DocumentKind.ROLE,
        DocumentKind.TRUST,
        DocumentKind.PERMISSIONS,
        DocumentKind.BOUNDARY,
        DocumentKind.POLICY_LIST,
        DocumentKind.INLINE_LIST,
    )
)


@frozen
class _Facts:
    """The facts at hand, and what is missing: ``lost`` collects its paths."""

    draft: Draft
    told: Told
    pieces: dict[DocumentKind, list[tuple[str, Piece]]]
    lost: list[str]

    def last(self, kind: DocumentKind, bucket: str = "") -> Piece | None:
        """Return the piece for a place; of several only one is used."""
        return next((p for name, p in self.pieces.get(kind, []) if name == bucket), None)

    def lose(self, path: str) -> None:
        """Note that the fact at ``path`` was not pasted."""
        self.lost.append(path)


def snapshot_of(
    draft: Draft, documents: Sequence[PlacedDocument], told: Told, at: datetime
) -> Snapshot:
    """Return what ``documents`` and the person tell of the account of ``draft``, at ``at`` (UTC).

    Whatever was not pasted is in ``unreadable`` with the code ``NOT_PASTED``.
    """
    pieces: dict[DocumentKind, list[tuple[str, Piece]]] = {}
    for one in documents:
        if one.is_used and one.place is not None:
            listed = pieces.setdefault(one.place.kind, [])
            listed.append((one.place.bucket, one.document.piece))
    facts = _Facts(draft, told, pieces, [])
    role = _role(facts)
    customer = _customer_policy(facts, role)
    buckets = tuple(_bucket(facts, index, name) for index, name in enumerate(draft.bucket_names))
    facts.lose("organization_denies")
    return Snapshot(
        captured_at=at,
        caller=None,
        role=role,
        customer_policy=customer,
        buckets=buckets,
        unreadable=tuple(Unreadable(path, NOT_PASTED) for path in facts.lost),
    )


def _role(facts: _Facts) -> RoleFacts:
    if not facts.told.no_boundary and not _OF_THE_ROLE.intersection(facts.pieces):
        facts.lose("role")
        return RoleFacts(State.UNREADABLE)
    piece = facts.last(DocumentKind.ROLE)
    if piece is not None and piece.is_none:
        facts.lose("similar_roles")
        return RoleFacts(State.MISSING)
    details = piece.role if piece else None
    if details is None:
        facts.lose("role.arn")
    trust = facts.last(DocumentKind.TRUST)
    if trust is None:
        facts.lose("role.trust_policy")
    boundary = _boundary(facts, details)
    attached, inline = _policies(facts)
    return RoleFacts(
        State.FOUND,
        arn=details.arn if details else None,
        name=details.name if details else None,
        path=_path(details) if details else None,
        trust_policy=trust.policy if trust else None,
        permissions_boundary=boundary,
        attached_policies=attached,
        inline_policies=inline,
        id=details.id if details else None,
        tags=details.tags if details else None,
        max_session_duration=details.max_session_duration if details else None,
    )


def _path(details: RoleDetails) -> str:
    """Return the path of a role, which its ARN has before its name."""
    return details.path or details.arn.partition(":role")[2].rpartition("/")[0] + "/"


def _boundary(facts: _Facts, details: RoleDetails | None) -> PolicyDocument | None:
    pasted = facts.last(DocumentKind.BOUNDARY)
    arn = details.boundary if details else None
    if pasted is not None:
        arn = arn or pasted.arn
        arn = arn or f"arn:aws:iam::{facts.draft.account_id}:policy/{BOUNDARY_NAME}"
        return PolicyDocument(arn.rpartition("/")[2], pasted.policy, arn)
    if arn is not None:
        facts.lose("role.permissions_boundary.document")
        return PolicyDocument(arn.rpartition("/")[2], None, arn)
    if not facts.told.no_boundary and not (details and details.tells_boundary):
        facts.lose("role.permissions_boundary")
    return None


def _policies(facts: _Facts) -> tuple[tuple[PolicyDocument, ...], tuple[PolicyDocument, ...]]:
    """Return the attached and the inline policies.

    AWS's console shows both in one list, so a policy without a name is taken for an attached one.
    Where the lists are not known to be whole, one of them is not known: there may be more.
    """
    pasted = [piece for _, piece in facts.pieces.get(DocumentKind.PERMISSIONS, [])]
    lists = facts.last(DocumentKind.POLICY_LIST), facts.last(DocumentKind.INLINE_LIST)
    attached_list, inline_list = (piece.listed if piece else None for piece in lists)
    whole = facts.told.no_other_policies and bool(pasted)
    inline = [p for p in pasted if p.is_inline and (whole or inline_list is not None)]
    attached = [p for p in pasted if p not in inline]
    if not whole and attached_list is None and inline_list is not None:
        # What is known to be inline stands apart; of all else nobody knows whether it is all.
        facts.lose("role.attached_policies")
        return (), tuple(_documents(facts, "role.inline_policies", pasted, inline_list))
    if not whole and attached_list is None and not pasted:
        facts.lose("role.attached_policies")
    if not whole and inline_list is None:
        facts.lose("role.inline_policies")
    return (
        tuple(_documents(facts, "role.attached_policies", attached, attached_list or ())),
        tuple(_documents(facts, "role.inline_policies", inline, inline_list or ())),
    )


def _documents(
    facts: _Facts, path: str, pasted: Sequence[Piece], listed: Sequence[NamedPolicy]
) -> Iterator[PolicyDocument]:
    """Yield the pasted policies, and those that a list names and that were not pasted."""
    named = {piece.name for piece in pasted if piece.name}
    lacking = [policy for policy in listed if policy.name not in named]
    unnamed = [piece for piece in pasted if not piece.name]
    sole = lacking.pop() if len(lacking) == len(unnamed) == 1 else None
    index = 0
    for index, piece in enumerate(pasted, start=1):
        same = next((policy for policy in listed if policy.name == piece.name), sole)
        name = piece.name or (same.name if same else POLICY_NAMES.format(number=index))
        yield PolicyDocument(name, piece.policy, piece.arn or (same.arn if same else None))
    if facts.told.no_other_policies and unnamed:
        return  # These are they: which is which does not matter.
    for place, policy in enumerate(lacking, start=index):
        facts.lose(f"{path}[{place}].document")
        yield PolicyDocument(policy.name, None, policy.arn)


def _customer_policy(facts: _Facts, role: RoleFacts) -> CustomerPolicy:
    for policy in role.attached_policies:
        if policy.name == POLICY_NAME and policy.document is not None:
            return CustomerPolicy(State.FOUND, policy.arn, document=policy.document)
    facts.lose("customer_policy")
    return CustomerPolicy(State.UNREADABLE)


def _bucket(facts: _Facts, index: int, name: str) -> BucketFacts:
    path, told, account = f"buckets[{index}]", facts.told, facts.draft.account_id
    policy = facts.last(DocumentKind.BUCKET, name)
    if policy is None and name not in told.no_bucket_policy:
        facts.lose(f"{path}.policy")
    if name not in told.in_account:
        facts.lose(f"{path}.owner_account")
    facts.lose(f"{path}.object_ownership")
    encryption = _encryption(facts, name)
    key = _key(facts, name, encryption)
    if encryption is None:
        facts.lose(f"{path}.encryption")
    if encryption is None and key is None:
        facts.lose(f"{path}.kms_key")
    if key is not None and key.policy is None and key.manager != "AWS":
        facts.lose(f"{path}.kms_key.policy")
    facts.lose(f"{path}.sample")
    return BucketFacts(
        name,
        State.FOUND,
        owner_account=account if name in told.in_account else None,
        policy=policy.policy if policy else None,
        encryption=encryption,
        kms_key=key,
    )


def _draft_key(facts: _Facts, name: str) -> str | None:
    keys = (e.kms_key_arn for e in facts.draft.buckets if e.name == name and e.kms_key_arn)
    return next(keys, None)


def _encryption(facts: _Facts, name: str) -> Encryption | None:
    pasted = facts.last(DocumentKind.ENCRYPTION, name)
    if pasted is not None:
        return pasted.encryption
    if name not in facts.told.as_detailed:
        return None
    key = _draft_key(facts, name)
    return Encryption("aws:kms", key) if key else Encryption("AES256")


def _key(facts: _Facts, name: str, encryption: Encryption | None) -> KmsKey | None:
    """Return the key of a bucket, as far as it was pasted or told that there is one."""
    wanted = _draft_key(facts, name)
    policy, details = (
        _of_key(facts, DocumentKind.KEY, name),
        _of_key(facts, DocumentKind.KEY_FACTS, name),
    )
    known = details.key if details else None
    told = encryption.kms_key_id if encryption else None
    if encryption is not None and _is_by_aws(encryption):
        return None
    if policy is None and known is None and told is None:
        return None
    arn = (known.arn if known else None) or (told if told and ":key/" in told else None) or wanted
    return KmsKey(
        arn,
        account=arn.split(":")[4] if arn and arn.count(":") > 4 else None,
        manager=known.manager if known else None,
        state=known.state if known else None,
        policy=policy.policy if policy else None,
    )


def _is_by_aws(encryption: Encryption) -> bool:
    """Tell whether files are encrypted with a key that AWS manages, which needs nothing."""
    by_kms = (encryption.algorithm or "").startswith("aws:kms")
    return not by_kms or (encryption.kms_key_id or "").endswith("alias/aws/s3")


def _of_key(facts: _Facts, kind: DocumentKind, name: str) -> Piece | None:
    """Return what was pasted for the bucket's key: for it, or for another bucket of that key."""
    key = _draft_key(facts, name)
    others = (e.name for e in facts.draft.buckets if key is not None and e.kms_key_arn == key)
    found = (facts.last(kind, bucket) for bucket in (name, *others))
    return next((piece for piece in found if piece is not None), None)
