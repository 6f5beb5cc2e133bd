"""The snapshot's file (``ubiquity-s3-setup/snapshot``, version 1): each fact read and written.

Reader and writer of a fact stand side by side. A fact that was not read is null or absent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.writing import Json, file_text, moment_text
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.regions import region_named
from app.core.snapshot import (
    NEVER_USED,
    BucketFacts,
    Caller,
    CustomerPolicy,
    Encryption,
    KmsGrant,
    KmsKey,
    LastUse,
    OrganizationDeny,
    PolicyDocument,
    PolicyVersion,
    RoleFacts,
    Sample,
    SimilarRole,
    Snapshot,
    State,
    Unreadable,
)

FORMAT: Final = "ubiquity-s3-setup/snapshot"
VERSION: Final = 1

_ROLE_STATES = (State.FOUND, State.MISSING, State.UNREADABLE)
_BUCKET_STATES = tuple(State)
# Facts for which null says something ("there is none"), so that absent must stay apart from it.
_BUCKET_FACTS = ("region", "policy", "encryption", "object_ownership", "kms_key", "sample")
_ROLE_FACTS = ("permissions_boundary",)
# Facts that everything of its kind has: null can only mean that they were not read.
_ALWAYS_IN_ROLE = ("trust_policy", "attached_policies", "inline_policies")
_EXTERNAL_IDS = ("right", "none", "wrong")
_EMPTY_IF_NOT_READ: Final = ("attached_policies", "inline_policies", "tagged", "sse_c")


def read_snapshot(text: str, source: str) -> Snapshot | InputProblem:
    """Read a snapshot's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _read_snapshot)


def dump_snapshot(snapshot: Snapshot) -> str:
    """Return the text of the snapshot's file."""
    return file_text(snapshot_to_json(snapshot))


def _read_snapshot(top: JsonObject) -> Snapshot:
    top.expect_format(FORMAT, VERSION)
    captured_at = top.moment("captured_at")
    if not top.has("caller"):
        top.place("caller")  # says that it is missing; null is allowed, absent is not
    caller = top.optional_place("caller")
    role, policy = top.place("role"), top.place("customer_policy")
    buckets = tuple(top.items("buckets", required=True))
    return Snapshot(
        captured_at=captured_at,
        caller=Caller(caller.text("arn"), caller.text("account")) if caller else None,
        role=_read_role(role),
        customer_policy=_read_customer_policy(policy),
        buckets=tuple(_read_bucket(bucket) for bucket in buckets),
        similar_roles=tuple(
            SimilarRole(r.text("name"), r.text("arn")) for r in top.items("similar_roles")
        ),
        organization_denies=tuple(
            _read_organization_deny(d) for d in top.items("organization_denies")
        ),
        observations=tuple(_read_observation(o) for o in top.items("observations")),
        unreadable=tuple(
            Unreadable(u.text("what"), u.optional_text("code"), u.optional_text("message"))
            for u in top.items("unreadable")
        ),
        organization_id=top.optional_text("organization_id"),
        endpoint=top.optional_text("endpoint"),
        absent=frozenset(_absent(role, policy, buckets)),
    )


def snapshot_to_json(snapshot: Snapshot) -> Json:
    """Return the snapshot as the JSON object of its file; a fact not read is null or absent."""
    caller = snapshot.caller
    top: Json = {
        "format": FORMAT,
        "version": VERSION,
        "captured_at": moment_text(snapshot.captured_at),
        "caller": {"arn": caller.arn, "account": caller.account} if caller else None,
        "role": _role_to_json(snapshot.role),
        "similar_roles": [{"name": r.name, "arn": r.arn} for r in snapshot.similar_roles],
        "customer_policy": _customer_policy_to_json(snapshot.customer_policy),
        "buckets": [_bucket_to_json(bucket) for bucket in snapshot.buckets],
        "organization_denies": [
            {"action": d.action, "resource": d.resource, "by": d.by}
            for d in snapshot.organization_denies
        ],
        "observations": [observation_to_json(o) for o in snapshot.observations],
        "unreadable": [
            {"what": u.what, "code": u.code, "message": u.message} for u in snapshot.unreadable
        ],
    }
    unread = {entry.what for entry in snapshot.unreadable}
    for path in snapshot.absent - unread:
        _leave_out(top, path)
    for path in unread:
        _write_null(top, path)
    optional = {"organization_id": snapshot.organization_id, "endpoint": snapshot.endpoint}
    return {**top, **_without_nulls(optional)}


def _absent(role: JsonObject, policy: JsonObject, buckets: Sequence[JsonObject]) -> Iterator[str]:
    """Yield the paths of the facts that the file should hold and doesn't."""
    if _is_found(role):
        yield from _lacking(role, _ROLE_FACTS, always=_ALWAYS_IN_ROLE)
        boundary = role.optional_place("permissions_boundary")
        kept_in_role = (*role.items("attached_policies"), *role.items("inline_policies"))
        for document in (*kept_in_role, *([boundary] if boundary else ())):
            yield from _lacking(document, always=("document",))
    if _is_found(policy):
        yield from _lacking(policy, always=("document",))
    for bucket in filter(_is_found, buckets):
        yield from _lacking(bucket, _BUCKET_FACTS)
        key, sample = bucket.optional_place("kms_key"), bucket.optional_place("sample")
        yield from _lacking(key, always=("policy",)) if key else ()
        if sample:
            yield from _lacking(sample, always=("listed",))
            for other in sample.items("other_keys"):
                yield from _lacking(other, always=("policy",))


def _is_found(place: JsonObject) -> bool:
    return place.json("state") == State.FOUND


def _lacking(
    place: JsonObject, nullable: tuple[str, ...] = (), *, always: tuple[str, ...] = ()
) -> Iterator[str]:
    yield from (place.at(key) for key in nullable if not place.has(key))
    yield from (place.at(key) for key in always if place.json(key) is None)


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


def _read_role(place: JsonObject) -> RoleFacts:
    boundary = place.optional_place("permissions_boundary")
    return RoleFacts(
        state=State(place.choice("state", _ROLE_STATES)),
        arn=place.optional_text("arn"),
        name=place.optional_text("name"),
        path=place.optional_text("path"),
        trust_policy=place.document("trust_policy"),
        permissions_boundary=_read_boundary(boundary) if boundary else None,
        attached_policies=tuple(_read_attached(p) for p in place.items("attached_policies")),
        inline_policies=tuple(
            PolicyDocument(p.text("name"), p.document("document"))
            for p in place.items("inline_policies")
        ),
        id=place.optional_text("id"),
        tags=_text_map(place, "tags"),
        max_session_duration=place.count("max_session_duration") or None,
        instance_profiles=_optional_texts(place, "instance_profiles"),
        last_used=_read_last_use(place),
    )


def _read_last_use(role: JsonObject) -> LastUse | None:
    """Return the last use; absent is not read, and null is never."""
    if not role.has("last_used"):
        return None
    use = role.optional_place("last_used")
    return LastUse(use.moment("at"), use.optional_text("region")) if use else NEVER_USED


def _last_use_to_json(use: LastUse | None) -> Json:
    if use is None:
        return {}
    told = {"at": moment_text(use.at), "region": use.region} if use.at else None
    return {"last_used": told}


def _role_to_json(role: RoleFacts) -> Json:
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
        "attached_policies": [_attached_to_json(policy) for policy in role.attached_policies],
        "inline_policies": [_inline_to_json(policy) for policy in role.inline_policies],
    }
    optional = {
        "id": role.id,
        "tags": dict(role.tags) if role.tags is not None else None,
        "max_session_duration": role.max_session_duration,
        "instance_profiles": _list_or_null(role.instance_profiles),
    }
    return {**fields, **_without_nulls(optional), **_last_use_to_json(role.last_used)}


def _read_boundary(place: JsonObject) -> PolicyDocument:
    arn = place.text("arn")
    return PolicyDocument(arn.rpartition("/")[2], place.document("document"), arn=arn)


def _read_attached(place: JsonObject) -> PolicyDocument:
    return PolicyDocument(
        name=place.text("name"),
        document=place.document("document"),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
    )


def _attached_to_json(policy: PolicyDocument) -> Json:
    version = policy.version
    return {"name": policy.name, "arn": policy.arn, "version": version, "document": policy.document}


def _inline_to_json(policy: PolicyDocument) -> Json:
    return {"name": policy.name, "document": policy.document}


def _read_customer_policy(place: JsonObject) -> CustomerPolicy:
    return CustomerPolicy(
        state=State(place.choice("state", _ROLE_STATES)),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
        document=place.document("document"),
        versions=tuple(_read_version(v) for v in place.items("versions"))
        if place.json("versions") is not None
        else None,
        attached_to=_optional_texts(place, "attached_to"),
        tags=_text_map(place, "tags"),
    )


def _customer_policy_to_json(policy: CustomerPolicy) -> Json:
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
        "attached_to": _list_or_null(policy.attached_to),
        "tags": dict(policy.tags) if policy.tags is not None else None,
    }
    return {**fields, **_without_nulls(optional)}


def _read_version(place: JsonObject) -> PolicyVersion:
    created_at = place.moment("created_at") if place.json("created_at") is not None else None
    return PolicyVersion(place.text("id"), created_at, place.truth("default", default=False))


def _read_bucket(place: JsonObject) -> BucketFacts:
    region = place.optional_text("region")
    encryption = place.optional_place("encryption")
    key = place.optional_place("kms_key")
    sample = place.optional_place("sample")
    return BucketFacts(
        name=place.text("name"),
        state=State(place.choice("state", _BUCKET_STATES)),
        region=None if region is None else region_named(region),
        owner_account=place.optional_text("owner_account"),
        policy=place.document("policy"),
        encryption=_read_encryption(encryption) if encryption else None,
        object_ownership=place.optional_text("object_ownership"),
        kms_key=_read_kms_key(key) if key else None,
        sample=_read_sample(sample) if sample else None,
    )


def _bucket_to_json(bucket: BucketFacts) -> Json:
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
        "kms_key": _kms_key_to_json(bucket.kms_key) if bucket.kms_key else None,
        "sample": _sample_to_json(bucket.sample) if bucket.sample else None,
    }


def _read_encryption(place: JsonObject) -> Encryption:
    return Encryption(
        place.optional_text("algorithm"),
        place.optional_text("kms_key_id"),
        place.optional_truth("bucket_key"),
    )


def _read_kms_key(place: JsonObject) -> KmsKey:
    return KmsKey(
        arn=place.optional_text("arn"),
        account=place.optional_text("account"),
        manager=place.optional_text("manager"),
        state=place.optional_text("state"),
        policy=place.document("policy"),
        grants=None
        if place.json("grants") is None
        else tuple(_read_grant(grant) for grant in place.items("grants")),
    )


def _kms_key_to_json(key: KmsKey) -> Json:
    fields: Json = {
        "arn": key.arn,
        "account": key.account,
        "manager": key.manager,
        "state": key.state,
        "policy": key.policy,
    }
    grants = None if key.grants is None else [_grant_to_json(grant) for grant in key.grants]
    return {**fields, **_without_nulls({"grants": grants})}


def _read_grant(place: JsonObject) -> KmsGrant:
    return KmsGrant(place.text("grantee"), place.texts("operations"), place.optional_text("id"))


def _grant_to_json(grant: KmsGrant) -> Json:
    fields: Json = {"grantee": grant.grantee, "operations": list(grant.operations)}
    return {**fields, **_without_nulls({"id": grant.id})}


def _read_sample(place: JsonObject) -> Sample:
    classes = place.optional_place("storage_classes")
    return Sample(
        listed=place.count("listed"),
        truncated=place.optional_truth("truncated"),
        keys=place.texts("keys"),
        storage_classes={name: classes.count(name) for name in classes.fields} if classes else {},
        tagged=place.count("tagged"),
        sse_c=place.count("sse_c"),
        kms_keys=place.texts("kms_keys"),
        other_keys=tuple(_read_kms_key(key) for key in place.items("other_keys")),
        markers=None if place.json("markers") is None else place.count("markers"),
    )


def _sample_to_json(sample: Sample) -> Json:
    fields: Json = {
        "listed": sample.listed,
        "truncated": sample.truncated,
        "keys": list(sample.keys),
        "storage_classes": dict(sample.storage_classes),
        "tagged": sample.tagged,
        "sse_c": sample.sse_c,
    }
    keys = [_kms_key_to_json(key) for key in sample.other_keys]
    optional = {
        "kms_keys": list(sample.kms_keys) or None,
        "other_keys": keys or None,
        "markers": sample.markers,
    }
    return {**fields, **_without_nulls(optional)}


def _read_organization_deny(place: JsonObject) -> OrganizationDeny:
    return OrganizationDeny(place.text("action"), place.text("resource"), place.text("by"))


def _read_observation(place: JsonObject) -> Observation:
    return Observation(
        at=place.moment("at"),
        identity=Identity(place.choice("as", tuple(Identity))),
        action=place.text("action"),
        outcome=ObservedOutcome(place.choice("outcome", tuple(ObservedOutcome))),
        resource=place.optional_text("resource"),
        bucket=place.optional_text("bucket"),
        external_id=place.optional_choice("external_id", _EXTERNAL_IDS),
        code=place.optional_text("code"),
        message=place.optional_text("message"),
        request_id=place.optional_text("request_id"),
        source=ObservationSource(
            place.optional_choice("source", tuple(ObservationSource)) or ObservationSource.TRIED
        ),
    )


def observation_to_json(observation: Observation) -> Json:
    """Return an observation as it stands in the snapshot."""
    source = str(observation.source) if observation.source is not ObservationSource.TRIED else None
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
        **_without_nulls({"source": source}),
    }


def _optional_texts(place: JsonObject, key: str) -> tuple[str, ...] | None:
    return None if place.json(key) is None else place.texts(key)


def _text_map(place: JsonObject, key: str) -> Mapping[str, str] | None:
    inner = place.optional_place(key)
    return {name: inner.text(name) for name in inner.fields} if inner else None


def _without_nulls(fields: Mapping[str, object]) -> Json:
    return {key: value for key, value in fields.items() if value is not None}


def _list_or_null(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else list(values)
