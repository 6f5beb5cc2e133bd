"""The proof that access has ended: what a fresh reading of the account says."""

from datetime import datetime
from enum import StrEnum

from app.core.change import Change, Obstacle
from app.core.diagnosis.direct_access import DirectAccess
from app.core.frozen import frozen
from app.core.report import Evidence, Grounds, Report

_BEFORE_S3 = ("role.", "trust.", "organization.")


class Blind(StrEnum):
    """What was not looked at."""

    POINTS = "access-points"
    S3_GRANTS = "s3-access-grants"
    ACLS = "acls"
    OTHER_BUCKETS = "other-buckets"
    """Buckets, with their keys, that neither the draft nor the role's policies name."""
    BUCKET = "bucket"
    CANONICAL = "canonical-users"
    """Whom a bucket's policy names by a canonical user ID, which tells nobody here whose it is."""
    KEY_GRANTS = "key-grants"
    UNREAD = "unread"


@frozen
class NotLookedAt:
    """Something that may let UbiQuity in and was not looked at.

    ``what`` is the bucket or key, or for ``UNREAD`` the path of the fact in the snapshot.
    """

    code: Blind
    what: str = ""


@frozen
class Proof:
    """Whether UbiQuity can still assume the role: ``denied``, ``allowed`` or ``unknown``.

    ``because`` are the report's own grounds, ``evidence`` how it is known: seen with UbiQuity's
    own identity, read as it is (there is no such role), or worked out from the policies.
    ``others_go_on`` tells that another UbiQuity database, which was not to lose access, is still
    let in. ``sessions_until`` is until when a session that was opened before may go on (UTC),
    None where none can. ``direct`` is what lets UbiQuity's account in past the role, ``left`` what
    is still to be taken away, and what can't be, by the revocation planned anew.
    """

    decision: str
    because: Grounds
    evidence: Evidence
    others_go_on: bool = False
    sessions_until: datetime | None = None
    direct: tuple[DirectAccess, ...] = ()
    left: tuple[Change | Obstacle, ...] = ()
    not_looked_at: tuple[NotLookedAt, ...] = ()

    @property
    def is_ended(self) -> bool:
        """Whether AWS certainly refuses UbiQuity the role."""
        return self.decision == "denied"

    @property
    def is_whole(self) -> bool:
        """Whether nothing of UbiQuity's is left, as far as could be read."""
        return self.is_ended and not self.direct and not self.left

    @property
    def may_be_late(self) -> bool:
        """Whether AWS may only not yet show all that was done."""
        return not self.is_ended or any(isinstance(part, Change) for part in self.left)


def proof_of(report: Report) -> Proof:
    """Return what ``report``, of a fresh snapshot, says of AssumeRole with the External ID."""
    row = report.access[0]
    evidence = [f.evidence for f in report.findings if f.code.startswith(_BEFORE_S3)]
    return Proof(row.decision, row.because, evidence[0] if evidence else Evidence.PREDICTED)
