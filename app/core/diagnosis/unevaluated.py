"""Policies that are not evaluated: longer than AWS stores, or more than can be worked out here.

They count as facts that were not read, so what hangs on them is unknown, and a finding says so.
Sources: "IAM and AWS STS quotas" (a trust policy has 2,048 characters, or up to 4,096 on request;
white space is not counted); S3 User Guide, "Bucket policies" (20 KB); see ``policy_size``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

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
from app.core.snapshot import PolicyDocument, Snapshot, Unreadable, is_of_a_key

TOO_LONG: Final = "DocumentTooLong"
TOO_MUCH_WORK: Final = "TooMuchWork"
NO_POLICY: Final = "NoPolicyDocument"
"""Codes of our own, which stand where AWS's would: AWS was not asked, or gave what is no policy."""

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
    """Return ``snapshot`` without any policy: together they are too much to work out."""
    paths = [d.path for d in _documents(snapshot) if d.content is not None]
    return _without(snapshot, paths, TOO_MUCH_WORK)


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
