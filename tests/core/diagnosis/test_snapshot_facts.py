"""Facts by their path, and the permission that reads each (Service Authorization Reference)."""

import pytest

from app.core.diagnosis.codes.catalogue import Link
from app.core.diagnosis.snapshot_facts import FACTS, fact_at

CASES = (
    ("role", Link.ROLE, "iam:GetRole"),
    ("role.trust_policy", Link.TRUST, "iam:GetRole"),
    ("role.tags", Link.ROLE, "iam:GetRole"),
    ("role.attached_policies", Link.PERMISSIONS, "iam:ListAttachedRolePolicies"),
    ("role.attached_policies[12].document", Link.PERMISSIONS, "iam:GetPolicyVersion"),
    ("role.inline_policies[0]", Link.PERMISSIONS, "iam:GetRolePolicy"),
    ("role.permissions_boundary.document", Link.ROLE, "iam:GetPolicyVersion"),
    ("customer_policy", Link.PERMISSIONS, "iam:GetPolicy"),
    ("buckets", Link.BUCKET, "s3:ListBucket"),
    ("buckets[0]", Link.BUCKET, "s3:ListBucket"),
    ("buckets[10].region", Link.BUCKET, "s3:ListBucket"),
    ("buckets[0].policy", Link.BUCKET, "s3:GetBucketPolicy"),
    ("buckets[0].encryption.algorithm", Link.KEY, "s3:GetEncryptionConfiguration"),
    ("buckets[0].kms_key.state", Link.KEY, "kms:DescribeKey"),
    ("buckets[0].kms_key.policy", Link.KEY, "kms:GetKeyPolicy"),
    ("buckets[0].sample", Link.FILES, "s3:ListBucket"),
    ("organization_denies", Link.PERMISSIONS, "iam:SimulatePrincipalPolicy"),
    ("caller", Link.CALLER, None),
)


@pytest.mark.parametrize(("path", "link", "permission"), CASES)
def test_a_path_leads_to_the_fact_or_what_it_is_part_of(
    path: str, link: Link, permission: str | None
) -> None:
    fact = fact_at(path)
    assert fact is not None
    assert (fact.link, fact.permission) == (link, permission)


@pytest.mark.parametrize("path", ["", "nothing", "[0]", "...", "roles"])
def test_there_is_no_fact_at_another_path(path: str) -> None:
    assert fact_at(path) is None


def test_each_fact_is_at_its_own_name() -> None:
    assert all(fact_at(name) is fact and fact.name == name for name, fact in FACTS.items())
