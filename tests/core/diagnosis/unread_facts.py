"""Facts that can't be read, each with the decisions that hang on it."""

from dataclasses import dataclass
from typing import Final

from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import Break, World, good, good_encrypted, inline, together

S3: Final = ("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
KMS: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")
ASSUME: Final = "sts:AssumeRole"


@dataclass(frozen=True, slots=True)
class UnreadRow(Row):
    """``uncertain`` are the actions whose decision is unknown then."""

    uncertain: tuple[str, ...] = ()


def lose(path: str) -> Break:
    return lambda world: world.lose(path)


def unreadable(world: World) -> None:
    world.bucket["state"] = "unreadable"


def with_inline(path: str) -> Break:
    def break_it(world: World) -> None:
        world.role["inline_policies"] = [inline("extra")]
        world.lose(path)

    return break_it


def with_boundary(path: str) -> Break:
    def break_it(world: World) -> None:
        world.set_boundary()
        world.lose(path)

    return break_it


def absent(*path: str) -> Break:
    """Leave a fact out of the file altogether."""

    def break_it(world: World) -> None:
        place = world.role if path[0] == "role" else world.bucket
        del place[path[1]]

    return break_it


def _row(name: str, how: Break, *uncertain: str, encrypted: bool = False) -> UnreadRow:
    base = good_encrypted if encrypted else good
    return UnreadRow("check.unreadable", name, how, None, base, uncertain)


ROWS: Final[tuple[UnreadRow, ...]] = (
    _row("role", lose("role"), ASSUME, *S3),
    _row("role and key", lose("role"), ASSUME, *S3, *KMS, encrypted=True),
    _row("role.trust_policy", lose("role.trust_policy"), ASSUME),
    _row("role.attached_policies", lose("role.attached_policies"), *S3),
    _row("attached document", lose("role.attached_policies[0].document"), *S3),
    _row("attached policy", lose("role.attached_policies[0]"), *S3),
    _row("role.inline_policies", lose("role.inline_policies"), *S3),
    _row("inline document", with_inline("role.inline_policies[0].document"), *S3),
    _row("role.permissions_boundary", lose("role.permissions_boundary"), *S3),
    _row("boundary document", with_boundary("role.permissions_boundary.document"), *S3),
    _row("customer_policy", lose("customer_policy")),
    _row("customer_policy.document", lose("customer_policy.document")),
    _row("similar_roles", lose("similar_roles")),
    _row("buckets[0]", together(unreadable, lose("buckets[0]")), *S3),
    _row("bucket's state", unreadable, *S3),
    _row("bucket not in it", lambda w: w.snapshot.update(buckets=[]), *S3),
    _row("buckets[0].policy", lose("buckets[0].policy"), *S3),
    _row("owner", lose("buckets[0].owner_account"), *S3),
    _row("encryption", lose("buckets[0].encryption")),
    _row(
        "encryption and key",
        together(lose("buckets[0].encryption"), lose("buckets[0].kms_key")),
        *KMS,
    ),
    _row("kms_key", lose("buckets[0].kms_key"), *KMS, encrypted=True),
    _row("key policy", lose("buckets[0].kms_key.policy"), *KMS, encrypted=True),
    _row("key state", lose("buckets[0].kms_key.state"), encrypted=True),
    _row("ownership", lose("buckets[0].object_ownership")),
    _row("sample", lose("buckets[0].sample")),
    _row("trust absent", absent("role", "trust_policy"), ASSUME),
    _row("bucket policy absent", absent("bucket", "policy"), *S3),
    _row("sample absent", absent("bucket", "sample")),
)
