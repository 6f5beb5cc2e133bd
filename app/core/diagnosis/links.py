"""The chain's links with what a report says of each, as the window draws them.

A link is never called fine because nothing was said of it: it is fine where the report decided
it so, and not known where a fact is missing or an earlier link hides it.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.core.diagnosis.catalogue import CATALOGUE, link_of
from app.core.diagnosis.chain import Link
from app.core.frozen import frozen
from app.core.report import Access, Evidence, Finding, Report, Weight
from app.core.snapshot import Identity, ObservedOutcome, Snapshot


class LinkState(StrEnum):
    """How a link stands."""

    FINE = "fine"
    BROKEN = "broken"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not-needed"


CHAIN: Final = (
    Link.ASKING,
    Link.ROLE,
    Link.TRUST,
    Link.PERMISSIONS,
    Link.BUCKET,
    Link.KEY,
    Link.FILES,
)


@frozen
class LinkStatus:
    """One link: its state, how that is known, and the findings that belong to it."""

    link: Link
    state: LinkState
    evidence: Evidence
    findings: tuple[Finding, ...] = ()


def links_of(report: Report, snapshot: Snapshot) -> tuple[LinkStatus, ...]:
    """Return the seven links in the chain's order; findings beyond it join the first they touch."""
    return tuple(_status(link, report, snapshot) for link in CHAIN)


def first_broken(links: Iterable[LinkStatus]) -> LinkStatus | None:
    """Return the first broken link, or None where none is."""
    return next((status for status in links if status.state is LinkState.BROKEN), None)


def _status(link: Link, report: Report, snapshot: Snapshot) -> LinkStatus:
    own = tuple(f for f in report.findings if _home(f) is link)
    state = _state(link, own, report)
    return LinkStatus(link, state, _evidence(link, own, snapshot), own)


def _home(finding: Finding) -> Link:
    """Return the link that a finding is shown at: the organisation's is where the rights are."""
    link = link_of(finding)
    if link in CHAIN:
        return link
    return Link.PERMISSIONS if finding.code == "organization.denies" else Link.ASKING


def _state(link: Link, own: tuple[Finding, ...], report: Report) -> LinkState:
    weights = {CATALOGUE[finding.code].weight for finding in own}
    unread = any(finding.code == "check.unreadable" for finding in own)
    if Weight.BLOCKER in weights:
        return LinkState.BROKEN
    rows = _rows(link, report)
    if link is Link.KEY and not rows:
        return LinkState.UNKNOWN if unread else LinkState.NOT_NEEDED
    if unread or any(row.decision == "unknown" for row in rows):
        return LinkState.UNKNOWN
    if link in {Link.TRUST, Link.BUCKET, Link.FILES} and _role_hidden(report):
        return LinkState.UNKNOWN if link is Link.TRUST else _mild(weights)
    return _mild(weights)


def _mild(weights: set[Weight]) -> LinkState:
    return LinkState.DOUBTFUL if Weight.WARNING in weights else LinkState.FINE


def _rows(link: Link, report: Report) -> tuple[Access, ...]:
    """Return the decisions that a link stands on."""
    service = {Link.TRUST: "sts:", Link.PERMISSIONS: "s3:", Link.KEY: "kms:"}.get(link)
    if service is None:
        return ()
    return tuple(
        row
        for row in report.access
        if row.action.startswith(service) and not row.without_external_id
    )


def _role_hidden(report: Report) -> bool:
    """Tell whether there is no role that the later links could be judged by."""
    return any(link_of(finding) is Link.ROLE for finding in report.findings if _breaks(finding))


def _breaks(finding: Finding) -> bool:
    return CATALOGUE[finding.code].weight is Weight.BLOCKER and finding.code != "role.boundary"


_PROVES: Final = {
    Link.ASKING: "sts:AssumeRole",
    Link.ROLE: "sts:AssumeRole",
    Link.TRUST: "sts:AssumeRole",
    Link.BUCKET: "s3:ListBucket",
}
"""What has to have been seen for a link to be verified. The permissions, the key and the files
need more than a listing, so a listing proves none of them."""


def _evidence(link: Link, own: tuple[Finding, ...], snapshot: Snapshot) -> Evidence:
    if own:
        return own[0].evidence
    action = _PROVES.get(link)
    seen = any(
        o.identity in {Identity.UBIQUITY, Identity.TOLD}
        and o.outcome is ObservedOutcome.ALLOWED
        and o.action == action
        and o.external_id != "none"
        for o in snapshot.observations
    )
    if seen:
        return Evidence.VERIFIED
    return Evidence.OBSERVED if link in {Link.ROLE, Link.BUCKET, Link.FILES} else Evidence.PREDICTED
