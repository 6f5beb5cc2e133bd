"""The facts that the snapshot lacks, each once and by its path.

Those are what it names in ``unreadable``, what its file doesn't hold at all, and what is null
where AWS always has something (a role's trust policy, the document of a policy that is there).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.diagnosis.observed.tried import standing
from app.core.diagnosis.role_view import (
    ATTACHED,
    BOUNDARY,
    CUSTOMER_POLICY,
    INLINE,
    TRUST,
    document_path,
)
from app.core.diagnosis.setup import Setup
from app.core.failure import finding_of_failure
from app.core.frozen import frozen
from app.core.iam.decision import Decision
from app.core.snapshot import BucketFacts, Snapshot, State, Unreadable

_IAM: Final = ("role", "similar_roles", CUSTOMER_POLICY)
_ELSEWHERE: Final = (State.MISSING, State.OTHER_ACCOUNT)


@frozen
class Gap:
    """A fact that is not known. ``why`` is AWS's answer, where it was asked."""

    path: str
    why: Unreadable | None = None
    bucket: str | None = None


def gaps_of(setup: Setup) -> tuple[Gap, ...]:
    """Return what is not known and could matter, in the snapshot's order.

    A fact that nothing turns on any more (of a role that is missing, say), or whose cause is
    another finding (no network, another account's sign-in), is left out.
    """
    snapshot = setup.snapshot
    named = {entry.what: entry for entry in snapshot.unreadable}
    paths = dict.fromkeys([*named, *_implied(setup), *_garbled(setup), *sorted(snapshot.absent)])
    asking = {failure.finding for failure in standing(snapshot.observations)}
    gaps = [
        Gap(path, named.get(path), bucket.name if bucket else None)
        for path in paths
        for bucket in (_bucket_of(snapshot, path),)
        if not _is_part_of_another(path, paths)
    ]
    lacking = (Gap("buckets", bucket=c.bucket) for c in setup.connections if not c.connector.facts)
    left = (gap for gap in gaps if not _is_pointless(setup, gap, asking))
    return (*left, *dict.fromkeys(lacking))


def _is_part_of_another(path: str, paths: Iterable[str]) -> bool:
    if any(path.startswith((f"{other}.", f"{other}[")) for other in paths):
        return True
    # The key is read by way of the encryption.
    return path.endswith(".kms_key") and f"{path.removesuffix('kms_key')}encryption" in paths


def _implied(setup: Setup) -> Iterator[str]:
    snapshot = setup.snapshot
    policy = snapshot.customer_policy
    if setup.role.state is State.UNREADABLE:
        yield "role"
    elif setup.role.is_found:
        yield from _implied_of_role(snapshot)
    if policy.state is State.UNREADABLE:
        yield CUSTOMER_POLICY
    elif policy.state is State.FOUND and policy.document is None:
        yield f"{CUSTOMER_POLICY}.document"
    for index, bucket in enumerate(snapshot.buckets):
        if bucket.state is State.UNREADABLE:
            yield f"buckets[{index}]"
        elif bucket.kms_key and bucket.kms_key.policy is None:
            yield f"buckets[{index}].kms_key.policy"


def _implied_of_role(snapshot: Snapshot) -> Iterator[str]:
    role = snapshot.role
    if role.trust_policy is None:
        yield TRUST
    if role.permissions_boundary and role.permissions_boundary.document is None:
        yield f"{BOUNDARY}.document"
    for listed, policies in ((ATTACHED, role.attached_policies), (INLINE, role.inline_policies)):
        for index, policy in enumerate(policies):
            if policy.document is None:
                yield document_path(listed, index)


def _garbled(setup: Setup) -> Iterator[str]:
    """Yield the documents that AWS would have refused, where a decision hangs on them."""
    if not setup.role.is_found:
        return
    for answer in (setup.assume, *(a for c in setup.connections for a in c.needed)):
        if answer.decision is Decision.UNKNOWN:
            for reading in answer.outcome.because.statements:
                if reading.statement.unreadable and "." in reading.source:
                    yield reading.source


def _bucket_of(snapshot: Snapshot, path: str) -> BucketFacts | None:
    number = path.removeprefix("buckets[").partition("]")[0]
    is_bucket = path.startswith("buckets[") and number.isascii() and number.isdecimal()
    if not is_bucket or int(number) >= len(snapshot.buckets):
        return None
    return snapshot.buckets[int(number)]


def _is_pointless(setup: Setup, gap: Gap, asking: set[str | None]) -> bool:
    snapshot, path = setup.snapshot, gap.path
    if gap.why and finding_of_failure(gap.why.code or "", gap.why.message or "") in asking - {None}:
        return True
    if setup.foreign and not setup.role.is_found and path.startswith(_IAM):
        return True
    if setup.role.state is State.MISSING and path.startswith(("role", CUSTOMER_POLICY)):
        return True
    bucket = _bucket_of(snapshot, path)
    if bucket is None:
        return path.startswith("buckets[")
    unwanted = bucket.name not in setup.draft.bucket_names or bucket.state in _ELSEWHERE
    is_aws_key = bucket.kms_key is not None and bucket.kms_key.manager == "AWS"
    return unwanted or (is_aws_key and ".kms_key" in path)
