"""Facts of a snapshot that may be missing: the permission that reads each, and its link.

A fact is named by its path in the snapshot (formats.md); the places in lists don't matter.
Source of the permissions: Service Authorization Reference, "Actions defined by" IAM, Amazon S3
and AWS KMS. HeadBucket and listing both need ``s3:ListBucket``.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from app.core.diagnosis.codes.catalogue import ChainLink


class Fact(NamedTuple):
    """A fact that AWS tells: where it belongs, and the permission without which it isn't told."""

    name: str
    """Its path without the places in lists: ``buckets[].policy``."""
    link: ChainLink
    permission: str | None


def _fact(name: str, link: ChainLink, permission: str | None) -> tuple[str, Fact]:
    return name, Fact(name, link, permission)


FACTS: Final = dict(
    (
        _fact("caller", ChainLink.CALLER, None),
        _fact("role", ChainLink.ROLE, "iam:GetRole"),
        _fact("role.permissions_boundary", ChainLink.ROLE, "iam:GetRole"),
        _fact("role.permissions_boundary.document", ChainLink.ROLE, "iam:GetPolicyVersion"),
        _fact("role.instance_profiles", ChainLink.ROLE, "iam:ListInstanceProfilesForRole"),
        _fact("role.trust_policy", ChainLink.TRUST, "iam:GetRole"),
        _fact("role.attached_policies", ChainLink.PERMISSIONS, "iam:ListAttachedRolePolicies"),
        _fact("role.attached_policies[]", ChainLink.PERMISSIONS, "iam:GetPolicyVersion"),
        _fact("role.inline_policies", ChainLink.PERMISSIONS, "iam:ListRolePolicies"),
        _fact("role.inline_policies[]", ChainLink.PERMISSIONS, "iam:GetRolePolicy"),
        _fact("similar_roles", ChainLink.ROLE, "iam:ListRoles"),
        _fact("customer_policy", ChainLink.PERMISSIONS, "iam:GetPolicy"),
        _fact("customer_policy.document", ChainLink.PERMISSIONS, "iam:GetPolicyVersion"),
        _fact("customer_policy.versions", ChainLink.PERMISSIONS, "iam:ListPolicyVersions"),
        _fact("customer_policy.attached_to", ChainLink.PERMISSIONS, "iam:ListEntitiesForPolicy"),
        _fact("buckets", ChainLink.BUCKET, "s3:ListBucket"),
        _fact("buckets[].policy", ChainLink.BUCKET, "s3:GetBucketPolicy"),
        _fact("buckets[].object_ownership", ChainLink.BUCKET, "s3:GetBucketOwnershipControls"),
        _fact("buckets[].encryption", ChainLink.KEY, "s3:GetEncryptionConfiguration"),
        _fact("buckets[].kms_key", ChainLink.KEY, "kms:DescribeKey"),
        _fact("buckets[].kms_key.policy", ChainLink.KEY, "kms:GetKeyPolicy"),
        _fact("buckets[].kms_key.grants", ChainLink.KEY, "kms:ListGrants"),
        _fact("buckets[].sample.other_keys", ChainLink.KEY, "kms:DescribeKey"),
        _fact("buckets[].sample.other_keys[].policy", ChainLink.KEY, "kms:GetKeyPolicy"),
        _fact("buckets[].sample.other_keys[].grants", ChainLink.KEY, "kms:ListGrants"),
        _fact("buckets[].sample", ChainLink.FILES, "s3:ListBucket"),
        _fact("buckets[].sample.tagged", ChainLink.FILES, "s3:GetObjectTagging"),
        _fact("buckets[].sample.sse_c", ChainLink.FILES, "s3:GetObject"),
        _fact("organization_denies", ChainLink.PERMISSIONS, "iam:SimulatePrincipalPolicy"),
    )
)


def fact_at(path: str) -> Fact | None:
    """Return the fact that ``path`` names or is a part of; None where there is no such fact."""
    return next((FACTS[name] for name in _names_upwards(path) if name in FACTS), None)


def links_told_by(action: str, path: str | None = None) -> frozenset[ChainLink]:
    """Return the links whose facts a call tells: that of the fact at ``path``, where it is one's.

    Else those of all facts that its permission ``action`` reads.
    """
    fact = fact_at(path) if path else None
    if fact is not None:
        return frozenset((fact.link,))
    return frozenset(each.link for each in FACTS.values() if each.permission == action)


def _names_upwards(path: str) -> Iterator[str]:
    """Yield the name of the fact at ``path``, then of each object that it is part of."""
    name = "".join(char for char in path if not char.isdigit())
    while name:
        yield name
        cut = max(name.rfind("."), name.rfind("["))
        name = name[: max(cut, 0)]
