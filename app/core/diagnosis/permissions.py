"""What the role's own policies lack: one finding for each cause, not for each action.

Source: the guide's Step 3, Troubleshooting ("Role assumption succeeds but S3 operations fail")
and "Additional configuration".
"""

from collections.abc import Collection, Iterator, Sequence

from app.core.diagnosis.grant_faults import PLACEHOLDER, WRONG_BUCKET
from app.core.diagnosis.lack_findings import findings_of
from app.core.diagnosis.lacks import Lack, lacks_of
from app.core.diagnosis.mended_names import with_bucket_named
from app.core.diagnosis.s3_patterns import is_near
from app.core.diagnosis.view.connector import S3_ACTIONS
from app.core.diagnosis.view.customer_policy import CustomerPolicyView, view_customer_policy
from app.core.diagnosis.view.setup import AnsweredConnector, Setup
from app.core.frozen import frozen, replace
from app.core.iam.policies import Policy
from app.core.report import Evidence, Finding
from app.core.snapshot import State

_NOT_ATTACHED = "policy.not-attached"


@frozen
class _Role:
    """A role with these policies, seen by the connector of ``connection``."""

    setup: Setup
    connection: AnsweredConnector
    identity: tuple[Policy, ...]
    bucket_names: Collection[str]
    """Those of the draft's buckets."""

    def lacks(self) -> tuple[Lack, ...]:
        """Return the S3 actions that the policies do not grant."""
        return lacks_of(self.connection, self.identity, self.bucket_names)

    def findings(self, lacks: Sequence[Lack]) -> tuple[Finding, ...]:
        """Return what is wrong with the policies."""
        return findings_of(lacks, self.connection.connector, self.setup.role.names)


def permission_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what the role's policies lack, for each connector."""
    if not setup.role.is_found:
        return
    names = setup.draft.bucket_names
    roles = [_Role(setup, c, setup.role.identity, frozenset(names)) for c in setup.connections]
    lacking = [(role, lacks) for role in roles if (lacks := role.lacks())]
    if lacking:
        customer = view_customer_policy(setup.draft, setup.snapshot, setup.role.work)
        findings = [found for role, lacks in lacking for found in _lacking(role, lacks, customer)]
        yield from _with_unattached_once(findings, names)


def _with_unattached_once(
    findings: Sequence[Finding], bucket_names: Sequence[str]
) -> Iterator[Finding]:
    """Yield the unattached policy once, without a bucket, where each of several lacks it."""
    unattached = [finding for finding in findings if finding.code == _NOT_ATTACHED]
    if len(bucket_names) > 1 and {finding.bucket for finding in unattached} == set(bucket_names):
        first = unattached[0]
        yield Finding(first.code, first.evidence, None, first.params)
        yield from (finding for finding in findings if finding.code != _NOT_ATTACHED)
    else:
        yield from findings


def _lacking(role: _Role, lacks: Sequence[Lack], customer: CustomerPolicyView) -> Iterator[Finding]:
    lacks_everything = len(lacks) == len(S3_ACTIONS)
    if customer.is_left_lying:
        policy = customer.policy
        with_it = replace(role, identity=(*role.identity, *((policy,) if policy else ())))
        lacks_with_it = with_it.lacks()
        if lacks_everything or not lacks_with_it:
            yield _not_attached(role, customer)
            lacks = lacks_with_it if policy else ()
            role = with_it
    elif lacks_everything and customer.state is State.MISSING and not _is_meant(lacks, role):
        account = role.setup.draft.account_id
        yield Finding("policy.missing", Evidence.PREDICTED, params={"account": account})
        return
    yield from _each_cause(role, lacks)


def _not_attached(role: _Role, customer: CustomerPolicyView) -> Finding:
    bucket, params = role.connection.bucket, {"policy": customer.arn}
    return Finding(_NOT_ATTACHED, Evidence.PREDICTED, bucket, params)


def _is_meant(lacks: Sequence[Lack], role: _Role) -> bool:
    """Tell whether the role's policies were meant for the connector, if not made for it rightly.

    They name its bucket, nearly so, or have the four actions on some bucket.
    """
    faults = [fault for lack in lacks for fault in lack.faults]
    if any(fault.code != WRONG_BUCKET for fault in faults) or all(lack.faults for lack in lacks):
        return True
    return any(is_near(name, role.connection.bucket) for f in faults for name in f.texts)


def _each_cause(role: _Role, lacks: Sequence[Lack]) -> Iterator[Finding]:
    """Yield each cause, and what would still be wrong once the bucket's name is mended."""
    findings = role.findings(lacks)
    yield from findings
    bucket = role.connection.bucket
    # The actions that lack mostly do so by the same names, and there may be many.
    named = {(f.code, name) for lack in lacks for f in lack.faults for name in f.texts}
    wrong_names = [
        name
        for code, name in named
        if code == PLACEHOLDER or (code == WRONG_BUCKET and is_near(name, bucket))
    ]
    if wrong_names and any(finding.code in (PLACEHOLDER, WRONG_BUCKET) for finding in findings):
        identity = with_bucket_named(bucket, wrong_names, role.identity, role.setup.role.work)
        mended = replace(role, identity=identity)
        yield from (f for f in mended.findings(mended.lacks()) if f not in findings)
