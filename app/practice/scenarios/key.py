"""Rehearsals about the KMS key of the encrypted bucket."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from app.core.documents.policies import Document
from app.core.guide import ROLE_NAME, UBIQUITY_ROOT_ARN, policy_arn, role_arn
from app.core.i18n import mark
from app.practice.account import ACCOUNT_ID, KEY_ARN, PARTNER_ACCOUNT_ID
from app.practice.needs import CUSTOMER_ADDRESS
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import (
    LOCKED,
    RehearsalStage,
    allow,
    deny,
    document,
    key_statement,
)

_ROLE: Final = {"AWS": role_arn(ACCOUNT_ID)}
_USE: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")


def _role_and_policy(stage: RehearsalStage) -> None:
    stage.use(LOCKED)
    stage.role()
    stage.policy()
    stage.attach()


def _opened_by(*statements: Document) -> Callable[[RehearsalStage], None]:
    """Return what sets all but the key up, and adds ``statements`` to the key's policy."""

    def arrange(stage: RehearsalStage) -> None:
        _role_and_policy(stage)
        for statement in statements:
            stage.open_key(KEY_ARN, statement)

    return arrange


def _orphaned(stage: RehearsalStage) -> None:
    """Make the role anew after the key's policy has named it: the policy keeps the old one's id."""
    stage.use(LOCKED)
    stage.everything()
    iam, arn = stage.admin.iam, policy_arn(ACCOUNT_ID)
    iam.detach_role_policy(RoleName=ROLE_NAME, PolicyArn=arn)
    iam.delete_role(RoleName=ROLE_NAME)
    stage.role()
    stage.attach()


def _key_differs(stage: RehearsalStage) -> None:
    """Let the bucket use a newer key than the draft's; both let the role in."""
    stage.use(LOCKED)
    stage.everything()
    newer = stage.admin.kms.create_key(Description="Newer practice key")["KeyMetadata"]["Arn"]
    stage.open_key(newer)
    _encrypt(stage, newer)


def _disabled(stage: RehearsalStage) -> None:
    stage.use(LOCKED)
    stage.everything()
    stage.admin.kms.disable_key(KeyId=KEY_ARN)


def _other_account(stage: RehearsalStage) -> None:
    """Let the bucket use the partner's key; the key's policy and the role's own both allow it."""
    stage.use(LOCKED)
    stage.role()
    key = _partner_key(stage)
    stage.use(replace(LOCKED, kms_key_arn=key))
    stage.policy()
    stage.attach()
    stage.inline("partner-key", document(allow(*_USE, on=key)))
    _encrypt(stage, key)


def _partner_key(stage: RehearsalStage) -> str:
    owner = {"AWS": f"arn:aws:iam::{PARTNER_ACCOUNT_ID}:root"}
    everybody = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}
    policy = document(
        allow("kms:*", Principal=owner),
        allow("kms:DescribeKey", "kms:GenerateDataKey", Principal=everybody),
        allow(*_USE, Principal=_ROLE),
    )
    answer = stage.partner.kms.create_key(
        Description="Partner's practice key", Policy=json.dumps(policy)
    )
    return answer["KeyMetadata"]["Arn"]


def _encrypt(stage: RehearsalStage, key_arn: str) -> None:
    """Let the bucket encrypt with another key, and its files be written anew under it."""
    s3 = stage.admin.s3()
    s3.put_bucket_encryption(
        Bucket=LOCKED.name,
        ServerSideEncryptionConfiguration={
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {
                        "SSEAlgorithm": "aws:kms",
                        "KMSMasterKeyID": key_arn,
                    },
                    "BucketKeyEnabled": True,
                }
            ]
        },
    )
    for entry in s3.list_objects_v2(Bucket=LOCKED.name)["Contents"]:
        s3.put_object(Bucket=LOCKED.name, Key=entry["Key"], Body=b"a,b\n")


_REFUSE: Final = {**deny("kms:Decrypt", Principal=_ROLE), "Sid": "KeepConnectorsOut"}
_OUTSIDE: Final = {"NotIpAddress": {"aws:SourceIp": f"{CUSTOMER_ADDRESS}/32"}}
_REFUSE_OUTSIDE: Final = {**_REFUSE, "Sid": "OfficeOnly", "Condition": _OUTSIDE}

_LET_IN: Final = {
    **allow("kms:Decrypt", "kms:DescribeKey", Principal={"AWS": UBIQUITY_ROOT_ARN}),
    "Sid": "LetUbiQuityIn",
}

SCENARIOS: Final = (
    Scenario("kms.decrypt-denied", mark("The key's policy does not name the role."), _opened_by()),
    Scenario(
        "kms.describe-denied",
        mark("The key's policy does not let the role look at the key."),
        _opened_by(key_statement("kms:Decrypt", "kms:GenerateDataKey")),
    ),
    Scenario(
        "kms.write-denied",
        mark("The key's policy lets the role read, but not write."),
        _opened_by(key_statement("kms:Decrypt", "kms:DescribeKey")),
    ),
    Scenario(
        "kms.explicit-deny",
        mark("The key's policy refuses the role."),
        _opened_by(key_statement(), _REFUSE),
    ),
    Scenario(
        "kms.deny-may-apply",
        mark("The key's policy refuses the role from outside the office."),
        _opened_by(key_statement(), _REFUSE_OUTSIDE),
    ),
    Scenario(
        "kms.principal-orphaned",
        mark("The role was created again; the key's policy still names the old one."),
        _orphaned,
    ),
    Scenario("kms.key-differs", mark("The bucket uses another key."), _key_differs),
    Scenario("kms.key-disabled", mark("The key is switched off."), _disabled),
    Scenario(
        "kms.direct-grant",
        mark("The key's policy lets UbiQuity's account in without the role."),
        _opened_by(key_statement(), _LET_IN),
    ),
    Scenario("kms.other-account", mark("The key belongs to a partner."), _other_account),
)
