"""What a plan leaves unmended: what stands in the way once all its changes are made.

Complete by construction: the diagnosis of the account as it would be says what is still wrong.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.change import Obstacle
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.policies import bucket_arn
from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.planning.part import PlanPart, Unread
from app.core.planning.role import namesake
from app.core.report import Finding, Report, Weight
from app.core.snapshot import Snapshot

_EARLIER: Final = "change."
"""What an earlier change was answered says nothing of the changes of this plan."""


def remaining(
    draft: Draft, end: Snapshot, report: Report, parts: Iterable[PlanPart]
) -> tuple[Obstacle, ...]:
    """Return the obstacles: those among ``parts``, and each blocker of ``report``, once.

    ``end`` is the account as it would be, and ``report`` its diagnosis.
    """
    blockers = [f for f in report.findings if _is_blocker(f)]
    listed = [Obstacle(f.code, _target(f, draft, end), f) for f in blockers]
    told = {(obstacle.code, obstacle.target) for obstacle in listed}
    others: list[Obstacle] = []
    for part in parts:
        obstacle = _named(part, report)
        is_told = obstacle is None or (obstacle.code, obstacle.target) in told
        if obstacle is not None and not is_told and obstacle not in others:
            others.append(obstacle)
    return (*others, *listed)


def _is_blocker(finding: Finding) -> bool:
    is_blocker = CATALOGUE[finding.code].weight is Weight.BLOCKER
    return is_blocker and not finding.code.startswith(_EARLIER)


def _named(part: PlanPart, report: Report) -> Obstacle | None:
    """Return what a part of the plan named, with the finding that tells of it."""
    if isinstance(part, Unread):
        same = (f for f in _of("check.unreadable", report) if f.params.get("what") == part.path)
        return Obstacle("check.unreadable", part.target, next(same, None))
    if isinstance(part, Obstacle) and part.finding is None:
        return Obstacle(part.code, part.target, next(_about(part, report), None))
    return part if isinstance(part, Obstacle) else None


def _about(obstacle: Obstacle, report: Report) -> Iterator[Finding]:
    for finding in _of(obstacle.code, report):
        targets = {finding.params.get("found"), finding.params.get("key")}
        if obstacle.target in targets:
            yield finding


def _of(code: str, report: Report) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.code == code)


def _target(finding: Finding, draft: Draft, end: Snapshot) -> str:
    """Return what a finding is about, as AWS names it."""
    match finding.code.partition(".")[0]:
        case "kms":
            return str(finding.params.get("key") or finding.params.get("found") or "")
        case "bucket" | "files" if finding.bucket:
            return bucket_arn(finding.bucket)
        case "env" | "signin":
            return end.caller.arn if end.caller else draft.account_id
        case "role" if end.role.arn and end.role.name:
            return end.role.arn
        case "role" if finding.code == "role.misnamed":
            return namesake(end) or role_arn(draft.account_id)
        case _:
            return role_arn(draft.account_id)
