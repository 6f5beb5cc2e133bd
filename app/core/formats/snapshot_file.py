"""Reading and writing the snapshot's file (formats.md)."""

import json
from collections.abc import Iterator, Mapping, Sequence

from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.snapshot_json import snapshot_to_json
from app.core.snapshot import (
    FORMAT,
    VERSION,
    BucketFacts,
    Caller,
    CustomerPolicy,
    Encryption,
    Identity,
    KmsKey,
    Observation,
    ObservedOutcome,
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

_ROLE_STATES = (State.FOUND, State.MISSING, State.UNREADABLE)
_BUCKET_STATES = tuple(State)
# Facts for which null says something ("there is none"), so that absent must stay apart from it.
_BUCKET_FACTS = ("region", "policy", "encryption", "object_ownership", "kms_key", "sample")
_ROLE_FACTS = ("permissions_boundary",)
# Facts that everything of its kind has: null can only mean that they were not read.
_ALWAYS_IN_ROLE = ("trust_policy", "attached_policies", "inline_policies")
_EXTERNAL_IDS = ("right", "none", "wrong")


def read_snapshot(text: str, source: str) -> Snapshot | InputProblem:
    """Read a snapshot's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _snapshot)


def dump_snapshot(snapshot: Snapshot) -> str:
    """Return the text of the snapshot's file."""
    return json.dumps(snapshot_to_json(snapshot), indent=2, ensure_ascii=False) + "\n"


def _snapshot(top: JsonObject) -> Snapshot:
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
        role=_role(role),
        customer_policy=_customer_policy(policy),
        buckets=tuple(_bucket(bucket) for bucket in buckets),
        similar_roles=tuple(
            SimilarRole(r.text("name"), r.text("arn")) for r in top.items("similar_roles")
        ),
        organization_denies=tuple(_organization_deny(d) for d in top.items("organization_denies")),
        observations=tuple(_observation(o) for o in top.items("observations")),
        unreadable=tuple(
            Unreadable(u.text("what"), u.optional_text("code"), u.optional_text("message"))
            for u in top.items("unreadable")
        ),
        organization_id=top.optional_text("organization_id"),
        absent=frozenset(_absent(role, policy, buckets)),
    )


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
        yield from _lacking(sample, always=("listed",)) if sample else ()


def _is_found(place: JsonObject) -> bool:
    return place.json("state") == State.FOUND


def _lacking(
    place: JsonObject, nullable: tuple[str, ...] = (), *, always: tuple[str, ...] = ()
) -> Iterator[str]:
    yield from (place.at(key) for key in nullable if not place.has(key))
    yield from (place.at(key) for key in always if place.json(key) is None)


def _role(place: JsonObject) -> RoleFacts:
    boundary = place.optional_place("permissions_boundary")
    return RoleFacts(
        state=State(place.choice("state", _ROLE_STATES)),
        arn=place.optional_text("arn"),
        name=place.optional_text("name"),
        path=place.optional_text("path"),
        trust_policy=place.json("trust_policy"),
        permissions_boundary=_boundary(boundary) if boundary else None,
        attached_policies=tuple(_attached(p) for p in place.items("attached_policies")),
        inline_policies=tuple(
            PolicyDocument(p.text("name"), p.json("document"))
            for p in place.items("inline_policies")
        ),
        id=place.optional_text("id"),
        tags=_text_map(place, "tags"),
        max_session_duration=place.count("max_session_duration") or None,
        instance_profiles=_optional_texts(place, "instance_profiles"),
    )


def _boundary(place: JsonObject) -> PolicyDocument:
    arn = place.text("arn")
    return PolicyDocument(arn.rpartition("/")[2], place.json("document"), arn=arn)


def _attached(place: JsonObject) -> PolicyDocument:
    return PolicyDocument(
        name=place.text("name"),
        document=place.json("document"),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
    )


def _optional_texts(place: JsonObject, key: str) -> tuple[str, ...] | None:
    return None if place.json(key) is None else place.texts(key)


def _text_map(place: JsonObject, key: str) -> Mapping[str, str] | None:
    inner = place.optional_place(key)
    return {name: inner.text(name) for name in inner.fields} if inner else None


def _customer_policy(place: JsonObject) -> CustomerPolicy:
    return CustomerPolicy(
        state=State(place.choice("state", _ROLE_STATES)),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
        document=place.json("document"),
        versions=tuple(_version(v) for v in place.items("versions"))
        if place.json("versions") is not None
        else None,
        attached_to=_optional_texts(place, "attached_to"),
        tags=_text_map(place, "tags"),
    )


def _version(place: JsonObject) -> PolicyVersion:
    created_at = place.moment("created_at") if place.json("created_at") is not None else None
    return PolicyVersion(place.text("id"), created_at, place.truth("default", default=False))


def _bucket(place: JsonObject) -> BucketFacts:
    encryption = place.optional_place("encryption")
    key = place.optional_place("kms_key")
    sample = place.optional_place("sample")
    return BucketFacts(
        name=place.text("name"),
        state=State(place.choice("state", _BUCKET_STATES)),
        region=place.optional_text("region"),
        owner_account=place.optional_text("owner_account"),
        policy=place.json("policy"),
        encryption=_encryption(encryption) if encryption else None,
        object_ownership=place.optional_text("object_ownership"),
        kms_key=_kms_key(key) if key else None,
        sample=_sample(sample) if sample else None,
    )


def _encryption(place: JsonObject) -> Encryption:
    return Encryption(
        place.optional_text("algorithm"),
        place.optional_text("kms_key_id"),
        place.optional_truth("bucket_key"),
    )


def _kms_key(place: JsonObject) -> KmsKey:
    return KmsKey(
        arn=place.optional_text("arn"),
        account=place.optional_text("account"),
        manager=place.optional_text("manager"),
        state=place.optional_text("state"),
        policy=place.json("policy"),
    )


def _sample(place: JsonObject) -> Sample:
    classes = place.optional_place("storage_classes")
    return Sample(
        listed=place.count("listed"),
        truncated=place.optional_truth("truncated"),
        keys=place.texts("keys"),
        storage_classes={name: classes.count(name) for name in classes.fields} if classes else {},
        tagged=place.count("tagged"),
        sse_c=place.count("sse_c"),
        kms_keys=place.texts("kms_keys"),
    )


def _organization_deny(place: JsonObject) -> OrganizationDeny:
    return OrganizationDeny(place.text("action"), place.text("resource"), place.text("by"))


def _observation(place: JsonObject) -> Observation:
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
    )
