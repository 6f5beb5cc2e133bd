"""The chain's links with what a report says of each, as the window draws them.

A link is never called fine because nothing was said of it: it is fine where the report decided
it so, and not known where a fact is missing or an earlier link hides it. Nor is one called broken
because nobody could ask: a sign-in or a network that does not work stands before the chain.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.diagnosis.snapshot_facts import fact_at
from app.core.diagnosis.view.connector import DECRYPT, GENERATE, S3_ACTIONS
from app.core.diagnosis.view.setup import ASSUME
from app.core.frozen import frozen
from app.core.guide import LIST_ACTION
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.report import AccessDecision, Evidence, Finding, Report, Weight
from app.core.snapshot import BucketFacts, LastUse, Snapshot, State


class LinkState(StrEnum):
    """How a link stands."""

    FINE = "fine"
    BROKEN = "broken"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not-needed"
    UNTRIED = "untried"
    """UbiQuity alone: it was not asked yet, and no policy tells anything of it."""


UNKNOWN_STATES: Final = (LinkState.UNKNOWN, LinkState.NOT_NEEDED, LinkState.UNTRIED)
"""States of which there is nothing to know how they are known."""

CHAIN: Final = (
    ChainLink.UBIQUITY,
    ChainLink.ROLE,
    ChainLink.TRUST,
    ChainLink.PERMISSIONS,
    ChainLink.BUCKET,
    ChainLink.KEY,
    ChainLink.FILES,
)


@frozen
class LinkStatus:
    """One link: its state, how that is known, and the findings that belong to it.

    ``last_used`` is what AWS told of the role's last use, at that link alone; None where it was
    not read.
    """

    link: ChainLink
    state: LinkState
    evidence: Evidence
    findings: tuple[Finding, ...] = ()
    last_used: LastUse | None = None


def links_of(report: Report, snapshot: Snapshot) -> tuple[LinkStatus, ...]:
    """Return the seven links in their order.

    Before them stands who is asking, where something is to be said of that, and after them what
    became of changes. A finding beyond the chain is shown at one of its links.
    """
    snapshot = snapshot.as_to_role(report.required_role)
    homes = {_home(finding) for finding in report.findings}
    before, after = {ChainLink.CALLER} & homes, {ChainLink.CHANGES} & homes
    return tuple(_status(link, report, snapshot) for link in (*before, *CHAIN, *after))


def first_broken(links: Iterable[LinkStatus]) -> LinkStatus | None:
    """Return the first broken link, or None where none is."""
    return next((status for status in links if status.state is LinkState.BROKEN), None)


_LINK_BY_SERVICE: Final = {
    "sts": ChainLink.TRUST,
    "s3": ChainLink.PERMISSIONS,
    "kms": ChainLink.KEY,
}


def link_of(finding: Finding) -> ChainLink:
    """Return the link of the chain under which the window shows ``finding``.

    What lies outside of the chain is shown at the link it concerns: a refusal by the
    organisation at the link whose action it refuses, a fact that could not be read at the link
    that it belongs to, a thing that is still spreading at the role.
    """
    match finding.code:
        case "organization.denies":
            return _LINK_BY_SERVICE.get(_first_service(finding), ChainLink.PERMISSIONS)
        case "check.unreadable":
            fact = fact_at(str(finding.params.get("what", "")))
            return fact.link if fact else CATALOGUE[finding.code].link
        case "connect.propagating":
            return ChainLink.ROLE
        case code:
            return CATALOGUE[code].link


def _first_service(finding: Finding) -> str:
    actions = finding.params.get("actions")
    first = actions[0] if isinstance(actions, list | tuple) and actions else ""
    return str(first).partition(":")[0].lower()


def _status(link: ChainLink, report: Report, snapshot: Snapshot) -> LinkStatus:
    findings = tuple(f for f in report.findings if _home(f) is link)
    state = _state(link, findings, report, snapshot)
    evidence = _evidence(link, state, findings, report, snapshot)
    last_used = snapshot.role.last_used if link is ChainLink.ROLE else None
    return LinkStatus(link, state, evidence, findings, last_used)


def _home(finding: Finding) -> ChainLink:
    """Return where a finding is shown: nothing is left beyond."""
    link = link_of(finding)
    return ChainLink.CALLER if link is ChainLink.BEYOND else link


def _state(
    link: ChainLink, findings: tuple[Finding, ...], report: Report, snapshot: Snapshot
) -> LinkState:
    weights = {CATALOGUE[finding.code].weight for finding in findings}
    if Weight.BLOCKER in weights:
        return LinkState.BROKEN
    if link is ChainLink.UBIQUITY:
        return _state_of_ubiquity(report, snapshot)
    rows = _rows(link, report)
    # Only UbiQuity knows what a condition of the trust policy may turn on: it was seen to get in.
    decided = not any(row.decision == "unknown" for row in rows) or (
        link is ChainLink.TRUST and _is_seen(ASSUME, report, snapshot)
    )
    hidden = link is ChainLink.TRUST and _role_hidden(report)
    if hidden or not decided or _is_missing(link, findings, report, snapshot):
        return LinkState.UNKNOWN
    if link is ChainLink.KEY and not rows and not findings:
        return LinkState.NOT_NEEDED
    return _mild(weights)


def _state_of_ubiquity(report: Report, snapshot: Snapshot) -> LinkState:
    """Return how UbiQuity itself stands, of which no policy tells: it was heard, or not asked.

    A recorded visit with another External ID is that of another database.
    """
    answered = (ObservedOutcome.ALLOWED, ObservedOutcome.DENIED)
    own = (o for o in snapshot.observations if not o.is_visit or o.external_id == "right")
    if any(one.identity in _UBIQUITY and one.outcome in answered for one in own):
        return LinkState.FINE
    unasked = snapshot.caller is None or any(map(_is_out_of_reach, report.findings))
    return LinkState.UNKNOWN if unasked else LinkState.UNTRIED


def _is_missing(
    link: ChainLink, findings: tuple[Finding, ...], report: Report, snapshot: Snapshot
) -> bool:
    """Tell whether a fact that the link stands on was not read."""
    if any(finding.code == "check.unreadable" for finding in findings):
        return True
    # Where the sign-in fails, the report doesn't name what could not be read besides.
    if any(_is_out_of_reach(finding) for finding in report.findings) and any(
        _link_of_fact(unread.what) is link for unread in snapshot.unreadable
    ):
        return True
    buckets = [_facts_of(snapshot, name) for name in _bucket_names(report)]
    match link:
        case ChainLink.ROLE:
            return snapshot.role.state is State.UNREADABLE
        case ChainLink.BUCKET:
            return any(bucket is None or bucket.state is State.UNREADABLE for bucket in buckets)
        case ChainLink.KEY:
            return any(bucket is None or bucket.encryption is None for bucket in buckets)
        case ChainLink.FILES:
            return any(bucket is None or bucket.sample is None for bucket in buckets)
        case _:
            return False


def _is_out_of_reach(finding: Finding) -> bool:
    return _breaks(finding) and link_of(finding) is ChainLink.CALLER


def _link_of_fact(path: str) -> ChainLink | None:
    fact = fact_at(path)
    return fact.link if fact else None


def _bucket_names(report: Report) -> tuple[str, ...]:
    """Return the draft's buckets: each has its rows."""
    return tuple(dict.fromkeys(row.bucket for row in report.access if row.bucket is not None))


def _facts_of(snapshot: Snapshot, name: str) -> BucketFacts | None:
    place = snapshot.bucket_index(name)
    return None if place is None else snapshot.buckets[place]


def _mild(weights: set[Weight]) -> LinkState:
    return LinkState.DOUBTFUL if Weight.WARNING in weights else LinkState.FINE


def _rows(link: ChainLink, report: Report) -> tuple[AccessDecision, ...]:
    """Return the decisions that a link stands on."""
    service = {ChainLink.TRUST: "sts:", ChainLink.PERMISSIONS: "s3:", ChainLink.KEY: "kms:"}.get(
        link
    )
    if service is None:
        return ()
    return tuple(
        row
        for row in report.access
        if row.action.startswith(service) and not row.without_external_id
    )


def _role_hidden(report: Report) -> bool:
    """Tell whether there is no role that the later links could be judged by."""
    return any(
        link_of(finding) is ChainLink.ROLE for finding in report.findings if _breaks(finding)
    )


def _breaks(finding: Finding) -> bool:
    return CATALOGUE[finding.code].weight is Weight.BLOCKER and finding.code != "role.boundary"


_UBIQUITY: Final = (Identity.UBIQUITY, Identity.TOLD)

_PROVES: Final = {
    ChainLink.ROLE: (ASSUME,),
    ChainLink.TRUST: (ASSUME,),
    ChainLink.PERMISSIONS: S3_ACTIONS,
    ChainLink.BUCKET: (LIST_ACTION,),
    ChainLink.KEY: (DECRYPT, GENERATE),
}
"""What has to have been seen for a link to be verified, in each bucket of the draft.

The permissions are all four actions, and the key is its own use: a file that was read may be under
another key, or none. One file that was read proves nothing of the others."""


def _evidence(
    link: ChainLink,
    state: LinkState,
    findings: tuple[Finding, ...],
    report: Report,
    snapshot: Snapshot,
) -> Evidence:
    if findings:
        return findings[0].evidence
    if link is ChainLink.UBIQUITY:
        return Evidence.VERIFIED if state is LinkState.FINE else Evidence.PREDICTED
    is_known = state in {LinkState.FINE, LinkState.DOUBTFUL}
    actions = _PROVES.get(link, ())
    if is_known and actions and all(_is_seen(action, report, snapshot) for action in actions):
        return Evidence.VERIFIED
    is_read = link in {ChainLink.ROLE, ChainLink.BUCKET, ChainLink.FILES} and not snapshot.is_pasted
    return Evidence.OBSERVED if is_read else Evidence.PREDICTED


def _is_seen(action: str, report: Report, snapshot: Snapshot) -> bool:
    """Tell whether UbiQuity was seen to do ``action``, the last time that it tried.

    A listing has to be seen with each bucket, and says as well that the role was assumed. The
    use of a key has to be seen with each bucket that has one of the customer's, of that key.
    """
    last_outcomes: dict[str | None, ObservedOutcome] = {}
    for observation in snapshot.observations:
        if observation.identity not in _UBIQUITY or observation.looks_outside:
            continue
        if not _is_of_its_key(observation, snapshot):
            continue
        if observation.action == action and observation.external_id in {None, "right"}:
            last_outcomes[None if action == ASSUME else observation.bucket] = observation.outcome
        elif (
            action == ASSUME
            and observation.action != ASSUME
            and observation.outcome is ObservedOutcome.ALLOWED
        ):
            last_outcomes[None] = observation.outcome
    buckets: tuple[str | None, ...] = (None,) if action == ASSUME else _bucket_names(report)
    if action.startswith("kms:"):
        rows = (row for row in report.access if row.action == action)
        buckets = tuple(dict.fromkeys(row.bucket for row in rows))
    return bool(buckets) and all(
        last_outcomes.get(name) is ObservedOutcome.ALLOWED for name in buckets
    )


def _is_of_its_key(observation: Observation, snapshot: Snapshot) -> bool:
    """Tell whether a key that was used is the bucket's own; what uses no key is no other's."""
    if not observation.action.startswith("kms:"):
        return True
    facts = _facts_of(snapshot, observation.bucket or "")
    key = facts.kms_key if facts else None
    return key is not None and key.arn == observation.resource
