"""What a part of the plan comes to: changes, obstacles, and what was left for want of a fact."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from app.core.change import Change, ChangeKind, Obstacle
from app.core.documents.document_text import compact_text
from app.core.documents.gone_principals import rewriting
from app.core.documents.policy_size import (
    MANAGED_POLICY_LIMIT,
    TRUST_POLICY_LIMIT,
    size_in_characters,
)
from app.core.frozen import frozen
from app.core.report import Evidence, Finding

KEY_POLICY_LIMIT: Final = 32_768
"""KMS Developer Guide, "Resource quotas", "Key policy document size": bytes."""


_LIMITS: Final = {
    ChangeKind.UPDATE_TRUST_POLICY: "trust-policy-size",
    ChangeKind.PUT_KEY_POLICY: "key-policy-size",
}


@frozen
class Left:
    """A thing that is left as it is, since the fact at ``path`` of the snapshot was not read."""

    path: str
    target: str


Step = Change | Obstacle | Left


def changes_in(steps: Iterable[Step]) -> tuple[Change, ...]:
    """Return the changes among ``steps``, in their order."""
    return tuple(step for step in steps if isinstance(step, Change))


def rewritten(
    kind: ChangeKind,
    target: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    gone: Collection[str] = (),
    *,
    addition: bool = False,
) -> Change | Obstacle:
    """Return the change of a trust or key policy, or why AWS would not take it.

    Whoever is gone, the roles ``gone`` that the plan deletes among them, is left out.
    """
    change = rewriting(kind, target, before, after, gone, addition=addition)
    if isinstance(change, Obstacle) or not isinstance(change.after, Mapping):
        return change
    return too_long(change.after, _LIMITS[kind], target) or change


def too_long(document: Mapping[str, object], limit: str, target: str) -> Obstacle | None:
    """Return the obstacle where AWS would refuse ``document`` as too long, else None.

    ``limit`` is one of ``policy-size``, ``trust-policy-size`` and ``key-policy-size``.
    """
    if limit == "key-policy-size":
        text = compact_text(document)
        size, figure = len(text.encode()), KEY_POLICY_LIMIT
    else:
        size = size_in_characters(document)
        figure = TRUST_POLICY_LIMIT if limit == "trust-policy-size" else MANAGED_POLICY_LIMIT
    if size <= figure:
        return None
    params = {"limit": limit, "figure": figure, "target": target}
    finding = Finding("change.limit", Evidence.PREDICTED, params=params)
    return Obstacle(finding.code, target, finding)
