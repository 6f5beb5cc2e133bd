"""Reading and writing the snapshot's file (formats.md)."""

import json
from collections.abc import Mapping

from app.core.reading import InputProblem, Place, read_file
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
from app.core.snapshot_json import snapshot_to_json

_ROLE_STATES = (State.FOUND, State.MISSING, State.UNREADABLE)
_BUCKET_STATES = tuple(State)
# Facts for which null says something ("there is none"), so that absent must stay apart from it.
_ROLE_FACTS = ("trust_policy", "permissions_boundary", "attached_policies", "inline_policies")
_BUCKET_FACTS = ("region", "policy", "encryption", "object_ownership", "kms_key", "sample")


def read_snapshot(text: str, source: str) -> Snapshot | InputProblem:
    """Read a snapshot's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _snapshot)


def dump_snapshot(snapshot: Snapshot) -> str:
    """Return the text of the snapshot's file."""
    return json.dumps(snapshot_to_json(snapshot), indent=2, ensure_ascii=False) + "\n"


def _snapshot(top: Place) -> Snapshot:
    top.expect_format(FORMAT, VERSION)
    captured_at = top.moment("captured_at")
    if not top.has("caller"):
        top.place("caller")  # says that it is missing; null is allowed, absent is not
    caller = top.optional_place("caller")
    role = top.place("role")
    buckets = tuple(top.items("buckets", required=True))
    return Snapshot(
        captured_at=captured_at,
        caller=Caller(caller.text("arn"), caller.text("account")) if caller else None,
        role=_role(role),
        customer_policy=_customer_policy(top.place("customer_policy")),
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
        absent=frozenset(
            [*_absent(role, _ROLE_FACTS), *(p for b in buckets for p in _absent(b, _BUCKET_FACTS))]
        ),
    )


def _absent(place: Place, keys: tuple[str, ...]) -> list[str]:
    if place.json("state") != State.FOUND:
        return []
    return [place.at(key) for key in keys if not place.has(key)]


def _role(place: Place) -> RoleFacts:
    boundary = place.optional_place("permissions_boundary")
    profiles = place.texts("instance_profiles") if place.json("instance_profiles") else None
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
        instance_profiles=profiles,
    )


def _boundary(place: Place) -> PolicyDocument:
    arn = place.text("arn")
    return PolicyDocument(arn.rpartition("/")[2], place.json("document"), arn=arn)


def _attached(place: Place) -> PolicyDocument:
    return PolicyDocument(
        name=place.text("name"),
        document=place.json("document"),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
    )


def _text_map(place: Place, key: str) -> Mapping[str, str] | None:
    inner = place.optional_place(key)
    return {name: inner.text(name) for name in inner.fields} if inner else None


def _customer_policy(place: Place) -> CustomerPolicy:
    return CustomerPolicy(
        state=State(place.choice("state", _ROLE_STATES)),
        arn=place.optional_text("arn"),
        version=place.optional_text("version"),
        document=place.json("document"),
        versions=tuple(_version(v) for v in place.items("versions"))
        if place.json("versions") is not None
        else None,
        attached_to=place.texts("attached_to") if place.json("attached_to") is not None else None,
        tags=_text_map(place, "tags"),
    )


def _version(place: Place) -> PolicyVersion:
    created_at = place.moment("created_at") if place.json("created_at") is not None else None
    return PolicyVersion(place.text("id"), created_at, place.truth("default", default=False))


def _bucket(place: Place) -> BucketFacts:
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


def _encryption(place: Place) -> Encryption:
    return Encryption(
        place.optional_text("algorithm"),
        place.optional_text("kms_key_id"),
        place.json("bucket_key") is True,
    )


def _kms_key(place: Place) -> KmsKey:
    return KmsKey(
        arn=place.optional_text("arn"),
        account=place.optional_text("account"),
        manager=place.optional_text("manager"),
        state=place.optional_text("state"),
        policy=place.json("policy"),
    )


def _sample(place: Place) -> Sample:
    classes = place.optional_place("storage_classes")
    return Sample(
        listed=place.count("listed"),
        truncated=place.json("truncated") is True,
        keys=place.texts("keys"),
        storage_classes={name: classes.count(name) for name in classes.fields} if classes else {},
        tagged=place.count("tagged"),
        sse_c=place.count("sse_c"),
        kms_keys=place.texts("kms_keys"),
    )


def _organization_deny(place: Place) -> OrganizationDeny:
    return OrganizationDeny(place.text("action"), place.text("resource"), place.text("by"))


def _observation(place: Place) -> Observation:
    return Observation(
        at=place.moment("at"),
        identity=Identity(place.choice("as", tuple(Identity))),
        action=place.text("action"),
        outcome=ObservedOutcome(place.choice("outcome", tuple(ObservedOutcome))),
        resource=place.optional_text("resource"),
        bucket=place.optional_text("bucket"),
        external_id=place.optional_text("external_id"),
        code=place.optional_text("code"),
        message=place.optional_text("message"),
        request_id=place.optional_text("request_id"),
    )
