"""How each finding is mended, as its fix says it."""

from collections.abc import Callable, Mapping
from typing import Final

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import Draft
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import World

Mend = Callable[[World, World], None]
"""Mends the first world; the second is the good one that it was made from."""


def _role(world: World, good: World) -> None:
    world.snapshot["role"] = good.snapshot["role"]
    world.snapshot["customer_policy"] = good.snapshot["customer_policy"]


def _boundary(world: World, _good: World) -> None:
    world.role["permissions_boundary"] = None


def _trust(world: World, _good: World) -> None:
    world.role["trust_policy"] = dict(trust_policy(world.draft["database_id"]))


def _draft(world: World) -> Draft:
    return world.read()[0]


def _policy(world: World, good: World) -> None:
    """Write the policy of Step 3 anew, attach it, and take off all others."""
    contents = dict(permissions_policy(_draft(world).buckets))
    world.role["attached_policies"] = good.role["attached_policies"]
    world.role["inline_policies"] = []
    world.snapshot["customer_policy"] = good.snapshot["customer_policy"]
    world.set_document(contents)
    _boundary(world, good)


def _attach(world: World, good: World) -> None:
    world.role["attached_policies"] = good.role["attached_policies"]


def _buckets(world: World, good: World) -> None:
    world.snapshot["buckets"] = good.snapshot["buckets"]


def _bucket_policy(world: World, _good: World) -> None:
    world.bucket["policy"] = None


def _region(world: World, _good: World) -> None:
    regions = {bucket["name"]: bucket["region"] for bucket in world.snapshot["buckets"]}
    for entry in world.draft["buckets"]:
        entry["region"] = regions[entry["name"]]
    world.bucket["state"] = "found"


def _key(world: World, good: World) -> None:
    world.bucket["kms_key"] = good.bucket["kms_key"]
    world.entry["kms_key_arn"] = good.entry["kms_key_arn"]
    world.role["inline_policies"] = []


def _key_in_draft(world: World, _good: World) -> None:
    world.entry["kms_key_arn"] = world.bucket["kms_key"]["arn"]


def _files(world: World, good: World) -> None:
    world.bucket["sample"] = good.bucket["sample"]


def _allow_tagging(world: World, _good: World) -> None:
    actions = world.permissions[1]["Action"]
    actions += ["s3:GetObjectTagging", "s3:PutObjectTagging"]


def _organization(world: World, good: World) -> None:
    world.snapshot["organization_denies"] = []
    _try_again(world, good)


def _try_again(world: World, _good: World) -> None:
    """Let each call that failed work on the next try."""
    for seen in list(world.snapshot["observations"]):
        about = {name: seen[name] for name in ("bucket", "external_id") if name in seen}
        world.observe(seen["as"], seen["action"], "allowed", **about)


def _sign_in(world: World, good: World) -> None:
    world.snapshot["caller"] = good.snapshot["caller"]
    _try_again(world, good)
    world.snapshot.pop("endpoint", None)


MENDS: Final[Mapping[str, Mend]] = {
    "env.": _try_again,
    "signin.": _sign_in,
    "role.": _role,
    "role.boundary": _boundary,
    "trust.": _trust,
    "policy.": _policy,
    "policy.not-attached": _attach,
    "bucket.": _buckets,
    "bucket.region-mismatch": _region,
    "bucket.explicit-deny": _bucket_policy,
    "bucket.deny-may-apply": _bucket_policy,
    "kms.": _key,
    "kms.key-differs": _key_in_draft,
    "files.": _files,
    "files.tagged": _allow_tagging,
    "organization.": _organization,
    "connect.": _try_again,
    "change.": _try_again,
}
"""By code, or by its room."""


def mended(row: Row) -> World:
    """Return the setup of ``row`` after what its finding advises was done."""
    world = row.world
    room = f"{row.code.partition('.')[0]}."
    MENDS.get(row.code, MENDS[room])(world, row.base())
    return world
