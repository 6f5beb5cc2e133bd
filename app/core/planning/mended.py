"""What the changes of a plan mend: the findings that are gone once they are made."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.core.change import Change
from app.core.changes.applied import after_changes
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.diagnosis.diagnose import worked_out
from app.core.diagnosis.unevaluated import within_limits
from app.core.draft import Draft
from app.core.iam.work import OutOfWorkError, Work
from app.core.planning.consistent import consistent
from app.core.planning.plan import seen_from_here
from app.core.report import Finding, Report, Weight
from app.core.snapshot import Snapshot

_NEVER: Final = (ChainLink.CALLER, ChainLink.CHANGES)
"""Who is asking, and what an earlier change was answered, no change of AWS alters."""


def mended(
    draft: Draft, snapshot: Snapshot, report: Report, changes: Sequence[Change], work: Work
) -> tuple[Finding, ...]:
    """Return the findings of ``report``, which is on ``snapshot``, that ``changes`` mend.

    What is only concluded from what UbiQuity was seen to do is not among them, since no policy
    says why. None is where the ``work`` ends before that is known.
    """
    if not changes:
        return ()
    start = consistent(draft, within_limits(seen_from_here(snapshot)))
    try:
        explained = _places(worked_out(draft, start, work).findings)
        left = _places(worked_out(draft, after_changes(start, changes), work).findings)
    except OutOfWorkError:
        return ()
    gone = explained - left
    return tuple(f for f in report.findings if (f.code, f.bucket) in gone and _can_be_mended(f))


def _places(findings: Iterable[Finding]) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.bucket) for finding in findings}


def _can_be_mended(finding: Finding) -> bool:
    row = CATALOGUE[finding.code]
    is_fault = row.weight is not Weight.NOTE and row.link not in _NEVER
    return is_fault and finding.code != "check.unreadable"
