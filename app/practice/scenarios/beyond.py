"""Rehearsals about the organisation, about what can't be seen, and about changes AWS won't make."""

import json
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.documents.policies import kms_statement, permissions_policy
from app.core.guide import ROLE_NAME, policy_arn
from app.core.i18n import mark
from app.practice.account import ACCOUNT_ID, KEY_ARN
from app.practice.scenarios.scenario import Scenario, Seen
from app.practice.scenarios.stage import LOCKED, RehearsalStage, allow, deny, document

_OTHER_CASE: Final = "Ubiquity-S3-Access-Policy"
_SPREADING_TRIES: Final = 3
_VERSIONS: Final = 5
"""How many versions a managed policy may have (IAM and AWS STS quotas)."""


def _organization(stage: RehearsalStage) -> None:
    stage.everything()
    refuse = deny("s3:PutObject", "s3:DeleteObject")
    stage.aws.faults.organization_policy = json.dumps(document(allow("*"), refuse))


def _unreadable(stage: RehearsalStage) -> None:
    stage.everything()
    keys = stage.colleague("practice-helpdesk", allow("*"), deny("s3:GetBucketPolicy"))
    stage.sign_in_with(keys)


def _propagating(stage: RehearsalStage) -> None:
    stage.aws.faults.spreading_tries = _SPREADING_TRIES
    stage.everything()


def _conflict(stage: RehearsalStage) -> None:
    """Let the policy be there already, under a name that differs in case: IAM takes no second."""
    stage.role()
    guide_policy = permissions_policy(stage.draft.buckets)
    stage.inline("connector", guide_policy)
    stage.policy(document(allow("s3:ListAllMyBuckets")), _OTHER_CASE)
    stage.change = Change(
        ChangeKind.CREATE_POLICY, policy_arn(ACCOUNT_ID), None, guide_policy, reversible=True
    )


def _limit(stage: RehearsalStage) -> None:
    """Let the policy have as many versions as AWS keeps."""
    stage.everything()
    guide_policy, arn = permissions_policy(stage.draft.buckets), policy_arn(ACCOUNT_ID)
    for _ in range(_VERSIONS - 1):
        stage.admin.iam.create_policy_version(
            PolicyArn=arn, PolicyDocument=json.dumps(guide_policy), SetAsDefault=True
        )
    stage.change = Change(
        ChangeKind.CREATE_POLICY_VERSION, arn, guide_policy, guide_policy, reversible=True
    )


def _refused(stage: RehearsalStage) -> None:
    """Let the key's policy name a role that is gone: KMS takes it back in no form."""
    stage.use(LOCKED)
    stage.role()
    stage.policy()
    stage.attach()
    stage.inline("key", document(allow("kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey")))
    _name_a_role_that_goes(stage)
    key_policy = json.loads(stage.admin.kms.get_key_policy(KeyId=KEY_ARN)["Policy"])
    after = {**key_policy, "Statement": [*key_policy["Statement"], kms_statement(ACCOUNT_ID)]}
    stage.change = Change(ChangeKind.PUT_KEY_POLICY, KEY_ARN, key_policy, after, reversible=True)


def _name_a_role_that_goes(stage: RehearsalStage) -> None:
    trust = stage.admin.iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"]
    former = stage.admin.iam.create_role(
        RoleName="former-reader", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]
    stage.open_key(KEY_ARN, allow("kms:Decrypt", Principal={"AWS": former["Arn"]}))
    stage.admin.iam.delete_role(RoleName="former-reader")


SCENARIOS: Final = (
    Scenario(
        "organization.denies",
        mark("The organisation lets nobody change files."),
        _organization,
    ),
    Scenario(
        "check.unreadable",
        mark("The sign-in may not read the bucket's policy."),
        _unreadable,
    ),
    Scenario(
        "connect.propagating",
        mark("The role was just made, and AWS is still spreading it."),
        _propagating,
        Seen.CONNECTION_TEST,
    ),
    Scenario(
        "change.conflict",
        mark("A policy of that name is there already."),
        _conflict,
        Seen.CHANGE,
    ),
    Scenario(
        "change.limit",
        mark("The policy has as many versions as AWS keeps."),
        _limit,
        Seen.CHANGE,
    ),
    Scenario(
        "change.refused",
        mark("AWS does not accept the key's policy."),
        _refused,
        Seen.CHANGE,
    ),
)
