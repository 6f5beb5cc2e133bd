"""The snapshot as the JSON object of its file (formats.md)."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from app.core.snapshot import (
    FORMAT,
    VERSION,
    BucketFacts,
    CustomerPolicy,
    KmsKey,
    Observation,
    PolicyDocument,
    RoleFacts,
    Sample,
    Snapshot,
    State,
)

Json = dict[str, object]

_EMPTY_IF_NOT_READ: Final = ("attached_policies", "inline_policies", "tagged", "sse_c")


def moment_text(moment: datetime) -> str:
    """Return a time as AWS writes it, in UTC: ``2026-11-23T01:02:03Z``."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def snapshot_to_json(snapshot: Snapshot) -> Json:
    """Return the snapshot as the JSON object of its file; a fact not read is null or absent."""
    caller = snapshot.caller
    top: Json = {
        "format": FORMAT,
        "version": VERSION,
        "captured_at": moment_text(snapshot.captured_at),
        "caller": {"arn": caller.arn, "account": caller.account} if caller else None,
        "role": _role(snapshot.role),
        "similar_roles": [{"name": r.name, "arn": r.arn} for r in snapshot.similar_roles],
        "customer_policy": _customer_policy(snapshot.customer_policy),
        "buckets": [_bucket(bucket) for bucket in snapshot.buckets],
        "organization_denies": [
            {"action": d.action, "resource": d.resource, "by": d.by}
            for d in snapshot.organization_denies
        ],
        "observations": [_observation(o) for o in snapshot.observations],
        "unreadable": [
            {"what": u.what, "code": u.code, "message": u.message} for u in snapshot.unreadable
        ],
    }
    unread = {entry.what for entry in snapshot.unreadable}
    for path in snapshot.absent - unread:
        _leave_out(top, path)
    for path in unread:
        _write_null(top, path)
    return {**top, **_known({"organization_id": snapshot.organization_id})}


def _leave_out(top: Json, path: str) -> None:
    """Take out a fact that the snapshot's own file did not carry: null would say something."""
    place, key = _place_of(top, path)
    place.pop(key, None)


def _write_null(top: Json, path: str) -> None:
    """Write null for a list or number that was not read: here it is empty, which says something."""
    place, key = _place_of(top, path)
    if key in _EMPTY_IF_NOT_READ and not place.get(key):
        place[key] = None


def _place_of(top: Json, path: str) -> tuple[Json, str]:
    """Return the object in which the fact at ``path`` stands, and its key there."""
    *outer, last = re.findall(r"[^.\[\]]+", path) or [""]
    place: object = top
    for key in outer:
        if isinstance(place, list):
            place = {str(number): entry for number, entry in enumerate(place)}
        place = place.get(key) if isinstance(place, dict) else None
    return (place if isinstance(place, dict) else {}), last


def _known(fields: Mapping[str, object]) -> Json:
    return {key: value for key, value in fields.items() if value is not None}


def _listed(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _attached(policy: PolicyDocument) -> Json:
    version = policy.version
    return {"name": policy.name, "arn": policy.arn, "version": version, "document": policy.document}


def _inline(policy: PolicyDocument) -> Json:
    return {"name": policy.name, "document": policy.document}


def _role(role: RoleFacts) -> Json:
    if role.state is not State.FOUND:
        return {"state": str(role.state)}
    boundary = role.permissions_boundary
    fields: Json = {
        "state": str(role.state),
        "arn": role.arn,
        "name": role.name,
        "path": role.path,
        "trust_policy": role.trust_policy,
        "permissions_boundary": {"arn": boundary.arn, "document": boundary.document}
        if boundary
        else None,
        "attached_policies": [_attached(policy) for policy in role.attached_policies],
        "inline_policies": [_inline(policy) for policy in role.inline_policies],
    }
    optional = {
        "id": role.id,
        "tags": dict(role.tags) if role.tags is not None else None,
        "max_session_duration": role.max_session_duration,
        "instance_profiles": _listed(role.instance_profiles),
    }
    return {**fields, **_known(optional)}


def _customer_policy(policy: CustomerPolicy) -> Json:
    if policy.state is not State.FOUND:
        return {"state": str(policy.state)}
    fields: Json = {
        "state": str(policy.state),
        "arn": policy.arn,
        "version": policy.version,
        "document": policy.document,
    }
    versions = policy.versions
    optional = {
        "versions": None
        if versions is None
        else [
            {
                "id": version.id,
                "created_at": moment_text(version.created_at) if version.created_at else None,
                "default": version.default,
            }
            for version in versions
        ],
        "attached_to": _listed(policy.attached_to),
        "tags": dict(policy.tags) if policy.tags is not None else None,
    }
    return {**fields, **_known(optional)}


def _bucket(bucket: BucketFacts) -> Json:
    encryption = bucket.encryption
    return {
        "name": bucket.name,
        "state": str(bucket.state),
        "region": bucket.region,
        "owner_account": bucket.owner_account,
        "policy": bucket.policy,
        "encryption": {
            "algorithm": encryption.algorithm,
            "kms_key_id": encryption.kms_key_id,
            "bucket_key": encryption.bucket_key,
        }
        if encryption
        else None,
        "object_ownership": bucket.object_ownership,
        "kms_key": _kms_key(bucket.kms_key) if bucket.kms_key else None,
        "sample": _sample(bucket.sample) if bucket.sample else None,
    }


def _kms_key(key: KmsKey) -> Json:
    return {
        "arn": key.arn,
        "account": key.account,
        "manager": key.manager,
        "state": key.state,
        "policy": key.policy,
    }


def _sample(sample: Sample) -> Json:
    fields: Json = {
        "listed": sample.listed,
        "truncated": sample.truncated,
        "keys": list(sample.keys),
        "storage_classes": dict(sample.storage_classes),
        "tagged": sample.tagged,
        "sse_c": sample.sse_c,
    }
    return {**fields, "kms_keys": list(sample.kms_keys)} if sample.kms_keys else fields


def _observation(observation: Observation) -> Json:
    return {
        "at": moment_text(observation.at),
        "as": str(observation.identity),
        "action": observation.action,
        "resource": observation.resource,
        "bucket": observation.bucket,
        "external_id": observation.external_id,
        "outcome": str(observation.outcome),
        "code": observation.code,
        "message": observation.message,
        "request_id": observation.request_id,
    }
