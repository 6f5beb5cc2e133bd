"""Policies that are not evaluated: longer than AWS stores, or more than can be worked out here.

They count as facts that were not read, so what hangs on them is unknown, and a finding says so.
Sources: "IAM and AWS STS quotas" (a trust policy has 2,048 characters, or up to 4,096 on request;
white space is not counted); S3 User Guide, "Bucket policies" (20 KB); see ``policy_size``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from app.core.diagnosis.view.customer_policy import DOCUMENT
from app.core.diagnosis.view.role_view import ATTACHED, BOUNDARY, INLINE, TRUST, document_path
from app.core.documents.policy_size import (
    BUCKET_POLICY,
    INLINE_POLICIES,
    KEY_POLICY,
    LONGEST_TRUST_POLICY,
    MANAGED_POLICY,
    SizeLimit,
)
from app.core.frozen import frozen, replace
from app.core.iam.work import MOST_STEPS, OutOfWorkError, Work
from app.core.snapshot import (
    CustomerPolicy,
    PolicyDocument,
    RoleFacts,
    Snapshot,
    State,
    Unreadable,
    is_of_a_key,
)

T = TypeVar("T")

TOO_LONG: Final = "DocumentTooLong"
TOO_MUCH_WORK: Final = "TooMuchWork"
NO_POLICY: Final = "NoPolicyDocument"
"""Codes of our own, which stand where AWS's would: AWS was not asked, or gave what is no policy."""

_EVERYTHING: Final = ("role", "customer_policy", "buckets")
_STEPS_WITHOUT_POLICIES: Final = 200_000
"""What a second or two are enough for."""

_OF_AWS: Final = ":iam::aws:policy/"
"""In the ARN of a policy that AWS manages, whose length has no limit."""


@frozen
class _Document:
    """A policy of the snapshot, where it stands, and what AWS stores of that kind at most."""

    path: str
    content: object
    limit: SizeLimit | None


def within_limits(snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` without the policies that AWS can't have stored."""
    documents = tuple(_documents(snapshot))
    paths = [d.path for d in documents if d.limit is not None and _is_longer(d.content, d.limit)]
    inline = [d for d in documents if d.path.startswith(INLINE)]
    if sum(_size(d.content, INLINE_POLICIES) for d in inline) > INLINE_POLICIES.figure:
        paths += [d.path for d in inline]
    return _without(snapshot, paths, TOO_LONG)


def without_policies(snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` without any policy: together they are too much to work out.

    Grants of keys go with them, which a policy's Deny may take away.
    """
    paths = [d.path for d in _documents(snapshot) if d.content is not None]
    return _without(snapshot, [*paths, *_grants(snapshot)], TOO_MUCH_WORK)


def as_far_as_work_goes(
    think: Callable[[Snapshot, Work], T], snapshot: Snapshot, work: Work | None
) -> T:
    """Return what is thought of ``snapshot``, of ever less of it where the work ends before.

    First go its policies, and what they allow is unknown; then all but who looked.
    """
    snapshot = within_limits(snapshot)
    try:
        return think(snapshot, work or Work(MOST_STEPS))
    except OutOfWorkError:
        pass
    try:
        return think(without_policies(snapshot), Work(_STEPS_WITHOUT_POLICIES))
    except OutOfWorkError:
        return think(_with_nothing_read(snapshot), Work())


def _with_nothing_read(snapshot: Snapshot) -> Snapshot:
    return Snapshot(
        snapshot.captured_at,
        snapshot.caller,
        RoleFacts(State.UNREADABLE),
        CustomerPolicy(State.UNREADABLE),
        unreadable=tuple(Unreadable(path, TOO_MUCH_WORK) for path in _EVERYTHING),
        endpoint=snapshot.endpoint,
    )


def without_bucket_policies(snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` without the policies of buckets and keys: see ``without_policies``."""
    of_buckets = [d for d in _documents(snapshot) if d.path.startswith("buckets[")]
    paths = [d.path for d in of_buckets if d.content is not None]
    return _without(snapshot, [*paths, *_grants(snapshot)], TOO_MUCH_WORK)


def _grants(snapshot: Snapshot) -> Iterator[str]:
    for index, bucket in enumerate(snapshot.buckets):
        if bucket.kms_key is not None and bucket.kms_key.grants:
            yield f"buckets[{index}].kms_key.grants"


def limit_at(path: str) -> int:
    """Return what AWS stores at most of the kind of policy at ``path``; see ``SizeLimit``."""
    if path == TRUST:
        return LONGEST_TRUST_POLICY.figure
    if path.startswith(INLINE):
        return INLINE_POLICIES.figure
    if path.startswith("buckets["):
        return KEY_POLICY.figure if is_of_a_key(path) else BUCKET_POLICY.figure
    return MANAGED_POLICY.figure


def _documents(snapshot: Snapshot) -> Iterator[_Document]:
    role, policy = snapshot.role, snapshot.customer_policy
    yield _Document(TRUST, role.trust_policy, LONGEST_TRUST_POLICY)
    for index, attached in enumerate(role.attached_policies):
        yield _managed(document_path(ATTACHED, index), attached)
    for index, inline in enumerate(role.inline_policies):
        yield _Document(document_path(INLINE, index), inline.document, None)
    if role.permissions_boundary is not None:
        yield _managed(f"{BOUNDARY}.document", role.permissions_boundary)
    yield _Document(DOCUMENT, policy.document, MANAGED_POLICY)
    for index, bucket in enumerate(snapshot.buckets):
        yield _Document(f"buckets[{index}].policy", bucket.policy, BUCKET_POLICY)
    for place in snapshot.key_places():
        yield _Document(f"{place.path}.policy", place.key.policy, KEY_POLICY)


def _managed(path: str, policy: PolicyDocument) -> _Document:
    is_of_aws = _OF_AWS in (policy.arn or "")
    return _Document(path, policy.document, None if is_of_aws else MANAGED_POLICY)


def _is_longer(content: object, limit: SizeLimit) -> bool:
    return _size(content, limit) > limit.figure


def _size(content: object, limit: SizeLimit) -> int:
    return limit.size(content) if isinstance(content, Mapping) else 0


def _without(snapshot: Snapshot, paths: Iterable[str], code: str) -> Snapshot:
    unread = tuple(Unreadable(path, code) for path in paths if snapshot.was_read(path))
    return replace(snapshot, unreadable=(*snapshot.unreadable, *unread)) if unread else snapshot
