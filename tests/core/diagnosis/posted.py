"""Where a posted condition stands, and the policies of AWS's data perimeter examples, filled in."""

from dataclasses import dataclass
from typing import Any, Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_keys import grant, key_also
from tests.core.diagnosis.broken_permissions import guarded
from tests.core.diagnosis.broken_trust import also
from tests.core.diagnosis.wild_ways import BOTH, GOOD, organization, ubiquity
from tests.helpers.snapshots import (
    ACCOUNT,
    DATABASE_ID,
    KEY,
    ROLE_ARN,
    Break,
    World,
    allow,
    asks_for,
    deny,
    inline,
    together,
)

Condition = dict[str, Any]

OWN_ORG: Final = "o-a1b2c3d4e5"
OTHER_ORG: Final = "o-zzzzzzzzzz"
OFFICE: Final = "203.0.113.0/24"
ENDPOINT: Final = "vpce-1a2b3c4d"
VPC: Final = "vpc-111bbb22"
PARTNERS: Final = ["111122223333", "444455556666"]
WITH_UBIQUITY: Final = [*PARTNERS, "049579744830"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A policy that somebody posted: its source, how it gets into a good setup, the decisions.

    ``decisions`` are those of ``access``, in its order, worked out by hand from AWS's documents.
    """

    source: str
    how: Break
    decisions: str = GOOD

    def __str__(self) -> str:
        return self.source


def bucket(condition: Condition, *actions: str, resource: object = BOTH) -> Break:
    """Deny by the bucket's policy, everything where no actions are given."""
    what = list(actions) or "s3:*"
    return bucket_policy(deny(what, resource, Principal="*", Condition=condition))


def key(condition: Condition, *actions: str) -> Break:
    """Deny by the key's policy."""
    what = list(actions) or "kms:*"
    return key_also(deny(what, "*", Principal="*", Condition=condition))


def role(condition: Condition, *actions: str) -> Break:
    """Deny by a policy of the role."""
    return guarded(deny(list(actions) or "*", "*", Condition=condition))


def trust(condition: Condition) -> Break:
    """Deny by the trust policy."""
    denial = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    return also({**denial, "Condition": condition})


def key_if(condition: Condition, principal: object = ROLE_ARN) -> Break:
    """Grant the key under a condition alone."""
    return grant(Condition=condition, Principal={"AWS": principal})


def trusted_if(condition: Condition) -> Break:
    """Trust UbiQuity, with the External ID, under a further condition alone."""
    asked = asks_for(DATABASE_ID)
    both = {**asked.get("StringEquals", {}), **condition.get("StringEquals", {})}
    return ubiquity({**condition, "StringEquals": both})


def role_if(condition: Condition, *actions: str, resource: object = "*") -> Break:
    """Grant all of S3 to the role under a condition alone."""

    def break_it(world: World) -> None:
        world.set_policy(allow(list(actions) or "s3:*", resource, Condition=condition))

    return break_it


def bucket_if(condition: Condition, principal: object = ROLE_ARN) -> Break:
    """Grant all by the bucket's policy under a condition alone, and nothing to the role itself."""

    def break_it(world: World) -> None:
        world.set_policy(allow("logs:*"))
        statement = allow("s3:*", BOTH, Principal={"AWS": principal}, Condition=condition)
        bucket_policy(statement)(world)

    return break_it


def key_by_role(*statements: dict[str, Any]) -> Break:
    """Leave the key to the account's own policies, and grant it there."""

    def break_it(world: World) -> None:
        root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        world.bucket["kms_key"]["policy"]["Statement"] = [allow("kms:*", Principal=root)]
        world.role["inline_policies"].append(inline("key", *statements))

    return break_it


def use_key(condition: Condition, *actions: str) -> dict[str, Any]:
    return allow(list(actions) or "kms:*", KEY, Condition=condition)


def tagged(**tags: str) -> Break:
    return lambda world: world.role.update(tags=tags)


def tags_unread(world: World) -> None:
    world.role.pop("tags")


def in_org(how: Break, name: str = OWN_ORG) -> Break:
    return together(how, organization(name))


NO_SERVICE: Final = {"aws:PrincipalIsAWSService": "false"}
NO_SERVICE_NOR_VIA: Final = {**NO_SERVICE, "aws:ViaAWSService": "false"}
"""The exceptions that AWS's data perimeter examples make for AWS services."""


def identity_perimeter(*accounts: str) -> Condition:
    """Return the condition of EnforceIdentityPerimeter (and of EnforceOrgIdentities)."""
    others = {"aws:PrincipalAccount": list(accounts)} if accounts else {}
    return {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": OWN_ORG, **others},
        "BoolIfExists": NO_SERVICE,
    }


def network_perimeter(
    *accounts: str, include: str | None = None, exclude: str = "network-perimeter-exception"
) -> Condition:
    """Return the condition of EnforceNetworkPerimeter; ``include`` is a tag that it asks for."""
    others = {"aws:PrincipalAccount": list(accounts)} if accounts else {}
    asked = {"StringEquals": {f"aws:PrincipalTag/{include}": "true"}} if include else {}
    return {
        "NotIpAddressIfExists": {"aws:SourceIp": OFFICE},
        "StringNotEqualsIfExists": {
            "aws:SourceVpc": VPC,
            f"aws:PrincipalTag/{exclude}": "true",
            **others,
        },
        "BoolIfExists": NO_SERVICE_NOR_VIA,
        "ArnNotLikeIfExists": {
            "aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/*"
        },
        **asked,
    }
