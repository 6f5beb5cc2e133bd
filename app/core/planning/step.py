"""What a part of the plan comes to: changes, obstacles, and what was left for want of a fact."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from app.core.change import Change, Obstacle
from app.core.frozen import frozen
from app.core.policy_size import MANAGED_POLICY_LIMIT, TRUST_POLICY_LIMIT, size_in_characters
from app.core.report import Evidence, Finding

KEY_POLICY_LIMIT: Final = 32_768
"""KMS Developer Guide, "Resource quotas", "Key policy document size": bytes."""


@frozen
class Left:
    """A thing that is left as it is, since the fact at ``path`` of the snapshot was not read."""

    path: str
    target: str


Step = Change | Obstacle | Left


def changes_in(steps: Iterable[Step]) -> tuple[Change, ...]:
    """Return the changes among ``steps``, in their order."""
    return tuple(step for step in steps if isinstance(step, Change))


def too_long(document: Mapping[str, object], limit: str, target: str) -> Obstacle | None:
    """Return the obstacle where AWS would refuse ``document`` as too long, else None.

    ``limit`` is one of ``policy-size``, ``trust-policy-size`` and ``key-policy-size``.
    """
    if limit == "key-policy-size":
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        size, figure = len(text.encode()), KEY_POLICY_LIMIT
    else:
        size = size_in_characters(document)
        figure = TRUST_POLICY_LIMIT if limit == "trust-policy-size" else MANAGED_POLICY_LIMIT
    if size <= figure:
        return None
    params = {"limit": limit, "figure": figure, "target": target}
    finding = Finding("change.limit", Evidence.PREDICTED, params=params)
    return Obstacle(finding.code, target, finding)
