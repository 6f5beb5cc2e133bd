"""All that a run may change in the practice account, and what others have beside it."""

import json
import re
from typing import Any, Final

from app.core.guide import UBIQUITY_ROOT_ARN, policy_arn
from app.practice.account import ACCOUNT_ID, KEY_ARN, KEY_REGION
from app.practice.server import PracticeAws

Json = dict[str, Any]

_SECOND: Final = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def everything(aws: PracticeAws) -> Json:
    """Read back from moto every role, customer managed policy, bucket policy and key of it.

    What AWS itself gives (unique ids, times) is left out.
    """
    from app.practice import identities  # it imports moto, once that has started

    store = identities.backend(ACCOUNT_ID)
    own = [p for p in store.managed_policies.values() if ":iam::aws:" not in p.arn]
    return {
        "roles": {role.arn: _role(role) for role in store.roles.values()},
        "policies": {policy.arn: _policy(policy) for policy in own},
        "buckets": {name: json.loads(text) for name, text in aws._ledger.bucket_policies.items()},
        **_key(aws),
    }


def as_undone(account: Json) -> Json:
    """Leave out what no undo brings back: versions that were deleted, a grant that was revoked."""
    grants = [grantee for grantee in account["grants"] if grantee != UBIQUITY_ROOT_ARN]
    return {**but_for_old_versions(account), "grants": grants}


def but_for_old_versions(account: Json) -> Json:
    """Leave out the guide's policy's older versions, which no undo brings back, and numbers."""
    arn = policy_arn(ACCOUNT_ID)
    policies = dict(account["policies"])
    policy = policies.pop(arn, None)
    if policy is not None:
        latest = [told for told in policy["versions"].values() if told[0]]
        policies[arn] = {**policy, "versions": latest}
    return {**account, "policies": policies}


def _role(role: Any) -> Json:  # noqa: ANN401 - moto's
    return {
        "trust": json.loads(role.assume_role_policy_document),
        "tags": sorted((tag["Key"], tag["Value"]) for tag in role.tags),
        "attached": sorted(role.managed_policies),
        "boundary": role.permissions_boundary_arn,
        "inline": {name: json.loads(_undated(text)) for name, text in role.policies.items()},
        "longest": int(role.max_session_duration or 3600),
    }


def _undated(text: str) -> str:
    """Leave out the time that a policy names: each run has its own."""
    return _SECOND.sub("some time", text)


def _policy(policy: Any) -> Json:  # noqa: ANN401 - moto's
    versions = {
        version.version_id: (
            version.version_id == policy.default_version_id,
            json.loads(version.document),
        )
        for version in policy.versions
    }
    return {"versions": versions, "tags": dict(policy.tags or {})}


def _key(aws: PracticeAws) -> Json:
    from app.practice import kms_keys

    key = kms_keys.find_key(KEY_ARN, ACCOUNT_ID, KEY_REGION)
    assert key is not None
    return {
        "key": json.loads(kms_keys.key_policy(key, aws._ledger)),
        "grants": sorted(grant.grantee_principal for grant in key.grants.values()),
    }
