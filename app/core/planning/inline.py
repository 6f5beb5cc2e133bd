"""The other way where AWS takes no further managed policy: the permissions in the role itself.

Sources: IAM User Guide, "IAM and AWS STS quotas" (ten managed policies on a role, or more where AWS
has raised it; 10,240 characters for all inline policies of a role together) and "Choose between
managed policies and inline policies" (both allow the same).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.core.change import Obstacle
from app.core.changes.role import PUT_ROLE_POLICY
from app.core.changes.sides import InlinePolicy
from app.core.diagnosis.view.role_view import ATTACHED, INLINE
from app.core.documents.policies import POLICY_VERSION, Document
from app.core.documents.policy_size import INLINE_POLICIES, inline_size
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, role_arn
from app.core.planning.extension import extensions, with_tagging
from app.core.planning.part import PlanPart, Unread, at_limit
from app.core.snapshot import PolicyDocument, Snapshot

_USUAL_MOST: Final = 10
_RAISED_MOST: Final = 20
"""As many managed policies as a role may have, and the figure that AWS raises that to."""

LIMIT: Final = "policies-per-role"


def no_room_to_attach(snapshot: Snapshot) -> Obstacle | None:
    """Return the obstacle where the role can have no further managed policy, as far as is known.

    A role with more than ten shows that AWS has raised the limit for its account.
    """
    count = len(snapshot.role.attached_policies)
    if not snapshot.was_read(ATTACHED) or (count != _USUAL_MOST and count < _RAISED_MOST):
        return None
    return at_limit(LIMIT, count, snapshot.role.arn or "")


def inline_parts(
    draft: Draft, snapshot: Snapshot, entries: Sequence[BucketEntry], tagged: Sequence[BucketEntry]
) -> Iterator[PlanPart]:
    """Yield the role's inline policy of the guide's name with what ``entries`` need in it."""
    role, target = snapshot.role, role_arn(draft.account_id)
    place = next((i for i, p in enumerate(role.inline_policies) if p.name == POLICY_NAME), None)
    if not snapshot.was_read(INLINE):
        yield Unread(INLINE, target)
        return
    present = None if place is None else role.inline_policies[place]
    if present is not None and not (
        isinstance(present.document, Mapping) and snapshot.was_read(f"{INLINE}[{place}].document")
    ):
        yield Unread(f"{INLINE}[{place}].document", target)
        return
    document = _document(draft, present, entries)
    if document is None:
        yield Obstacle("change.conflict", target)
        return
    document = with_tagging(document, tagged)
    others = (p.document for p in role.inline_policies if p is not present)
    if inline_size((document, *others)) > INLINE_POLICIES.figure:
        yield at_limit(INLINE_POLICIES.name, INLINE_POLICIES.figure, target)
        return
    before = None if present is None else InlinePolicy(POLICY_NAME, present.document)
    yield PUT_ROLE_POLICY.change(target, before, InlinePolicy(POLICY_NAME, document))


def _document(
    draft: Draft, present: PolicyDocument | None, entries: Sequence[BucketEntry]
) -> Document | None:
    """Return the document with what is lacking; None where nothing could be added to it."""
    start: Document = {"Version": POLICY_VERSION, "Statement": []}
    if present is not None and isinstance(present.document, Mapping):
        start = dict(present.document)
    return next(extensions(start, entries, draft.bucket_names), None)
