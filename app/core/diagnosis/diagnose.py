"""The diagnosis: what a draft and a snapshot together say (formats.md, findings.md).

Each check is one function and one row of the list. Causes are worked out side by side; what was
seen to happen then counts more, and a symptom is left out beside its cause.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from json import dumps
from typing import Final

from app.core.diagnosis.access import access_of
from app.core.diagnosis.breadth import breadth_findings
from app.core.diagnosis.bucket import bucket_findings
from app.core.diagnosis.caller import caller_findings
from app.core.diagnosis.codes.catalogue import CATALOGUE, in_chain_order
from app.core.diagnosis.deny_findings import deny_findings
from app.core.diagnosis.direct_findings import direct_findings
from app.core.diagnosis.files import file_findings
from app.core.diagnosis.key import key_findings
from app.core.diagnosis.observed.seen import with_what_was_seen
from app.core.diagnosis.openness import openness_findings
from app.core.diagnosis.organization import organization_findings
from app.core.diagnosis.permissions import permission_findings
from app.core.diagnosis.refused_changes import change_findings
from app.core.diagnosis.role import boundary_findings, role_findings
from app.core.diagnosis.symptoms import without_symptoms
from app.core.diagnosis.trust import trust_findings
from app.core.diagnosis.unevaluated import as_far_as_work_goes
from app.core.diagnosis.unreadable import unreadable_findings
from app.core.diagnosis.view.setup import Setup, set_up, with_required_role
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.iam.decision import Decision
from app.core.iam.work import Work
from app.core.report import Evidence, Finding, Report, Verdict, Weight
from app.core.snapshot import NOT_PASTED, Snapshot

Check = Callable[[Setup], Iterable[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    caller_findings,
    role_findings,
    boundary_findings,
    trust_findings,
    openness_findings,
    permission_findings,
    breadth_findings,
    deny_findings,
    bucket_findings,
    key_findings,
    direct_findings,
    file_findings,
    organization_findings,
    unreadable_findings,
    change_findings,
)

_AS_IT_IS: Final = ("env.", "signin.", "role.", "files.", "check.", "change.")
"""What is said whichever the role's ARN."""


def diagnose(draft: Draft, snapshot: Snapshot, work: Work | None = None) -> Report:
    """Return the report on ``snapshot`` for ``draft``. Never raises.

    Where the ``work`` has no steps left before it is done, or is stopped, nothing is known of
    what the policies say: every decision is unknown, and a finding says why.
    """
    return as_far_as_work_goes(lambda seen, work: worked_out(draft, seen, work), snapshot, work)


def worked_out(draft: Draft, snapshot: Snapshot, work: Work) -> Report:
    """Return the report as part of a larger ``work``; raises OutOfWorkError where that ends."""
    setup = set_up(draft, snapshot, work)
    findings = with_what_was_seen(setup, _worked_out(setup))
    findings = in_chain_order(_each_once(without_symptoms(findings)))
    if snapshot.is_pasted:
        findings = tuple(map(_as_unseen, findings))
    return Report(_verdict(setup, findings), access_of(setup), findings)


def _as_unseen(finding: Finding) -> Finding:
    """Return what follows from a pasted document: nobody saw it in the account."""
    is_seen = finding.evidence is Evidence.OBSERVED
    return replace(finding, evidence=Evidence.PREDICTED) if is_seen else finding


def _worked_out(setup: Setup) -> list[Finding]:
    """Return what the checks find, each by itself."""
    findings = [finding for check in CHECKS for finding in check(setup)]
    if not setup.role.is_found or setup.role.is_required_one:
        return findings
    # Another role than the required one has to be made anew: what only its own ARN is refused is
    # a symptom of that.
    as_required = with_required_role(setup)
    lasting = {(f.code, f.bucket) for check in CHECKS for f in check(as_required)}
    return [f for f in findings if f.code.startswith(_AS_IT_IS) or (f.code, f.bucket) in lasting]


def _each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield each finding once: two entries of one bucket may have the same one."""
    seen: set[tuple[str, str, str | None, str]] = set()
    for finding in findings:
        # The values are JSON, whose text is one for all that are equal.
        values = dumps(finding.params, sort_keys=True)
        key = finding.code, finding.evidence, finding.bucket, values
        if key not in seen:
            seen.add(key)
            yield finding


def _verdict(setup: Setup, findings: Sequence[Finding]) -> Verdict:
    if any(CATALOGUE[finding.code].weight is Weight.BLOCKER for finding in findings):
        return Verdict.BLOCKED
    needed = (setup.assume, *(answer for c in setup.connections for answer in c.needed))
    unknown = any(answer.decision is Decision.UNKNOWN for answer in needed)
    unknown = unknown or _is_key_unsure(setup.snapshot)
    return Verdict.INCOMPLETE if unknown else Verdict.READY


def _is_key_unsure(snapshot: Snapshot) -> bool:
    """Tell whether a key's policy was pasted, and not that the bucket uses that very key."""
    return any(
        bucket.kms_key is not None and unread.what == f"buckets[{index}].encryption"
        for unread in snapshot.unreadable
        if unread.code == NOT_PASTED
        for index, bucket in enumerate(snapshot.buckets)
    )
