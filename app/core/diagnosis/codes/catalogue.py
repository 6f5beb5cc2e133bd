"""The catalogue of findings: one row for each cause, in the order in which they are reported.

A code never changes once released: support says it aloud, and reports carry it. The values
that a finding carries are in ``parameters``, its words in ``app.core.wording.findings``.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from app.core.report import Finding, Weight, Who


class ChainLink(IntEnum):
    """The links of the chain in its order, and the places that lie outside of it."""

    UBIQUITY = 0
    ROLE = 1
    TRUST = 2
    PERMISSIONS = 3
    BUCKET = 4
    KEY = 5
    FILES = 6
    CALLER = 7
    """Who is asking: this computer and its sign-in, without which nothing is known of the chain."""
    BEYOND = 8
    """The organisation, and what can't be seen."""
    CHANGES = 9


class Row(NamedTuple):
    """One cause: its weight, who can act, its link, and where the guide tells of it."""

    code: str
    weight: Weight
    who: Who
    link: ChainLink
    doc: str
    """The heading of the guide as a link into its page."""


_START: Final = "#before-you-begin"
_STEP_1: Final = "#step-1-create-the-iam-role"
_STEP_2: Final = "#step-2-configure-the-trust-policy"
_STEP_3: Final = "#step-3-attach-a-permissions-policy"
_STEP_4: Final = "#step-4-add-the-connector-in-ubiquity"
_TROUBLE: Final = "#troubleshooting"
_MORE: Final = "#additional-configuration"
"""Folders, encrypted buckets, several buckets: bold lines there, without a link of their own."""
_HELP: Final = "#need-help"

_B: Final = Weight.BLOCKER
_W: Final = Weight.WARNING
_N: Final = Weight.NOTE

_ROWS: Final[tuple[tuple[str, Weight, Who, ChainLink, str], ...]] = (
    ("env.offline", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.proxy", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.tls-intercepted", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.clock-skew", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.timeout", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.throttled", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("env.aws-fault", _B, Who.YOU, ChainLink.CALLER, _HELP),
    ("signin.none", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.profile-missing", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.expired", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.invalid", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.config-broken", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.region-disabled", _B, Who.AWS_ADMIN, ChainLink.CALLER, _START),
    ("signin.wrong-account", _B, Who.YOU, ChainLink.CALLER, _START),
    ("signin.wrong-partition", _B, Who.UBIQUITY, ChainLink.CALLER, _HELP),
    ("signin.other-endpoint", _N, Who.YOU, ChainLink.CALLER, _START),
    ("signin.not-allowed", _B, Who.AWS_ADMIN, ChainLink.CALLER, _START),
    ("role.missing", _B, Who.AWS_ADMIN, ChainLink.ROLE, _STEP_1),
    ("role.misnamed", _B, Who.AWS_ADMIN, ChainLink.ROLE, _TROUBLE),
    ("role.path", _B, Who.AWS_ADMIN, ChainLink.ROLE, _STEP_1),
    ("role.boundary", _B, Who.AWS_ADMIN, ChainLink.ROLE, _STEP_3),
    ("trust.principal-wrong", _B, Who.AWS_ADMIN, ChainLink.TRUST, _TROUBLE),
    ("trust.principal-orphaned", _B, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.external-id-mismatch", _B, Who.AWS_ADMIN, ChainLink.TRUST, _TROUBLE),
    ("trust.external-id-placeholder", _B, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.external-id-not-required", _W, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.action-wrong", _B, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.condition-blocks", _B, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.deny-may-apply", _W, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.explicit-deny", _B, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("trust.too-open", _W, Who.AWS_ADMIN, ChainLink.TRUST, _STEP_2),
    ("policy.missing", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.not-attached", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _TROUBLE),
    ("policy.placeholder", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.wrong-bucket", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.objects-not-covered", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.bucket-not-covered", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.prefix-mismatch", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _MORE),
    ("policy.action-missing", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.explicit-deny", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.deny-may-apply", _W, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.condition-blocks", _B, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("policy.too-broad", _W, Who.AWS_ADMIN, ChainLink.PERMISSIONS, _STEP_3),
    ("bucket.missing", _B, Who.YOU, ChainLink.BUCKET, _TROUBLE),
    ("bucket.other-account", _B, Who.BUCKET_OWNER, ChainLink.BUCKET, _TROUBLE),
    ("bucket.region-mismatch", _B, Who.YOU, ChainLink.BUCKET, _TROUBLE),
    ("bucket.explicit-deny", _B, Who.BUCKET_OWNER, ChainLink.BUCKET, _TROUBLE),
    ("bucket.deny-may-apply", _W, Who.BUCKET_OWNER, ChainLink.BUCKET, _TROUBLE),
    ("bucket.direct-grant", _W, Who.BUCKET_OWNER, ChainLink.BUCKET, _STEP_2),
    ("bucket.object-ownership", _W, Who.BUCKET_OWNER, ChainLink.BUCKET, _TROUBLE),
    ("kms.decrypt-denied", _B, Who.KEY_ADMIN, ChainLink.KEY, _TROUBLE),
    ("kms.describe-denied", _W, Who.KEY_ADMIN, ChainLink.KEY, _TROUBLE),
    ("kms.write-denied", _W, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("kms.explicit-deny", _B, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("kms.deny-may-apply", _W, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("kms.principal-orphaned", _B, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("kms.key-differs", _W, Who.YOU, ChainLink.KEY, _MORE),
    ("kms.key-disabled", _B, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("kms.direct-grant", _W, Who.KEY_ADMIN, ChainLink.KEY, _STEP_2),
    ("kms.other-account", _W, Who.KEY_ADMIN, ChainLink.KEY, _MORE),
    ("files.none", _N, Who.YOU, ChainLink.FILES, _STEP_4),
    ("files.archived", _W, Who.YOU, ChainLink.FILES, _TROUBLE),
    ("files.tagged", _W, Who.AWS_ADMIN, ChainLink.FILES, _STEP_3),
    ("files.other-key", _W, Who.KEY_ADMIN, ChainLink.FILES, _MORE),
    ("files.sse-c", _W, Who.YOU, ChainLink.FILES, _MORE),
    ("organization.denies", _B, Who.ORGANIZATION_ADMIN, ChainLink.BEYOND, _TROUBLE),
    ("check.unreadable", _W, Who.AWS_ADMIN, ChainLink.BEYOND, _HELP),
    ("connect.propagating", _N, Who.YOU, ChainLink.BEYOND, _TROUBLE),
    ("change.conflict", _B, Who.AWS_ADMIN, ChainLink.CHANGES, _HELP),
    ("change.limit", _B, Who.AWS_ADMIN, ChainLink.CHANGES, _HELP),
    ("change.refused", _B, Who.AWS_ADMIN, ChainLink.CHANGES, _HELP),
)

CATALOGUE: Final[Mapping[str, Row]] = {row[0]: Row(*row) for row in _ROWS}
"""Every row by its code, in the order of the report."""

_PLACES: Final = {code: place for place, code in enumerate(CATALOGUE)}


def in_chain_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` as the report has them; equal codes keep their order.

    The chain comes first, link by link; then what lies outside of it (the organisation, what
    could not be read, what is still spreading, changes), as the catalogue is written.
    """
    return tuple(sorted(findings, key=lambda finding: _PLACES[finding.code]))
