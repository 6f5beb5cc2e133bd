"""Which visits of UbiQuity's say something of the trust policy that stands today.

CloudTrail tells that AWS let UbiQuity in at a certain second. That is true of the role and of the
trust policy as they were then; a claim about today's needs that nothing was changed since. The
rule:

1. A visit from before the role was made (``CreateDate``) was one of another role.
2. A visit since the trust policy was first read as it reads now, and was read the same at every
   look from then on, met this very document: it counts.
3. Else it counts where the trust policy was last written before the visit, as recorded, and what
   was written reads as the trust policy does now. IAM's events are minutes late like all others:
   a document that reads otherwise was written since, with no record yet.
4. Where nothing is recorded of the writing, the trust policy is older than the history (90 days),
   so an older role's visit counts. A role younger than that has a record of its making: where
   that is not there yet, or may not be read, the visit does not count.

What is left open: of a role that is older than the history, somebody else's change of the last
minutes may lack its record. So the words always name the time of the visit, and a blocker that is
found in today's trust policy stays whatever was seen before it was read
(``diagnosis.observed.seen``). What this program wrote itself it knows without a record
(``written_by_us``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.core.changes.kinds import KINDS
from app.core.documents.comparison import same_document
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.core.journal import Journal, StepState
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.flow.ports.aws import RoleUse, TrustWritten, Visit

HISTORY: Final = timedelta(days=90)
"""How far back the event history goes (CloudTrail User Guide, "Working with CloudTrail event
history")."""

_MARGIN: Final = timedelta(hours=1)
"""CloudTrail refuses a time from before its history, and some time passes until it is asked."""

GLOBAL_REGION: Final = "us-east-1"
"""Where calls of the global endpoint of STS are recorded, unless it answered elsewhere."""

RIGHT: Final = "right"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is known of since when role and trust policy are as they are now.

    ``standing_since`` is when the trust policy was first read as ``role`` has it, without another
    reading in between; None where it was read but once. ``written`` is what is recorded of its
    last writing, a failure where that could not be read. ``written_by_us`` is when this program
    wrote it last, by its journal; None where it did not. Times are in UTC.
    """

    role: RoleUse
    standing_since: datetime | None = None
    written: TrustWritten | AwsFailure | None = None
    written_by_us: datetime | None = None


def trust_written_in(journal: Journal) -> datetime | None:
    """Return when a run of this program last wrote the trust policy (UTC); None where it did not.

    A writing that may have been made, or was taken back, counts: something else stood before.
    """
    steps = (step for step in journal.steps if KINDS[step.change.kind].writes_trust)
    moments = (step.aws_at or step.at for step in steps if step.state is not StepState.NOT_DONE)
    return max((moment for moment in moments if moment is not None), default=None)


def recorded_since(role: RoleUse) -> datetime:
    """Return from when on something of ``role`` may be recorded."""
    return max(role.created_at, role.at - HISTORY + _MARGIN)


def counts(at: datetime, set_up: SetUp) -> bool:
    """Tell whether a visit at ``at`` met the role and the trust policy that stand today."""
    ours = set_up.written_by_us
    if at < _second(set_up.role.created_at) or (ours is not None and at < _second(ours)):
        return False
    if set_up.standing_since is not None and at >= _second(set_up.standing_since):
        return True
    match set_up.written:
        case AwsFailure():
            return False
        case None:
            return set_up.role.created_at <= set_up.role.at - HISTORY
        case written:
            reads_so = same_document(written.document, set_up.role.trust_policy)
            return written.at < at and reads_so


def latest(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return the latest visit with each kind of External ID, the oldest of them first."""
    last: dict[str, Visit] = {}
    for visit in visits:
        known = last.get(visit.external_id)
        if known is None or known.at < visit.at:
            last[visit.external_id] = visit
    return tuple(sorted(last.values(), key=lambda visit: visit.at))


def observations_of(visits: Iterable[Visit], draft: Draft) -> Iterator[Observation]:
    """Yield what ``visits`` are in a snapshot: UbiQuity was seen to assume the role."""
    for visit in visits:
        yield Observation(
            at=visit.at,
            identity=Identity.UBIQUITY,
            action="sts:AssumeRole",
            outcome=ObservedOutcome.ALLOWED,
            resource=role_arn(draft.account_id),
            external_id=visit.external_id,
            request_id=visit.request_id,
            source=ObservationSource.CLOUDTRAIL,
        )


def _second(moment: datetime) -> datetime:
    """Return ``moment`` as precisely as a record tells it: events have whole seconds."""
    return moment.replace(microsecond=0)
