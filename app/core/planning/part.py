"""What a part of the plan comes to: changes, obstacles, and what was left for want of a fact."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from app.core.change import Change, Obstacle
from app.core.changes.aws_call import is_of_aws
from app.core.changes.gone import rewriting
from app.core.changes.rules import ChangeRules
from app.core.changes.sides import StoredDocument
from app.core.documents.policy_size import LONGEST_TRUST_POLICY, TRUST_POLICY, SizeLimit
from app.core.frozen import frozen
from app.core.report import Evidence, Finding

MOST_TAGS: Final = 50


@frozen
class Unread:
    """A thing that is left as it is, since the fact at ``path`` of the snapshot was not read."""

    path: str
    target: str


PlanPart = Change | Obstacle | Unread


def changes_in(parts: Iterable[PlanPart]) -> tuple[Change, ...]:
    """Return the changes among ``parts``, in their order."""
    return tuple(part for part in parts if isinstance(part, Change))


def rewritten(
    rules: ChangeRules[StoredDocument],
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
    change = rewriting(rules, target, before, after, gone, addition=addition)
    if isinstance(change, Obstacle) or not isinstance(change.after, Mapping):
        return change
    limit = rules.size_limit
    if limit is TRUST_POLICY and limit.is_exceeded_by(before):
        limit = LONGEST_TRUST_POLICY  # AWS has raised it for this account
    return too_long(change.after, limit, target) or change


def too_long(
    document: Mapping[str, object], limit: SizeLimit | None, target: str
) -> Obstacle | None:
    """Return the obstacle where AWS would refuse ``document`` as too long, else None."""
    if limit is None or not limit.is_exceeded_by(document):
        return None
    return at_limit(limit.name, limit.figure, target)


def at_limit(name: str, figure: int, target: str) -> Obstacle:
    """Return the obstacle that AWS allows no more than ``figure`` of what ``name`` limits."""
    params = {"limit": name, "figure": figure, "target": target}
    finding = Finding("change.limit", Evidence.PREDICTED, params=params)
    return Obstacle(finding.code, target, finding)


def no_room_for_tags(tags: Collection[str], target: str) -> Obstacle | None:
    """Return the obstacle where a role or policy can't have that many ``tags``; AWS's don't count.

    Source: IAM User Guide, "IAM and AWS STS quotas" and "Tags for IAM resources".
    """
    own = [key for key in tags if not is_of_aws(key)]
    return at_limit("tags", MOST_TAGS, target) if len(own) > MOST_TAGS else None
