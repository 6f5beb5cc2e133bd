"""What a plan leaves unmended: what stands in the way once all its changes are made.

Complete by construction: the diagnosis of the account as it would be says what is still wrong.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.change import Obstacle
from app.core.diagnosis.catalogue import CATALOGUE
from app.core.documents.policies import bucket_arn
from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.planning.role import namesake
from app.core.planning.step import Left, Step
from app.core.report import Finding, Report, Weight
from app.core.snapshot import Snapshot

_EARLIER: Final = "change."
"""What an earlier change was answered says nothing of the changes of this plan."""


def remaining(
    draft: Draft, end: Snapshot, report: Report, steps: Iterable[Step]
) -> tuple[Obstacle, ...]:
    """Return the obstacles: those among ``steps``, and each blocker of ``report``, once.

    ``end`` is the account as it would be, and ``report`` its diagnosis.
    """
    blockers = [f for f in report.findings if _is_blocker(f)]
    listed = [Obstacle(f.code, _target(f, draft, end), f) for f in blockers]
    said = {(obstacle.code, obstacle.target) for obstacle in listed}
    found: list[Obstacle] = []
    for step in steps:
        obstacle = _named(step, report)
        is_said = obstacle is None or (obstacle.code, obstacle.target) in said
        if obstacle is not None and not is_said and obstacle not in found:
            found.append(obstacle)
    return (*found, *listed)


def _is_blocker(finding: Finding) -> bool:
    is_blocker = CATALOGUE[finding.code].weight is Weight.BLOCKER
    return is_blocker and not finding.code.startswith(_EARLIER)


def _named(step: Step, report: Report) -> Obstacle | None:
    """Return what a part of the plan named, with the finding that tells of it."""
    if isinstance(step, Left):
        same = (f for f in _of("check.unreadable", report) if f.params.get("what") == step.path)
        return Obstacle("check.unreadable", step.target, next(same, None))
    if isinstance(step, Obstacle) and step.finding is None:
        return Obstacle(step.code, step.target, next(_about(step, report), None))
    return step if isinstance(step, Obstacle) else None


def _about(obstacle: Obstacle, report: Report) -> Iterator[Finding]:
    for finding in _of(obstacle.code, report):
        named = {finding.params.get("found"), finding.params.get("key")}
        if obstacle.target in named:
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
