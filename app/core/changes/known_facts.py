"""What of a snapshot is known and what is not, kept right while its facts change."""

import re
from collections.abc import Iterator, Mapping

from app.core.frozen import replace
from app.core.guide import POLICY_NAME
from app.core.snapshot import CustomerPolicy, Snapshot, State, Unreadable


def now_known(snapshot: Snapshot, *paths: str) -> Snapshot:
    """Return ``snapshot`` with nothing at or below ``paths`` named as not read."""

    def stays(what: str) -> bool:
        return not any(what == path or what.startswith((f"{path}.", f"{path}[")) for path in paths)

    return replace(
        snapshot,
        unreadable=tuple(entry for entry in snapshot.unreadable if stays(entry.what)),
        absent=frozenset(filter(stays, snapshot.absent)),
    )


def not_known(snapshot: Snapshot, path: str) -> Snapshot:
    """Return ``snapshot`` with the fact at ``path`` named as not read."""
    return replace(snapshot, unreadable=(*snapshot.unreadable, Unreadable(path)))


def without_place(snapshot: Snapshot, listed: str, index: int) -> Snapshot:
    """Return ``snapshot`` with the paths below ``listed`` as they are without entry ``index``."""
    snapshot = now_known(snapshot, f"{listed}[{index}]")

    def moved(what: str) -> str:
        entry = re.match(rf"{re.escape(listed)}\[(\d+)\]", what)
        if entry is None or int(entry[1]) < index:
            return what
        return f"{listed}[{int(entry[1]) - 1}]{what[entry.end() :]}"

    unread = tuple(replace(entry, what=moved(entry.what)) for entry in snapshot.unreadable)
    return replace(snapshot, unreadable=unread, absent=frozenset(map(moved, snapshot.absent)))


def is_customer_policy(policy: CustomerPolicy, arn: str) -> bool:
    """Tell whether ``policy`` is there and has ``arn``, or that name where it has no ARN."""
    is_named = arn.endswith(f"/{POLICY_NAME}") if policy.arn is None else policy.arn == arn
    return policy.state is State.FOUND and is_named


def known_document(snapshot: Snapshot, arn: str) -> object:
    """Return the document of the managed policy ``arn`` as far as ``snapshot`` tells, else None."""
    policy = snapshot.customer_policy
    if policy.arn is None and is_customer_policy(policy, arn):
        snapshot = replace(snapshot, customer_policy=replace(policy, arn=arn))
    return known_documents(snapshot).get(arn)


def known_documents(snapshot: Snapshot) -> dict[str, object]:
    """Return the documents of managed policies that ``snapshot`` tells of, by their ARNs."""
    documents: dict[str, object] = {}
    for path, arn, document in _documents(snapshot):
        if document is not None and snapshot.was_read(path):
            documents.setdefault(arn, document)
    return documents


def _documents(snapshot: Snapshot) -> Iterator[tuple[str, str, object]]:
    """Yield each place where a managed policy stands: path, ARN and document."""
    policy, role = snapshot.customer_policy, snapshot.role
    if policy.state is State.FOUND and policy.arn:
        yield "customer_policy.document", policy.arn, policy.document
    for place, entry in enumerate(role.attached_policies):
        if entry.arn:
            yield f"role.attached_policies[{place}].document", entry.arn, entry.document
    boundary = role.permissions_boundary
    if boundary is not None and boundary.arn:
        yield "role.permissions_boundary.document", boundary.arn, boundary.document


def with_documents(snapshot: Snapshot, documents: Mapping[str, object]) -> Snapshot:
    """Return ``snapshot`` with those of ``documents``, by their policies' ARNs, that it lacks.

    A policy keeps its document while the role that carried it is deleted and made anew.
    """
    role = snapshot.role
    attached = list(role.attached_policies)
    for place, entry in enumerate(attached):
        document = documents.get(entry.arn or "") if entry.document is None else None
        if document is not None:
            attached[place] = replace(entry, document=document)
            snapshot = now_known(snapshot, f"role.attached_policies[{place}]")
    boundary = role.permissions_boundary
    if boundary is not None and boundary.document is None:
        document = documents.get(boundary.arn or "")
        boundary = replace(boundary, document=document)
        if document is not None:
            snapshot = now_known(snapshot, "role.permissions_boundary.document")
    role = replace(role, attached_policies=tuple(attached), permissions_boundary=boundary)
    return replace(snapshot, role=role)
