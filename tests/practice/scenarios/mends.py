"""How each rehearsal is mended in AWS: what the finding advises, done by real calls."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from app.core.documents.policies import bucket_arn, permissions_policy, trust_policy
from app.core.draft import BucketEntry
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn
from app.core.snapshot import Snapshot
from app.practice.account import ACCOUNT_ID, KEY_ARN
from app.practice.scenarios.scenario import Rehearsal
from app.practice.scenarios.stage import IMPORTS, RehearsalStage, allow, document, key_statement

POLICY_ARN = policy_arn(ACCOUNT_ID)
Mend = Callable[[RehearsalStage, Rehearsal], None]


def _role(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    stage.draft = rehearsal.draft
    stage.role()
    stage.attach()


def _role_without_path(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    stage.admin.iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    stage.admin.iam.delete_role(RoleName=ROLE_NAME)
    _role(stage, rehearsal)


def _no_boundary(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    stage.admin.iam.delete_role_permissions_boundary(RoleName=ROLE_NAME)


def _trust(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    stage.admin.iam.update_assume_role_policy(
        RoleName=ROLE_NAME,
        PolicyDocument=json.dumps(trust_policy(rehearsal.draft.database_id)),
    )


def _policy(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    stage.draft = rehearsal.draft
    stage.policy()
    stage.attach()


def _attach(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    stage.attach()


def _new_version(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    wanted = permissions_policy(rehearsal.draft.buckets)
    stage.admin.iam.create_policy_version(
        PolicyArn=POLICY_ARN, PolicyDocument=json.dumps(wanted), SetAsDefault=True
    )


def _without_inline(name: str) -> Mend:
    def mend(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
        stage.admin.iam.delete_role_policy(RoleName=ROLE_NAME, PolicyName=name)

    return mend


def _narrower(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    stage.admin.iam.detach_role_policy(
        RoleName=ROLE_NAME, PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess"
    )


def _make_bucket(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    (entry,) = rehearsal.draft.buckets
    stage.admin.s3().create_bucket(
        Bucket=entry.name,
        CreateBucketConfiguration={"LocationConstraint": entry.region},  # type: ignore[typeddict-item]
    )


def _no_bucket_policy(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    stage.admin.s3().delete_bucket_policy(Bucket=rehearsal.draft.buckets[0].name)


def _own_everything(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    rules = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    stage.admin.s3().put_bucket_ownership_controls(
        Bucket=IMPORTS.name,
        OwnershipControls=rules,  # type: ignore[arg-type]
    )


def _key_policy(*statements: Mapping[str, object]) -> Mend:
    """Leave the key to the account, and to ``statements``."""
    root = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}

    def mend(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
        policy = document(allow("kms:*", Principal=root), *statements)
        stage.admin.kms.put_key_policy(KeyId=KEY_ARN, Policy=json.dumps(policy))

    return mend


def _enable_key(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    stage.admin.kms.enable_key(KeyId=KEY_ARN)


def _put_new_files(stage: RehearsalStage, rehearsal: Rehearsal) -> None:
    (entry,) = rehearsal.draft.buckets
    stage.admin.s3(entry.region).put_object(Bucket=entry.name, Key="orders.csv", Body=b"a,b\n")


def _replace_file(key: str) -> Mend:
    """Write the file anew, plainly, as the finding advises."""

    def mend(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
        stage.admin.s3().put_object(Bucket=IMPORTS.name, Key=key, Body=b"a,b\n")

    return mend


def _allow_tags(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    files = f"{bucket_arn(IMPORTS.name)}/*"
    tagging = ("s3:GetObjectTagging", "s3:PutObjectTagging")
    stage.inline("tags", document(allow(*tagging, on=files)))


def _let_read(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    _permit(stage, "practice-helpdesk")


def _let_change(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    _permit(stage, "practice-auditor")


def _permit(stage: RehearsalStage, user: str) -> None:
    everything = json.dumps(document(allow("*")))
    stage.admin.iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=everything)


def _no_namesake(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    arn = POLICY_ARN.replace(POLICY_NAME, "Ubiquity-S3-Access-Policy")
    stage.admin.iam.delete_policy(PolicyArn=arn)


def _fewer_versions(stage: RehearsalStage, _rehearsal: Rehearsal) -> None:
    stage.admin.iam.delete_policy_version(PolicyArn=POLICY_ARN, VersionId="v1")


_OPEN: Final = _key_policy(key_statement())

MENDS: Final[Mapping[str, Mend]] = {
    "role.missing": _role,
    "role.misnamed": _role,
    "role.path": _role_without_path,
    "role.boundary": _no_boundary,
    "trust.principal-wrong": _trust,
    "trust.principal-orphaned": _trust,
    "trust.external-id-mismatch": _trust,
    "trust.external-id-placeholder": _trust,
    "trust.external-id-not-required": _trust,
    "trust.action-wrong": _trust,
    "trust.condition-blocks": _trust,
    "trust.deny-may-apply": _trust,
    "trust.explicit-deny": _trust,
    "trust.too-open": _trust,
    "policy.missing": _policy,
    "policy.not-attached": _attach,
    "policy.placeholder": _new_version,
    "policy.wrong-bucket": _new_version,
    "policy.objects-not-covered": _new_version,
    "policy.bucket-not-covered": _new_version,
    "policy.prefix-mismatch": _new_version,
    "policy.action-missing": _new_version,
    "policy.explicit-deny": _without_inline("keep-all-files"),
    "policy.deny-may-apply": _without_inline("office-only"),
    "policy.condition-blocks": _new_version,
    "policy.too-broad": _narrower,
    "bucket.missing": _make_bucket,
    "bucket.explicit-deny": _no_bucket_policy,
    "bucket.deny-may-apply": _no_bucket_policy,
    "bucket.direct-grant": _no_bucket_policy,
    "bucket.object-ownership": _own_everything,
    "kms.decrypt-denied": _OPEN,
    "kms.describe-denied": _OPEN,
    "kms.write-denied": _OPEN,
    "kms.explicit-deny": _OPEN,
    "kms.deny-may-apply": _OPEN,
    "kms.principal-orphaned": _OPEN,
    "kms.direct-grant": _OPEN,
    "kms.key-disabled": _enable_key,
    "files.none": _put_new_files,
    "files.archived": _replace_file("imports/customers-2024-01.csv"),
    "files.tagged": _allow_tags,
    "files.other-key": _replace_file("imports/a-year-ago.csv"),
    "files.sse-c": _replace_file("imports/vip-2026-08.csv"),
    "check.unreadable": _let_read,
    "signin.not-allowed": _let_change,
    "change.conflict": _no_namesake,
    "change.limit": _fewer_versions,
    "change.refused": _key_policy(),
}
"""By code: what makes it right in AWS. The others are mended on this computer, or by others."""


def _in_sydney(rehearsal: Rehearsal, _found: Snapshot) -> BucketEntry:
    return replace(rehearsal.draft.buckets[0], region="ap-southeast-2")


def _with_the_buckets_key(rehearsal: Rehearsal, found: Snapshot) -> BucketEntry:
    key = found.buckets[0].kms_key
    assert key is not None
    return replace(rehearsal.draft.buckets[0], kms_key_arn=key.arn)


CORRECTIONS: Final[Mapping[str, Callable[[Rehearsal, Snapshot], BucketEntry]]] = {
    "bucket.region-mismatch": _in_sydney,
    "kms.key-differs": _with_the_buckets_key,
}
"""By code: what makes it right in the draft."""
