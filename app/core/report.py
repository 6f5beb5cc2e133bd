"""The report: what follows from draft and snapshot. Its file is described in formats.md."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.frozen import field, frozen

FORMAT: Final = "ubiquity-s3-setup/report"
VERSION: Final = 1


class Verdict(StrEnum):
    """What the whole comes to."""

    READY = "ready"
    BLOCKED = "blocked"
    INCOMPLETE = "incomplete"


class Weight(StrEnum):
    """How much a finding weighs (``severity`` in the file)."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


class Evidence(StrEnum):
    """How a thing is known."""

    VERIFIED = "verified"
    """Seen to happen with UbiQuity's own identity, or told by UbiQuity's Test Connection."""
    OBSERVED = "observed"
    """Read or tried with the customer's sign-in."""
    PREDICTED = "predicted"
    """Worked out from the policies."""


class Who(StrEnum):
    """Who can act on a finding."""

    AWS_ADMIN = "aws-admin"
    BUCKET_OWNER = "bucket-owner"
    KEY_ADMIN = "key-admin"
    ORGANIZATION_ADMIN = "organization-admin"
    YOU = "you"
    UBIQUITY = "ubiquity"


@frozen
class Finding:
    """One finding: a code of the catalogue with the values that its words are made from.

    ``params`` hold plain JSON values. ``severity``, ``who`` and the words follow from the code;
    see ``app.core.diagnosis.catalogue`` and ``app.core.wording.findings``.
    """

    code: str
    evidence: Evidence
    bucket: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)


@frozen
class Access:
    """The decision about one request of the connector, by policies alone."""

    action: str
    resource: str
    decision: str
    because: str
    bucket: str | None = None
    prefix: str | None = None
    without_external_id: bool = False


@frozen
class Report:
    """What ``diagnose`` returns: verdict, access decisions and findings in chain order."""

    verdict: Verdict
    access: tuple[Access, ...]
    findings: tuple[Finding, ...]
