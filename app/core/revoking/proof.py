"""The proof that access has ended: what a fresh reading of the account says of AssumeRole."""

from datetime import datetime

from app.core.frozen import frozen
from app.core.report import Evidence, Grounds, Report

_BEFORE_S3 = ("role.", "trust.", "organization.")


@frozen
class Proof:
    """Whether UbiQuity can still assume the role: ``denied``, ``allowed`` or ``unknown``.

    ``because`` are the report's own grounds, ``evidence`` how it is known: seen with UbiQuity's
    own identity, read as it is (there is no such role), or worked out from the policies.
    ``others_go_on`` tells that another UbiQuity database, which was not to lose access, is still
    let in. ``sessions_until`` is until when a session that was opened before may go on (UTC),
    None where none can.
    """

    decision: str
    because: Grounds
    evidence: Evidence
    others_go_on: bool = False
    sessions_until: datetime | None = None

    @property
    def is_ended(self) -> bool:
        """Whether AWS certainly refuses UbiQuity."""
        return self.decision == "denied"


def proof_of(report: Report) -> Proof:
    """Return what ``report``, of a fresh snapshot, says of AssumeRole with the External ID."""
    row = report.access[0]
    evidence = [f.evidence for f in report.findings if f.code.startswith(_BEFORE_S3)]
    return Proof(row.decision, row.because, evidence[0] if evidence else Evidence.PREDICTED)
