"""Facts by their path, and the permission that reads each (Service Authorization Reference)."""

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.diagnosis.snapshot_facts import FACTS, fact_at

CASES = (
    ("role", ChainLink.ROLE, "iam:GetRole"),
    ("role.trust_policy", ChainLink.TRUST, "iam:GetRole"),
    ("role.tags", ChainLink.ROLE, "iam:GetRole"),
    ("role.attached_policies", ChainLink.PERMISSIONS, "iam:ListAttachedRolePolicies"),
    ("role.attached_policies[12].document", ChainLink.PERMISSIONS, "iam:GetPolicyVersion"),
    ("role.inline_policies[0]", ChainLink.PERMISSIONS, "iam:GetRolePolicy"),
    ("role.permissions_boundary.document", ChainLink.ROLE, "iam:GetPolicyVersion"),
    ("customer_policy", ChainLink.PERMISSIONS, "iam:GetPolicy"),
    ("buckets", ChainLink.BUCKET, "s3:ListBucket"),
    ("buckets[0]", ChainLink.BUCKET, "s3:ListBucket"),
    ("buckets[10].region", ChainLink.BUCKET, "s3:ListBucket"),
    ("buckets[0].policy", ChainLink.BUCKET, "s3:GetBucketPolicy"),
    ("buckets[0].encryption.algorithm", ChainLink.KEY, "s3:GetEncryptionConfiguration"),
    ("buckets[0].kms_key.state", ChainLink.KEY, "kms:DescribeKey"),
    ("buckets[0].kms_key.policy", ChainLink.KEY, "kms:GetKeyPolicy"),
    ("buckets[0].sample", ChainLink.FILES, "s3:ListBucket"),
    ("organization_denies", ChainLink.PERMISSIONS, "iam:SimulatePrincipalPolicy"),
    ("caller", ChainLink.CALLER, None),
)


@pytest.mark.parametrize(("path", "link", "permission"), CASES)
def test_a_path_leads_to_the_fact_or_what_it_is_part_of(
    path: str, link: ChainLink, permission: str | None
) -> None:
    fact = fact_at(path)
    assert fact is not None
    assert (fact.link, fact.permission) == (link, permission)


@pytest.mark.parametrize("path", ["", "nothing", "[0]", "...", "roles"])
def test_there_is_no_fact_at_another_path(path: str) -> None:
    assert fact_at(path) is None


def test_each_fact_is_at_its_own_name() -> None:
    assert all(fact_at(name) is fact and fact.name == name for name, fact in FACTS.items())
