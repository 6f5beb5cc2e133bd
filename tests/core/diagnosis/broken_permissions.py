"""Ways to break the role's permissions."""

from typing import Any, Final

from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    BUCKET,
    BUCKET_ARN,
    DELETE,
    FOUR,
    GET,
    LIST,
    OBJECTS,
    PUT,
    ROLE_ARN,
    SECOND,
    Break,
    World,
    allow,
    deny,
    document,
    good,
    good_encrypted,
    good_two,
    inline,
    together,
)

OBJECT_ACTIONS: Final = [GET, PUT, DELETE]
SESSION: Final = "arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/import"
OFFICE: Final = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
FROM_OFFICE: Final = {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
MFA: Final = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def limited() -> World:
    return good(restrict=True)


def without_prefix() -> World:
    return good(prefix="")


def gone(world: World) -> None:
    world.detach(delete=True)


def unrelated(world: World) -> None:
    world.detach(delete=True)
    world.role["inline_policies"] = [inline("logs", allow("logs:*"))]


def for_logs_only(world: World) -> None:
    world.detach(delete=True)
    world.role["inline_policies"] = [inline("logs", allow(PUT, "arn:aws:s3:::acme-logs/*"))]


def detached(world: World) -> None:
    world.detach()


def detached_beside_others(world: World) -> None:
    unrelated(world)
    world.snapshot["customer_policy"] = good().snapshot["customer_policy"]


def named(bucket: str) -> Break:
    """Put another bucket's name into the policy."""

    def break_it(world: World) -> None:
        for statement in world.permissions:
            resource = statement["Resource"]
            texts = resource if isinstance(resource, list) else [resource]
            statement["Resource"] = [text.replace(BUCKET, bucket) for text in texts]

    return break_it


def listing(**changed: object) -> Break:
    return lambda world: world.permissions[0].update(changed)


def objects(**changed: object) -> Break:
    return lambda world: world.permissions[1].update(changed)


def policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.set_policy(*statements)


def also(*statements: dict[str, Any]) -> Break:
    return lambda world: world.permissions.extend(statements)


def guarded(*statements: dict[str, Any]) -> Break:
    return lambda world: world.role["inline_policies"].append(inline("guardrail", *statements))


def bucket_grant(**more: Any) -> Break:  # noqa: ANN401
    """Grant all by the bucket's policy."""
    statement = allow(list(FOUR), [BUCKET_ARN, OBJECTS], **more)
    return lambda world: world.bucket.update(policy=document(statement))


def folder(name: str) -> Break:
    """Limit the policy to a folder as the guide does."""
    return policy(
        allow(LIST, BUCKET_ARN, Condition={"StringLike": {"s3:prefix": [f"{name}*"]}}),
        allow(OBJECT_ACTIONS, f"{BUCKET_ARN}/{name}*"),
    )


def prefix(text: str) -> Break:
    """Give the connector another prefix than the policy has."""
    return lambda world: world.entry.update(prefix=text, restrict_to_prefix=False)


GRANTS: Final = (
    Row("policy.missing", "no policy at all", gone),
    Row("policy.missing", "another service's", unrelated),
    Row("policy.missing", "another purpose's", for_logs_only, "policy.missing policy.too-broad"),
    Row("policy.missing", "two buckets", gone, base=good_two),
    Row("policy.not-attached", "alone", detached),
    Row("policy.not-attached", "beside others", detached_beside_others),
    Row("policy.not-attached", "two buckets", detached, base=good_two),
    Row("policy.not-attached", "limited", detached, base=limited),
    Row("policy.placeholder", "step 3", named("YOUR_BUCKET_NAME")),
    Row("policy.placeholder", "several buckets", named("bucket-one")),
    Row("policy.placeholder", "objects only", objects(Resource="arn:aws:s3:::YOUR_BUCKET_NAME/*")),
    Row("policy.wrong-bucket", "a letter", named("acme-import")),
    Row("policy.wrong-bucket", "case", named("Acme-Imports")),
    Row("policy.wrong-bucket", "another", named("customer-data-imports")),
    Row("policy.wrong-bucket", "not in the list", policy(*good().permissions), base=good_two),
    Row("policy.objects-not-covered", "no star", objects(Resource=BUCKET_ARN)),
    Row("policy.objects-not-covered", "slash alone", objects(Resource=f"{BUCKET_ARN}/")),
    Row("policy.objects-not-covered", "one statement", policy(allow(list(FOUR), BUCKET_ARN))),
    Row("policy.bucket-not-covered", "star", listing(Resource=OBJECTS)),
    Row("policy.bucket-not-covered", "one statement", policy(allow(list(FOUR), OBJECTS))),
    Row("policy.bucket-not-covered", "folder", listing(Resource=f"{BUCKET_ARN}/imports/*")),
    Row("policy.prefix-mismatch", "another folder", folder("reports/")),
    Row("policy.prefix-mismatch", "a folder inside", folder("imports/ubiquity/")),
    Row("policy.prefix-mismatch", "leading slash", folder("/imports/")),
    Row("policy.prefix-mismatch", "case", folder("Imports/")),
    Row("policy.prefix-mismatch", "connector without", prefix(""), base=limited),
    Row("policy.prefix-mismatch", "connector without slash", prefix("imports"), base=limited),
    Row(
        "policy.prefix-mismatch",
        "some files only",
        objects(Resource=f"{BUCKET_ARN}/imports/*.csv"),
    ),
    Row("policy.action-missing", "no delete", objects(Action=[GET, PUT])),
    Row("policy.action-missing", "no list", policy(allow(OBJECT_ACTIONS, OBJECTS))),
    Row(
        "policy.action-missing",
        "read only",
        policy(allow(["s3:Get*", "s3:List*"], [BUCKET_ARN, OBJECTS])),
        "policy.action-missing policy.too-broad",
    ),
    Row(
        "policy.action-missing",
        "a typo in an action",
        objects(Action=[GET, PUT, "s3:DelObject"]),
        "policy.action-missing policy.too-broad",
    ),
    Row(
        "policy.action-missing",
        "partly another bucket",
        listing(Resource="arn:aws:s3:::acme-x"),
        "policy.action-missing policy.too-broad",
    ),
)

CONDITIONS: Final = (
    Row("policy.condition-blocks", "address", objects(Condition=FROM_OFFICE)),
    Row("policy.condition-blocks", "MFA", listing(Condition=MFA)),
    Row(
        "policy.condition-blocks",
        "folder condition on objects",
        objects(Condition={"StringLike": {"s3:prefix": ["imports/*"]}}),
    ),
    Row(
        "policy.condition-blocks",
        "another region",
        objects(Condition={"StringEquals": {"aws:RequestedRegion": "us-east-1"}}),
    ),
    Row(
        "policy.condition-blocks",
        "over",
        listing(Condition={"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}),
    ),
    Row(
        "policy.condition-blocks",
        "the boundary's only grant",
        lambda world: world.set_boundary(allow(Condition=FROM_OFFICE)),
    ),
    Row(
        "policy.condition-blocks",
        "only the bucket grants it, under one",
        together(gone, bucket_grant(Principal={"AWS": ROLE_ARN}, Condition=FROM_OFFICE)),
    ),
    Row(
        "policy.condition-blocks",
        "only the bucket grants it, to one session",
        together(gone, bucket_grant(Principal={"AWS": SESSION})),
    ),
    Row("policy.explicit-deny", "everything", guarded(deny())),
    Row("policy.explicit-deny", "delete", also(deny("s3:Delete*", OBJECTS))),
    Row(
        "policy.explicit-deny",
        "all but other buckets",
        guarded(deny("s3:*", None, NotResource="arn:aws:s3:::acme-logs*")),
    ),
    Row(
        "policy.explicit-deny",
        "another region",
        guarded(deny(Condition={"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})),
    ),
    Row("policy.explicit-deny", "the key", guarded(deny("kms:*")), base=good_encrypted),
    Row("policy.deny-may-apply", "address", guarded(deny("s3:*", Condition=OFFICE))),
    Row(
        "policy.deny-may-apply",
        "endpoint",
        guarded(deny(Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}})),
    ),
    Row(
        "policy.deny-may-apply",
        "unencrypted uploads",
        guarded(
            deny(PUT, OBJECTS, Condition={"Null": {"s3:x-amz-server-side-encryption": "true"}})
        ),
    ),
    Row(
        "policy.deny-may-apply",
        "the boundary's",
        lambda world: world.set_boundary(allow(), deny(Condition=OFFICE)),
    ),
)

BREADTH: Final = (
    Row("policy.too-broad", "everything", policy(allow())),
    Row("policy.too-broad", "all of S3", policy(allow("s3:*"))),
    Row("policy.too-broad", "another bucket", also(allow(GET, f"arn:aws:s3:::{SECOND}/*"))),
    Row("policy.too-broad", "whole bucket", policy(*good().permissions), base=limited),
    Row(
        "policy.too-broad",
        "patterns",
        policy(allow(["s3:Get*", "s3:List*", "s3:Put*", "s3:Delete*"], [BUCKET_ARN, OBJECTS])),
    ),
    Row("policy.too-broad", "all but one", policy(allow(None, NotAction="iam:*"))),
    Row(
        "policy.too-broad",
        "the list of buckets",
        also(allow("s3:ListAllMyBuckets")),
    ),
)
