"""The report: what follows from draft and snapshot. ``formats.report_json`` writes it."""

from collections.abc import Mapping
from enum import StrEnum

from app.core.frozen import field, frozen
from app.core.guide import ASSUME_ACTION


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
    see ``app.core.diagnosis.codes.catalogue`` and ``app.core.wording.findings``.
    """

    code: str
    evidence: Evidence
    bucket: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)


class GroundsCode(StrEnum):
    """Why a decision is what it is."""

    ROLE_UNREADABLE = "role-unreadable"
    ROLE_MISSING = "role-missing"
    ANOTHER_ROLE = "another-role"
    """The role is not the one that UbiQuity may assume: its ARN is another."""
    GRANTED = "granted"
    EXPLICIT_DENY = "explicit-deny"
    ORGANIZATION = "organization"
    BOUNDARY = "boundary"
    NOT_TRUSTED = "not-trusted"
    """No statement of the trust policy allows it."""
    KEY_NOT_GRANTED = "key-not-granted"
    """Neither the key's policy nor one of the role allows it."""
    NOT_GRANTED = "not-granted"
    """No policy of the role or of the bucket allows it."""
    UNDECIDED = "undecided"
    """It hangs on what was not read, or on what nobody here can know."""


class PolicyPlace(StrEnum):
    """What a policy belongs to."""

    ROLE = "role"
    BOUNDARY = "boundary"
    TRUST = "trust"
    BUCKET = "bucket"
    KEY = "key"


@frozen
class DecidingStatement:
    """A statement that a decision turns on: the ``number``-th, counted from 1, of its policy.

    ``policy`` is the policy's name, or the ARN of a boundary without one; empty where ``place``
    alone says which policy it is.
    """

    place: PolicyPlace
    number: int
    sid: str | None = None
    policy: str = ""


@frozen
class Grounds:
    """The grounds of a decision: a code, with the values that its words are made from.

    ``statements`` are those that grant, deny or are unknown. ``arn`` is that of the role or the
    boundary that the code speaks of, ``denied_by`` the kinds of policy by which the organisation
    denies it. Of what is undecided, ``unread`` are the paths of the facts that were not read, and
    ``unknown_keys`` the condition keys that only UbiQuity or AWS knows; ``may_spare`` says that
    AWS alone knows whether a Deny with NotPrincipal leaves the role out. The words are those of
    ``app.core.wording.grounds``.
    """

    code: GroundsCode
    statements: tuple[DecidingStatement, ...] = ()
    arn: str = ""
    denied_by: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    may_spare: bool = False


@frozen
class AccessDecision:
    """The decision about one request of the connector, by policies alone."""

    action: str
    resource: str
    decision: str
    because: Grounds
    bucket: str | None = None
    prefix: str | None = None
    without_external_id: bool = False


@frozen
class Report:
    """What ``diagnose`` returns: verdict, access decisions and findings in chain order."""

    verdict: Verdict
    access: tuple[AccessDecision, ...]
    findings: tuple[Finding, ...]

    @property
    def required_role(self) -> str | None:
        """The ARN of the role that UbiQuity has to assume; None where nothing was asked of it."""
        return next((row.resource for row in self.access if row.action == ASSUME_ACTION), None)
